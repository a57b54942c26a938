/** The sessions of one chart: planned, moved, begun, ended, called off, and those to which nobody came. */
import { unwrap, type components } from "@integration-journal/client";
import { data } from "../../../shared/office/calls.js";
import type { Me } from "../../../shared/office/office.js";
import { desk } from "./desk.js";
import type { Session } from "./types.js";

const { http } = desk.client;
type Schemas = components["schemas"];
type Person = Schemas["Person"];
const of = ({ id, version }: Session) => ({ path: { session_id: id }, header: { "If-Match": `"${version}"` } });
const ROWS = 10;
/** Those who are there for the clinic, as the API counts them. */
const STAFF: readonly string[] = ["therapist", "prescriber", "supervisor", "monitor"];

export const planSession = (body: Schemas["SessionCreate"]) => unwrap(http.POST("/v1/sessions", { body }));
export const moveSession = (session: Session, body: Schemas["SessionUpdate"]): Promise<Session> => data(unwrap(http.PATCH("/v1/sessions/{session_id}", { params: of(session), body })));
export const cancelSession = (session: Session, reason: string) => unwrap(http.POST("/v1/sessions/{session_id}/cancel", { params: of(session), body: { reason: reason || null } }));
export const missSession = (session: Session, reason: string) => unwrap(http.POST("/v1/sessions/{session_id}/no-show", { params: of(session), body: { reason: reason || null } }));

/** The latest sessions whose time has come and that nobody has begun: they are neither next nor over. */
export const readLate = async (patient_id: string): Promise<Session[]> =>
  (await data(unwrap(http.GET("/v1/sessions", { params: { query: { patient_id, state: "planned", starts_before: new Date().toISOString(), limit: ROWS } } })))).items;

/** Name who is there for the clinic, if nobody is named: whoever does this. Without one the API ends no session. */
async function withStaff(session: Session, me: Me | null): Promise<Session> {
  const role = (["therapist", "prescriber"] as const).find((one) => me?.roles.includes(one));
  if (me === null || role === undefined || session.people.some((one) => STAFF.includes(one.role))) return session;
  return await moveSession(session, { people: [...(session.people as Person[]), { role, account_id: me.id }] });
}

export async function beginSession(session: Session, started_at: string | null): Promise<void> {
  await unwrap(http.POST("/v1/sessions/{session_id}/start", { params: of(await withStaff(session, desk.state.me)), body: { started_at } }));
}
export async function endSession(session: Session, ended_at: string | null): Promise<void> {
  await unwrap(http.POST("/v1/sessions/{session_id}/complete", { params: of(await withStaff(session, desk.state.me)), body: { ended_at } }));
}
