/** The journal of this phone: who it belongs to, what it knows, and what still waits to be sent. */
import { Client, IndexedDbStore, Queue, SignOut, unwrap, type Done, type Entry, type Write, type Writing } from "@integration-journal/client";
import { forgetApp } from "../../../shared/forget.js";
import { follow, isUnchosen, unchoose } from "../messages/index.js";
import { Copy } from "./copy.js";
import { Local } from "./local.js";
import { Reader } from "./reader.js";
import { EMPTY, NO_SAFETY, Shown } from "./shown.js";
import { untell } from "./untell.js";
import type { Holder, KeptPlan, Monitoring, Safety } from "./types.js";

/** The writes whose answer says to the patient who was told, and what to do. */
const TELLING: Writing[] = ["create_check_in", "create_home_count", "create_measure_response", "withdraw_consent"];

class Journal {
  readonly client = new Client({ cookie: true });
  readonly local = new Local();
  readonly shown = new Shown();
  private readonly copy = new Copy(this.local, this.shown);
  readonly reader = new Reader(this.client, this.local, this.copy, this.shown, () => this.end());
  private readonly signingOut = new SignOut({
    app: "journal",
    auth: this.client.auth,
    isNoted: async () => (await this.local.device<boolean>("signed-out")) === true,
    onTold: () => this.local.setDevice("signed-out", false),
    onLeave: () => this.leave(),
  });
  private readonly store = new IndexedDbStore();
  private readonly queue = new Queue({ client: this.client, store: this.store, onDone: (done) => this.keepDone(done) });
  private reading: Promise<void> = Promise.resolve();

