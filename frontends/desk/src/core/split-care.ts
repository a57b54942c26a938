/** Split care: agreements with therapists of other clinics, and what such a therapist is shown. */
import { each, unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import { readStaff } from "./staff.js";
import { all, data } from "./things.js";
import type { Account, Consent } from "./types.js";

type Schemas = components["schemas"];
export type Agreement = Schemas["SplitCare"];
export type SharedCareItem = Schemas["SharedCareItem"];
export type SharedCare = Schemas["SharedCare"];

const { http } = desk.client;

export interface AgreementsOf {
  /** The newest first. */
  agreements: Agreement[];
  /** The patient's consents to sharing that stand. */
  consents: Consent[];
  /** Everybody who has an account here, to call them by their names. */
  staff: Account[];
}
export async function readAgreements(patient_id: string): Promise<AgreementsOf> {
  const [agreements, consents, staff] = await Promise.all([
    all(each((page) => http.GET("/v1/split-care-agreements", { params: { query: { patient_id, ...page, limit: 100 } } }))),
    all(each((page) => http.GET("/v1/consents", { params: { query: { patient_id, ...page, limit: 100 } } }))),
    readStaff(),
  ]);
  return { agreements, consents: consents.filter((one) => one.purpose === "sharing" && one.withdrawn_at === null), staff };
}
export const agree = (body: Schemas["SplitCareCreate"]) => unwrap(http.POST("/v1/split-care-agreements", { body }));
export const endAgreement = ({ id, version }: Agreement, reason: string) =>
  unwrap(http.POST("/v1/split-care-agreements/{split_care_id}/end", { params: { path: { split_care_id: id }, header: { "If-Match": `"${version}"` } }, body: { reason } }));

export const readSharedCare = (): Promise<SharedCareItem[]> => all(each((page) => http.GET("/v1/shared-care", { params: { query: { ...page, limit: 100 } } })));
export const readSharedChart = (id: string): Promise<SharedCare> => data(unwrap(http.GET("/v1/shared-care/{split_care_id}", { params: { path: { split_care_id: id } } })));
