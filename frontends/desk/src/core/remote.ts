/** A dosing session at home: its record, the observer's checks, the links, and the observer's code. */
import { newId, unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import { data, readSession, type Versioned } from "./things.js";
import type { ObserverWatch, RemoteSession, Session } from "./types.js";

const { http } = desk.client;
type Event = components["schemas"]["LinkEventCreate"];

export interface Remote {
  session: Session;
  record: Versioned<RemoteSession>;
  /** Null until there is a record. */
  watch: ObserverWatch | null;
}
const path = (session_id: string) => ({ path: { session_id } });

export async function readRemote(id: string): Promise<Remote> {
  const [session, record] = await Promise.all([readSession(id), unwrap(http.GET("/v1/sessions/{session_id}/remote", { params: path(id) }))]);
  const watch = record.data.version === 0 ? null : await data(unwrap(http.GET("/v1/sessions/{session_id}/observer-watch", { params: path(id) })));
  return { session, record: { thing: record.data, etag: record.etag ?? "" }, watch };
}
export const writeRemote = (id: string, etag: string, body: components["schemas"]["RemoteRecord"]) =>
  unwrap(http.PUT("/v1/sessions/{session_id}/remote", { params: { ...path(id), header: { "If-Match": etag } }, body }));
export const issueToken = (id: string, minutes: number) => data(unwrap(http.POST("/v1/sessions/{session_id}/support-token", { params: path(id), body: { minutes } })));
export const endToken = (id: string) => unwrap(http.DELETE("/v1/sessions/{session_id}/support-token", { params: path(id) }));
export const recordLink = (id: string, link: Event["link"], change: Event["change"]) =>
  unwrap(http.POST("/v1/sessions/{session_id}/link-events", { params: path(id), body: { items: [{ id: newId(), at: new Date().toISOString(), link, change }] } }));
