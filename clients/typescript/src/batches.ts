/** Carrying the queue in batches: `POST /v1/sync`, up to a hundred writes in one request. */
import { notAttempted, oneByOne, refused, type Carrier, type Result } from "./carriers.js";
import type { Client } from "./client.js";
import type { Entry } from "./entries.js";
import type { components } from "./generated/api.js";
import { BATCHED } from "./generated/writes.js";
import { asBody, isTransient, NoAnswer, Problem } from "./problems.js";

type Item = components["schemas"]["SyncItem"];
type ItemResult = components["schemas"]["SyncResult"];

const MAX_ITEMS = 100;
const MAX_AFTER = 20;
const MAX_BYTES = 900_000; // the API takes a body of 1 MiB

/** Two entries and more go in one request, in their order; what a batch may not hold goes alone. */
export const batched: Carrier = async (client, entries, accountId) => {
  const results: Result[] = [];
  const failed = new Set<string>();
  for (const run of runsOf(entries)) {
    const free = run.filter((entry) => {
      if (!entry.after.some((key) => failed.has(key))) return true;
      failed.add(entry.key);
      results.push(notAttempted(entry));
      return false;
    });
    const found = await (free.length > 1 ? together : oneByOne)(client, free, accountId);
    results.push(...found);
    found.filter((result) => result.kind !== "done").forEach((result) => failed.add(result.key));
    if (found.some(isOver)) break;
  }
  return results;
};

/** Return the entries in runs: each is one batch, or one entry that goes alone. */
function runsOf(entries: Entry[]): Entry[][] {
  const runs: Entry[][] = [];
  let keys = new Set<string>();
  let size = 0;
  for (const entry of entries) {
    const bytes = new TextEncoder().encode(JSON.stringify(entry)).length;
    const last = runs.at(-1);
    const isAlone = !BATCHED.has(entry.operation) || (last !== undefined && !BATCHED.has(last[0]!.operation));
    const named = entry.after.filter((key) => keys.has(key)).length;
    if (last === undefined || isAlone || last.length >= MAX_ITEMS || size + bytes > MAX_BYTES || named > MAX_AFTER) {
      runs.push([entry]);
      keys = new Set();
      size = 0;
    } else last.push(entry);
    keys.add(entry.key);
    size += bytes;
  }
  return runs;
}

/** Send entries in one request. A refusal of the batch is of one of them: each then goes alone, to find out which. */
async function together(client: Client, entries: Entry[], accountId: string): Promise<Result[]> {
  const body = JSON.stringify({ items: itemsOf(entries) });
  const headers = { "Content-Type": "application/json" };
  try {
    const response = await client.fetch(new Request(`${client.root}/v1/sync`, { method: "POST", headers, body }), accountId);
    const read: unknown = await response.json().catch(() => null);
    const problem = response.ok ? null : new Problem(asBody(read, response.status), response.headers);
    if (problem !== null && problem.status !== 401 && !problem.isTransient) return await oneByOne(client, entries, accountId);
    if (problem !== null) return entries.map(({ key }) => refused(key, problem));
    const answered = new Map((read as { results?: ItemResult[] } | null)?.results?.map((result) => [result.key, result]));
    return await renewed(client, entries, entries.map((entry) => resultOf(entry, answered.get(entry.key))));
  } catch (error) {
    if (error instanceof Problem) return entries.map(({ key }) => refused(key, error));
    if (error instanceof NoAnswer) return entries.map(notAttempted);
    throw error;
  }
}

function itemsOf(entries: Entry[]): Item[] {
  const keys = new Set(entries.map((entry) => entry.key));
  return entries.map((entry) => ({
    key: entry.key,
    operation: entry.operation as Item["operation"],
    path: entry.path,
    ...(entry.if_match === null ? {} : { if_match: entry.if_match }),
    ...(entry.body === null || entry.body === undefined ? {} : { body: entry.body as Record<string, unknown> }),
    ...(entry.on_conflict === null ? {} : { on_conflict: entry.on_conflict }),
    after: entry.after.filter((key) => keys.has(key)), // the others are done
  }));
}

function resultOf(entry: Entry, result: ItemResult | undefined): Result {
  if (result === undefined || result.status === null) return notAttempted(entry);
  const { key, status, etag, body } = result;
  if (result.problem === null && status < 400) return { key, kind: "done", status, etag, body };
  return refused(key, new Problem(asBody(result.problem, status), new Headers(etag === null ? {} : { ETag: etag })));
}

/** A token or a role that changed during a batch: get a new token, so that what it refused is sent again. */
async function renewed(client: Client, entries: Entry[], results: Result[]): Promise<Result[]> {
  if (!results.some(isSignInRefused)) return results;
  try {
    await client.auth.refresh();
  } catch (error) {
    if (error instanceof Problem && error.isSignInEnded) return results;
    if (!(error instanceof Problem || error instanceof NoAnswer)) throw error;
  }
  return results.map((result, at) => (isSignInRefused(result) ? notAttempted(entries[at]!) : result));
}

function isSignInRefused(result: Result): boolean {
  return result.kind === "refused" && result.problem.status === 401;
}

/** Return whether this says nothing good of what would be sent next: no answer, no sign-in, or a busy API. */
function isOver(result: Result): boolean {
  if (result.kind === "done") return false;
  return result.kind === "not-attempted" || isSignInRefused(result) || isTransient(result.problem.status, result.problem.code);
}
