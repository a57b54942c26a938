/** Chains of entries: what builds on an entry that met another text, was given another version, or was given up. */
import type { Entry } from "./entries.js";
import type { ProblemBody } from "./problems.js";

const MAX_ROUND = 100;

/** Return the entries to send now, in order: none whose predecessor is held up. */
export function dueOf(entries: Entry[]): Entry[] {
  const present = new Set(entries.map((entry) => entry.key));
  const chosen = new Set<string>();
  const due: Entry[] = [];
  for (const entry of entries) {
    const isFree = entry.after.every((key) => !present.has(key) || chosen.has(key));
    if (entry.state !== "waiting" || !isFree || due.length >= MAX_ROUND) continue;
    chosen.add(entry.key);
    due.push(entry);
  }
  return due;
}

/** Return the entries that build on this one, the nearest first: they name it in `after`, or one that does. */
export function followersOf(entries: Entry[], entry: Entry): Entry[] {
  const keys = new Set([entry.key]);
  return entries.filter((one) => {
    if (one.key === entry.key || !one.after.some((key) => keys.has(key))) return false;
    keys.add(one.key);
    return true;
  });
}

/** Return followers as they are after another version of the thing that `entry` changes: each change adds one. */
export function rebased(followers: Entry[], thing: string, version: number, as: string = thing): Entry[] {
  let next = version;
  return followers.map((one) => {
    if (!one.path.split("/").includes(thing)) return one;
    const path = one.path.split("/").map((part) => (part === thing ? as : part)).join("/");
    const moved = { ...one, path, thing_id: one.thing_id === thing ? as : one.thing_id };
    return one.if_match === null ? moved : { ...moved, if_match: `"${next++}"` };
  });
}

/** Return the id of the thing that an entry changes; null if it makes one. */
export function thingOf(entry: Entry): string | null {
  return /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/.exec(entry.path)?.[0] ?? null;
}

/** Return the version that an ETag is of; null if it names none. */
export function versionOf(etag: string | null): number | null {
  const found = /^"(\d+)/.exec(etag ?? "");
  return found === null ? null : Number(found[1]);
}

/** Why an entry needs a person whose predecessor was given up. */
export const BASE_GONE: ProblemBody = {
  title: "Decide about this one",
  status: 409,
  code: "base-gone",
  detail: "The write that this one builds on was given up.",
  request_id: "",
  errors: [],
};
