/** Summaries as the screens show them: those of the API, with the changes that wait on this phone laid over. */
import type { Entry } from "@integration-journal/client";
import { useJournal } from "./hooks.js";
import type { SharedSummary } from "./types.js";

/** Who stands behind the present text; or that this phone alone has it, or that it needs the person. */
export type Standing = "phone" | "needs-you" | "both" | "you" | "team" | "nobody" | "withdrawn";
type Facts = Pick<SharedSummary, "title" | "text" | "covers_from" | "covers_until" | "session_id" | "course_id">;

export interface Summary extends Facts {
  id: string;
  at: string;
  /** The summary as the API has it; null if it was never sent. */
  stored: SharedSummary | null;
  /** The writes of this summary that wait, the first first. */
  waiting: Entry[];
}

/** The names of what is being written: of a new summary, or of a change. */
export const draftOf = (id: string): string => `summary ${id}`;

const TEXTS = ["create_shared_summary", "update_shared_summary"];
/** Whether a write changes the text, and does not only say who stands behind it. */
export const isText = (entry: Entry): boolean => TEXTS.includes(entry.operation);
export const isRefused = (entry: Entry): boolean => entry.state === "needs-you";

function summariesOf(stored: SharedSummary[], waiting: Entry[]): Summary[] {
  const found = new Map<string, Summary>(stored.map((one) => [one.id, { ...one, at: one.written_at, stored: one, waiting: [] }]));
  for (const entry of waiting) {
    const id = entry.thing_id;
    if (id === null || !entry.operation.endsWith("_shared_summary")) continue;
    const nothing: Summary = { id, at: new Date().toISOString(), title: "", text: "", covers_from: null, covers_until: null, session_id: null, course_id: null, stored: null, waiting: [] };
    const one = found.get(id) ?? nothing;
    const isLaidOver = isText(entry) && (one.stored === null || !isRefused(entry)); // a refused text stands beside the stored one
    found.set(id, { ...one, ...(isLaidOver ? (entry.body as Partial<Facts>) : {}), waiting: [...one.waiting, entry] });
  }
  return [...found.values()].sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** Every summary, the last written first. */
export function useSummaries(): Summary[] {
  const { summaries, waiting } = useJournal();
  return summariesOf(summaries, waiting);
}

export function standingOf({ stored, waiting }: Summary): Standing {
  if (waiting.some(isRefused)) return "needs-you";
  if (stored === null || waiting.some(isText)) return "phone";
  if (stored.withdrawn_at !== null) return "withdrawn";
  if (stored.endorsed_at !== null) return "both";
  return stored.clinician_endorsed_at !== null ? "you" : stored.patient_endorsed_at !== null ? "team" : "nobody";
}

/** The texts that wait for being sent, in their order: a further change is sent after them. */
export const textsBefore = (one: Summary): Entry[] => one.waiting.filter((entry) => isText(entry) && !isRefused(entry));

/** Return the number of the text that is shown here. It stays when a text that waits is sent, and when somebody stands behind it. */
export const revisionOf = (one: Summary): number => (one.stored?.revision ?? 0) + textsBefore(one).length;

/** Return the version that the next change names: one more than the last text that waits, or the stored one. */
export function nextVersion(one: Summary): number {
  const last = textsBefore(one).at(-1);
  return last === undefined ? (one.stored?.version ?? 0) : Number(/\d+/.exec(last.if_match ?? "0")?.[0]) + 1;
}
