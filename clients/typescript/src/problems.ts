/** Problems: what the API answers when it refuses (RFC 9457). Programs read `code`. */
import type { KnownCode } from "./generated/codes.js";

/** A code of this version, or one of a later version: treat an unknown code as its status. */
export type ProblemCode = KnownCode | (string & {});

/** One field that was refused. */
export interface FieldProblem {
  field: string;
  code: string;
  message: string;
}

/** The body of a problem. Some codes have further members. */
export interface ProblemBody {
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  request_id: string;
  errors: FieldProblem[];
  [member: string]: unknown;
}

/** A request that was refused. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly code: ProblemCode;
  /** Seconds to wait before the next try, if the answer says so. */
  readonly retryAfterSeconds: number | null;
  /** The ETag of the version that is there now; null if the answer has none. */
  readonly currentEtag: string | null;

  constructor(
    readonly body: ProblemBody,
    headers: Headers = new Headers(),
  ) {
    super(`${body.status} ${body.code}: ${body.detail}`);
    this.status = body.status;
    this.code = body.code;
    this.retryAfterSeconds = retryAfter(headers);
    this.currentEtag = headers.get("ETag");
  }

  /** The sign-in is missing or has ended: let the person sign in again. Nothing that waits is lost. */
  get isSignInEnded(): boolean {
    return this.status === 401;
  }

  /** Somebody changed the thing first; `currentEtag` names the version that is there now. */
  get isStale(): boolean {
    return this.status === 412;
  }

  /** This needs a fresh proof: call `stepUp`, then repeat the request. */
  get needsStepUp(): boolean {
    return this.code === "step-up-required";
  }

  /** Nothing was decided: the same request may succeed later. */
  get isTransient(): boolean {
    return isTransient(this.status, this.code);
  }

  /** The thing as it is now, beside a 412; null if the problem has none. */
  get current(): unknown {
    return this.body["current"] ?? null;
  }
}

/** The network failed, or no answer came in time. Whether the request was done is not known. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** Return whether the same request may succeed later, without a change of it. */
export function isTransient(status: number, code: string): boolean {
  return [408, 425, 429].includes(status) || status >= 500 || code === "request-in-progress";
}

/** Return the problem that a response is. What is no problem document becomes one of code `unknown`. */
export async function problemOf(response: Response): Promise<Problem> {
  const found: unknown = await response.json().catch(() => null);
  return new Problem(asBody(found, response.status), response.headers);
}

/** Return a body as a problem's, whatever it is: a proxy in between answers in its own way. */
export function asBody(found: unknown, status: number): ProblemBody {
  const body = found as Partial<ProblemBody> | null;
  if (body !== null && typeof body === "object" && typeof body.code === "string") {
    return { title: "", detail: "", request_id: "", errors: [], ...body, status, code: body.code };
  }
  return { title: "No problem document", status, code: "unknown", detail: "", request_id: "", errors: [] };
}

function retryAfter(headers: Headers): number | null {
  const text = headers.get("Retry-After");
  if (text === null) return null;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
