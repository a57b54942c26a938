/** Reports about the conduct of staff. Nothing of them is kept on this computer, and none is in the address. */
import { each, unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import { all, data } from "./things.js";
import type { SafeguardingDesignation, SafeguardingReport, SafeguardingReportItem, SafeguardingReportSent } from "./types.js";

const { http } = desk.client;
type Schemas = components["schemas"];
type Place = Schemas["SafeguardingPlace"];

const list = (place: Place): Promise<SafeguardingReportItem[]> => all(each((page) => http.GET("/v1/safeguarding-reports", { params: { query: { place, ...page, limit: 50 } } })));

export interface Reports {
  designation: SafeguardingDesignation;
  own: SafeguardingReportItem[];
  /** Those that this account received. */
  received: SafeguardingReportItem[];
}
export async function readReports(): Promise<Reports> {
  const [designation, own, lead, deputy] = await Promise.all([data(unwrap(http.GET("/v1/clinic/safeguarding", {}))), list("reporter"), list("lead"), list("deputy")]);
  return { designation, own, received: [...lead, ...deputy].sort((one, other) => other.created_at.localeCompare(one.created_at)) };
}
const of = ({ id, version }: { id: string; version: number }) => ({ path: { safeguarding_report_id: id }, header: { "If-Match": `"${version}"` } });
export const readReport = (id: string): Promise<SafeguardingReport> => data(unwrap(http.GET("/v1/safeguarding-reports/{safeguarding_report_id}", { params: { path: { safeguarding_report_id: id } } })));
export const sendReport = (body: Schemas["SafeguardingReportCreate"]): Promise<SafeguardingReportSent> => data(unwrap(http.POST("/v1/safeguarding-reports", { body })));
export const updateReport = (one: SafeguardingReport, body: Schemas["SafeguardingReportUpdate"]) => unwrap(http.PATCH("/v1/safeguarding-reports/{safeguarding_report_id}", { params: of(one), body }));
export const handOver = (one: SafeguardingReport) => unwrap(http.POST("/v1/safeguarding-reports/{safeguarding_report_id}/hand-over", { params: of(one) }));
export const designate = ({ version }: SafeguardingDesignation, body: Schemas["SafeguardingDesignationGiven"]) =>
  unwrap(http.PUT("/v1/clinic/safeguarding", { params: { header: { "If-Match": `"${version}"` } }, body }));
