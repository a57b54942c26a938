/** Who outside the clinic was told what of a chart. */
import { unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import { data } from "./things.js";

type Schemas = components["schemas"];
export type Disclosure = Schemas["Disclosure"];
export interface DisclosurePage {
  items: Disclosure[];
  next_cursor: string | null;
}

const { http } = desk.client;

export const readDisclosures = (patient_id: string, withdrawn: boolean, cursor: string | null): Promise<DisclosurePage> =>
  data(unwrap(http.GET("/v1/disclosures", { params: { query: { patient_id, withdrawn, limit: 50, ...(cursor === null ? {} : { cursor }) } } })));
export const recordDisclosure = (body: Schemas["DisclosureCreate"]) => unwrap(http.POST("/v1/disclosures", { body }));
export const withdrawDisclosure = ({ id, version }: Disclosure, reason: string) =>
  unwrap(http.POST("/v1/disclosures/{disclosure_id}/withdraw", { params: { path: { disclosure_id: id }, header: { "If-Match": `"${version}"` } }, body: { reason } }));
