/** The ledger, notices and legal holds: every call about them. */
import { each, Problem, unwrap, type components } from "@integration-journal/client";
import { all, data } from "../../../shared/office/calls.js";
import { admin } from "./admin.js";

const { http } = admin.client;
type Schemas = components["schemas"];
export type Entry = Schemas["LedgerEntry"];
export type Heads = Schemas["LedgerHeads"];
export type Notice = Schemas["Notice"];
export type Notification = Schemas["Notification"];
export type Patient = Schemas["Patient"];
export type Hold = Schemas["LegalHold"];

const after = (cursor: string | null): { cursor?: string } => (cursor === null ? {} : { cursor });
const orNull = async <T,>(call: Promise<T>): Promise<T | null> =>
  await call.catch((error: unknown) => {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  });

/** What of the ledger is shown; both ends may be open. */
export interface Span {
  after?: string;
  before?: string;
  actor_id?: string;
}
/** The newest head; null before the first seal. */
export const readHead = (): Promise<Heads | null> => orNull(data(unwrap(http.GET("/v1/ledger-head", {}))));
export const readEntries = (span: Span, cursor: string | null) => data(unwrap(http.GET("/v1/ledger", { params: { query: { ...span, limit: 50, ...after(cursor) } } })));
export const readAllEntries = (span: Span, most: number): Promise<Entry[]> =>
  all(each((page) => http.GET("/v1/ledger", { params: { query: { ...span, ...page, limit: 100 } } })), most);

export const readNotices = (cursor: string | null) => data(unwrap(http.GET("/v1/notices", { params: { query: { limit: 25, ...after(cursor) } } })));
export const readNotifications = (failed: boolean, cursor: string | null) =>
  data(unwrap(http.GET("/v1/notifications", { params: { query: { limit: 25, failed, ...after(cursor) } } })));

export const readPatients = (cursor: string | null) => data(unwrap(http.GET("/v1/patients", { params: { query: { limit: 50, ...after(cursor) } } })));
export const searchPatients = (name_part: string, cursor: string | null) =>
  data(unwrap(http.POST("/v1/patients/search", { params: { query: { limit: 50, ...after(cursor) } }, body: { name_part } })));

/** A chart as far as an admin sees it, and the hold on it. */
export interface HeldChart {
  patient: Patient;
  hold: Hold | null;
}
const of = (patient_id: string) => ({ path: { patient_id } });
const change = ({ id, version }: Patient) => ({ ...of(id), header: { "If-Match": `"${version}"` } });
export async function readHeldChart(id: string): Promise<HeldChart> {
  const [patient, hold] = await Promise.all([
    data(unwrap(http.GET("/v1/patients/{patient_id}", { params: of(id) }))),
    orNull(data(unwrap(http.GET("/v1/patients/{patient_id}/legal-hold", { params: of(id) })))),
  ]);
  return { patient, hold };
}
export const setHold = (patient: Patient, body: Schemas["LegalHoldSet"]) => unwrap(http.PUT("/v1/patients/{patient_id}/legal-hold", { params: change(patient), body }));
export const releaseHold = (patient: Patient) => unwrap(http.DELETE("/v1/patients/{patient_id}/legal-hold", { params: change(patient) }));
