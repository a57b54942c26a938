/**
 * The offline queue: a write is kept on the device first, and sent when that is possible.
 *
 * 1. `put` resolves when the entry is on the disk. Only then say "on this phone".
 * 2. An entry belongs to the account that wrote it; no other account's sign-in sends it.
 * 3. One tab sends at a time. If two do after all, the Idempotency-Key makes that harmless.
 * 4. Done is done; no answer, 408, 425, 429 and 5xx are tried again; 401 waits for a sign-in. Any other refusal
 *    needs a person, and blocks only what comes after it by name.
 * 5. No code drops an entry: `discard` is called for a person who said so.
 */
import { batched } from "./batches.js";
import type { Carrier, Result } from "./carriers.js";
import { BASE_GONE, dueOf, followersOf, rebased, thingOf, versionOf } from "./chains.js";
import type { Client } from "./client.js";
import type { Entry, EntryStore, Writing } from "./entries.js";
import type { operations } from "./generated/api.js";
import { WRITES } from "./generated/writes.js";
import { newId } from "./ids.js";
import { alone } from "./locks.js";
import { isTransient, NoAnswer, Problem, type ProblemBody } from "./problems.js";
import { backoffMs } from "./transport.js";

type Body<O extends Writing> = operations[O] extends {
  requestBody?: { content: { "application/json": infer Given } };
}
  ? Given
  : undefined;
type Path<O extends Writing> = operations[O] extends { parameters: { path: infer Given } } ? Given : undefined;

/** One write, typed by its operation. */
export interface Write<O extends Writing> {
  path?: Path<O>;
  body?: Body<O>;
  /** The ETag of the version that it changes. It can be foreseen: a new thing is `"1"`, each change adds one. */
  ifMatch?: string;
  after?: string[];
  thingId?: string;
  keepBoth?: boolean;
}

/** What listeners are told after a round, or when an entry was added or settled. */
export interface Done {
  entry: Entry;
  status: number;
  etag: string | null;
  body: unknown;
  /** The draft that the text stands in beside another one: show both. Null unless the entry met another text. */
  keptId: string | null;
}

export interface QueueOptions {
  client: Client;
  store: EntryStore;
  /** How entries reach the API. Default: `batched`, together if there are several. */
  carry?: Carrier;
  /** Called for each entry that was done, before it leaves the queue. */
  onDone?: (done: Done) => void | Promise<void>;
}

/** Whose entries these are. */
export interface Owner {
  accountId: string;
  clinicId: string;
}

const MAX_PAUSE_MS = 15 * 60_000;
const CHANNEL = "integration-journal-queue";

