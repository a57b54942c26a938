/** An app for staff on this computer: who works at it, and the one client that every screen uses. Desk and admin are such. */
import { Client, NoAnswer, Problem, SignOut, unwrap, type Change, type components } from "@integration-journal/client";
import { forgetApp } from "../forget.js";
import type { Disk } from "./disk.js";
import type { Frame } from "./en.js";
import { forgetSingleKeys } from "./keys.js";

export type Me = components["schemas"]["Me"];

/** Who works at this computer: the last account that signed in. */
export interface Holder {
  accountId: string;
  name: string | null;
  email: string | null;
}

/** `nobody`: sign in first. `here`: signed in. `ended`: the sign-in has ended; what is open stays, and waits. */
export type Phase = "starting" | "nobody" | "here" | "ended";

export interface OfficeState {
  phase: Phase;
  /** False after a request that got no answer, until one gets one. */
  isReached: boolean;
  holder: Holder | null;
  me: Me | null;
  /** True if the API asks for a second factor that this account does not have yet. */
  needsFactor: boolean;
}

/** What of an account goes when another one works here. */
export type OfAccount<S extends OfficeState> = Omit<S, "phase" | "isReached" | "holder">;

/** The app of this page, for the parts that all such apps share. */
export let office: Office;

export class Office<S extends OfficeState = OfficeState> {
  readonly client = new Client({ cookie: true });
  state: S;
  private readonly signingOut: SignOut;
  private readonly listeners = new Set<() => void>();

  /** `empty` is what is known of an account before anything was read. */
  constructor(
    readonly app: string,
    readonly t: Frame,
    private readonly disk: Disk,
    private readonly empty: OfAccount<S>,
  ) {
    this.state = { phase: "starting", isReached: true, holder: null, ...empty } as unknown as S;
    this.signingOut = new SignOut({
      app,
      auth: this.client.auth,
      isNoted: async () => (await disk.device<boolean>("signed-out")) === true,
      onTold: () => disk.setDevice("signed-out", false),
      onLeave: () => this.leave(),
    });
    this.client.auth.onChange((session) => {
      if (session === null && this.state.phase === "here") this.put({ phase: "ended" });
    });
    addEventListener("online", () => void this.back());
    addEventListener("offline", () => this.put({ isReached: false }));
    office = this as unknown as Office;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Call `watcher` with what changed elsewhere, if the app follows that. Returns what stops it. */
  watch(_watcher: (changes: Change[]) => void): () => void {
    return () => undefined;
  }

  /** Go on as whoever worked here last, if the browser still has the sign-in. */
  async start(): Promise<void> {
    const [isSignedOut, holder] = await Promise.all([this.disk.device<boolean>("signed-out"), this.disk.device<Holder>("holder")]);
    if (isSignedOut) void this.signingOut.follow();
    if (holder === null) return this.put({ phase: "nobody" });
    this.put({ holder });
    try {
      if (!navigator.onLine) throw new NoAnswer("the browser is offline");
      await this.client.auth.refresh();
      await this.welcome(holder.email);
    } catch (error) {
      // Without a connection what waits here can be worked on; nothing else is on this computer.
      if (error instanceof NoAnswer) this.put({ phase: "here", isReached: false });
      else this.put({ phase: "nobody" });
      await this.alone();
    }
  }

  async signIn(email: string, password: string, code: string | null): Promise<void> {
    await this.signingOut.finish();
    const device = await this.disk.device<string>(`device-token ${email}`);
    const pair = await this.client.auth.signIn({ email, password, ...(code ? { totp_code: code } : {}), device_token: device });
    if (pair.device_token) await this.disk.setDevice(`device-token ${email}`, pair.device_token);
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
    await this.disk.signOut();
    await this.signingOut.tell();
  }

  /**
   * Sign out, and remove everything of this account, also what was not sent. That of others stays, hidden.
   *
   * Without a connection one thing is left: that the sign-in is to be ended at the API.
   */
  async forgetDevice(): Promise<void> {
    const account = this.state.holder?.accountId ?? "";
    this.leave();
    await this.disk.forgetDevice(account);
    forgetSingleKeys();
    await forgetApp(`${this.app}-`);
    await this.signingOut.tell();
  }

  /** Run a request, and notice whether the API was reached and the sign-in stands. Raises what it raises. */
  async ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      const found = await work();
      if (!this.state.isReached) this.put({ isReached: true });
      return found;
    } catch (error) {
      if (error instanceof NoAnswer) this.put({ isReached: false });
      else if (error instanceof Problem) {
        if (!this.state.isReached) this.put({ isReached: true });
        if (error.isSignInEnded && this.state.phase === "here") this.put({ phase: "ended" });
        if (error.code === "second-factor-required") this.put({ needsFactor: true });
      }
      throw error;
    }
  }

  /** Read again what stands on every screen: the network is back, or there is a second factor now. */
  async again(): Promise<void> {
    this.put({ needsFactor: false });
  }

  /** Who works here was read, at this time by the API's clock; not a number if that is not known. */
  protected welcomed(_me: Me, _at: number): void {}

  /** Nobody could be welcomed: show what this computer has. */
  protected async alone(): Promise<void> {}

  /** The person leaves this page. */
  protected leaving(): void {}

  protected set(changes: Partial<S>): void {
    this.state = { ...this.state, ...changes };
    this.listeners.forEach((listener) => listener());
  }

  private put(changes: Partial<OfficeState>): void {
    this.set(changes as Partial<S>);
  }

  /** The network is back: who could not be welcomed is, and what was not answered is asked for again. */
  private async back(): Promise<void> {
    if (this.state.me === null) return await this.start();
    await this.again();
    // An app that read nothing then would go on to say that there is no connection.
    if (!this.state.isReached) await this.ask(() => this.me()).catch(() => undefined);
  }

  private async me(): Promise<{ me: Me; at: number }> {
    const found = await this.client.http.GET("/v1/me");
    return { me: (await unwrap(Promise.resolve(found))).data, at: Date.parse(found.response.headers.get("Date") ?? "") };
  }

  private async welcome(email: string | null): Promise<void> {
    const { me, at } = await this.ask(() => this.me());
    const holder = { accountId: me.id, name: me.name, email };
    await this.disk.setDevice("holder", holder);
    if (this.state.holder?.accountId !== me.id) this.set(this.empty as unknown as Partial<S>);
    this.put({ phase: "here", isReached: true, holder, me });
    this.welcomed(me, at);
    void navigator.storage?.persist?.();
  }

  /** From here on nothing of this person is shown or sent on this page: what is under way is ended. */
  private leave(): void {
    this.leaving();
    this.put({ phase: "nobody", holder: null, ...(this.empty as unknown as Partial<OfficeState>) });
    this.client.auth.leave();
  }
}
