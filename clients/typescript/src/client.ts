/** The client: every path of the API with its types, sent with a fresh token, and sent again where that is safe. */
import { Auth, notSignedIn, type Session } from "./auth.js";
import { OPEN } from "./generated/open.js";
import { httpOf, type Http } from "./http.js";
import { asBody, Problem } from "./problems.js";
import { DEFAULT_PATIENCE, openOnce, sendPatiently, withKey, type Patience } from "./transport.js";

export interface ClientOptions {
  /** Address of the API without `/v1`. Default: where this page came from. */
  root?: string;
  patience?: Partial<Patience>;
  /** Keep the refresh token in a cookie that no script can read; for a page of the API's own origin. */
  cookie?: boolean;
  /** Another `fetch`, for tests and apps. */
  fetch?: typeof fetch;
}

/** What a call gives: the body, and the version it is of. */
export interface Answer<T> {
  data: T;
  /** Send it as `If-Match` with the next change; null if the thing has no version. */
  etag: string | null;
  status: number;
  /** True if an earlier try had been done, and this is its answer again. */
  isReplayed: boolean;
}

/** The starts of paths that need no sign-in; an observer proves with the code in the body. */
const PUBLIC = ["/v1/auth/", "/v1/invitations/accept", "/v1/observer-checks", "/health/", "/version"];

/** A client of one API, for one account at a time. */
export class Client {
  readonly auth: Auth;
  /** Every path with its types: `client.http.GET("/v1/me/home")`. Give the result to `unwrap`. */
  readonly http: Http;
  readonly root: string;
  private readonly patience: Patience;
  private readonly send: typeof fetch;

  constructor(options: ClientOptions = {}) {
    this.root = (options.root ?? globalThis.location?.origin ?? "").replace(/\/$/, "").replace(/\/v1$/, "");
    this.patience = { ...DEFAULT_PATIENCE, ...options.patience };
    this.send = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    this.auth = new Auth(this.root, this.send, this.patience, options.cookie);
    this.http = httpOf(this.root, (request) => this.fetch(request));
  }

  /**
   * Send one request as whoever is signed in. An access token that has ended is replaced and the request sent again.
   * After a sign-out it is not: it raises Problem (401), also in mid-flight or between two tries.
   *
   * A request that has an `Authorization` of its own, as that of a capture link, is sent with that, whoever is signed in.
   *
   * If `accountId` is given, nobody else sends it: it raises Problem (401) if another account is signed in.
   * Raises NoAnswer if the network fails, as often as patience has it.
   */
  async fetch(request: Request, accountId: string | null = null): Promise<Response> {
    const path = new URL(request.url).pathname;
    if (request.headers.has("Authorization")) return await sendPatiently(this.send, withKey(request), this.patience);
    if (OPEN.includes(path)) return await sendPatiently(this.send, await this.named(request), this.patience);
    if (PUBLIC.some((start) => path.startsWith(start)) && !path.endsWith("/current")) {
      return await sendPatiently(this.send, request, this.patience);
    }
    const keyed = withKey(request);
    const session = await this.auth.fresh();
    const response = await this.sendAs(session, keyed.clone(), accountId);
    if (response.status !== 401) return response;
    return await this.sendAs(await this.auth.refresh(session), keyed, accountId);
  }

  /** Return a request that anybody may send, with the token of whoever is signed in. The API refuses none, however old. */
  private async named(request: Request): Promise<Request> {
    const token = await this.auth.latestToken();
    if (token !== null) request.headers.set("Authorization", `Bearer ${token}`);
    return request;
  }

  /**
   * Send one request whose answer is read part by part, as `fetch` does otherwise: once, and without a time-out.
   *
   * Raises NoAnswer if the network fails, and what `request.signal` was aborted with.
   */
  async open(request: Request, accountId: string): Promise<Response> {
    const once = async (session: Session): Promise<Response> => await this.sendAs(session, request.clone(), accountId, openOnce);
    const session = await this.auth.fresh();
    const response = await once(session);
    return response.status === 401 ? await once(await this.auth.refresh(session)) : response;
  }

  private async sendAs(session: Session, request: Request, accountId: string | null, way = sendPatiently): Promise<Response> {
    if (accountId !== null && session.accountId !== accountId) throw notSignedIn();
    request.headers.set("Authorization", `Bearer ${session.accessToken}`);
    return await way(this.send, request, this.patience, session.ended);
  }
}

/** The result of a call of `client.http`. */
interface Result<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Return the answer of a call. Raises Problem if it was refused. */
export async function unwrap<T>(call: Promise<Result<T>>): Promise<Answer<T>> {
  const { data, error, response } = await call;
  if (!response.ok) throw new Problem(asBody(error, response.status), response.headers);
  return {
    data: data as T,
    etag: response.headers.get("ETag"),
    status: response.status,
    isReplayed: response.headers.get("Idempotency-Replayed") === "true",
  };
}

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/**
 * Yield every item of a list, page after page; stop whenever enough was seen.
 *
 * `load` reads one page: `(page) => client.http.GET("/v1/plans", { params: { query: { ...page } } })`.
 */
export async function* each<T>(
  load: (page: { cursor?: string }) => Promise<Result<Page<T>>>,
): AsyncGenerator<T, void, undefined> {
  let cursor: string | null = null;
  do {
    const { data }: Answer<Page<T>> = await unwrap(load(cursor === null ? {} : { cursor }));
    yield* data.items;
    cursor = data.next_cursor;
  } while (cursor !== null);
}
