/** What this phone keeps, in IndexedDB: what was fetched, what is being written, and what helps in an emergency. */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";

interface Schema extends DBSchema {
  /** What was fetched: by account, kind and id. Dropped when the sign-in has ended. */
  things: { key: [string, string, string]; value: unknown };
  /** What is being written: by account and name. No code drops it but the screen that has put it in the queue. */
  drafts: { key: [string, string]; value: unknown };
  /** What belongs to the phone and not to a person. */
  device: { key: string; value: unknown };
}

const LAST = "\uffff";

export class Local {
  private readonly database: Promise<IDBPDatabase<Schema>> = openDB<Schema>("integration-journal-phone", 1, {
    upgrade(database) {
      database.createObjectStore("things");
      database.createObjectStore("drafts");
      database.createObjectStore("device");
    },
  });
  private readonly saving = new Map<string, Promise<void>>();

  async all<T>(account: string, kind: string): Promise<T[]> {
    const range = IDBKeyRange.bound([account, kind, ""], [account, kind, LAST]);
    return (await (await this.database).getAll("things", range)) as T[];
  }

  async one<T>(account: string, kind: string, id = ""): Promise<T | null> {
    return ((await (await this.database).get("things", [account, kind, id])) as T | undefined) ?? null;
  }

  async put(account: string, kind: string, id: string, thing: unknown): Promise<void> {
    await (await this.database).put("things", thing, [account, kind, id]);
  }

  async remove(account: string, kind: string, id: string): Promise<void> {
    await (await this.database).delete("things", [account, kind, id]);
  }

  /** Put all things of a kind in the place of those that are there. */
  async replace<T extends { id: string }>(account: string, kind: string, things: T[]): Promise<void> {
    const change = (await this.database).transaction("things", "readwrite");
    await change.store.delete(IDBKeyRange.bound([account, kind, ""], [account, kind, LAST]));
    await Promise.all([...things.map((thing) => change.store.put(thing, [account, kind, thing.id])), change.done]);
  }

  /** Put a thing in the place of the one that is there, in one step. Returns false, and puts nothing, if none is. */
  async exchange(account: string, kind: string, thing: unknown): Promise<boolean> {
    const change = (await this.database).transaction("things", "readwrite");
    const isThere = (await change.store.getKey([account, kind, ""])) !== undefined;
    if (isThere) await change.store.put(thing, [account, kind, ""]);
    await change.done;
    return isThere;
  }

  /** Drop everything that was fetched for this account. */
  async forget(account: string): Promise<void> {
    await (await this.database).delete("things", IDBKeyRange.bound([account, ""], [account, LAST]));
  }

  /** Drop the drafts whose names begin so, but for those that a further beginning keeps. */
  async dropDrafts(account: string, beginning: string, kept: string[]): Promise<void> {
    const change = (await this.database).transaction("drafts", "readwrite");
    const names = await change.store.getAllKeys(IDBKeyRange.bound([account, beginning], [account, beginning + LAST]));
    const gone = names.filter(([, name]) => !kept.some((one) => name.startsWith(one)));
    await Promise.all([...gone.map((key) => change.store.delete(key)), change.done]);
  }

  /** Note that the API is to be told of a sign-out, and drop everything that was fetched, in one step. */
  async signOut(): Promise<void> {
    const change = (await this.database).transaction(["things", "device"], "readwrite", { durability: "strict" });
    const device = change.objectStore("device");
    const gone = ["holder", "safety-plan"].map((key) => device.put(null, key));
    await Promise.all([device.put(true, "signed-out"), ...gone, change.objectStore("things").clear(), change.done]);
  }

  /** As `signOut`, and drop everything else but what other accounts are writing. */
  async forgetDevice(account: string): Promise<void> {
    const change = (await this.database).transaction(["things", "drafts", "device"], "readwrite", { durability: "strict" });
    const [things, drafts, device] = [change.objectStore("things"), change.objectStore("drafts"), change.objectStore("device")];
    const own = IDBKeyRange.bound([account, ""], [account, LAST]);
    await Promise.all([things.clear(), drafts.delete(own), device.clear(), device.put(true, "signed-out"), change.done]);
  }

  async draft<T>(account: string, name: string): Promise<T | null> {
    return ((await (await this.database).get("drafts", [account, name])) as T | undefined) ?? null;
  }

  /** Keep a draft; null removes it. Resolves when the disk has it. The last of several calls counts. */
  async saveDraft(account: string, name: string, draft: unknown): Promise<void> {
    const before = this.saving.get(name) ?? Promise.resolve();
    const mine = before.then(async () => {
      if (this.saving.get(name) !== mine) return;
      const change = (await this.database).transaction("drafts", "readwrite", { durability: "strict" });
      const key: [string, string] = [account, name];
      await Promise.all([draft === null ? change.store.delete(key) : change.store.put(draft, key), change.done]);
    });
    this.saving.set(name, mine);
    await mine;
  }

  async device<T>(key: string): Promise<T | null> {
    return ((await (await this.database).get("device", key)) as T | undefined) ?? null;
  }

  async setDevice(key: string, value: unknown): Promise<void> {
    await (await this.database).put("device", value, key);
  }
}
