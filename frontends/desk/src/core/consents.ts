/** Consent: documents of the clinic, and signatures of patients. */
import { each, unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import { all, data } from "./things.js";
import type { Consent, ConsentDocumentItem } from "./types.js";

const { http } = desk.client;
type Schemas = components["schemas"];
export type ConsentDocument = Schemas["ConsentDocument"];

const path = (consent_document_id: string) => ({ path: { consent_document_id } });

export const readDocuments = (retired: boolean): Promise<ConsentDocumentItem[]> =>
  all(each((page) => http.GET("/v1/consent-documents", { params: { query: { retired, ...page, limit: 100 } } })));
export const readDocument = (id: string): Promise<ConsentDocument> => data(unwrap(http.GET("/v1/consent-documents/{consent_document_id}", { params: path(id) })));
export const publishDocument = (body: Schemas["ConsentDocumentCreate"]) => unwrap(http.POST("/v1/consent-documents", { body }));
export const retireDocument = ({ id, version }: ConsentDocumentItem) =>
  unwrap(http.POST("/v1/consent-documents/{consent_document_id}/retire", { params: { ...path(id), header: { "If-Match": `"${version}"` } } }));

export interface ConsentsOf {
  documents: ConsentDocument[];
  /** The latest first. */
  consents: Consent[];
}
export async function readConsents(patient_id: string): Promise<ConsentsOf> {
  const [items, consents] = await Promise.all([readDocuments(false), all(each((page) => http.GET("/v1/consents", { params: { query: { patient_id, ...page, limit: 100 } } })))]);
  return { documents: await Promise.all(items.map((one) => readDocument(one.id))), consents };
}
export const recordPaper = (patient_id: string, body: Schemas["ConsentRecord"]) => unwrap(http.POST("/v1/patients/{patient_id}/consents", { params: { path: { patient_id } }, body }));
export const withdrawConsent = ({ id, version }: Consent) => unwrap(http.POST("/v1/consents/{consent_id}/withdraw", { params: { path: { consent_id: id }, header: { "If-Match": `"${version}"` } } }));
