/** The journal of this phone: who it belongs to, what it knows, and what still waits to be sent. */
import { Client, each, IndexedDbStore, NoAnswer, Problem, Queue, SignOut, unwrap, type Done, type Entry, type Write, type Writing } from "@integration-journal/client";
import { forgetApp } from "../../../shared/forget.js";
import { Copy } from "./copy.js";
import { Local } from "./local.js";
import type { Holder, Home, InboxItem, KeptPlan, Member, Plan, Practice, PromptSet, Reflection, Reply, Safety, SafetyPlan } from "./types.js";

/**
 * `nobody`: sign in first. `here`: signed in, or offline on a phone that was. `ended`: the sign-in has ended; writing
 * goes on, and waits.
 */
export type Phase = "starting" | "nobody" | "here" | "ended";

export interface State {
  phase: Phase;
  /** False after a request that got no answer, until one gets one. */
  isReached: boolean;
  /** When everything that the phone shows was last asked for, by this phone's clock; null if it never was. */
  fetchedAt: number | null;
  holder: Holder | null;
  home: Home | null;
  reflections: Reflection[];
  plans: Plan[];
  practices: Practice[];
  prompts: PromptSet[];
  inbox: InboxItem[];
  team: Member[];
  replies: Record<string, Reply[]>;
  safety: Safety;
  safetyPlan: SafetyPlan | null;
  waiting: Entry[];
  /** Writes that the disk does not have yet. */
  keeping: number;
}

const NO_SAFETY: Safety = { emergencyInstruction: null, clinicPhone: null, lines: [] };
const EMPTY = { fetchedAt: null, home: null, reflections: [], plans: [], practices: [], prompts: [], inbox: [], team: [], replies: {} };
const RETRY_MS = 10_000;
const MAX_ENTRIES = 1000;
const MAX_REPLIES_AHEAD = 10;
const SHOWN_PLANS = ["active", "proposed", "paused"];

class Journal {
  readonly client = new Client({ cookie: true });
  readonly local = new Local();
  private reading: Promise<void> = Promise.resolve();
  state: State = { phase: "starting", isReached: true, holder: null, safety: NO_SAFETY, safetyPlan: null, waiting: [], keeping: 0, ...EMPTY };
  private readonly signingOut = new SignOut({
    app: "journal",
    auth: this.client.auth,
    isNoted: async () => (await this.local.device<boolean>("signed-out")) === true,
    onTold: () => this.local.setDevice("signed-out", false),
    onLeave: () => this.leave(),
  });
  private readonly store = new IndexedDbStore();
  private readonly queue = new Queue({ client: this.client, store: this.store, onDone: (done) => this.keepDone(done) });
  private readonly listeners = new Set<() => void>();
  private syncing: Promise<void> | null = null;
  private isSyncWanted = false;
  private retry = 0;
  private readonly copy = new Copy(this.local, () => this.state, (changes) => this.set(changes));

