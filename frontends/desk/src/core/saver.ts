/**
 * Autosave that loses no word. Each keystroke is kept on this computer; a moment later the API has it.
 *
 * 1. Each page has a draft of its own in IndexedDB. It goes only when the API has the same text.
 * 2. A page that ended leaves its draft. The next page that opens the thing takes it up, under a lock; so does one that
 *    has it open already.
 * 3. Each save names the version it was begun from. If somebody was first, fields that only one side changed are
 *    joined; a field that both changed is held back, and both texts are shown until a person decides.
 */
import { alone, NoAnswer, Problem, versionOf } from "@integration-journal/client";
import { Keeper } from "./keeper.js";
import type { Draft, Local } from "./local.js";
import { changed, merge, withConflicts, type Conflict, type Fields, type Snapshot } from "./merge.js";
import type { SaverView, SaveState, Store } from "./saving.js";
import { Writer } from "./writer.js";

const WAIT_MS = 1000;
const RETRY_MS = 5000;
const MAX_SENT = 20;
const CHANNEL = "integration-journal-desk-saved";

export class Saver {
  view: SaverView = { state: "opening", fields: {}, conflicts: [], taken: [], isKept: true, savedAt: null, problem: null, replaced: null };
  base: Snapshot | null = null;
  /** What is needed to make the thing; of the draft that was taken up, if there was one. */
  facts: Record<string, string>;
  private readonly writer = new Writer();
  private readonly listeners = new Set<() => void>();
  private readonly channel = new BroadcastChannel(CHANNEL);
  private timer: ReturnType<typeof setTimeout> | null = null;
  private saving: Promise<void> | null = null;
  private readonly keeper: Keeper;
  /** What was sent to change the version of `base`, without an answer: if the API has one of these texts, nobody else wrote it. */
  private sent: Fields[] = [];
  private isClosed = false;
  private isLeft = false;
  private readonly wake = (): void => void this.flush();
  private readonly back = (): void => void (document.visibilityState === "visible" ? this.look() : this.flush());

  constructor(
    private readonly local: Local,
    private readonly account: string,
    private readonly store: Store,
  ) {
    this.facts = store.facts;
    this.keeper = new Keeper(local, () => this.draft(), (isKept) => this.set({ isKept }));
    this.channel.onmessage = (event) => {
      if (event.data === this.store.thing) void this.look();
    };
    addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.back);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Take up what was left on this computer, and read what the API has. Raises Problem or NoAnswer if there is neither. */
  async open(isNew: boolean): Promise<void> {
    this.writer.hold();
    await this.adopt();
    if (this.store.isLocal) return this.set({ state: "kept" });
    const asked = this.base;
    try {
      const found = await this.store.read();
      if (this.base === asked) this.rebase(found);
    } catch (error) {
      if (this.base !== asked) return; // a save was answered meanwhile: what was read before it is old
      const isNotThere = error instanceof Problem && error.status === 404;
      if (isNew && isNotThere && this.base === null) this.set({ state: "kept" });
      else if (this.view.state !== "opening" || (isNew && error instanceof NoAnswer)) this.fail(error);
      else throw error;
    }
    void this.flush();
  }

  /** Write one field. */
  write(field: string, text: string): void {
    this.set({ fields: { ...this.view.fields, [field]: text }, taken: [], replaced: null });
    this.touched();
  }

  /** Decide between two texts. What is replaced can be brought back by `undo`. */
  decide(conflict: Conflict, choice: "mine" | "theirs" | "both"): void {
    const { field, theirs } = conflict;
    const mine = this.view.fields[field] ?? "";
    const text = choice === "mine" ? mine : choice === "theirs" ? theirs : `${theirs.trimEnd()}\n\n${mine}`;
    const replaced = choice === "both" ? null : { field, text: choice === "mine" ? theirs : mine };
    const conflicts = this.view.conflicts.filter((one) => one !== conflict);
    this.set({ fields: { ...this.view.fields, [field]: text }, conflicts, replaced, taken: [] });
    this.touched();
  }

  undo(): void {
    const { replaced } = this.view;
    if (replaced !== null) this.write(replaced.field, replaced.text);
  }

