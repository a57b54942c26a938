// What the tests share: a signed-in client of the served clinic, and waiting for a state.
import assert from "node:assert/strict";
import { afterEach } from "node:test";
import { Client, MemoryStore, Queue, each, unwrap } from "../dist/index.js";

export const { JOURNAL_ROOT: root, JOURNAL_EMAIL: email, JOURNAL_OTHER: other, JOURNAL_PASSWORD: password } = process.env;
/** Return an answer whose body begins with `begun` and never ends, whatever signal the request has. */
export function unending(begun, headers = {}) {
  return new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(begun)) }), { headers });
}

export const NO_PAUSE = { pause: async () => undefined };

export async function signedIn(options = {}, as = email) {
  const client = new Client({ root, patience: NO_PAUSE, ...options });
  await client.auth.signIn({ email: as, password });
  const { data } = await unwrap(client.http.GET("/v1/me"));
  return { client, owner: { accountId: data.id, clinicId: data.clinic_id } };
}

const queues = new Set();

afterEach(() => {
  queues.forEach((queue) => queue.close()); // one that is left open by a test that failed would keep the process alive
  queues.clear();
});

export async function opened(client, owner, onDone, options = {}) {
  const store = new MemoryStore();
  const queue = new Queue({ client, store, ...(onDone ? { onDone } : {}), ...options });
  queues.add(queue);
  queue.open(owner);
  return { queue, store };
}

export async function texts(client, marker) {
  const found = [];
  for await (const entry of each((page) =>
    client.http.GET("/v1/reflections", { params: { query: { ...page, limit: 7 } } }),
  )) {
    if (entry.text?.startsWith(marker)) found.push(entry.text);
  }
  return found;
}

const later = setTimeout; // the system's, also if a test moves the time
const STUCK_MS = 200_000; // after which something is stuck; less than what waits for this process

export async function until(isSo, what, now = () => "") {
  const begun = performance.now();
  while (performance.now() - begun < STUCK_MS) {
    if (await isSo()) return;
    await new Promise((resolve) => later(resolve, 20));
  }
  assert.fail(`waited in vain for ${what} ${await now()}`);
}

/** Send until each entry that is left needs a person, or builds on one that does. */
export async function settled(queue) {
  await until(
    async () => {
      await queue.send();
      const held = new Set();
      const entries = await queue.entries();
      for (const { key, state, after } of entries) if (state === "needs-you" || after.some((one) => held.has(one))) held.add(key);
      return held.size === entries.length;
    },
    "the queue to settle",
    async () => JSON.stringify((await queue.entries()).map(({ operation, state, problem }) => [operation, state, problem])),
  );
}
