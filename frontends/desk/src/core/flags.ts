/** Safety signals: every call about them. */
import { each, unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import { all, data } from "./things.js";
import type { Flag, FlagEvent, FlagTimesReport } from "./types.js";

const { http } = desk.client;
const MOST = 300;
type Schemas = components["schemas"];

const path = (flag_id: string) => ({ path: { flag_id } });
const of = ({ id, version }: Flag) => ({ ...path(id), header: { "If-Match": `"${version}"` } });

export const readFlags = (query: { patient_id?: string; unclosed?: boolean }): Promise<Flag[]> =>
  all(each((page) => http.GET("/v1/flags", { params: { query: { ...query, ...page, limit: 100 } } })), MOST);

export interface FlagWithHistory {
  flag: Flag;
  /** The newest first. */
  events: FlagEvent[];
}
export async function readFlag(id: string): Promise<FlagWithHistory> {
  const [flag, events] = await Promise.all([
    data(unwrap(http.GET("/v1/flags/{flag_id}", { params: path(id) }))),
    all(each((page) => http.GET("/v1/flags/{flag_id}/events", { params: { ...path(id), query: { ...page, limit: 100 } } })), MOST),
  ]);
  return { flag, events };
}
export const raiseFlag = (body: Schemas["FlagCreate"]) => unwrap(http.POST("/v1/flags", { body }));
export const acknowledgeFlag = (flag: Flag, covers_episode: boolean) => unwrap(http.POST("/v1/flags/{flag_id}/acknowledge", { params: of(flag), body: { covers_episode } }));
export const recordContact = ({ id }: Flag, body: Schemas["FlagContactCreate"]) => unwrap(http.POST("/v1/flags/{flag_id}/contact", { params: path(id), body }));
export const addRemark = ({ id }: Flag, text: string) => unwrap(http.POST("/v1/flags/{flag_id}/remarks", { params: path(id), body: { text } }));
export const resolveFlag = (flag: Flag, body: Schemas["FlagResolve"]) => unwrap(http.POST("/v1/flags/{flag_id}/resolve", { params: of(flag), body }));
export const dismissFlag = (flag: Flag, reason: string) => unwrap(http.POST("/v1/flags/{flag_id}/dismiss", { params: of(flag), body: { reason } }));
export const reviewFlag = (flag: Flag, agrees: boolean, text: string | null) => unwrap(http.POST("/v1/flags/{flag_id}/review", { params: of(flag), body: { agrees, text } }));
export const escalateFlag = (flag: Flag, text: string) => unwrap(http.POST("/v1/flags/{flag_id}/escalate", { params: of(flag), body: { text } }));

/** Without a quarter, the last that is told. */
export const readFlagTimes = (quarter?: string): Promise<FlagTimesReport> => data(unwrap(http.GET("/v1/clinic/flag-times", { params: { query: quarter === undefined ? {} : { quarter } } })));

/** Return the quarter so many after this one, as `2026-Q3`. */
export function quarterAfter(quarter: string, by: number): string {
  const [year, number] = quarter.split("-Q").map(Number);
  const at = (year ?? 0) * 4 + (number ?? 1) - 1 + by;
  return `${Math.floor(at / 4)}-Q${(at % 4) + 1}`;
}

/** Return the names of patients, as far as the worklist or the first patients have them. */
export async function patientNames(): Promise<Record<string, string>> {
  const found = await all(each((page) => http.GET("/v1/patients", { params: { query: { ...page, limit: 100 } } })), MOST);
  return Object.fromEntries(found.map((one) => [one.id, one.name]));
}
