/** The capture link that this tab was opened by, and what waits to be sent with it. It goes with the tab. */
import type { components } from "@integration-journal/client";

type Schemas = components["schemas"];

/** What is being written, before it is kept. */
export interface CaptureDraft {
  mood: number | null;
  anxiety: number | null;
  connection: number | null;
  word: string;
  text: string;
}

/** What was written, and the link that it was written under: no other one sends it. */
export interface Moment {
  body: Schemas["CaptureCreate"] & { id: string };
  token: string;
}

export interface KeptLink {
  token: string;
  unsent: Moment[];
  /** What the API did not take. */
  refused: Moment[];
  /** What is being written, by the link that it is written under. */
  drafts: Record<string, CaptureDraft>;
  /** Links that do not work any more, and under which something is left. */
  ended: string[];
  lines: Schemas["CrisisResource"][];
}
const STORE = "journal-capture";
export const NO_LINK: KeptLink = { token: "", unsent: [], refused: [], drafts: {}, ended: [], lines: [] };
export const NO_DRAFT: CaptureDraft = { mood: null, anxiety: null, connection: null, word: "", text: "" };

export const keptLink = (): KeptLink => ({ ...NO_LINK, ...JSON.parse(sessionStorage.getItem(STORE) ?? "null") });

const isBegun = (draft: CaptureDraft): boolean => JSON.stringify(draft) !== JSON.stringify(NO_DRAFT);

export function keepLink(kept: KeptLink): KeptLink {
  const drafts = Object.fromEntries(Object.entries(kept.drafts).filter(([, draft]) => isBegun(draft)));
  const left = new Set([...[...kept.unsent, ...kept.refused].map(({ token }) => token), ...Object.keys(drafts)]);
  const tidy = { ...kept, drafts, ended: kept.ended.filter((token) => left.has(token)) };
  if (kept.token === "" && left.size === 0) sessionStorage.removeItem(STORE);
  else sessionStorage.setItem(STORE, JSON.stringify(tidy));
  return tidy;
}

/** What can still be sent: each moment by the link that it was written under. */
export const sendable = (kept: KeptLink): Moment[] => kept.unsent.filter(({ token }) => !kept.ended.includes(token));

/** Whether something is left on this page. */
export const isAnythingLeft = (kept: KeptLink): boolean => kept.unsent.length + kept.refused.length + Object.keys(kept.drafts).length > 0;

/** Whether something was written under another link, and is not sent by that one. */
export const isOthersLeft = (kept: KeptLink): boolean =>
  [...kept.unsent.filter(({ token }) => kept.ended.includes(token)), ...kept.refused].some(({ token }) => token !== kept.token) || Object.keys(kept.drafts).some((token) => token !== kept.token);

/** Take over, under the present link, what was left under others: the person has said that it is theirs. */
export function takeOver(kept: KeptLink): KeptLink {
  const { token } = kept;
  const isLeft = (one: Moment): boolean => one.token !== token && (kept.ended.includes(one.token) || kept.refused.includes(one));
  const moved = [...kept.unsent, ...kept.refused].filter(isLeft).map(({ body }) => ({ body, token }));
  const draft = Object.values(kept.drafts).reduce(joined, NO_DRAFT);
  return {
    ...kept,
    unsent: [...kept.unsent.filter((one) => !isLeft(one)), ...moved],
    refused: kept.refused.filter((one) => !isLeft(one)),
    drafts: { [token]: draft },
  };
}

/** Drop what was left under other links. */
export function dropOthers(kept: KeptLink): KeptLink {
  const own = kept.drafts[kept.token];
  return {
    ...kept,
    unsent: kept.unsent.filter(({ token }) => token === kept.token || !kept.ended.includes(token)),
    refused: kept.refused.filter(({ token }) => token === kept.token),
    drafts: own === undefined ? {} : { [kept.token]: own },
  };
}

function joined(one: CaptureDraft, other: CaptureDraft): CaptureDraft {
  const { mood, anxiety, connection, word } = one;
  return {
    mood: mood ?? other.mood,
    anxiety: anxiety ?? other.anxiety,
    connection: connection ?? other.connection,
    word: word || other.word,
    text: [one.text, other.text].filter((text) => text !== "").join("\n"),
  };
}

/** The headers of a request by a link; none without one. */
export const byLink = (token: string, key?: string): { headers?: Record<string, string> } =>
  token === "" ? {} : { headers: { Authorization: `Bearer ${token}`, ...(key ? { "Idempotency-Key": key } : {}) } };
