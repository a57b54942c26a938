/** The desk of this computer: who works at it, what waits, and the one client that every screen uses. */
import { Client, NoAnswer, Problem, SignOut, unwrap } from "@integration-journal/client";
import { forgetApp } from "../../../shared/forget.js";
import { forgetSingleKeys } from "./keys.js";
import { Live } from "./live.js";
import { Local, type Draft } from "./local.js";
import type { Holder, Me, Task } from "./types.js";

/** `nobody`: sign in first. `here`: signed in. `ended`: the sign-in has ended; what is open stays, and waits. */
export type Phase = "starting" | "nobody" | "here" | "ended";

export interface State {
  phase: Phase;
  /** False after a request that got no answer, until one gets one. */
  isReached: boolean;
  holder: Holder | null;
  me: Me | null;
  /** Null until it was read. */
  tasks: Task[] | null;
  waiting: number;
  tasksCursor: string | null;
  /** True if the API asks for a second factor that this account does not have yet. */
  needsFactor: boolean;
  /** Texts of this account that only this computer has. */
  drafts: Draft[];
}

const EMPTY = { me: null, tasks: null, waiting: 0, tasksCursor: null, needsFactor: false, drafts: [] };

class Desk {
  readonly client = new Client({ cookie: true });
  readonly local = new Local();
  readonly live = new Live(this.client, this.local, () => this.readTasks());
  private readonly signingOut = new SignOut({
    app: "desk",
    auth: this.client.auth,
    isNoted: async () => (await this.local.device<boolean>("signed-out")) === true,
    onTold: () => this.local.setDevice("signed-out", false),
    onLeave: () => this.leave(),
  });
  state: State = { phase: "starting", isReached: true, holder: null, ...EMPTY };
  private readonly listeners = new Set<() => void>();

  constructor() {
    this.client.auth.onChange((session) => {
      if (session === null && this.state.phase === "here") this.set({ phase: "ended" });
    });
    addEventListener("online", () => void (this.state.me === null ? this.start() : this.readTasks()));
    addEventListener("offline", () => this.set({ isReached: false }));
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Go on as whoever worked here last, if the browser still has the sign-in. */
  async start(): Promise<void> {
    const [isSignedOut, holder] = await Promise.all([this.local.device<boolean>("signed-out"), this.local.device<Holder>("holder")]);
    if (isSignedOut) void this.signingOut.follow();
    if (holder === null) return this.set({ phase: "nobody" });
    this.set({ holder });
    try {
      if (!navigator.onLine) throw new NoAnswer("the browser is offline");
      await this.client.auth.refresh();
      await this.welcome(holder.email);
    } catch (error) {
      // Without a connection the texts that wait here can be written on; nothing else is on this computer.
      if (error instanceof NoAnswer) this.set({ phase: "here", isReached: false });
      else this.set({ phase: "nobody" });
      await this.readDrafts();
    }
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

  /** End the sign-in here at once, and at the API when it can be reached. Texts that were not sent stay, for this account. */
  async signOut(): Promise<void> {
    this.leave();
    await this.local.signOut();
    await this.signingOut.tell();
  }

  /**
   * Sign out, and remove everything of this account, also texts that were not sent. Those of others stay, hidden.
   *
   * Without a connection one thing is left: that the sign-in is to be ended at the API.
   */
  async forgetDevice(): Promise<void> {
    const account = this.state.holder?.accountId ?? "";
    this.leave();
    await this.local.forgetDevice(account);
    forgetSingleKeys();
    await forgetApp("desk-");
    await this.signingOut.tell();
  }

  /** Run a request, and notice whether the API was reached and the sign-in stands. Raises what it raises. */
  async ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      const found = await work();
      if (!this.state.isReached) this.set({ isReached: true });
      return found;
    } catch (error) {
      if (error instanceof NoAnswer) this.set({ isReached: false });
      else if (error instanceof Problem) {
        if (!this.state.isReached) this.set({ isReached: true });
        if (error.isSignInEnded && this.state.phase === "here") this.set({ phase: "ended" });
        if (error.code === "second-factor-required") this.set({ needsFactor: true });
      }
      throw error;
    }
  }

  /** Read the worklist again. A failure changes nothing but `isReached`. */
  async readTasks(): Promise<void> {
    if (this.state.phase !== "here" || this.state.me === null) return;
    await this.readDrafts();
    try {
      const { data } = await this.ask(() => unwrap(this.client.http.GET("/v1/worklist", { params: { query: { limit: 50 } } })));
      this.set({ tasks: data.items, waiting: data.waiting, tasksCursor: data.next_cursor, needsFactor: false });
    } catch (error) {
      if (!(error instanceof Problem || error instanceof NoAnswer)) throw error;
      if (error instanceof Problem && error.status === 403) this.set({ tasks: [] });
    }
  }

  async moreTasks(): Promise<void> {
    const { tasks, tasksCursor: cursor } = this.state;
    if (cursor === null) return;
    const { data } = await this.ask(() => unwrap(this.client.http.GET("/v1/worklist", { params: { query: { limit: 50, cursor } } })));
    this.set({ tasks: [...(tasks ?? []), ...data.items], tasksCursor: data.next_cursor });
  }

  async readDrafts(): Promise<void> {
    const account = this.state.holder?.accountId;
    this.set({ drafts: account === undefined ? [] : await this.local.drafts(account) });
  }

  private async welcome(email: string | null): Promise<void> {
    const { data: me } = await this.ask(() => unwrap(this.client.http.GET("/v1/me")));
    const holder = { accountId: me.id, name: me.name, email };
    await this.local.setDevice("holder", holder);
    if (this.state.holder?.accountId !== me.id) this.set(EMPTY);
    this.set({ phase: "here", isReached: true, holder, me });
    void this.readTasks();
    this.live.start(me.id);
    void navigator.storage?.persist?.();
  }

  /** From here on nothing of this person is shown or sent on this page: what is under way is ended. */
  private leave(): void {
    this.live.stop();
    this.set({ phase: "nobody", holder: null, ...EMPTY });
    this.client.auth.leave();
  }

  private set(changes: Partial<State>): void {
    this.state = { ...this.state, ...changes };
    this.listeners.forEach((listener) => listener());
  }
}

export const desk = new Desk();
