/** Studies and the exports for them: every call about them. Privacy officers alone may do any of it. */
import { Problem, unwrap, type components } from "@integration-journal/client";
import { data } from "../../../shared/office/calls.js";
import { withProof } from "../../../shared/office/proof.js";
import { inRanges, keepFile } from "../../../shared/office/ranges.js";
import { admin } from "./admin.js";

const { http } = admin.client;
type Schemas = components["schemas"];
export type Study = Schemas["ResearchStudy"];
export type ResearchExport = Schemas["ResearchExport"];

const page = (cursor: string | null): { limit: number; cursor?: string } => ({ limit: 25, ...(cursor === null ? {} : { cursor }) });
const of = (research_study_id: string) => ({ path: { research_study_id } });

export const readStudies = (cursor: string | null) => data(unwrap(http.GET("/v1/research-studies", { params: { query: page(cursor) } })));
export const beginStudy = (id: string, name: string) => data(unwrap(http.POST("/v1/research-studies", { body: { id, name } })));
export const readStudy = (id: string): Promise<Study> => data(unwrap(http.GET("/v1/research-studies/{research_study_id}", { params: of(id) })));
export const closeStudy = ({ id, version }: Study): Promise<Study> =>
  withProof(() => data(unwrap(http.POST("/v1/research-studies/{research_study_id}/close", { params: { ...of(id), header: { "If-Match": `"${version}"` } } }))));

export const readExports = (id: string, cursor: string | null) => data(unwrap(http.GET("/v1/research-studies/{research_study_id}/exports", { params: { ...of(id), query: page(cursor) } })));
export const askForExport = (study: string, id: string) => unwrap(http.POST("/v1/research-studies/{research_study_id}/exports", { params: of(study), body: { id } }));
/** Whether an export was refused since too few patients have signed. */
export const isTooFew = (error: unknown): boolean => error instanceof Problem && error.code === "too-few-consents";

/** Fetch the file of an export, and let the browser keep it. */
export async function saveExport({ id, size_bytes, ready_at }: ResearchExport): Promise<void> {
  const file = await inRanges(size_bytes ?? 0, async (Range) => {
    const params = { path: { research_export_id: id }, header: { Range } };
    return (await withProof(() => unwrap(http.GET("/v1/research-exports/{research_export_id}/content", { params, parseAs: "blob" })))).data as unknown as Blob;
  });
  keepFile(file, `research-${ready_at?.slice(0, 10)}.zip`);
}
