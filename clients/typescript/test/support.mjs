// What the tests share: a signed-in client of the served clinic, and waiting for a state.
import assert from "node:assert/strict";
import { Client, MemoryStore, Queue, each, unwrap } from "../dist/index.js";

export const { JOURNAL_ROOT: root, JOURNAL_EMAIL: email, JOURNAL_OTHER: other, JOURNAL_PASSWORD: password } = process.env;
export const NO_PAUSE = { pause: async () => undefined };

export async function signedIn(options = {}, as = email) {
  const client = new Client({ root, patience: NO_PAUSE, ...options });
  await client.auth.signIn({ email: as, password });
  const { data } = await unwrap(client.http.GET("/v1/me"));
  return { client, owner: { accountId: data.id, clinicId: data.clinic_id } };
}

export async function opened(client, owner, onDone) {
  const store = new MemoryStore();
  const queue = new Queue({ client, store, ...(onDone ? { onDone } : {}) });
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

export async function until(isSo, what) {
  for (let tried = 0; tried < 15_000; tried += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(`waited in vain for ${what}`);
}

export async function settled(queue) {
  await until(async () => {
    await queue.send();
    return (await queue.entries()).every((entry) => entry.state === "needs-you");
  }, "the queue to settle");
}
