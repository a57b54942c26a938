/** Joining a text that is being written with what somebody else saved meanwhile. Nothing is joined within a field. */

/** Texts by field; a field that is missing is empty. */
export type Fields = Record<string, string>;

/** What the API has, at one version. */
export interface Snapshot {
  etag: string;
  fields: Fields;
}

/** Two texts for one field: a person decides. */
export interface Conflict {
  field: string;
  theirs: string;
  /** Who has the other text: the API, or another page of this computer that ended before it was sent. */
  from: "saved" | "computer";
}

export interface Merged {
  fields: Fields;
  conflicts: Conflict[];
  /** Fields that only the other side had changed; they have its text now. */
  taken: string[];
}

/** Return the fields whose texts differ. */
export function changed(before: Fields, after: Fields): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => (before[name] ?? "") !== (after[name] ?? ""));
}

/** Join `mine` and `theirs`, which were both begun from `base`. */
export function merge(base: Fields, mine: Fields, theirs: Fields, from: Conflict["from"]): Merged {
  const fields = { ...mine };
  const conflicts: Conflict[] = [];
  const taken: string[] = [];
  for (const name of changed(mine, theirs)) {
    const [before, own, other] = [base[name] ?? "", mine[name] ?? "", theirs[name] ?? ""];
    if (other === before) continue;
    if (own === before) {
      fields[name] = other;
      taken.push(name);
    } else {
      conflicts.push({ field: name, theirs: other, from });
    }
  }
  return { fields, conflicts, taken };
}

/** Add conflicts to those there are. A field has one text of the API at a time: the newest. */
export function withConflicts(present: Conflict[], added: Conflict[]): Conflict[] {
  const renewed = new Set(added.filter((one) => one.from === "saved").map((one) => one.field));
  return [...present.filter((one) => one.from !== "saved" || !renewed.has(one.field)), ...added];
}
