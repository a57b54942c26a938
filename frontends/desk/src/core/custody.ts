/** Controlled drugs: containers, their registers, and what a patient has at home. */
import { each, unwrap } from "@integration-journal/client";
import { desk } from "./desk.js";
import { all, data } from "./things.js";
import type { components } from "@integration-journal/client";
import type { Container, CustodyEntry, HomeCount, HomeSupply, RecordedKind } from "./types.js";

const { http } = desk.client;
const MAX_ENTRIES = 2000;
type NewContainer = components["schemas"]["CustodyContainerCreate"];

const path = (container_id: string) => ({ path: { container_id } });

export const readContainers = (): Promise<Container[]> => all(each((page) => http.GET("/v1/custody-containers", { params: { query: { ...page, limit: 100 } } })), 500);

export interface Register {
  container: Container;
  /** The oldest first, as in a bound book. */
  entries: CustodyEntry[];
}
export async function readRegister(id: string): Promise<Register> {
  const [container, entries] = await Promise.all([
    data(unwrap(http.GET("/v1/custody-containers/{container_id}", { params: path(id) }))),
    all(each((page) => http.GET("/v1/custody-containers/{container_id}/register", { params: { ...path(id), query: { ...page, limit: 100 } } })), MAX_ENTRIES),
  ]);
  return { container, entries };
}
export const addContainer = (body: NewContainer) => unwrap(http.POST("/v1/custody-containers", { body }));
export const recordEntry = (id: string, body: { id: string; kind: RecordedKind; amount?: number; place?: string; reason?: string; to_container_id?: string }) =>
  unwrap(http.POST("/v1/custody-containers/{container_id}/entries", { params: path(id), body }));
export const reverseEntry = (container_id: string, entry_id: string, body: { id: string; reason: string }) =>
  unwrap(http.POST("/v1/custody-containers/{container_id}/entries/{entry_id}/reverse", { params: { path: { container_id, entry_id } }, body }));
export const witnessEntry = (container_id: string, entry_id: string, body: { id: string; reason: string | null }) =>
  unwrap(http.POST("/v1/custody-containers/{container_id}/entries/{entry_id}/witness", { params: { path: { container_id, entry_id } }, body }));
export const dispense = (id: string, body: { id: string; patient_id: string; amount: number; days_supply: number }) =>
  unwrap(http.POST("/v1/custody-containers/{container_id}/dispense", { params: path(id), body }));

export interface AtHome {
  supply: HomeSupply;
  counts: HomeCount[];
}
export async function readAtHome(patient_id: string): Promise<AtHome> {
  const [supply, counts] = await Promise.all([
    data(unwrap(http.GET("/v1/patients/{patient_id}/home-supply", { params: { path: { patient_id } } }))),
    all(each((page) => http.GET("/v1/home-counts", { params: { query: { patient_id, ...page, limit: 50 } } })), 50),
  ]);
  return { supply, counts };
}
export const addCount = (body: { id: string; patient_id: string; counted_mg: number; counted_at: string; seen_on_video: boolean; remark: string | null; asks_refill: boolean }) =>
  unwrap(http.POST("/v1/home-counts", { body }));
export const decideRefill = (count: HomeCount, decision: "approved" | "declined", reason: string) =>
  unwrap(http.POST("/v1/home-counts/{home_count_id}/decide-refill", { params: { path: { home_count_id: count.id }, header: { "If-Match": `"${count.version}"` } }, body: { decision, reason } }));
