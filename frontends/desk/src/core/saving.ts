/** What autosave needs to know of a thing, and what it tells of it. */
import type { ProblemBody } from "@integration-journal/client";
import type { Conflict, Fields, Snapshot } from "./merge.js";

/** How one kind of thing is read and saved. */
export interface Store {
  /** Its name, as `note <id>`. */
  thing: string;
  facts: Record<string, string>;
  /** True for a text that is sent by a button alone; until then it is on this computer. */
  isLocal?: true;
  /** Read it. Raises Problem, NoAnswer. */
  read: () => Promise<Snapshot>;
  /** Make it, with these fields. */
  make?: (fields: Fields) => Promise<Snapshot>;
  /** Save some of the changed fields, at least one; the rest is asked for again. */
  save: (changes: Fields, etag: string) => Promise<Snapshot>;
  /** Read what a 412 shows. Raises Problem if it can be changed no more. */
  current: (thing: unknown, etag: string) => Snapshot;
}

/**
 * `saved`: the API has it. `kept`: this computer has it, and it is about to be sent. `offline`, `ended`: it waits for the
 * connection, or for a sign-in. `refused`: the API does not take it, and a person decides.
 */
export type SaveState = "opening" | "saved" | "kept" | "saving" | "offline" | "ended" | "conflict" | "refused";

export interface SaverView {
  state: SaveState;
  fields: Fields;
  conflicts: Conflict[];
  /** Fields that were taken over from elsewhere, until the next keystroke. */
  taken: string[];
  /** Whether the disk has the last keystroke. */
  isKept: boolean;
  savedAt: number | null;
  problem: ProblemBody | null;
  /** The text that a decision replaced; `undo` brings it back. */
  replaced: { field: string; text: string } | null;
}