  constructor() {
    this.queue.onChange(() => void this.readQueue());
    this.client.auth.onChange((session) => {
      if (session === null && this.state.phase === "here") void this.end();
    });
    window.addEventListener("online", () => void this.sync());
    window.addEventListener("offline", () => this.set({ isReached: false }));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.sync();
    });
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Show what the phone has, then ask the API what is new. */
  async start(): Promise<void> {
    const [holder, safety, keptPlan, isSignedOut] = await Promise.all([
      this.local.device<Holder>("holder"),
      this.local.device<Safety>("safety"),
      this.local.device<KeptPlan>("safety-plan"),
      this.local.device<boolean>("signed-out"),
    ]);
    if (safety !== null) this.set({ safety });
    if (keptPlan !== null) this.set({ safetyPlan: keptPlan.plan });
    if (isSignedOut) void this.signingOut.follow();
    if (holder !== null) return await this.open(holder);
    this.set({ phase: "nobody" });
    if (this.state.safety.lines.length === 0) await this.readLines();
  }

  async signIn(email: string, password: string, code: string | null): Promise<void> {
    await this.signingOut.finish();
    const device = await this.local.device<string>(`device-token ${email}`);
    const pair = await this.client.auth.signIn({ email, password, ...(code ? { totp_code: code } : {}), device_token: device });
    if (pair.device_token) await this.local.setDevice(`device-token ${email}`, pair.device_token);
    await this.welcome(email);
  }

  async signInWithPasskey(): Promise<void> {
    await this.signingOut.finish();
    await this.client.auth.signInWithPasskey();
    await this.welcome(null);
  }

  /** End the sign-in here at once, and at the API when it can be reached. What was not sent stays, for this account. */
  async signOut(): Promise<void> {
    this.leave();
    await this.local.signOut();
    await this.signingOut.tell();
  }

  /**
   * Sign out, and remove everything of this person, also what was not sent. What others have not sent stays, hidden.
   *
   * Without a connection one thing is left: that the sign-in is to be ended at the API.
   */
  async forgetDevice(): Promise<void> {
    const account = this.state.holder?.accountId;
    this.leave();
    this.set({ safety: NO_SAFETY });
    await this.local.forgetDevice(account ?? "");
    for (const entry of account === undefined ? [] : await this.store.all(account)) await this.store.remove(entry.key);
    await forgetApp("journal-");
    await this.signingOut.tell();
    await this.readLines();
  }

  /** Keep one write on the phone; it is sent when that is possible. Resolves when the disk has it. */
  async write<O extends Writing>(operation: O, write: Write<O>): Promise<Entry> {
    this.set({ keeping: this.state.keeping + 1 });
    try {
      const entry = await this.queue.put(operation, write);
      await this.readQueue();
      return entry;
    } finally {
      this.set({ keeping: this.state.keeping - 1 });
    }
  }

  async again(entry: Entry, etag?: string): Promise<void> {
    await this.queue.again(entry, etag);
  }

  async discard(entry: Entry): Promise<void> {
    await this.queue.discard(entry);
    await this.readQueue();
  }

  /** Try to send what waits, without a pause. */
  async sendNow(): Promise<void> {
    await this.queue.send();
  }

  /** Ask the API for everything that this phone shows. If it is being asked, ask once more when that has ended. */
  async sync(): Promise<void> {
    this.isSyncWanted = true;
    this.syncing ??= this.syncs();
    await this.syncing;
  }

  private async syncs(): Promise<void> {
    await null; // the caller has noted this promise before it can end
    try {
      while (this.isSyncWanted && this.state.phase === "here") {
        this.isSyncWanted = false;
        await this.fetchAll();
      }
    } finally {
      this.syncing = null; // in the step that found nothing wanted, so that no call falls between
    }
  }

  /** Read the answers to an entry, from the API or from what the phone has. */
  async readReplies(id: string): Promise<void> {
    const holder = this.state.holder;
    if (holder === null) return;
    const kept = await this.local.one<Reply[]>(holder.accountId, "replies", id);
    if (kept !== null) this.set({ replies: { ...this.state.replies, [id]: kept } });
    await this.reached(async () => {
      const replies: Reply[] = [];
      const path = { reflection_id: id };
      for await (const reply of each((page) =>
        this.client.http.GET("/v1/reflections/{reflection_id}/replies", { params: { path, query: { ...page } } }),
      )) {
        replies.push(reply);
      }
      if (!this.isOf(holder)) return;
      await this.local.put(holder.accountId, "replies", id, replies);
      if (this.isOf(holder)) this.set({ replies: { ...this.state.replies, [id]: replies } });
    });
  }

  /** Run a request, and notice whether the API was reached. Returns whether it was. */
  async reached(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.set({ isReached: true });
      return true;
    } catch (error) {
      if (error instanceof NoAnswer) this.set({ isReached: false });
      else if (!(error instanceof Problem)) throw error;
      else if (error.isSignInEnded && this.state.phase === "here") await this.end();
      return false;
    }
  }

  private async welcome(email: string | null): Promise<void> {
    const { data: me } = await unwrap(this.client.http.GET("/v1/me"));
    const holder = { accountId: me.id, clinicId: me.clinic_id, patientId: me.patient_id, email };
    await this.local.setDevice("holder", holder);
    if (this.state.holder?.accountId !== holder.accountId) this.set(EMPTY);
    const kept = await this.local.device<KeptPlan>("safety-plan");
    if (kept !== null && kept.accountId !== holder.accountId) await this.keepPlan(holder, null);
    await this.open(holder);
    void navigator.storage?.persist?.();
  }

  private async open(holder: Holder): Promise<void> {
    const id = holder.accountId;
    // What waits is read before anything is shown: "everything is sent" would not be true.
    const [waiting, copied] = await Promise.all([this.store.all(id), this.copy.all(id)]);
    this.set({ phase: "here", holder, waiting, ...copied });
    this.queue.open({ accountId: id, clinicId: holder.clinicId });
    await this.readQueue();
    void this.sync();
  }

  /** The sign-in has ended: drop what was fetched. What is being written, and what waits, stays. */
  private async end(): Promise<void> {
    this.set({ phase: "ended", ...EMPTY });
    await this.local.forget();
  }

  /** From here on nothing of this person is shown, sent or kept on this page: what is under way is ended. */
  private leave(): void {
    this.queue.open(null);
    this.set({ phase: "nobody", holder: null, safetyPlan: null, waiting: [], ...EMPTY });
    this.client.auth.leave();
  }

  /** Show the queue as it is. One reading follows the other: an older one must not be shown last. */
  private readQueue(): Promise<void> {
    const read = this.reading.then(() => this.showQueue());
    this.reading = read.catch(() => undefined);
    return read;
  }

  /** What left the queue may have been sent by another tab, which has kept the answer. */
  private async showQueue(): Promise<void> {
    const waiting = await this.queue.entries();
    const keys = new Set(waiting.map((entry) => entry.key));
    const hasLeft = this.state.waiting.some((entry) => !keys.has(entry.key));
    const holder = this.state.holder;
    const written = hasLeft && holder !== null ? await this.copy.written(holder.accountId) : {};
    this.set({ ...(holder !== null && this.isOf(holder) ? written : {}), waiting });
    if (hasLeft) void this.sync();
    if (this.queue.waitsForSignIn && this.state.phase === "here") await this.end();
  }

  /** Read the crisis lines that answer in any country, on a phone that nobody has signed in on yet. */
  private async readLines(): Promise<void> {
    await this.reached(async () => {
      const { data } = await unwrap(this.client.http.GET("/v1/crisis-resources"));
      await this.keepSafety({ lines: data.items });
    });
  }

  private async keepSafety(known: Partial<Safety>): Promise<void> {
    if (known.lines?.length === 0) return;
    const safety = { ...this.state.safety, ...known };
    await this.local.setDevice("safety", safety);
    this.set({ safety });
  }

  private async keepPlan(holder: Holder, plan: SafetyPlan | null): Promise<void> {
    await this.local.setDevice("safety-plan", plan && { accountId: holder.accountId, plan });
    this.set({ safetyPlan: plan });
  }

  private async fetchAll(): Promise<void> {
    const holder = this.state.holder;
    if (holder === null) return;
    this.copy.beginReading();
    const isDone = await this.reached(async () => {
      const { http } = this.client;
      await this.client.auth.fresh(); // the crisis lines are those of the holder's country, and wait for no sign-in
      const [home, reflections, plans, practices, prompts, inbox, team, lines, own] = await Promise.all([
        unwrap(http.GET("/v1/me/home")),
        all(each((page) => http.GET("/v1/reflections", { params: { query: { ...page, limit: 100 } } }))),
        all(each((page) => http.GET("/v1/plans", { params: { query: { ...page, limit: 100 } } }))),
        all(each((page) => http.GET("/v1/practices", { params: { query: { ...page, limit: 100 } } }))),
        unwrap(http.GET("/v1/prompt-sets")),
        all(each((page) => http.GET("/v1/me/inbox", { params: { query: { ...page } } }))),
        this.readTeam(holder),
        unwrap(http.GET("/v1/crisis-resources")),
        unwrap(http.GET("/v1/me/safety-plan", { cache: "no-store" })), // kept by `keepPlan` alone
      ]);
      if (!this.isOf(holder)) return;
      const shown = await Promise.all(plans.filter((plan) => SHOWN_PLANS.includes(plan.state)).map((plan) => this.wholePlan(plan)));
      if (!this.isOf(holder)) return;
      const id = holder.accountId;
      await Promise.all([
        this.copy.one(id, "home", home.data),
        this.copy.replace(id, "reflections", reflections as Reflection[]),
        this.copy.replace(id, "plans", shown),
        this.copy.replace(id, "practices", practices),
        this.copy.replace(id, "prompts", prompts.data.items),
        this.copy.replace(id, "inbox", inbox),
        this.copy.replace(id, "team", team),
        this.keepPlan(holder, own.data.plan),
        this.keepSafety({
          emergencyInstruction: home.data.emergency_instruction,
          clinicPhone: home.data.clinic_phone,
          lines: lines.data.items,
        }),
      ]);
      if (this.isOf(holder)) await this.copy.one(id, "fetchedAt", Date.now());
    });
    if (isDone) await this.readRepliesAhead();
    else if (navigator.onLine) {
      clearTimeout(this.retry); // a server that starts anew tells nobody
      this.retry = setTimeout(() => void this.sync(), RETRY_MS);
    }
  }

  private async readTeam(holder: Holder): Promise<Member[]> {
    if (holder.patientId === null) return [];
    const path = { patient_id: holder.patientId };
    const { data } = await unwrap(this.client.http.GET("/v1/patients/{patient_id}/care-team", { params: { path } }));
    return data.items.filter((member) => member.ended_at === null);
  }

  /** A list has plans without their strategies; those that the phone has at this version are not read again. */
  private async wholePlan(plan: { id: string; version: number }): Promise<Plan> {
    const kept = this.state.plans.find((one) => one.id === plan.id && one.version === plan.version);
    if (kept !== undefined) return kept;
    const path = { plan_id: plan.id };
    return (await unwrap(this.client.http.GET("/v1/plans/{plan_id}", { params: { path } }))).data;
  }

  private async readRepliesAhead(): Promise<void> {
    const answered = this.state.reflections.filter((one) => one.reply_count > 0);
    const missing = answered.filter((one) => this.state.replies[one.id]?.length !== one.reply_count);
    for (const one of missing.slice(0, MAX_REPLIES_AHEAD)) await this.readReplies(one.id);
  }

  /** Whether this person is still signed in here: what was fetched for somebody else, or too late, is not kept. */
  private isOf(holder: Holder): boolean {
    return this.state.phase === "here" && this.state.holder?.accountId === holder.accountId;
  }

  /** Keep what an answer to a write shows, before the write leaves the queue. */
  private async keepDone({ entry, body }: Done): Promise<void> {
    const holder = this.state.holder;
    if (holder === null || holder.accountId !== entry.account_id || !this.isOf(holder)) return;
    this.set({ isReached: true });
    const found = body as ({ id: string } & Record<string, unknown>) | null;
    const account = holder.accountId;
    if (entry.operation === "delete_reflection" && entry.thing_id !== null) {
      await this.copy.drop(account, "reflections", entry.thing_id);
    } else if (entry.operation.endsWith("_reflection") && entry.operation !== "reply_reflection" && found !== null) {
      await this.copy.keep(account, "reflections", found);
    } else if (entry.operation === "log_practice" && found !== null) {
      await this.copy.keep(account, "practices", found);
    } else if (entry.operation.endsWith("_plan") && found !== null) {
      await this.copy.keep(account, "plans", found);
    } else if (entry.operation === "reply_reflection" && entry.thing_id !== null) {
      void this.readReplies(entry.thing_id);
    }
  }

  private set(changes: Partial<State>): void {
    this.state = { ...this.state, ...changes };
    this.listeners.forEach((listener) => listener());
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) {
    found.push(item);
    if (found.length >= MAX_ENTRIES) break;
  }
  return found;
}

export const journal = new Journal();
