/** The live stream: `GET /v1/events`, read by `fetch` as the token is a header. The feed is the record, this is the hint. */
import type { Client } from "./client.js";
import type { Change } from "./feed.js";
import { NoAnswer, Problem, problemOf } from "./problems.js";
import { EventReader, type ServerEvent } from "./sse.js";
import { unlessAborted } from "./transport.js";

/** Why following has ended: nobody is signed in now, this account may not follow, or the program wanted it. */
export type FollowEnd = "sign-in-ended" | "forbidden" | "aborted";

/** The feed that a stream goes on from. */
export interface Followed {
  client: Client;
  cursor: () => string | null;
  catchUp: () => Promise<void>;
  onRestart: () => Promise<void>;
  onChange: (item: Change, cursor: string) => Promise<void>;
}

const MAX_SILENCE_MS = 45_000; // the API sends something every 15 seconds
const MAX_PAUSE_MS = 60_000;
const DEFAULT_RETRY_MS = 2000;
const STEADY_MS = 30_000;
const RENEWS = ["token_over", "sign_in_ended"];
const PAUSES_MS: Record<string, number> = { unavailable: 60_000, too_many: 15_000 };

/** What the end of one stream asks for: a pause of at least so long, or none. */
interface End {
  reason: string;
  retryMs: number | null;
}

/** Catch up by the feed, follow the stream, and again, until the access has ended or `signal` is aborted. */
export async function followStream(followed: Followed, signal: AbortSignal = new AbortController().signal): Promise<FollowEnd> {
  const { client } = followed;
  const accountId = client.auth.accountId ?? (await accountOf(client));
  let failures = 0;
  let retryMs = DEFAULT_RETRY_MS;
  while (!signal.aborted) {
    if (accountId === null) return "sign-in-ended";
    const begun = performance.now();
    let least = 0;
    try {
      if ((await unlessAborted(client.auth.fresh(), [signal])).accountId !== accountId) return "sign-in-ended";
      await followed.catchUp();
      const end = await streamOnce(followed, accountId, signal);
      retryMs = end.retryMs ?? retryMs;
      least = PAUSES_MS[end.reason] ?? 0;
      if (end.reason === "cursor_expired") await followed.onRestart();
      if (RENEWS.includes(end.reason)) await unlessAborted(client.auth.refresh(), [signal]);
      if (RENEWS.includes(end.reason) && performance.now() - begun > STEADY_MS) continue;
    } catch (error) {
      if (signal.aborted) break;
      if (error instanceof Problem && error.status === 401) return "sign-in-ended";
      if (error instanceof Problem && error.status === 403) return "forbidden";
      if (!(error instanceof NoAnswer || (error instanceof Problem && error.isTransient))) throw error;
      least = 1000 * ((error instanceof Problem && error.retryAfterSeconds) || 0);
    }
    if (performance.now() - begun > STEADY_MS) failures = 0;
    const backoff = Math.min(MAX_PAUSE_MS, retryMs * 2 ** failures);
    failures = Math.min(failures + 1, 30);
    await pause(Math.max(least, backoff * (0.5 + Math.random() / 2)), signal);
  }
  return "aborted";
}

async function accountOf(client: Client): Promise<string | null> {
  try {
    return (await client.auth.fresh()).accountId;
  } catch (error) {
    if (error instanceof Problem && error.isSignInEnded) return null;
    throw error;
  }
}

/** Read one stream to its end. Raises Problem, NoAnswer, and what a handler of changes raises. */
async function streamOnce(followed: Followed, accountId: string, signal: AbortSignal): Promise<End> {
  const { client } = followed;
  const silence = new AbortController();
  const watch = (): ReturnType<typeof setTimeout> => setTimeout(() => silence.abort(), MAX_SILENCE_MS);
  let timer = watch();
  const events = new EventReader();
  let reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  try {
    const cursor = followed.cursor();
    const headers = { Accept: "text/event-stream", ...(cursor === null ? {} : { "Last-Event-ID": cursor }) };
    const ends = [signal, silence.signal];
    const request = new Request(`${client.root}/v1/events`, { headers, signal: AbortSignal.any(ends) });
    const response = await unlessAborted(client.open(request, accountId), ends);
    if (!response.ok) {
      const problem = await problemOf(response);
      if (problem.status === 410) return { reason: "cursor_expired", retryMs: null };
      throw problem;
    }
    if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) throw new NoAnswer("something in between answered");
    reader = response.body!.getReader();
    for (;;) {
      const part = await nextOf(reader, signal, silence.signal);
      if (part === null) return { reason: "", retryMs: events.retryMs };
      clearTimeout(timer);
      for (const event of partsOf(events, part)) {
        if (event.event === "end") return { reason: reasonOf(event), retryMs: events.retryMs };
        if (event.event === "message") await followed.onChange(JSON.parse(event.data) as Change, event.id || (cursor ?? ""));
        if (signal.aborted) return { reason: "", retryMs: null };
      }
      timer = watch();
    }
  } catch (error) {
    if (silence.signal.aborted && !signal.aborted) throw new NoAnswer("the stream was silent", { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
    void reader?.cancel().catch(() => undefined);
  }
}

/** Return the next part; null if the stream has ended or broke off. */
async function nextOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  signal: AbortSignal,
  silence: AbortSignal,
): Promise<Uint8Array | null> {
  try {
    const { value, done } = await unlessAborted(reader.read(), [signal, silence]);
    return done ? null : value;
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

function partsOf(events: EventReader, part: Uint8Array): ServerEvent[] {
  try {
    return events.feed(part);
  } catch (error) {
    throw new NoAnswer("the stream is not of this API", { cause: error });
  }
}

function reasonOf(event: ServerEvent): string {
  try {
    return String((JSON.parse(event.data) as { reason?: unknown }).reason);
  } catch {
    return "";
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
