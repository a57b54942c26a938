/** What this computer keeps: texts that the API does not have yet, and who works here. Nothing else of any chart. */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Conflict, Fields, Snapshot } from "./merge.js";

/** A text that is being written, by one page. */
export interface Draft {
  account: string;
  /** What it is, as `note <id>`. */
  thing: string;
  /** The page that writes it. Each page has a draft of its own, so that two never write over each other. */
  writer: string;
  fields: Fields;
  /** What the API had when this was begun or last sent; null if it has nothing yet. */
  base: Snapshot | null;
  /** What was sent since `base` without an answer. */
  sent: Fields[];
  conflicts: Conflict[];
  /** What else is needed to make the thing. */
  facts: Record<string, string>;
  savedAt: number;
}

interface Schema extends DBSchema {
  drafts: { key: [string, string, string]; value: Draft };
  device: { key: string; value: unknown };
}

const LAST = "\uffff";

export class Local {
  private readonly database: Promise<IDBPDatabase<Schema>> = openDB<Schema>("integration-journal-desk", 1, {
    upgrade(database) {
      database.createObjectStore("drafts", { keyPath: ["account", "thing", "writer"] });
      database.createObjectStore("device");
    },
  });

  /** Return what was not sent, of one account: of one thing, or of all. */
  async drafts(account: string, thing?: string): Promise<Draft[]> {
    const range = IDBKeyRange.bound([account, thing ?? "", ""], [account, thing ?? LAST, LAST]);
    return await (await this.database).getAll("drafts", range);
  }

  /** Keep one draft and remove others in the same step. Resolves when the disk has it. */
  async keep(draft: Draft, instead: Draft[] = []): Promise<void> {
    const change = (await this.database).transaction("drafts", "readwrite", { durability: "strict" });
    const gone = instead.map((old) => change.store.delete([old.account, old.thing, old.writer]));
    await Promise.all([...gone, change.store.put(draft), change.done]);
  }

  async remove(draft: Draft): Promise<void> {
    await (await this.database).delete("drafts", [draft.account, draft.thing, draft.writer]);
  }

  /** Note that the API is to be told of a sign-out, and that nobody works here, in one step. */
  async signOut(): Promise<void> {
    const change = (await this.database).transaction("device", "readwrite", { durability: "strict" });
    await Promise.all([change.store.put(true, "signed-out"), change.store.put(null, "holder"), change.done]);
  }

  /** As `signOut`, and drop everything else but what other accounts are writing. */
  async forgetDevice(account: string): Promise<void> {
    const change = (await this.database).transaction(["drafts", "device"], "readwrite", { durability: "strict" });
    const [drafts, device] = [change.objectStore("drafts"), change.objectStore("device")];
    const own = IDBKeyRange.bound([account, "", ""], [account, LAST, LAST]);
    await Promise.all([drafts.delete(own), device.clear(), device.put(true, "signed-out"), change.done]);
  }

  async device<T>(key: string): Promise<T | null> {
    return ((await (await this.database).get("device", key)) as T | undefined) ?? null;
  }

  async setDevice(key: string, value: unknown): Promise<void> {
    await (await this.database).put("device", value, key);
  }
}
