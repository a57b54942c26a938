/** Psychotherapy notes and who else may read one. Lists have no text; a text comes with the one note that is opened. */
import { each, unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import { all, data } from "./things.js";

type Schemas = components["schemas"];
export type OwnNote = Schemas["PsychotherapyNote"];
export type OwnNoteItem = Schemas["PsychotherapyNoteItem"];
export type Grant = Schemas["PsychotherapyGrant"];

const { http } = desk.client;
const path = (psychotherapy_note_id: string) => ({ path: { psychotherapy_note_id } });
const of = ({ id, version }: OwnNoteItem) => ({ ...path(id), header: { "If-Match": `"${version}"` } });
const PAGE = 50;

/** One page of a list: yours, or those that others let you read. */
export const readOwnNotes = (patient_id: string, granted: boolean, cursor: string | null): Promise<{ items: OwnNoteItem[]; next_cursor: string | null }> =>
  data(unwrap(http.GET("/v1/psychotherapy-notes", { params: { query: { granted, limit: PAGE, ...(patient_id ? { patient_id } : {}), ...(cursor === null ? {} : { cursor }) } } })));
export const readOwnNote = (id: string): Promise<OwnNote> => data(unwrap(http.GET("/v1/psychotherapy-notes/{psychotherapy_note_id}", { params: path(id) })));

/** Make it; with the same key it is made once, however often it is sent. */
export const createOwnNote = (patient_id: string, body: Schemas["PsychotherapyNoteCreate"], key: string): Promise<OwnNoteItem> =>
  data(unwrap(http.POST("/v1/patients/{patient_id}/psychotherapy-notes", { params: { path: { patient_id }, header: { "Idempotency-Key": key } }, body })));
export const saveOwnNote = (one: OwnNoteItem, text: string): Promise<OwnNoteItem> => data(unwrap(http.PATCH("/v1/psychotherapy-notes/{psychotherapy_note_id}", { params: of(one), body: { text } })));
export const signOwnNote = (one: OwnNoteItem): Promise<OwnNoteItem> => data(unwrap(http.POST("/v1/psychotherapy-notes/{psychotherapy_note_id}/sign", { params: of(one) })));
export const deleteOwnNote = (one: OwnNoteItem) => unwrap(http.DELETE("/v1/psychotherapy-notes/{psychotherapy_note_id}", { params: of(one) }));

export const readGrants = (id: string): Promise<Grant[]> => all(each((page) => http.GET("/v1/psychotherapy-notes/{psychotherapy_note_id}/grants", { params: { ...path(id), query: { ...page, limit: PAGE } } })));
export const addGrant = (id: string, body: Schemas["PsychotherapyGrantCreate"]) => unwrap(http.POST("/v1/psychotherapy-notes/{psychotherapy_note_id}/grants", { params: path(id), body }));
export const revokeGrant = (id: string, grant_id: string) =>
  unwrap(http.DELETE("/v1/psychotherapy-notes/{psychotherapy_note_id}/grants/{grant_id}", { params: { path: { psychotherapy_note_id: id, grant_id } } }));
