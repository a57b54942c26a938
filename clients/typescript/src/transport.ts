/** Sending a request again until it is answered: time-outs, pauses, and keys that make a second sending harmless. */
import { newId } from "./ids.js";
import { NoAnswer, isTransient } from "./problems.js";

export interface Patience {
  /** How often a request is sent again. */
  retries: number;
  /** After so long without a whole answer a request counts as lost. */
  timeoutMs: number;
  /** Wait between two tries; a test gives its own. */
  pause: (ms: number) => Promise<void>;
}

export const DEFAULT_PATIENCE: Patience = {
  retries: 3,
  timeoutMs: 30_000,
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
const NEVER = new AbortController().signal;
const MIN_PAUSE_MS = 300;
const MAX_PAUSE_MS = 20_000;
const WRITING = new Set(["POST", "PUT", "PATCH", "DELETE"]);
const BODILESS = new Set([204, 205, 304]);

/** Return how long to wait before try number `tried`, in milliseconds: twice as long each time, with jitter. */
export function backoffMs(tried: number, random: number = Math.random()): number {
  return Math.min(MAX_PAUSE_MS, MIN_PAUSE_MS * 2 ** tried) * (0.5 + random / 2);
}

/** Return a request that can be sent twice: one that writes carries an Idempotency-Key. */
export function withKey(request: Request): Request {
  if (!WRITING.has(request.method) || request.headers.has("Idempotency-Key")) return request;
  const keyed = new Request(request);
  keyed.headers.set("Idempotency-Key", newId());
  return keyed;
}

/**
 * Send once, and read the answer whole. Raises NoAnswer if the network fails or not all of it comes in time.
 *
 * Raises the reason of `ended` if that is aborted before.
 */
export async function sendOnce(send: typeof fetch, request: Request, timeoutMs: number, ended: AbortSignal = NEVER): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new DOMException("no answer came in time", "TimeoutError")), timeoutMs);
  try {
    const ends = [request.signal, late.signal, ended];
    return await unlessAborted(whole(send(new Request(request, { signal: AbortSignal.any(ends) }))), ends);
  } catch (error) {
    ended.throwIfAborted();
    if (request.signal.aborted) throw error;
    throw new NoAnswer("no answer came", { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** Return the answer with its body in memory, so that nobody waits for a body later. */
async function whole(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  if (response.body === null || BODILESS.has(response.status)) return response;
  return new Response(await response.arrayBuffer(), response);
}

/**
 * Wait for `work`; raise the reason of the first of these signals that is aborted.
 *
 * A signal that `fetch` was given is not enough: Node 20 forgets it once the request has been garbage-collected.
 */
export async function unlessAborted<T>(work: Promise<T>, signals: AbortSignal[]): Promise<T> {
  const ended = new AbortController();
  try {
    return await new Promise<T>((resolve, reject) => {
      work.then(resolve, reject);
      for (const signal of signals) {
        if (signal.aborted) reject(signal.reason);
        else signal.addEventListener("abort", () => reject(signal.reason), { signal: ended.signal });
      }
    });
  } finally {
    ended.abort(); // the listeners go
  }
}

/** Send once, for an answer that lasts until `ended` is aborted. Raises NoAnswer if the network fails. */
export async function openOnce(send: typeof fetch, request: Request, _: Patience, ended = NEVER): Promise<Response> {
  try {
    return await send(new Request(request, { signal: AbortSignal.any([request.signal, ended]) }));
  } catch (error) {
    ended.throwIfAborted();
    if (request.signal.aborted) throw error;
    throw new NoAnswer("no answer came", { cause: error });
  }
}

/** Send until it is answered, or patience ends. Raises NoAnswer, and the reason of `ended`: then nothing is sent any more. */
export async function sendPatiently(
  send: typeof fetch,
  request: Request,
  patience: Patience,
  ended: AbortSignal = NEVER,
): Promise<Response> {
  for (let tried = 0; ; tried += 1) {
    let wait = backoffMs(tried);
    ended.throwIfAborted();
    try {
      const response = await sendOnce(send, request.clone(), patience.timeoutMs, ended);
      if (tried >= patience.retries || !(await isWorthRetrying(response))) return response;
      wait = Math.max(wait, 1000 * Number(response.headers.get("Retry-After") ?? 0) || 0);
      if (wait > MAX_PAUSE_MS) return response;
    } catch (error) {
      if (!(error instanceof NoAnswer) || tried >= patience.retries) throw error;
    }
    await unlessAborted(patience.pause(wait), [ended, request.signal]);
  }
}

async function isWorthRetrying(response: Response): Promise<boolean> {
  if (response.status !== 409) return isTransient(response.status, "");
  const body = (await response.clone().json().catch(() => null)) as { code?: string } | null;
  return isTransient(409, body?.code ?? "");
}