/** The queue of one browser or program, for one account at a time. */
export class Queue {
  /** True if the last round ended for want of a sign-in. */
  waitsForSignIn = false;
  private owner: Owner | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private sending: Promise<void> | null = null;
  private isAskedAgain = false;
  private readonly listeners = new Set<() => void>();
  private channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);
  private failures = 0;
  private readonly wake = (): void => void this.send();

  constructor(private readonly options: QueueOptions) {
    if (this.channel) this.channel.onmessage = () => this.tell();
    if (typeof window !== "undefined") {
      window.addEventListener("online", this.wake);
      window.addEventListener("focus", this.wake);
      document.addEventListener("visibilitychange", this.wake);
    }
  }

  /** Show and send the entries of this account from now on; null: of nobody. */
  open(owner: Owner | null): void {
    this.owner = owner;
    this.waitsForSignIn = false;
    this.tell();
    void this.send();
  }

  /** Stop listening and waiting. Entries stay where they are. */
  close(): void {
    this.owner = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.channel?.close();
    this.channel = null; // a round that is under way ends later
    if (typeof window !== "undefined") {
      window.removeEventListener("online", this.wake);
      window.removeEventListener("focus", this.wake);
      document.removeEventListener("visibilitychange", this.wake);
    }
  }

  /** Call `listener` after each change of the queue, of this tab or another. Returns what stops that. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Return every entry of the present account, the first first. */
  async entries(): Promise<Entry[]> {
    return this.owner === null ? [] : await this.options.store.all(this.owner.accountId);
  }

  /** Keep one write, and send it when possible. Resolves when the disk has it. */
  async put<O extends Writing>(operation: O, write: Write<O>): Promise<Entry> {
    if (this.owner === null) throw new Error("open the queue for an account first");
    const entry: Entry = {
      key: newId(),
      position: newId(),
      account_id: this.owner.accountId,
      clinic_id: this.owner.clinicId,
      operation,
      path: filled(WRITES[operation].split(" ")[1]!, (write.path ?? {}) as Record<string, string>),
      if_match: write.ifMatch ?? null,
      body: write.body ?? null,
      on_conflict: write.keepBoth ? "keep_both" : null,
      after: write.after ?? [],
      thing_id: write.thingId ?? null,
      state: "waiting",
      problem: null,
    };
    await this.options.store.put(entry);
    this.changed();
    void this.send();
    return entry;
  }

  /** Send an entry that needed a person again, perhaps with another version. */
  async again(entry: Entry, ifMatch: string | null = entry.if_match): Promise<void> {
    const { store } = this.options;
    const key = ifMatch === entry.if_match ? entry.key : newId();
    await store.put({ ...entry, key, if_match: ifMatch, state: "waiting", problem: null });
    if (key !== entry.key) {
      const followers = followersOf(await store.all(entry.account_id), entry);
      const [thing, version] = [thingOf(entry), versionOf(ifMatch)];
      for (const one of thing === null || version === null ? followers : rebased(followers, thing, version + 1)) {
        await store.put({ ...one, after: one.after.map((name) => (name === entry.key ? key : name)) });
      }
      await store.remove(entry.key);
    }
    this.changed();
    void this.send();
  }

  /** Drop an entry, because the person said so. What builds on it then needs a person too. */
  async discard(entry: Entry): Promise<void> {
    const { store } = this.options;
    for (const one of followersOf(await store.all(entry.account_id), entry)) {
      if (one.after.includes(entry.key)) await store.put({ ...one, state: "needs-you", problem: BASE_GONE });
    }
    await store.remove(entry.key);
    this.changed();
    void this.send();
  }

  /** Send what can be sent now, also in the midst of a pause. Resolves when the round is over; several calls share one. */
  async send(): Promise<void> {
    this.isAskedAgain = this.sending !== null;
    this.sending ??= this.rounds();
    await this.sending;
  }

  private async rounds(): Promise<void> {
    await null; // the caller has noted this promise before it can end
    try {
      let pauseMs: number | null = null;
      do {
        this.isAskedAgain = false;
        pauseMs = await this.oneRound();
      } while (this.isAskedAgain);
      if (this.timer !== null) clearTimeout(this.timer);
      this.timer = pauseMs === null ? null : setTimeout(this.wake, pauseMs);
    } finally {
      this.sending = null; // in the step that found nothing asked, so that no call falls between
    }
  }

  private async oneRound(): Promise<number | null> {
    const owner = this.owner;
    if (owner === null || (await this.entries()).length === 0 || !(await this.isSignedIn(owner))) return null;
    return await alone(`${CHANNEL}-${owner.accountId}`, () => this.round(owner));
  }

  /** Return whether the owner is signed in; a sign-in that this page has not taken up yet is renewed. */
  private async isSignedIn(owner: Owner): Promise<boolean> {
    let isSignedIn = true;
    try {
      isSignedIn = (await this.options.client.auth.fresh()).accountId === owner.accountId;
    } catch (error) {
      if (error instanceof NoAnswer) return true; // the round finds out, and pauses
      isSignedIn = !(error instanceof Problem && error.isSignInEnded);
    }
    this.note(owner.accountId, !isSignedIn);
    this.tell();
    return isSignedIn;
  }

  /** Note whether this account waits for a sign-in; what is found out about one before it says nothing of this one. */
  private note(accountId: string, isWaiting: boolean): void {
    if (this.owner?.accountId === accountId) this.waitsForSignIn = isWaiting;
  }

  /** Send until nothing is left to send. Returns how long to wait before the next round; null: until somebody asks. */
  private async round(owner: Owner): Promise<number | null> {
    for (;;) {
      const batch = dueOf(await this.options.store.all(owner.accountId));
      if (batch.length === 0 || this.owner?.accountId !== owner.accountId) return null;
      const results = await (this.options.carry ?? batched)(this.options.client, batch, owner.accountId);
      const byKey = new Map(batch.map((entry) => [entry.key, entry]));
      let isGoingOn = false;
      let pauseMs = 0;
      for (const result of results) {
        const entry = byKey.get(result.key);
        if (entry === undefined) continue;
        const outcome = await this.settle(entry, result);
        if (outcome === "settled") isGoingOn = true;
        else pauseMs = Math.max(pauseMs, outcome);
      }
      this.failures = isGoingOn ? 0 : this.failures + 1;
      this.changed();
      if (this.waitsForSignIn) return null;
      if (!isGoingOn || pauseMs > 0) return Math.max(pauseMs, backoffMs(this.failures));
    }
  }

  /** Write down what became of an entry. Returns for how many milliseconds the API asked to be left alone. */
  private async settle(entry: Entry, result: Result): Promise<"settled" | number> {
    const { store, onDone } = this.options;
    if (result.kind === "done" || isDoneAnyway(entry, result)) {
      const { status, etag, body } = result.kind === "done" ? result : { status: 200, etag: null, body: null };
      await onDone?.({ entry, status, etag, body, keptId: null });
      await store.remove(entry.key);
      return "settled";
    }
    if (result.kind === "not-attempted") return 0;
    if (result.problem.code === "kept-both") return await this.bothKept(entry, result.problem);
    if (result.problem.status === 401) {
      this.note(entry.account_id, true);
      return 0;
    }
    if (isTransient(result.problem.status, result.problem.code)) {
      return Math.min(MAX_PAUSE_MS, 1000 * (result.retryAfterSeconds ?? 1));
    }
    await store.put({ ...entry, state: "needs-you", problem: result.problem });
    return "settled";
  }

  /** The text stands in a draft of its own. What was written after it belongs there, and not to the other text. */
  private async bothKept(entry: Entry, problem: ProblemBody): Promise<"settled"> {
    const { store, onDone } = this.options;
    const keptId = String(problem["kept_id"]);
    const followers = followersOf(await store.all(entry.account_id), entry);
    for (const one of rebased(followers, thingOf(entry) ?? "", 1, keptId)) await store.put(one);
    await onDone?.({ entry, status: problem.status, etag: null, body: null, keptId });
    await store.remove(entry.key);
    return "settled";
  }

  private changed(): void {
    this.channel?.postMessage("changed");
    this.tell();
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener());
  }
}

function isDoneAnyway(entry: Entry, result: Result): boolean {
  if (result.kind !== "refused") return false;
  return WRITES[entry.operation].startsWith("DELETE ") && [404, 410].includes(result.problem.status);
}

function filled(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the path needs ${name}`);
    return encodeURIComponent(value);
  });
}
