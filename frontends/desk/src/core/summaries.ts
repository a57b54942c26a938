/** Summaries that both sides write together, and who stands behind each text. */
import { each, unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import { all, data, localStore } from "./things.js";
import type { Store } from "./saving.js";
import type { Session } from "./types.js";

type Schemas = components["schemas"];
export type Summary = Schemas["SharedSummary"];
export type SummaryVersion = Schemas["SharedSummaryVersion"];
export type Course = Schemas["Course"];

const { http } = desk.client;
const path = (shared_summary_id: string) => ({ path: { shared_summary_id } });
const at = ({ id, version }: Summary) => ({ ...path(id), header: { "If-Match": `"${version}"` } });

export const readSummaries = (patient_id: string, withdrawn: boolean): Promise<Summary[]> =>
  all(each((page) => http.GET("/v1/shared-summaries", { params: { query: { patient_id, withdrawn, ...page, limit: 100 } } })));
export const readSummary = (id: string): Promise<Summary> => data(unwrap(http.GET("/v1/shared-summaries/{shared_summary_id}", { params: path(id) })));
export const readSummaryVersions = async (id: string): Promise<SummaryVersion[]> =>
  (await data(unwrap(http.GET("/v1/shared-summaries/{shared_summary_id}/versions", { params: { ...path(id), query: { limit: 50 } } })))).items;
export const beginSummary = (body: Schemas["SharedSummaryCreate"]) => unwrap(http.POST("/v1/shared-summaries", { body }));
export const updateSummary = (one: Summary, body: Schemas["SharedSummaryUpdate"]) => unwrap(http.PATCH("/v1/shared-summaries/{shared_summary_id}", { params: at(one), body }));
export const endorseSummary = (one: Summary) => data(unwrap(http.POST("/v1/shared-summaries/{shared_summary_id}/endorse", { params: at(one), body: { revision: one.revision } })));
export const unendorseSummary = (one: Summary) => data(unwrap(http.POST("/v1/shared-summaries/{shared_summary_id}/unendorse", { params: at(one) })));
export const withdrawSummary = (one: Summary, reason: string) => unwrap(http.POST("/v1/shared-summaries/{shared_summary_id}/withdraw", { params: at(one), body: { reason } }));

/** What a summary can be about. */
export interface Abouts {
  sessions: Session[];
  courses: Course[];
}
export async function readAbouts(patient_id: string): Promise<Abouts> {
  const [sessions, courses] = await Promise.all([
    data(unwrap(http.GET("/v1/sessions", { params: { query: { patient_id, limit: 50 } } }))),
    data(unwrap(http.GET("/v1/courses", { params: { query: { patient_id, limit: 20 } } }))),
  ]);
  return { sessions: sessions.items.filter((one) => one.state !== "cancelled"), courses: courses.items };
}
export const startOf = (session: Session): string => session.started_at ?? session.planned_start_at;

/**
 * Return the store of a text that is kept here until a button sends it: each change of a summary ends what both sides
 * said of it, so none is sent by itself. `revision` is the number of the text that it was begun from.
 */
export const summaryStore = (thing: string, revision: number): Store => {
  const local = localStore(thing);
  return { ...local, facts: { ...local.facts, revision: String(revision) } };
};
