/** Signing in, staying signed in, proving again, signing out. Access tokens are in memory alone. */
import type { components } from "./generated/api.js";
import { alone } from "./locks.js";
import { NoAnswer, Problem, problemOf } from "./problems.js";
import { sendOnce, sendPatiently, type Patience } from "./transport.js";

export type TokenPair = components["schemas"]["TokenPair"];
export type SignIn = components["schemas"]["SignIn"];
export type StepUp = components["schemas"]["StepUp"];

/** A sign-in as this page knows it. */
export interface Session {
  accountId: string;
  accessToken: string;
  /** When the access token ends, by this device's clock, in milliseconds. */
  endsAt: number;
  /** Null if the browser keeps it in a cookie that no script can read. */
  refreshToken: string | null;
  /** Aborted when this sign-in has ended on this page: nothing is sent with it any more. */
  ended: AbortSignal;
}

const MIN_LEFT_MS = 30_000;
const LOCK = "integration-journal-refresh";
const NOTHING = Symbol("no sign-out waits for the API");

/** The sign-in of this page: at most one account at a time. */
export class Auth {
  private session: Session | null = null;
  private refreshing: Promise<Session> | null = null;
  private isSignedOut = false;
  /** Ends what is sent with the present sign-in. */
  private ending = new AbortController();
  /** The sign-in that ended here and is still to be ended at the API; null if only the cookie knows it. */
  private leaving: Session | null | typeof NOTHING = NOTHING;
  private telling: Promise<void> | null = null;
  private readonly listeners = new Set<(session: Session | null) => void>();

  /**
   * `root` is the address of the API without `/v1`. With `isCookie`, the browser keeps the refresh token in a cookie
   * that no script can read, so that a sign-in outlasts the page; only a page of the API's own origin can have that.
   */
  constructor(
    private readonly root: string,
    private readonly send: typeof fetch,
    private readonly patience: Patience,
    private readonly isCookie = false,
  ) {}

  /** The account that is signed in; null if nobody is. */
  get accountId(): string | null {
    return this.session?.accountId ?? null;
  }

  /** Call `listener` after each sign-in and after each end of one. Returns what stops that. */
  onChange(listener: (session: Session | null) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Sign in with address and password. Raises Problem: `second-factor-needed` names what to send besides.
   * A sign-out that the API has not heard of is told first: without a network both raise NoAnswer.
   *
   * The answer's `device_token` is to be kept, and sent with the next sign-in on this device.
   */
  async signIn(body: SignIn): Promise<TokenPair> {
    return await this.begin("/v1/auth/tokens", { ...body, cookie: this.isCookie });
  }

  /** Return what `navigator.credentials.get` needs, as the API says it. */
  async passkeyOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const found = await this.post<{ public_key: unknown }>("/v1/auth/passkey-options");
    return found.public_key as PublicKeyCredentialRequestOptionsJSON;
  }

  /** Sign in with a passkey of this device. Raises Problem, and what the browser raises if the person stops. */
  async signInWithPasskey(device?: string): Promise<TokenPair> {
    const credential = await usePasskey(await this.passkeyOptions());
    const body = { credential, cookie: this.isCookie, ...(device ? { device } : {}) };
    return await this.begin("/v1/auth/passkey", body);
  }

  /** Prove again who this is; for five minutes the API takes what asks for a fresh proof. */
  async stepUp(proof: StepUp): Promise<void> {
    const held = await this.fresh();
    const answer = await this.post<{ access_token: string; expires_in: number }>("/v1/auth/step-up", proof, held);
    held.ended.throwIfAborted();
    this.keep({ ...held, accessToken: answer.access_token, endsAt: Date.now() + 1000 * answer.expires_in });
  }

  /** Go on with a refresh token that an app kept in the system's keychain. */
  async resume(refreshToken: string): Promise<Session> {
    return await this.renewed(refreshToken);
  }

  /**
   * Sign out: here at once, and at the API as soon as it can be reached. What is being sent is ended.
   *
   * Raises NoAnswer if it cannot: nobody is signed in here, and the sign-in stands there until this is called again, or
   * until the next sign-in, which tells it first.
   */
  async signOut(): Promise<void> {
    this.leave();
    if (this.leaving === NOTHING) this.leaving = null;
    await this.tellSignOut();
  }

  /** Sign out on this page alone, and let `signOut`, here or on another page, tell the API. What is being sent is ended. */
  leave(): void {
    if (this.session !== null) this.leaving = this.session;
    this.isSignedOut = true;
    this.cut();
    this.keep(null);
  }

  /** Return a session whose access token lasts a little longer. Raises Problem (401) if nobody is signed in. */
  async fresh(): Promise<Session> {
    const held = this.session;
    if (held !== null && held.endsAt - Date.now() > MIN_LEFT_MS) return held;
    return await this.refresh();
  }

  /** Return the newest access token of whoever is signed in here, also one that has ended; null if nobody is. */
  async latestToken(): Promise<string | null> {
    if (this.session === null) await this.refreshing?.catch(() => undefined);
    return this.session?.accessToken ?? null;
  }

  /**
   * Get the next access token, in one flight however many ask. Raises Problem (401) if the sign-in has ended.
   *
   * `refused` is the session whose access token no longer works; if a newer one is here meanwhile, that is returned.
   * The tokens themselves cannot tell: two of the same second are the same text.
   */
  async refresh(refused?: Session): Promise<Session> {
    if (refused && this.session && this.session !== refused) return this.session;
    this.refreshing ??= alone(LOCK, () => this.renewed(this.session?.refreshToken ?? null)).finally(() => {
      this.refreshing = null;
    });
    return await this.refreshing;
  }

