/** Writing down a dosing session: each call is one of the API's own, on the version that was read. */
import { newId, unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import type { DosingSession } from "./dosing.js";
import { beginSession, endSession } from "./sessions.js";
import type { AdverseEvent, Discharge, DoseHold, Order, RemsForm } from "./types.js";

const { http } = desk.client;
type Schemas = components["schemas"];
type Reading = Schemas["VitalCreate"];

const path = (session_id: string) => ({ path: { session_id } });
const match = ({ version }: { version: number }) => ({ "If-Match": `"${version}"` });
const at = (session_id: string, of: { version: number }) => ({ ...path(session_id), header: match(of) });

export const begin = ({ session }: DosingSession): Promise<void> => beginSession(session, null);
export const end = ({ session }: DosingSession): Promise<void> => endSession(session, null);

/** One change of the music more; the list is sent whole, on the version that was read. */
export const play = ({ session }: DosingSession, event: Schemas["MusicEventGiven"]) => {
  const music_events = [...(session.set_and_setting?.music_events ?? []), event] as Schemas["MusicEventGiven"][];
  return unwrap(http.PATCH("/v1/sessions/{session_id}", { params: at(session.id, session), body: { set_and_setting: { music_events } } }));
};

export const answer = ({ session, readiness }: DosingSession, body: Schemas["ReadinessUpdate"]) =>
  unwrap(http.PATCH("/v1/sessions/{session_id}/readiness", { params: at(session.id, readiness), body }));
export const release = (hold: DoseHold, reason: string) =>
  unwrap(http.POST("/v1/sessions/{session_id}/holds/{hold_id}/release", { params: { path: { session_id: hold.session_id, hold_id: hold.id }, header: match(hold) }, body: { reason } }));
export const decide = ({ session, assessment }: DosingSession, body: Schemas["AssessmentUpdate"]) =>
  unwrap(http.PUT("/v1/sessions/{session_id}/assessment", { params: at(session.id, assessment), body }));

export const order = (body: Schemas["OrderCreate"]) => unwrap(http.POST("/v1/orders", { body }));
export const withdrawOrder = (found: Order, reason: string) =>
  unwrap(http.POST("/v1/orders/{order_id}/withdraw", { params: { path: { order_id: found.id }, header: match(found) }, body: { reason } }));

export const give = ({ session }: DosingSession, body: Schemas["DoseCreate"]) => unwrap(http.POST("/v1/sessions/{session_id}/doses", { params: { ...path(session.id), header: { "Idempotency-Key": body.id ?? newId() } }, body }));
export const withdrawDose = (dose: { id: string; session_id: string; version: number }, reason: string) =>
  unwrap(http.POST("/v1/sessions/{session_id}/doses/{dose_id}/withdraw", { params: { path: { session_id: dose.session_id, dose_id: dose.id }, header: match(dose) }, body: { reason } }));

/** The ids of one round of readings, kept until it was stored: a second try stores nothing twice. */
export class Round {
  private ids: Record<string, string> = {};

  async send({ session }: DosingSession, taken_at: string, readings: Omit<Reading, "id" | "taken_at">[]): Promise<void> {
    const items = readings.map((one): Reading => ({ ...one, id: (this.ids[one.field] ??= newId()), taken_at }));
    await unwrap(http.POST("/v1/sessions/{session_id}/vitals", { params: path(session.id), body: { items } }));
    this.ids = {};
  }
}

export const addEvent = ({ session }: DosingSession, body: Schemas["AdverseEventCreate"]) =>
  unwrap(http.POST("/v1/sessions/{session_id}/adverse-events", { params: path(session.id), body }));
export const reviewEvent = (event: AdverseEvent) =>
  unwrap(http.POST("/v1/adverse-events/{adverse_event_id}/review", { params: { path: { adverse_event_id: event.id }, header: match(event) } }));

export const leave = ({ session }: DosingSession, discharge: Discharge, body: Schemas["DischargeUpdate"]) =>
  unwrap(http.PUT("/v1/sessions/{session_id}/discharge", { params: at(session.id, discharge), body }));
export const override = ({ session }: DosingSession, discharge: Discharge, reason: string) =>
  unwrap(http.POST("/v1/sessions/{session_id}/discharge/override", { params: at(session.id, discharge), body: { reason } }));

export const fillForm = ({ session }: DosingSession, form: RemsForm, body: Schemas["RemsAnswers"]) =>
  unwrap(http.PUT("/v1/sessions/{session_id}/rems-form", { params: at(session.id, form), body }));
export const sendForm = ({ session }: DosingSession, form: RemsForm, confirmation: string) =>
  unwrap(http.POST("/v1/sessions/{session_id}/rems-form/submit", { params: at(session.id, form), body: confirmation ? { confirmation } : {} }));

export const issueLink = ({ session }: DosingSession) => unwrap(http.POST("/v1/sessions/{session_id}/capture-link", { params: path(session.id) }));
export const endLink = ({ session }: DosingSession) => unwrap(http.DELETE("/v1/sessions/{session_id}/capture-link", { params: path(session.id) }));
