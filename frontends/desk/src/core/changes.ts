/** What changed between versions, and what a patient asks to have changed. */
import { unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import { data } from "./things.js";
import type { AmendmentRequest } from "./types.js";

const { http } = desk.client;

export const readNoteDiff = (note_id: string, from_number: number, to_number: number) =>
  data(unwrap(http.GET("/v1/notes/{note_id}/diff", { params: { path: { note_id }, query: { from_number, to_number } } })));
export const readPlanDiff = (plan_id: string, from_revision: number | null) =>
  data(unwrap(http.GET("/v1/plans/{plan_id}/diff", { params: { path: { plan_id }, query: from_revision === null ? {} : { from_revision } } })));
export const readPlanVersions = async (plan_id: string) => (await data(unwrap(http.GET("/v1/plans/{plan_id}/versions", { params: { path: { plan_id }, query: { limit: 50 } } })))).items;

const path = (amendment_request_id: string) => ({ path: { amendment_request_id } });
const of = ({ id, version }: AmendmentRequest) => ({ ...path(id), header: { "If-Match": `"${version}"` } });
export const readRequest = (id: string) => data(unwrap(http.GET("/v1/amendment-requests/{amendment_request_id}", { params: path(id) })));
export const readRequests = async (note_id: string): Promise<AmendmentRequest[]> => (await data(unwrap(http.GET("/v1/amendment-requests", { params: { query: { note_id, limit: 50 } } })))).items;
/** Write down what a patient asked for by word of mouth or by letter. */
export const writeRequest = (note_id: string, body: components["schemas"]["AmendmentRequestCreate"]) => unwrap(http.POST("/v1/notes/{note_id}/amendment-requests", { params: { path: { note_id } }, body }));
export const acceptRequest = (one: AmendmentRequest, answer: string) => unwrap(http.POST("/v1/amendment-requests/{amendment_request_id}/accept", { params: of(one), body: { answer } }));
export const denyRequest = (one: AmendmentRequest, answer: string, basis: components["schemas"]["DenialBasis"]) =>
  unwrap(http.POST("/v1/amendment-requests/{amendment_request_id}/deny", { params: of(one), body: { answer, basis } }));
export const extendRequest = (one: AmendmentRequest, reason: string) => unwrap(http.POST("/v1/amendment-requests/{amendment_request_id}/extend", { params: of(one), body: { reason } }));
