/** The capture link that this tab was opened by, and what waits to be sent with it. It goes with the tab. */
import type { components } from "@integration-journal/client";

type Schemas = components["schemas"];
export type Moment = Schemas["CaptureCreate"] & { id: string };

export interface KeptLink {
  token: string;
  unsent: Moment[];
  lines: Schemas["CrisisResource"][];
}
const STORE = "journal-capture";
export const NO_LINK: KeptLink = { token: "", unsent: [], lines: [] };

export const keptLink = (): KeptLink => JSON.parse(sessionStorage.getItem(STORE) ?? "null") ?? NO_LINK;

export function keepLink(kept: KeptLink): KeptLink {
  if (kept.token === "" && kept.unsent.length === 0) sessionStorage.removeItem(STORE);
  else sessionStorage.setItem(STORE, JSON.stringify(kept));
  return kept;
}

/** The headers of a request by a link; none without one. */
export const byLink = (token: string, key?: string): { headers?: Record<string, string> } =>
  token === "" ? {} : { headers: { Authorization: `Bearer ${token}`, ...(key ? { "Idempotency-Key": key } : {}) } };
