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
}

const MIN_LEFT_MS = 30_000;
const LOCK = "integration-journal-refresh";

/** The sign-in of this page: at most one account at a time. */
export class Auth {
  private session: Session | null = null;
  private refreshing: Promise<Session> | null = null;
  private isSignedOut = false;
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
   *
   * The answer's `device_token` is to be kept, and sent with the next sign-in on this device.
   */
  async signIn(body: SignIn): Promise<TokenPair> {
    return this.begin(await this.post<TokenPair>("/v1/auth/tokens", { ...body, cookie: this.isCookie }));
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
    return this.begin(await this.post<TokenPair>("/v1/auth/passkey", body));
  }

  /** Prove again who this is; for five minutes the API takes what asks for a fresh proof. */
  async stepUp(proof: StepUp): Promise<void> {
    const held = await this.fresh();
    const answer = await this.post<{ access_token: string; expires_in: number }>("/v1/auth/step-up", proof, held);
    this.keep({ ...held, accessToken: answer.access_token, endsAt: Date.now() + 1000 * answer.expires_in });
  }

  /** Go on with a refresh token that an app kept in the system's keychain. */
  async resume(refreshToken: string): Promise<Session> {
    return await this.renewed(refreshToken);
  }

  /**
   * Sign out: here at once, and at the API as soon as it can be reached.
   *
   * Raises NoAnswer if it cannot: nobody is signed in here, and the sign-in stands there until this is called again.
   */
  async signOut(): Promise<void> {
    const held = this.session;
    this.isSignedOut = true;
    this.keep(null);
    if (held === null && !this.isCookie) return;
    try {
      const ending = held ?? sessionOf(await this.post<TokenPair>("/v1/auth/tokens/refresh", {}));
      const request = new Request(`${this.root}/v1/auth/tokens/current`, { method: "DELETE", headers: bearer(ending) });
      const response = await sendPatiently(this.send, request, this.patience);
      if (!response.ok && response.status !== 401) throw await problemOf(response);
    } catch (error) {
      if (!(error instanceof Problem && error.isSignInEnded)) throw error;
    }
  }

  /** Return a session whose access token lasts a little longer. Raises Problem (401) if nobody is signed in. */
  async fresh(): Promise<Session> {
    const held = this.session;
    if (held !== null && held.endsAt - Date.now() > MIN_LEFT_MS) return held;
    return await this.refresh();
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
    try {
      const body = refreshToken === null ? {} : { refresh_token: refreshToken };
      const session = sessionOf(await this.post<TokenPair>("/v1/auth/tokens/refresh", body));
      if (this.isSignedOut || (before !== null && before !== session.accountId)) throw notSignedIn();
      this.keep(session);
      return session;
    } catch (error) {
      if (error instanceof Problem && error.isSignInEnded) this.keep(null);
      throw error;
    }
  }

  private begin(pair: TokenPair): TokenPair {
    this.isSignedOut = false;
    this.keep(sessionOf(pair));
    return pair;
  }

  private keep(session: Session | null): void {
    const before = this.session?.accountId ?? null;
    this.session = session;
    if (before !== (session?.accountId ?? null)) this.listeners.forEach((listener) => listener(session));
  }

  private async post<T>(path: string, body?: object, as?: Session): Promise<T> {
    const headers = new Headers(as ? bearer(as) : {});
    if (body) headers.set("Content-Type", "application/json");
    const request = new Request(this.root + path, { method: "POST", headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    const isRefresh = path.endsWith("/refresh");
    const response = isRefresh
      ? await sendPatiently(this.send, request, this.patience)
      : await sendOnce(this.send, request, this.patience.timeoutMs);
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

function sessionOf(pair: TokenPair): Session {
  return {
    accountId: pair.account_id,
    accessToken: pair.access_token,
    endsAt: Date.now() + 1000 * pair.expires_in,
    refreshToken: pair.refresh_token,
  };
}

function bearer(session: Session): Record<string, string> {
  return { Authorization: `Bearer ${session.accessToken}` };
}
