/** Reading everything about one dosing session. Nothing here changes anything. */
import { each, Problem, unwrap } from "@integration-journal/client";
import { desk } from "./desk.js";
import { all, data, readSession, readTeam } from "./things.js";
import type { AdverseEvent, Assessment, CaptureLink, Discharge, Dose, DoseBrief, DoseHold, Member, Order, Readiness, RemsForm, Session, Vital } from "./types.js";

const { http } = desk.client;
const MAX_READINGS = 400;

export interface DosingSession {
  session: Session;
  team: Member[];
  readiness: Readiness;
  holds: DoseHold[];
  orders: Order[];
  doses: Dose[];
  vitals: Vital[];
  /** True if there are more readings than are shown. */
  hasMoreVitals: boolean;
  events: AdverseEvent[];
  discharge: Discharge;
  assessment: Assessment;
  brief: DoseBrief;
  /** The newest link by which the patient writes without a sign-in; null if there was none. */
  link: CaptureLink | null;
  /** Null if no esketamine was given: REMS asks for no form then. */
  rems: RemsForm | null;
}

/** Read it, or raise Problem: 409 `not-dosing` if the session is of another phase. */
export async function readDosing(session_id: string): Promise<DosingSession> {
  const path = { session_id };
  const session = await readSession(session_id);
  const { patient_id } = session;
  const [team, readiness, holds, orders, doses, vitals, events, discharge, assessment, brief, rems, link] = await Promise.all([
    readTeam(patient_id),
    data(unwrap(http.GET("/v1/sessions/{session_id}/readiness", { params: { path } }))),
    data(unwrap(http.GET("/v1/sessions/{session_id}/holds", { params: { path } }))),
    all(each((page) => http.GET("/v1/orders", { params: { query: { patient_id, ...page, limit: 100 } } }))),
    all(each((page) => http.GET("/v1/doses", { params: { query: { session_id, ...page, limit: 100 } } }))),
    all(each((page) => http.GET("/v1/sessions/{session_id}/vitals", { params: { path, query: { ...page, limit: 100 } } })), MAX_READINGS + 1),
    all(each((page) => http.GET("/v1/adverse-events", { params: { query: { session_id, ...page, limit: 100 } } }))),
    data(unwrap(http.GET("/v1/sessions/{session_id}/discharge", { params: { path } }))),
    data(unwrap(http.GET("/v1/sessions/{session_id}/assessment", { params: { path } }))),
    data(unwrap(http.GET("/v1/sessions/{session_id}/dose-brief", { params: { path } }))),
    ifThere(data(unwrap(http.GET("/v1/sessions/{session_id}/rems-form", { params: { path } })))),
    ifThere(data(unwrap(http.GET("/v1/sessions/{session_id}/capture-link", { params: { path } })))),
  ]);
  return {
    session,
    team,
    readiness,
    holds: holds.items,
    orders: ordersOf(orders, doses, session),
    doses: inOrder(doses, (dose) => dose.given_at),
    vitals: inOrder(vitals.slice(0, MAX_READINGS), (vital) => vital.taken_at),
    hasMoreVitals: vitals.length > MAX_READINGS,
    events: inOrder(events, (event) => event.onset_at),
    discharge,
    assessment,
    brief,
    rems,
    link,
  };
}

/** Return the orders that doses of this session name; if none does, those in force now, or when it was. */
function ordersOf(orders: Order[], doses: Dose[], session: Session): Order[] {
  const named = orders.filter((order) => doses.some((dose) => dose.order_id === order.id));
  const isOver = session.state !== "planned" && session.state !== "in_progress";
  const begun = new Date(session.started_at ?? session.planned_start_at).getTime();
  const at = isOver ? begun : Math.max(begun, Date.now());
  const isInForce = (order: Order): boolean =>
    new Date(order.valid_from).getTime() <= at && at < new Date(order.valid_until).getTime() && order.withdrawn_at === null;
  return named.length > 0 ? named : orders.filter(isInForce);
}

function inOrder<T>(things: T[], at: (thing: T) => string): T[] {
  return [...things].sort((one, other) => new Date(at(one)).getTime() - new Date(at(other)).getTime());
}

/** Return null for a thing that is not there, or that this kind of session does not have. */
async function ifThere<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Problem && [404, 409].includes(error.status)) return null;
    throw error;
  }
}
