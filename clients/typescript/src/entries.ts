/** What waits to be sent: its form, and the two places where it can be kept. */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { operations } from "./generated/api.js";
import type { WRITES } from "./generated/writes.js";
import type { ProblemBody } from "./problems.js";

/** The name of an operation that writes. */
export type Writing = keyof typeof WRITES & keyof operations;

/** `waiting` will be sent; `needs-you` was refused, and a person decides. */
export type EntryState = "waiting" | "needs-you";

/** One write that waits. Its `key` is its Idempotency-Key, so sending it twice does it once. */
export interface Entry {
  key: string;
  /** Orders the entries of an account: an id of version 7. */
  position: string;
  account_id: string;
  clinic_id: string;
  operation: Writing;
  path: string;
  /** The version that is changed, as an ETag; null for what makes a new thing. */
  if_match: string | null;
  body: unknown;
  /** `keep_both`: a text that met another one is kept as a second draft, if the carrier can. */
  on_conflict: "keep_both" | null;
  /** Keys of the entries that must be done first. */
  after: string[];
  /** What the write is about, for the screen that shows it. */
  thing_id: string | null;
  state: EntryState;
  /** Why it needs a person. */
  problem: ProblemBody | null;
}

/** A place for entries. Once `put` has resolved, an entry outlasts the page. */
export interface EntryStore {
  put(entry: Entry): Promise<void>;
  remove(key: string): Promise<void>;
  /** Every entry of an account, the first first. */
  all(accountId: string): Promise<Entry[]>;
}

interface Schema extends DBSchema {
  entries: { key: string; value: Entry; indexes: { account: [string, string] } };
}

/** Entries in IndexedDB, shared by every tab of an origin. A write counts when the disk has it. */
export class IndexedDbStore implements EntryStore {
  private readonly database: Promise<IDBPDatabase<Schema>>;

  constructor(name = "integration-journal-queue") {
    this.database = openDB<Schema>(name, 1, {
      upgrade(database) {
        const made = database.createObjectStore("entries", { keyPath: "key" });
        made.createIndex("account", ["account_id", "position"]);
      },
    });
  }

  async put(entry: Entry): Promise<void> {
    const change = (await this.database).transaction("entries", "readwrite", { durability: "strict" });
    await Promise.all([change.store.put(entry), change.done]);
  }

  async remove(key: string): Promise<void> {
    const change = (await this.database).transaction("entries", "readwrite", { durability: "strict" });
    await Promise.all([change.store.delete(key), change.done]);
  }

  async all(accountId: string): Promise<Entry[]> {
    const range = IDBKeyRange.bound([accountId, ""], [accountId, "\uffff"]);
    return await (await this.database).getAllFromIndex("entries", "account", range);
  }
}

/** Entries in memory: for a program that sends before it ends, and for tests. */
export class MemoryStore implements EntryStore {
  private readonly entries = new Map<string, Entry>();

  async put(entry: Entry): Promise<void> {
    this.entries.set(entry.key, structuredClone(entry));
  }

  async remove(key: string): Promise<void> {
    this.entries.delete(key);
  }

  async all(accountId: string): Promise<Entry[]> {
    const found = [...this.entries.values()].filter((entry) => entry.account_id === accountId);
    return structuredClone(found.sort((a, b) => (a.position < b.position ? -1 : 1)));
  }
}
