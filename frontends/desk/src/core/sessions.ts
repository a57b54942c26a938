/** Planning the sessions of one chart: when, where, and that one does not take place. */
import { unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import type { Session } from "./types.js";

const { http } = desk.client;
type Schemas = components["schemas"];
const of = ({ id, version }: Session) => ({ path: { session_id: id }, header: { "If-Match": `"${version}"` } });

export const planSession = (body: Schemas["SessionCreate"]) => unwrap(http.POST("/v1/sessions", { body }));
export const moveSession = (session: Session, body: Schemas["SessionUpdate"]) => unwrap(http.PATCH("/v1/sessions/{session_id}", { params: of(session), body }));
export const cancelSession = (session: Session, reason: string) => unwrap(http.POST("/v1/sessions/{session_id}/cancel", { params: of(session), body: { reason: reason || null } }));
