/** Answers to instruments in a chart: reading them, and writing down those that were given to staff. */
import { unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import type { Fields } from "./merge.js";
import { isSameJson, sendOnce } from "./sent.js";
import { data } from "./things.js";

type Schemas = components["schemas"];
export type AnswersGiven = Schemas["MeasureResponse"];
export type InstrumentSummary = Schemas["InstrumentSummary"];
export type DefinedInstrument = Schemas["DefinedInstrument"];
export type Item = DefinedInstrument["definition"]["items"][number];
export type Answer = string | number;
export interface AnswersPage {
  items: AnswersGiven[];
  next_cursor: string | null;
}

const { http } = desk.client;
const path = (measure_response_id: string) => ({ path: { measure_response_id } });

export const readInstruments = async (): Promise<InstrumentSummary[]> => (await data(unwrap(http.GET("/v1/instruments", {})))).items;
export const readInstrument = (instrument_id: string): Promise<DefinedInstrument> =>
  data(unwrap(http.GET("/v1/instruments/{instrument_id}", { params: { path: { instrument_id }, query: { language: navigator.language } } })));

export const readAnswers = (patient_id: string, withdrawn: boolean, cursor: string | null): Promise<AnswersPage> =>
  data(unwrap(http.GET("/v1/measure-responses", { params: { query: { patient_id, withdrawn, limit: 25, ...(cursor === null ? {} : { cursor }) } } })));
export const readAnswer = (id: string): Promise<AnswersGiven> => data(unwrap(http.GET("/v1/measure-responses/{measure_response_id}", { params: path(id) })));
export const withdrawAnswers = ({ id, version }: AnswersGiven, reason: string) =>
  unwrap(http.POST("/v1/measure-responses/{measure_response_id}/withdraw", { params: { ...path(id), header: { "If-Match": `"${version}"` } }, body: { reason } }));
/** Keep answers for good. Returns null, or the answers that have arrived under this id if they are others. Those of now tell no time: two sendings have two. */
export async function giveAnswers({ id, ...body }: Schemas["MeasureResponseCreate"] & { id: string }, isNow: boolean): Promise<AnswersGiven | null> {
  const { correction_reason: reason = null, completed_at: at = null, corrects_id: earlier = null, ...said } = body;
  const found = await sendOnce(
    () => unwrap(http.POST("/v1/measure-responses", { body: { id, ...body } })),
    async () => {
      const stored = await readAnswer(id);
      return { stored, reason: stored.corrects_id === null ? null : (await readAnswer(stored.corrects_id)).withdrawn_reason };
    },
    (other) =>
      other.reason === reason &&
      other.stored.corrects_id === earlier &&
      Object.entries(said).every(([name, value]) => isSameJson(other.stored[name as keyof AnswersGiven] ?? null, value ?? null)) &&
      (isNow || at === null || Date.parse(at) === Date.parse(other.stored.completed_at ?? "")),
  );
  return found?.stored ?? null;
}

/** The answers that an item takes, the lowest first; null if they are too many to choose from. */
export function choicesOf(item: Item, most: number): Answer[] | null {
  const { min, max, values } = item;
  const numbers = min === null || max === null ? [] : Array.from({ length: Math.min(max - min, most) + 1 }, (_, at) => min + at);
  const found: Answer[] = [...(values ?? []), ...numbers, ...(item.may_not_apply && !values?.includes("na") ? ["na"] : [])];
  return found.length > most ? null : found;
}

/** The items to ask after these answers: some follow from others alone. */
export const itemsFor = (one: DefinedInstrument, value: (item: string) => string): Item[] =>
  one.definition.items.filter(({ asked_if: only }) => only === null || only.any_of.some((id) => only.answers.includes(value(id))));

/** Return the answers to these items as the API takes them. */
export function answersOf(items: Item[], value: (item: string) => string): Record<string, Answer> {
  const given = items.map((item): [Item, string] => [item, value(item.id)]).filter(([, text]) => text !== "");
  return Object.fromEntries(given.map(([item, text]) => [item.id, item.min !== null && /^\d+$/.test(text) ? Number(text) : text]));
}

const ABOUT_SUICIDE = /^(phq9\.9|qids\.12|madrs\.10|asq\.|cssrs\.)/;
const NONE = ["0", "no", "na"];

/** Whether an answer to a question about suicide is anything but "no". The API's own rules are finer, and raise flags. */
export const isAlarming = (answers: Record<string, Answer | null>): boolean =>
  Object.entries(answers).some(([id, answer]) => answer !== null && ABOUT_SUICIDE.test(id) && !NONE.includes(String(answer)));

export const fieldsIn = (answers: Record<string, Answer | null>): Fields =>
  Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, answer === null ? "" : String(answer)]));