  private async renewed(refreshToken: string | null): Promise<Session> {
    if (this.isSignedOut || (refreshToken === null && !this.isCookie)) throw notSignedIn();
    const before = this.accountId;
    const ended = this.ending.signal;
    try {
      const session = sessionOf(await this.exchange(refreshToken, ended), ended);
      ended.throwIfAborted();
      if (before !== null && before !== session.accountId) throw notSignedIn();
      this.keep(session);
      return session;
    } catch (error) {
      if (error instanceof Problem && error.isSignInEnded && !ended.aborted) {
        this.cut();
        this.keep(null);
      }
      throw error;
    }
  }

  private async exchange(refreshToken: string | null, ended?: AbortSignal): Promise<TokenPair> {
    const body = refreshToken === null ? {} : { refresh_token: refreshToken };
    return await this.post<TokenPair>("/v1/auth/tokens/refresh", body, undefined, ended);
  }

  private async begin(path: string, body: object): Promise<TokenPair> {
    await this.tellSignOut().catch((error: unknown) => {
      if (!(error instanceof Problem) || error.isTransient) throw error; // else it would be refused for ever
      this.leaving = NOTHING;
    });
    const pair = await this.post<TokenPair>(path, body);
    if (this.accountId !== pair.account_id) this.cut();
    this.isSignedOut = false;
    this.keep(sessionOf(pair, this.ending.signal));
    return pair;
  }

  /** End everything that is sent with the present sign-in. */
  private cut(): void {
    this.ending.abort(notSignedIn());
    this.ending = new AbortController();
  }

  /** Tell the API of the sign-out that it has not heard of, if there is one. Raises NoAnswer and Problem. */
  private async tellSignOut(): Promise<void> {
    this.telling ??= alone(LOCK, async () => {
      const held = this.leaving;
      if (held !== NOTHING && (held !== null || this.isCookie)) await this.endAtApi(held);
      if (held === this.leaving) this.leaving = NOTHING;
    }).finally(() => {
      this.telling = null;
    });
    await this.telling;
  }

  /** End a sign-in at the API. If its access token is over, it takes a new one for that: the refresh token still stands. */
  private async endAtApi(held: Session | null): Promise<void> {
    try {
      if (held !== null && (await this.isEnded(held.accessToken))) return;
      if (held?.refreshToken === null && !this.isCookie) return;
      const pair = await this.exchange(held?.refreshToken ?? null);
      // The cookie is another account's if that one has signed in meanwhile, on another page.
      if (held === null || held.accountId === pair.account_id) await this.isEnded(pair.access_token);
    } catch (error) {
      if (!(error instanceof Problem && error.isSignInEnded)) throw error;
    }
  }

  /** Return whether the API has ended the sign-in of this token; false if it does not know the token any more. */
  private async isEnded(accessToken: string): Promise<boolean> {
    const headers = { Authorization: `Bearer ${accessToken}` };
    const request = new Request(`${this.root}/v1/auth/tokens/current`, { method: "DELETE", headers });
    const response = await sendPatiently(this.send, request, this.patience);
    if (response.ok) return true;
    const problem = await problemOf(response);
    if (problem.status !== 401) throw problem;
    return problem.code === "sign-in-ended";
  }

  private keep(session: Session | null): void {
    const before = this.session?.accountId ?? null;
    this.session = session;
    if (before !== (session?.accountId ?? null)) this.listeners.forEach((listener) => listener(session));
  }

  private async post<T>(path: string, body?: object, as?: Session, ended: AbortSignal | undefined = as?.ended): Promise<T> {
    const headers = new Headers(as ? { Authorization: `Bearer ${as.accessToken}` } : {});
    if (body) headers.set("Content-Type", "application/json");
    const request = new Request(this.root + path, { method: "POST", headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    const isRefresh = path.endsWith("/refresh");
    const response = isRefresh
      ? await sendPatiently(this.send, request, this.patience, ended)
      : await sendOnce(this.send, request, this.patience.timeoutMs, ended);
    if (!response.ok) throw await problemOf(response);
    return (await response.json().catch(() => {
      throw new NoAnswer("the answer broke off");
    })) as T;
  }
}

/** Ask the person for a passkey, and return it as the API takes it. */
export async function usePasskey(options: PublicKeyCredentialRequestOptionsJSON): Promise<Record<string, unknown>> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const found = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  return found.toJSON() as Record<string, unknown>;
}

/** Let this device make a passkey, and return it as the API takes it. */
export async function makePasskey(options: PublicKeyCredentialCreationOptionsJSON): Promise<Record<string, unknown>> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  return made.toJSON() as Record<string, unknown>;
}

/** Return the problem of a page on which nobody is signed in. */
export function notSignedIn(): Problem {
  const detail = "Nobody is signed in on this page.";
  return new Problem({ title: "Not signed in", status: 401, code: "unauthenticated", detail, request_id: "", errors: [] });
}

function sessionOf(pair: TokenPair, ended: AbortSignal): Session {
  return {
    accountId: pair.account_id,
    accessToken: pair.access_token,
    endsAt: Date.now() + 1000 * pair.expires_in,
    refreshToken: pair.refresh_token,
    ended,
  };
}
