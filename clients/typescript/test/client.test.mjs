// The client against a running API: JOURNAL_ROOT is its address, JOURNAL_EMAIL, JOURNAL_OTHER and JOURNAL_PASSWORD sign in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, NoAnswer, Problem, Queue, newId, unwrap } from "../dist/index.js";
import { NO_PAUSE, email, opened, other, password, root, settled, signedIn, texts, unending, until } from "./support.mjs";

test("ids sort by the time they were made, also after the clock was set back", () => {
  const made = [newId(2_000), newId(2_000), newId(1_000), newId(2_001), newId(0)];
  assert.deepEqual([...made].sort(), made);
  assert.equal(new Set(made).size, made.length);
  for (const id of made) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("an address that ends with /v1 is taken too", () => {
  for (const address of ["http://a.test", "http://a.test/", "http://a.test/v1", "http://a.test/v1/"]) {
    assert.equal(new Client({ root: address }).root, "http://a.test");
  }
});

test("a refusal is a problem with its code", async () => {
  const client = new Client({ root, patience: NO_PAUSE });
  await assert.rejects(client.auth.signIn({ email, password: "not it" }), (error) => {
    assert.ok(error instanceof Problem);
    return error.code === "wrong-sign-in" && error.isSignInEnded;
  });
  await assert.rejects(unwrap(client.http.GET("/v1/me")), (error) => error.code === "unauthenticated");
});

test("a token that no longer works is replaced once, however many ask", async () => {
  let refreshes = 0;
  let spoil = false;
  const { client } = await signedIn({
    fetch: async (request) => {
      if (request.url.endsWith("/refresh")) refreshes += 1;
      else if (spoil) request.headers.set("Authorization", "Bearer spoilt");
      if (request.url.endsWith("/refresh")) spoil = false;
      return await fetch(request);
    },
  });
  spoil = true;
  const found = await Promise.all(Array.from({ length: 5 }, () => unwrap(client.http.GET("/v1/me"))));
  assert.equal(new Set(found.map((one) => one.data.id)).size, 1);
  assert.equal(refreshes, 1);
});

test("a 401 that comes late, after the token was replaced, replaces nothing again", async () => {
  let refreshes = 0;
  let isSpoilt = false;
  let release;
  const isReplaced = new Promise((resolve) => (release = resolve));
  const { client } = await signedIn({
    fetch: async (request) => {
      if (request.url.endsWith("/refresh")) refreshes += 1;
      const isLate = request.url.endsWith("/v1/me/home");
      if (!isSpoilt || refreshes > 0) return await fetch(request);
      request.headers.set("Authorization", "Bearer spoilt");
      const response = await fetch(request);
      if (isLate) await isReplaced;
      return response;
    },
  });
  isSpoilt = true;
  const late = unwrap(client.http.GET("/v1/me/home"));
  await unwrap(client.http.GET("/v1/me"));
  release();
  assert.equal((await late).status, 200);
  assert.equal(refreshes, 1);
});

test("crisis lines need no sign-in, and with one they are those of the clinic, also when its token is over", async () => {
  const linesOf = async (client) => (await unwrap(client.http.GET("/v1/crisis-resources"))).data;
  let isOver = false;
  const asked = [];
  const { client } = await signedIn({
    fetch: async (request) => {
      asked.push(new URL(request.url).pathname);
      return isOver && asked.at(-1).endsWith("/refresh") ? await Promise.reject(new TypeError("no network")) : await fetch(request);
    },
  });
  assert.equal((await linesOf(new Client({ root, patience: NO_PAUSE }))).country, null);
  assert.equal((await linesOf(client)).country, "US");
  const now = Date.now;
  try {
    Date.now = () => now() + 3_600_000; // by this device's clock
    isOver = true;
    assert.equal((await linesOf(client)).country, "US");
  } finally {
    Date.now = now;
  }
  assert.ok(!asked.some((path) => path.endsWith("/refresh")), "they wait for no new token");
  client.auth.leave();
  assert.equal((await linesOf(client)).country, null, "a page says nothing of who was signed in");
});

test("fifty writes are stored once each, though every third answer is lost and a token ends", async () => {
  const marker = `fifty ${newId()}`;
  let sent = 0;
  const { client, owner } = await signedIn({
    fetch: async (request) => {
      const isWrite = request.method === "POST" && /\/v1\/(reflections|sync)$/.test(request.url);
      if (isWrite && (sent += 1) % 4 === 0) request.headers.set("Authorization", "Bearer spoilt");
      const response = await fetch(request);
      if (isWrite && sent % 3 === 1) throw new TypeError("the connection broke");
      return response;
    },
  });
  const { queue } = await opened(client, owner);
  const wanted = Array.from({ length: 50 }, (_, number) => `${marker} ${String(number).padStart(2, "0")}`);
  for (const text of wanted) await queue.put("create_reflection", { body: { id: newId(), text } });
  await settled(queue);
  assert.deepEqual((await texts(client, marker)).sort(), wanted);
  queue.close();
});

test("a deletion whose answer was lost is sent again, and is told as done", async () => {
  let sent = 0;
  const { client } = await signedIn({
    fetch: async (request) => {
      const response = await fetch(request);
      if (request.method === "DELETE" && (sent += 1) === 1) throw new TypeError("the connection broke");
      return response;
    },
  });
  const { data } = await unwrap(client.http.POST("/v1/reflections", { body: { text: "A draft to go." } }));
  const params = { path: { reflection_id: data.id }, header: { "If-Match": '"1"' } };
  await unwrap(client.http.DELETE("/v1/reflections/{reflection_id}", { params }));
  assert.equal(sent, 2);
});

test("a chain of changes is sent in order, with versions that were foreseen", async () => {
  const { client, owner } = await signedIn();
  const done = [];
  const { queue } = await opened(client, owner, ({ entry, etag }) => void done.push([entry.operation, etag?.slice(1, 2)]));
  const id = newId();
  const first = await queue.put("create_reflection", { body: { id, text: `chain ${id}` }, thingId: id });
  const path = { reflection_id: id };
  const second = await queue.put("update_reflection", { path, body: { text: `chain ${id} again` }, ifMatch: '"1"', after: [first.key] });
  await queue.put("submit_reflection", { path, body: { share: true }, ifMatch: '"2"', after: [second.key] });
  await settled(queue);
  assert.deepEqual(done, [["create_reflection", "1"], ["update_reflection", "2"], ["submit_reflection", "3"]]);
  queue.close();
});

test("a refused entry needs a person, and holds up only what names it", async () => {
  const { client, owner } = await signedIn();
  const { queue } = await opened(client, owner);
  const id = newId();
  const marker = `refused ${id}`;
  const bad = await queue.put("update_reflection", { path: { reflection_id: id }, body: { text: "x" }, ifMatch: '"1"' });
  await queue.put("submit_reflection", { path: { reflection_id: id }, body: {}, ifMatch: '"2"', after: [bad.key] });
  await queue.put("create_reflection", { body: { text: marker } });
  await until(async () => (await queue.entries()).length === 2, "the queue to send what it can");
  const left = await queue.entries();
  assert.deepEqual(left.map((entry) => [entry.operation, entry.state, entry.problem?.code ?? null]), [
    ["update_reflection", "needs-you", "not-found"],
    ["submit_reflection", "waiting", null],
  ]);
  assert.equal((await texts(client, marker)).length, 1);
  queue.close();
});

test("another account's sign-in sends nothing of mine", async () => {
  const mine = await signedIn({ fetch: async (request) => {
    if (/\/v1\/(reflections|sync)$/.test(request.url)) throw new TypeError("offline");
    return await fetch(request);
  } });
  const marker = `mine ${newId()}`;
  const { queue, store } = await opened(mine.client, mine.owner);
  await queue.put("create_reflection", { body: { text: marker } });
  await queue.send();
  queue.close();
  const theirs = await signedIn({}, other);
  const second = new Queue({ client: theirs.client, store });
  second.open(theirs.owner);
  await second.send();
  assert.deepEqual(await second.entries(), []);
  assert.equal((await texts(theirs.client, marker)).length, 0);
  second.open(mine.owner); // the page still thinks so, and the sign-in is another's
  await second.send();
  assert.equal(second.waitsForSignIn, true);
  assert.equal((await second.entries()).length, 1);
  const again = await signedIn();
  const third = new Queue({ client: again.client, store });
  third.open(again.owner);
  await settled(third);
  assert.equal((await texts(again.client, marker)).length, 1);
  second.close();
  third.close();
});

test("what is refused to the account before does not make the present one sign in again", async () => {
  const { owner: second } = await signedIn({}, other);
  let isSwitched = false;
  const { client, owner } = await signedIn({
    fetch: async (request) => {
      if (!isSwitched && request.method === "POST" && request.url.endsWith("/v1/reflections")) {
        isSwitched = true; // what is sent with its old token is refused now
        const told = client.auth.signOut();
        queue.open(second);
        await told;
        await client.auth.signIn({ email: other, password });
      }
      return await fetch(request);
    },
  });
  const { queue, store } = await opened(client, owner);
  await queue.put("create_reflection", { body: { id: newId(), text: "of the first", captured_at: new Date().toISOString() } });
  await queue.send();
  assert.deepEqual([isSwitched, queue.waitsForSignIn], [true, false]);
  assert.equal((await store.all(owner.accountId)).length, 1, "it waits for its writer");
  queue.close();
});

/** A client whose network can be taken away, and a list of what it asked for. */
async function mobile(as = email) {
  const asked = [];
  const network = { isThere: true, pause: async () => undefined };
  const { client, owner } = await signedIn({
    patience: { pause: () => network.pause() },
    fetch: async (request) => {
      asked.push(`${request.method} ${new URL(request.url).pathname}`);
      if (!network.isThere) throw new TypeError("offline");
      return await fetch(request);
    },
  }, as);
  asked.length = 0;
  return { client, owner, asked, network };
}

/** Return a look at whether the sign-in that was made last is still there. */
async function latestSignIn() {
  const { client } = await signedIn();
  const ids = async () => (await unwrap(client.http.GET("/v1/me/sign-ins", { params: { query: { limit: 100 } } }))).data.items.map((one) => one.id);
  const [, before] = await ids(); // the first one is this client's own
  return async () => (await ids()).includes(before);
}

test("what is being sent ends with the sign-out, also between two tries", async () => {
  const { client, owner, asked, network } = await mobile();
  const isThere = await latestSignIn();
  const { queue, store } = await opened(client, owner);
  const marker = `signed out ${newId()}`;
  let signingOut = null;
  network.isThere = false;
  network.pause = async () => {
    network.isThere = true;
    signingOut ??= client.auth.signOut();
  };
  await queue.put("create_reflection", { body: { text: marker } });
  await queue.send();
  await signingOut;
  assert.deepEqual(asked, ["POST /v1/reflections", "DELETE /v1/auth/tokens/current"]);
  assert.equal(await isThere(), false);
  assert.equal((await store.all(owner.accountId)).length, 1, "it waits for its writer");
  assert.deepEqual(await texts((await signedIn()).client, marker), []);
});

test("a sign-out without a network is told before the next sign-in", async () => {
  const { client, asked, network } = await mobile();
  const isThere = await latestSignIn();
  network.isThere = false;
  await assert.rejects(client.auth.signOut(), NoAnswer);
  assert.equal(client.auth.accountId, null);
  await assert.rejects(client.auth.signIn({ email: other, password }), NoAnswer);
  assert.ok(!asked.includes("POST /v1/auth/tokens"), "the sign-out comes first");
  assert.equal(await isThere(), true);
  network.isThere = true;
  asked.length = 0;
  await client.auth.signIn({ email: other, password });
  assert.deepEqual(asked, ["DELETE /v1/auth/tokens/current", "POST /v1/auth/tokens"]);
  assert.equal(await isThere(), false);
});

test("a sign-out whose access token is over ends the sign-in by its refresh token", async () => {
  let isOver = false;
  const { client } = await signedIn({
    fetch: async (request) => {
      if (isOver && request.method === "DELETE") request.headers.set("Authorization", "Bearer spoilt");
      if (request.url.endsWith("/refresh")) isOver = false;
      return await fetch(request);
    },
  });
  const isThere = await latestSignIn();
  isOver = true;
  await client.auth.signOut();
  assert.equal(await isThere(), false);
});

test("a refresh that is answered after another account signed in changes nothing", async () => {
  let release;
  let isAsked;
  const asked = new Promise((resolve) => (isAsked = resolve));
  const isSwitched = new Promise((resolve) => (release = resolve));
  const { client } = await signedIn({
    fetch: async (request) => {
      const response = await fetch(request);
      if (!request.url.endsWith("/refresh")) return response;
      isAsked();
      await isSwitched;
      return response;
    },
  });
  const refreshing = client.auth.refresh();
  await asked;
  client.auth.leave();
  await assert.rejects(refreshing, (error) => error.isSignInEnded);
  const { account_id: second } = await client.auth.signIn({ email: other, password });
  release();
  assert.equal((await unwrap(client.http.GET("/v1/me"))).data.id, second);
  assert.equal(client.auth.accountId, second);
});

for (const [name, answer] of [["no answer", () => new Promise(() => undefined)], ["half an answer", async () => unending("{")]]) {
  test(`${name} in time is NoAnswer, also of a fetch that forgets its signal, as Node's may`, async () => {
    const client = new Client({ root, fetch: answer, patience: { ...NO_PAUSE, retries: 1, timeoutMs: 10 } });
    await assert.rejects(client.auth.signIn({ email, password }), NoAnswer);
    await assert.rejects(client.http.GET("/v1/crisis-resources"), NoAnswer);
  });
}

test("no answer at all is NoAnswer, and the entry waits", async () => {
  const client = new Client({ root: "http://127.0.0.1:9", patience: { ...NO_PAUSE, retries: 1 } });
  await assert.rejects(client.auth.signIn({ email, password }), NoAnswer);
});
