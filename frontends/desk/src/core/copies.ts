/** What patients ask of the record: a copy of it, or a change of a note; and the copies that are made. */
import { each, newId, unwrap, type components } from "@integration-journal/client";
import { inRanges, keepFile } from "../../../shared/office/ranges.js";
import { desk } from "./desk.js";
import { withProof } from "./proof.js";
import { all, data } from "./things.js";
import type { AmendmentRequest } from "./types.js";

export type RecordRequest = components["schemas"]["RecordRequest"];
export type RecordCopy = components["schemas"]["RecordCopy"];
export type Ground = components["schemas"]["AccessDenialGround"];
/** One thing that a patient asks. */
export type Asked = { kind: "copy"; one: RecordRequest } | { kind: "change"; one: AmendmentRequest };

const { http } = desk.client;
const ROWS = 50;
const path = (record_request_id: string) => ({ path: { record_request_id } });
const of = ({ id, version }: RecordRequest) => ({ ...path(id), header: { "If-Match": `"${version}"` } });
const dueFirst = (a: Asked, b: Asked): number => Date.parse(a.one.due_at) - Date.parse(b.one.due_at);

/** What is open in every chart, what must be answered first on top; of one chart, what was answered too. */
export async function readAsked(patient_id?: string): Promise<Asked[]> {
  const only = patient_id ? { patient_id } : { state: "open" as const };
  const copies = all(each((page) => http.GET("/v1/record-requests", { params: { query: { ...only, ...page, limit: ROWS } } })));
  const changes = all(each((page) => http.GET("/v1/amendment-requests", { params: { query: { ...only, ...page, limit: ROWS } } })));
  const found: Asked[] = [...(await copies).map((one) => ({ kind: "copy" as const, one })), ...(await changes).map((one) => ({ kind: "change" as const, one }))];
  return found.sort(dueFirst);
}

export const readRecordRequest = (id: string) => data(unwrap(http.GET("/v1/record-requests/{record_request_id}", { params: path(id) })));
export const readCopies = async (id: string): Promise<RecordCopy[]> => (await data(unwrap(http.GET("/v1/record-requests/{record_request_id}/copies", { params: { ...path(id), query: { limit: 10 } } })))).items;
export const writeDown = (patient_id: string, text: string, received_at: string | null, id: string) => unwrap(http.POST("/v1/record-requests", { body: { id, patient_id, text: text || null, received_at } }));
export const extendCopy = (one: RecordRequest, reason: string) => unwrap(http.POST("/v1/record-requests/{record_request_id}/extend", { params: of(one), body: { reason } }));
export const denyCopy = (one: RecordRequest, answer: string, ground: Ground) => unwrap(http.POST("/v1/record-requests/{record_request_id}/deny", { params: of(one), body: { answer, ground } }));
export const fulfil = (one: RecordRequest, copy_id: string) => unwrap(http.POST("/v1/record-requests/{record_request_id}/fulfil", { params: of(one), body: { copy_id } }));

/** Let a copy be made; asked again after a fresh proof, it is the same one. */
export function makeCopy(request_id: string): Promise<unknown> {
  const id = newId();
  return withProof(() => unwrap(http.POST("/v1/record-requests/{record_request_id}/copies", { params: path(request_id), body: { id, chart_order: "newest_first" } })));
}

/** Fetch a copy in ranges, and let the browser keep it. */
export async function saveCopy(copy: RecordCopy): Promise<void> {
  const file = await inRanges(copy.size_bytes ?? 0, async (Range) => {
    const params = { path: { record_copy_id: copy.id }, header: { Range } };
    return (await withProof(() => unwrap(http.GET("/v1/record-copies/{record_copy_id}/content", { params, parseAs: "blob" })))).data as unknown as Blob;
  });
  keepFile(file, `record-${copy.ready_at?.slice(0, 10)}.zip`);
}