  /** Send now what can be sent. Resolves when that is over. */
  async flush(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.isClosed || this.store.isLocal || ["opening", "refused"].includes(this.view.state)) return;
    this.saving ??= this.saveAll().finally(() => {
      this.saving = null;
    });
    await this.saving;
  }

  /** Send, and return the version that has every word. Raises Error if the API does not have all of it yet. */
  async settled(): Promise<string> {
    await this.flush();
    await this.flush(); // what was written while the first one ran
    if (this.base === null || this.unsent().length > 0 || this.view.conflicts.length > 0) throw new Error("not all of it is saved");
    return this.base.etag;
  }

  /** See whether somebody saved another version. */
  async look(): Promise<void> {
    const asked = this.base;
    if (asked === null || this.isClosed) return;
    try {
      const found = await this.store.read();
      if (this.base !== asked) return; // a save was answered meanwhile: this text is older
      this.rebase(found);
      void this.flush();
    } catch (error) {
      if (this.base === asked) this.fail(error);
    }
  }

  /** A local text was sent, or is given up: begin anew, with these facts. Returns false if it is not what was `sent` any more: it stays. */
  async finish(facts: Record<string, string>, sent = this.view.fields): Promise<boolean> {
    this.facts = facts;
    const isSame = changed(sent, this.view.fields).length === 0;
    if (isSame) this.set({ fields: {}, conflicts: [], replaced: null });
    await (isSame ? this.keeper.letGo() : this.keep());
    return isSame;
  }

  /** Drop what was not sent, because the person said so. */
  async discard(): Promise<void> {
    this.isClosed = this.isLeft = true;
    await this.keeper.idle();
    await this.local.remove(this.draft());
    this.close();
  }

  /** Stop writing. What was not sent stays on this computer. */
  close(): void {
    const last = this.flush();
    this.isLeft = true;
    void this.keeper.idle().finally(() => this.writer.end());
    void last.finally(() => {
      this.isClosed = true;
      if (this.timer !== null) clearTimeout(this.timer);
      this.channel.close();
    });
    removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.back);
  }

  /** Take up what other pages of this computer left of this thing when they ended; later also what the rest leaves. */
  private async adopt(): Promise<void> {
    await alone(`integration-journal-desk-adopt ${this.store.thing}`, async () => {
      const left = await this.local.drafts(this.account, this.store.thing);
      const orphans = await this.writer.orphansOf(left, () => void this.adopt().then(this.wake));
      if (orphans.length === 0 || this.isLeft || this.view.state === "refused") return;
      const found = this.join(orphans);
      const { base } = this;
      await this.local.keep(this.draft(), orphans);
      const isNewer = (versionOf(found?.etag ?? null) ?? 0) > (versionOf(base?.etag ?? null) ?? 0);
      if (found !== null && isNewer && this.base === base) this.rebase(found);
    });
  }

  /**
   * Join drafts into what is written here. If nothing is, the newest takes its place: returned is the version that was
   * here before, if there was one, to be joined into that.
   */
  private join(drafts: Draft[]): Snapshot | null {
    let { fields, conflicts } = this.view;
    let found: Snapshot | null = null;
    let others = drafts;
    if (conflicts.length === 0 && this.unsent().length === 0) {
      const [first, ...older] = drafts as [Draft, ...Draft[]];
      found = this.base;
      ({ fields, conflicts } = first);
      this.base = first.base;
      this.sent = first.sent;
      this.facts = { ...this.facts, ...first.facts };
      others = older;
    }
    for (const other of others) {
      const joined = merge(other.base?.fields ?? {}, fields, other.fields, "computer");
      fields = joined.fields;
      conflicts = [...conflicts, ...other.conflicts, ...joined.conflicts];
    }
    this.set({ state: "kept", fields, conflicts });
    return found;
  }

  /** Join what the API has into what is written here. */
  private rebase(found: Snapshot): void {
    if (this.base === null && this.view.state === "opening") this.set({ fields: found.fields });
    const arrived = this.sent.flatMap((sent) => Object.entries(sent)).filter(([name, text]) => (found.fields[name] ?? "") === text);
    const begun = { ...this.base?.fields, ...Object.fromEntries(arrived) };
    const { fields, conflicts, taken } = merge(begun, this.view.fields, found.fields, "saved");
    const open = this.view.conflicts.filter((one) => one.from !== "saved" || (fields[one.field] ?? "") !== (found.fields[one.field] ?? ""));
    const isNewer = versionOf(found.etag) !== versionOf(this.base?.etag ?? null);
    this.base = found;
    if (isNewer) this.sent = []; // else what was sent may reach the API after this reading
    const all = withConflicts(open, conflicts);
    this.set({ fields, conflicts: all, taken, problem: null, state: all.length > 0 ? "conflict" : this.unsent().length > 0 ? "kept" : "saved" });
    if (this.unsent().length > 0 || all.length > 0) void this.keep();
    else void this.keeper.letGo();
  }

  /** Return the fields that the API does not have, without those that wait for a decision. */
  private unsent(): string[] {
    const held = new Set(this.view.conflicts.map((one) => one.field));
    return changed(this.base?.fields ?? {}, this.view.fields).filter((field) => !held.has(field));
  }

  private touched(): void {
    if (["saved", "conflict", "refused"].includes(this.view.state)) this.set({ state: this.view.conflicts.length > 0 ? "conflict" : "kept" });
    void this.keep();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(this.wake, WAIT_MS);
  }

  private draft(): Draft {
    const { fields, conflicts } = this.view;
    const { thing } = this.store;
    const { account, base, sent, facts } = this;
    return { account, thing, writer: this.writer.id, fields, base, sent, conflicts, facts, savedAt: Date.now() };
  }

  private async keep(): Promise<void> {
    if (!this.isLeft) await this.keeper.keep();
  }

  private async saveAll(): Promise<void> {
    try {
      while (this.base === null || this.unsent().length > 0) {
        const names = this.unsent();
        if (this.base === null && names.length === 0) return;
        if (!navigator.onLine) return this.set({ state: "offline" }); // `online` wakes it
        if (this.view.state !== "offline") this.set({ state: "saving" });
        const sent = Object.fromEntries(names.map((name) => [name, this.view.fields[name] ?? ""]));
        await this.saveOnce(sent);
        this.channel.postMessage(this.store.thing);
      }
      if (this.view.state !== "saved" || this.view.savedAt === null) this.set({ savedAt: Date.now() });
      this.set({ state: this.view.conflicts.length > 0 ? "conflict" : "saved", problem: null });
      if (this.view.conflicts.length === 0) await this.keeper.letGo();
    } catch (error) {
      this.fail(error);
    }
  }

  private async saveOnce(sent: Fields): Promise<void> {
    const { make, save, read, current } = this.store;
    this.sent = [...this.sent, sent].slice(-MAX_SENT);
    await this.keep();
    try {
      if (this.base !== null) this.advance(await save(sent, this.base.etag));
      else if (make !== undefined) this.advance(await make(sent));
      else this.rebase(await read());
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.isStale && error.currentEtag !== null) this.rebase(current(error.current, error.currentEtag));
      else if (error.code === "id-taken" || error.isStale) this.rebase(await read()); // an answer was lost, or it is told no more
      else {
        if (error.status === 409) await read(); // whoever shows the thing learns what became of it
        throw error;
      }
    }
  }

  /** The API has taken what was sent. What was written meanwhile stays. */
  private advance(found: Snapshot): void {
    this.base = found;
    this.sent = [];
    this.set({ savedAt: Date.now() });
  }

  private fail(error: unknown): void {
    if (error instanceof NoAnswer) this.later("offline", RETRY_MS);
    else if (!(error instanceof Problem)) throw error;
    else if (error.isSignInEnded) this.set({ state: "ended" });
    else if (error.isTransient) this.later("offline", 1000 * (error.retryAfterSeconds ?? 0) || RETRY_MS);
    else this.set({ state: "refused", problem: error.body });
  }

  private later(state: SaveState, ms: number): void {
    this.set({ state });
    if (this.timer !== null) clearTimeout(this.timer);
    if (!this.isClosed) this.timer = setTimeout(this.wake, ms);
  }

  private set(changes: Partial<SaverView>): void {
    this.view = { ...this.view, ...changes };
    this.listeners.forEach((listener) => listener());
  }
}
