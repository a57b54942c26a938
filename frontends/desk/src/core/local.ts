/** What this computer keeps: texts that the API does not have yet, and who works here. Nothing else of any chart. */
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

const LAST = "\uffff";
type Store = "drafts" | "device";

function found<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function opened(): Promise<IDBDatabase> {
  const opening = indexedDB.open("integration-journal-desk", 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("drafts", { keyPath: ["account", "thing", "writer"] });
    opening.result.createObjectStore("device");
  };
  return found(opening);
}

export class Local {
  private readonly database = opened();

  /** Change one store or both in one step. Resolves when the disk has it. */
  private async change(stores: Store[], work: (of: (store: Store) => IDBObjectStore) => void): Promise<void> {
    const step = (await this.database).transaction(stores, "readwrite", { durability: "strict" });
    work((store) => step.objectStore(store));
    await new Promise<void>((resolve, reject) => {
      step.oncomplete = () => resolve();
      step.onabort = () => reject(step.error);
    });
  }

  private async reading(store: Store): Promise<IDBObjectStore> {
    return (await this.database).transaction(store).objectStore(store);
  }

  /** Return what was not sent, of one account: of one thing, or of all. */
  async drafts(account: string, thing?: string): Promise<Draft[]> {
    const range = IDBKeyRange.bound([account, thing ?? "", ""], [account, thing ?? LAST, LAST]);
    return await found<Draft[]>((await this.reading("drafts")).getAll(range));
  }

  /** Keep one draft and remove others in the same step. Resolves when the disk has it. */
  keep(draft: Draft, instead: Draft[] = []): Promise<void> {
    return this.change(["drafts"], (of) => {
      for (const old of instead) of("drafts").delete([old.account, old.thing, old.writer]);
      of("drafts").put(draft);
    });
  }

  remove(draft: Draft): Promise<void> {
    return this.change(["drafts"], (of) => void of("drafts").delete([draft.account, draft.thing, draft.writer]));
  }

  /** Note that the API is to be told of a sign-out, and that nobody works here, in one step. */
  signOut(): Promise<void> {
    return this.change(["device"], (of) => {
      of("device").put(true, "signed-out");
      of("device").put(null, "holder");
    });
  }

  /** As `signOut`, and drop everything else but what other accounts are writing. */
  forgetDevice(account: string): Promise<void> {
    return this.change(["drafts", "device"], (of) => {
      of("drafts").delete(IDBKeyRange.bound([account, "", ""], [account, LAST, LAST]));
      of("device").clear();
      of("device").put(true, "signed-out");
    });
  }

  async device<T>(key: string): Promise<T | null> {
    return (await found<T | undefined>((await this.reading("device")).get(key))) ?? null;
  }

  setDevice(key: string, value: unknown): Promise<void> {
    return this.change(["device"], (of) => void of("device").put(value, key));
  }
}
