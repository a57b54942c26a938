/** Liver values: every call about them. */
import { each, unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import { all } from "./things.js";

const { http } = desk.client;
export type LabResult = components["schemas"]["LabResult"];
type NewResult = components["schemas"]["LabResultCreate"];

export const readLabResults = (patient_id: string): Promise<LabResult[]> => all(each((page) => http.GET("/v1/lab-results", { params: { query: { patient_id, ...page, limit: 100 } } })), 200);
export const addLabResult = (body: NewResult) => unwrap(http.POST("/v1/lab-results", { body }));
export const withdrawLabResult = ({ id, version }: LabResult, reason: string) =>
  unwrap(http.POST("/v1/lab-results/{lab_result_id}/withdraw", { params: { path: { lab_result_id: id }, header: { "If-Match": `"${version}"` } }, body: { reason } }));
