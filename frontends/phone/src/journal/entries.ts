/** Entries as the screens show them: those of the API, with what still waits on this phone laid over. */
import type { Entry } from "@integration-journal/client";
import { fragmentWords } from "../parts/fragment.js";
import type { Reflection, ReflectionCreate, ReflectionUpdate } from "./types.js";

/** Where an entry is. */
export type Where = "phone" | "needs-you" | "private" | "shared-later" | "shared" | "read";

export interface JournalEntry {
  id: string;
  at: string;
  content: ReflectionCreate;
  where: Where;
  /** The entry as the API has it; null if it was never sent. */
  stored: Reflection | null;
  /** The writes of this entry that wait, the first first. */
  waiting: Entry[];
}

/** Lay the waiting writes over the stored entries, newest first. */
export function entriesOf(stored: Reflection[], waiting: Entry[], now: number): JournalEntry[] {
  const found = new Map(stored.map((one) => [one.id, entryOf(one, now)]));
  for (const write of waiting) {
    const id = write.thing_id;
    if (id === null || !write.operation.endsWith("_reflection")) continue;
    let entry = found.get(id);
    if (entry === undefined) {
      const made = (write.operation === "create_reflection" ? write.body : {}) as ReflectionCreate;
      entry = { id, at: made.captured_at ?? new Date(now).toISOString(), content: {}, where: "phone", stored: null, waiting: [] };
      found.set(id, entry);
    }
    if (write.operation === "create_reflection" || write.operation === "update_reflection") {
      entry.content = { ...entry.content, ...(write.body as ReflectionUpdate) };
    }
    entry.waiting.push(write);
    if (write.state === "needs-you") entry.where = "needs-you";
    else if (entry.where !== "needs-you") entry.where = "phone";
  }
  const isGone = (entry: JournalEntry): boolean => entry.waiting.some((write) => write.operation === "delete_reflection");
  return [...found.values()].filter((entry) => !isGone(entry)).sort((a, b) => (a.at < b.at ? 1 : -1));
}

function entryOf(stored: Reflection, now: number): JournalEntry {
  return { id: stored.id, at: stored.happened_at, content: contentOf(stored), where: whereIs(stored, now), stored, waiting: [] };
}

function whereIs(stored: Reflection, now: number): Where {
  if (stored.sharing === "private") return "private";
  if (stored.first_read_at !== null) return "read";
  return stored.release_at !== null && Date.parse(stored.release_at) > now ? "shared-later" : "shared";
}

function contentOf(stored: Reflection): ReflectionCreate {
  const { text, kind, answers, ratings, tags, safety, contact_me, prompt_set, prompt_set_version, insights, fragment, elaborates_id } = stored;
  return { text, kind, answers, ratings, tags, safety, contact_me, prompt_set, prompt_set_version, insights, fragment, elaborates_id };
}

/**
 * Return the ETag that the next change of this entry names: one more than the last write that waits, or the stored one.
 *
 * What is stored may hold a write that still waits, if its answer was lost or is only being taken in.
 */
export function nextEtag(entry: JournalEntry | undefined): string {
  const changes = (entry?.waiting ?? []).filter((write) => write.state === "waiting" && (write.operation === "create_reflection" || write.if_match !== null));
  const last = changes.at(-1);
  const version = last === undefined ? (entry?.stored?.version ?? 0) : Number(/\d+/.exec(last.if_match ?? "0")?.[0]) + 1;
  return `"${version}"`;
}

/**
 * Return until when, so soon after a dose, sharing and deleting wait; null if nothing does.
 *
 * Any entry that was read tells it: the window is of the person, not of the entry. The API decides.
 */
export function heldUntil(stored: Reflection[], now: number): Date | null {
  const ends = stored.map((one) => Date.parse(one.held_until ?? "")).filter((at) => at > now);
  return ends.length > 0 ? new Date(Math.max(...ends)) : null;
}

/** Return the first words of an entry, for a list. */
export function firstWords(content: ReflectionCreate, length = 120): string {
  const text = (content.fragment ? fragmentWords(content.fragment) : "") || content.text?.trim() || content.answers?.find((answer) => answer.text.trim())?.text.trim() || "";
  return text.length > length ? `${text.slice(0, length).trimEnd()}…` : text;
}
