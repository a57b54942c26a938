/** What this computer keeps: texts that the API does not have yet, and who works here. Nothing else of any chart. */
import { Disk, found } from "../../../shared/office/disk.js";
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

export class Local extends Disk {
  constructor() {
    super("integration-journal-desk", { drafts: { keyPath: ["account", "thing", "writer"] } });
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

  /** As `signOut`, and drop everything else but what other accounts are writing. */
  override forgetDevice(account: string): Promise<void> {
    return this.change(["drafts", "device"], (of) => {
      of("drafts").delete(IDBKeyRange.bound([account, "", ""], [account, LAST, LAST]));
      of("device").clear();
      of("device").put(true, "signed-out");
    });
  }
}
