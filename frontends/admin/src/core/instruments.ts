/** Instruments and prompt sets: every call about them. */
import { unwrap, type components } from "@integration-journal/client";
import { data } from "../../../shared/office/calls.js";
import { admin } from "./admin.js";

const { http } = admin.client;
type Schemas = components["schemas"];
export type InstrumentItem = Schemas["InstrumentSummary"];
export type Instrument = Schemas["DefinedInstrument"];
export type PromptSet = Schemas["PromptSet"];

export const readInstruments = async (): Promise<InstrumentItem[]> => (await data(unwrap(http.GET("/v1/instruments", {})))).items;
export const readInstrument = (instrument_id: string): Promise<Instrument> =>
  data(unwrap(http.GET("/v1/instruments/{instrument_id}", { params: { path: { instrument_id } } })));
export const addToInstruments = (body: Schemas["InstrumentCreate"]) => data(unwrap(http.POST("/v1/instruments", { body })));
export const readPromptSets = async (): Promise<PromptSet[]> => (await data(unwrap(http.GET("/v1/prompt-sets", {})))).items;
