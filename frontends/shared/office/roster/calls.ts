/** Who is on call: every call about it. */
import { each, unwrap, type components } from "@integration-journal/client";
import { all, data } from "../calls.js";
import { office } from "../office.js";

type Roster = components["schemas"]["Roster"];
export type Shift = components["schemas"]["Shift"];
export type OnCall = components["schemas"]["OnCall"];

export interface RosterAndShifts {
  roster: Roster;
  /** Those that stand; the others are over, or were withdrawn. */
  shifts: Shift[];
}
export async function readRoster(): Promise<RosterAndShifts> {
  const [roster, shifts] = await Promise.all([
    data(unwrap(office.client.http.GET("/v1/clinic/roster", {}))),
    all(each((page) => office.client.http.GET("/v1/shifts", { params: { query: { ...page, limit: 100 } } })), 500),
  ]);
  const today = new Date().toISOString().slice(0, 10);
  return { roster, shifts: shifts.filter((shift) => shift.withdrawn_at === null && (shift.last_on ?? today) >= today) };
}
export const addShift = (body: components["schemas"]["ShiftCreate"]) => unwrap(office.client.http.POST("/v1/shifts", { body }));
export const withdrawShift = ({ id, version }: Shift) => unwrap(office.client.http.POST("/v1/shifts/{shift_id}/withdraw", { params: { path: { shift_id: id }, header: { "If-Match": `"${version}"` } } }));
