/** How entries of the queue reach the API: one by one, each by its own operation, or many together (`batches.ts`). */
import type { Client } from "./client.js";
import type { Entry } from "./entries.js";
import { WRITES } from "./generated/writes.js";
import { asBody, NoAnswer, Problem, type ProblemBody } from "./problems.js";

/** What became of one entry. `not-attempted`: it was not sent, or nobody knows; it waits on. */
export type Result =
  | { key: string; kind: "done"; status: number; etag: string | null; body: unknown }
  | { key: string; kind: "refused"; problem: ProblemBody; retryAfterSeconds: number | null; etag: string | null }
  | { key: string; kind: "not-attempted" };

/** Carry entries of one account, in order; an entry whose `after` failed is not attempted. */
export type Carrier = (client: Client, entries: Entry[], accountId: string) => Promise<Result[]>;

/** Each entry is its own request. The first one without an answer, or without a sign-in, ends the round. */
export const oneByOne: Carrier = async (client, entries, accountId) => {
  const results: Result[] = [];
  const failed = new Set<string>();
  let isOver = false;
  for (const entry of entries) {
    if (isOver || entry.after.some((key) => failed.has(key))) {
      failed.add(entry.key);
      results.push(notAttempted(entry));
      continue;
    }
    const result = await carried(client, entry, accountId);
    results.push(result);
    if (result.kind !== "done") failed.add(entry.key);
    isOver = result.kind === "not-attempted" || (result.kind === "refused" && result.problem.status === 401);
  }
  return results;
};

async function carried(client: Client, entry: Entry, accountId: string): Promise<Result> {
  const [method] = WRITES[entry.operation].split(" ") as [string];
  const headers = new Headers({ "Idempotency-Key": entry.key });
  if (entry.if_match !== null) headers.set("If-Match", entry.if_match);
  if (entry.on_conflict !== null) headers.set("On-Conflict", entry.on_conflict);
  const hasBody = entry.body !== undefined && entry.body !== null;
  if (hasBody) headers.set("Content-Type", "application/json");
  const init = { method, headers, ...(hasBody ? { body: JSON.stringify(entry.body) } : {}) };
  try {
    const response = await client.fetch(new Request(client.root + entry.path, init), accountId);
    const etag = response.headers.get("ETag");
    const body: unknown = response.status === 204 ? null : await response.json().catch(() => null);
    if (response.ok) return { key: entry.key, kind: "done", status: response.status, etag, body };
    const problem = new Problem(asBody(body, response.status), response.headers);
    return refused(entry.key, problem);
  } catch (error) {
    if (error instanceof Problem) return refused(entry.key, error);
    if (error instanceof NoAnswer) return notAttempted(entry);
    throw error;
  }
}

/** Return the result of an entry that was not sent. */
export function notAttempted({ key }: Entry): Result {
  return { key, kind: "not-attempted" };
}

/** Return the result of an entry that the API refused. */
export function refused(key: string, problem: Problem): Result {
  const { body, retryAfterSeconds, currentEtag } = problem;
  return { key, kind: "refused", problem: body, retryAfterSeconds, etag: currentEtag };
}