  constructor() {
    this.queue.onChange(() => void this.readQueue());
    this.client.auth.onChange((session) => {
      if (session === null && this.shown.state.phase === "here") void this.end();
    });
    window.addEventListener("online", () => void this.reader.sync());
    window.addEventListener("offline", () => this.shown.set({ isReached: false }));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.reader.sync();
    });
  }

  /** Show what the phone has, then ask the API what is new. */
  async start(): Promise<void> {
    const [holder, safety, keptPlan, isSignedOut] = await Promise.all([
      this.local.device<Holder>("holder"),
      this.local.device<Safety>("safety"),
      this.local.device<KeptPlan>("safety-plan"),
      this.local.device<boolean>("signed-out"),
    ]);
    if (safety !== null) this.shown.set({ safety });
    if (keptPlan !== null) this.shown.set({ safetyPlan: keptPlan.plan });
    if (isSignedOut) void this.signingOut.follow();
    if (holder !== null) return await this.open(holder);
    this.shown.set({ phase: "nobody" });
    if (this.shown.state.safety.lines.length === 0) await this.reader.readLines();
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
    const account = this.shown.state.holder?.accountId;
    this.leave();
    this.shown.set({ safety: NO_SAFETY });
    await this.local.forgetDevice(account ?? "");
    for (const entry of account === undefined ? [] : await this.store.all(account)) await this.store.remove(entry.key);
    unchoose();
    await forgetApp("journal-");
    await this.signingOut.tell();
    await this.reader.readLines();
  }

  /** Keep one write on the phone; it is sent when that is possible. Resolves when the disk has it. */
  async write<O extends Writing>(operation: O, write: Write<O>): Promise<Entry> {
    this.shown.set({ keeping: this.shown.state.keeping + 1 });
    try {
      const entry = await this.queue.put(operation, write);
      await this.readQueue();
      return entry;
    } finally {
      this.shown.set({ keeping: this.shown.state.keeping - 1 });
    }
  }

  async again(entry: Entry, etag: string | undefined): Promise<void> {
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

  private async welcome(email: string | null): Promise<void> {
    const { data: me } = await unwrap(this.client.http.GET("/v1/me"));
    const holder = { accountId: me.id, clinicId: me.clinic_id, patientId: me.patient_id, email };
    await this.local.setDevice("holder", holder);
    if (this.shown.state.holder?.accountId !== holder.accountId) {
      this.shown.set(EMPTY);
      await untell(); // the messages of whoever was here before
    }
    const kept = await this.local.device<KeptPlan>("safety-plan");
    if (kept !== null && kept.accountId !== holder.accountId) await this.reader.keepPlan(holder, null);
    await this.open(holder);
    void navigator.storage?.persist?.();
    if (isUnchosen()) void this.reader.reached(() => this.speakTo(holder));
  }

  private async speakTo({ patientId }: Holder): Promise<void> {
    if (patientId === null) return;
    const { data } = await unwrap(this.client.http.GET("/v1/patients/{patient_id}", { params: { path: { patient_id: patientId } } }));
    if (data.language && this.shown.state.holder?.patientId === patientId) follow(data.language);
  }

  private async open(holder: Holder): Promise<void> {
    const id = holder.accountId;
    await this.reader.open(id);
    // What waits is read before anything is shown: "everything is sent" would not be true.
    const [waiting, copied] = await Promise.all([this.store.all(id), this.copy.all(id)]);
    this.shown.set({ phase: "here", holder, waiting, ...copied });
    this.queue.open({ accountId: id, clinicId: holder.clinicId });
    await this.readQueue();
    void this.reader.sync();
  }

  /** The sign-in has ended: drop what was fetched. What is being written, and what waits, stays. */
  private async end(): Promise<void> {
    const account = this.shown.state.holder?.accountId;
    this.shown.set({ phase: "ended", ...EMPTY });
    if (account !== undefined) await this.local.forget(account);
  }

  /** From here on nothing of this person is shown, sent or kept on this page: what is under way is ended. */
  private leave(): void {
    void untell(); // whoever has this phone next is told nothing
    this.queue.open(null);
    this.shown.set({ phase: "nobody", holder: null, safetyPlan: null, waiting: [], ...EMPTY });
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
    const hasLeft = this.shown.state.waiting.some((entry) => !keys.has(entry.key));
    const holder = this.shown.state.holder;
    const written = hasLeft && holder !== null ? await this.copy.written(holder.accountId) : {};
    this.shown.set({ ...(holder !== null && this.shown.isOf(holder) ? written : {}), waiting });
    if (hasLeft) void this.reader.sync();
    if (this.queue.waitsForSignIn && this.shown.state.phase === "here") await this.end();
  }

  /** Show what an answer to a write says of who was told. */
  private tell(found: { id: string }): void {
    this.shown.set({ told: { id: found.id, monitoring: (found as unknown as { monitoring: Monitoring | null }).monitoring } });
  }

  /** Keep what an answer to a write shows, before the write leaves the queue. */
  private async keepDone({ entry, body }: Done): Promise<void> {
    const holder = this.shown.state.holder;
    if (holder === null || holder.accountId !== entry.account_id || !this.shown.isOf(holder)) return;
    this.shown.set({ isReached: true });
    const found = body as ({ id: string } & Record<string, unknown>) | null;
    const account = holder.accountId;
    if (entry.operation === "delete_reflection" && entry.thing_id !== null) {
      await this.copy.drop(account, "reflections", entry.thing_id);
    } else if (entry.operation.endsWith("_reflection") && entry.operation !== "reply_reflection" && found !== null) {
      await this.copy.keep(account, "reflections", found);
    } else if (TELLING.includes(entry.operation) && found !== null) {
      this.tell(found);
    } else if (entry.operation === "log_practice" && found !== null) {
      await this.copy.keep(account, "practices", found);
    } else if (entry.operation.endsWith("_shared_summary") && found !== null) {
      this.tell(found);
      await this.copy.keep(account, "summaries", found);
    } else if (entry.operation.endsWith("_plan") && found !== null) {
      await this.copy.keep(account, "plans", found);
    } else if (entry.operation === "reply_reflection" && entry.thing_id !== null) {
      void this.reader.readReplies(entry.thing_id);
    }
  }
}

export const journal = new Journal();
