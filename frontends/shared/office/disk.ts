/** What this computer keeps of an app for staff: who works here, and the tokens of devices. An app adds stores of its own. */
export type Stores = (name: string) => IDBObjectStore;

export function found<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function opened(name: string, own: Record<string, IDBObjectStoreParameters>): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    for (const [store, options] of Object.entries(own)) opening.result.createObjectStore(store, options);
    opening.result.createObjectStore("device");
  };
  return found(opening);
}

export class Disk {
  private readonly database: Promise<IDBDatabase>;

  /** `own` are stores beside that of the device. */
  constructor(name: string, own: Record<string, IDBObjectStoreParameters> = {}) {
    this.database = opened(name, own);
  }

  /** Change some stores in one step. Resolves when the disk has it. */
  protected async change(stores: string[], work: (of: Stores) => void): Promise<void> {
    const step = (await this.database).transaction(stores, "readwrite", { durability: "strict" });
    work((store) => step.objectStore(store));
    await new Promise<void>((resolve, reject) => {
      step.oncomplete = () => resolve();
      step.onabort = () => reject(step.error);
    });
  }

  protected async reading(store: string): Promise<IDBObjectStore> {
    return (await this.database).transaction(store).objectStore(store);
  }

  /** Note that the API is to be told of a sign-out, and that nobody works here, in one step. */
  signOut(): Promise<void> {
    return this.change(["device"], (of) => {
      of("device").put(true, "signed-out");
      of("device").put(null, "holder");
    });
  }

  /** As `signOut`, and drop everything else of this account. */
  forgetDevice(_account: string): Promise<void> {
    return this.change(["device"], (of) => {
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
