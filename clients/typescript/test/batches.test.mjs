// The queue in batches, against a running API: chains, both texts, dead ids, lost and partial answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { batched, newId, oneByOne, unwrap } from "../dist/index.js";
import { opened, settled, signedIn, texts, until } from "./support.mjs";

/** A client without a network until `network.isUp`; `network.sent` has every write that left. */
async function offline(change) {
  const network = { isUp: true, sent: [] };
  const found = await signedIn({
    fetch: async (request) => {
      if (!network.isUp) throw new TypeError("offline");
      const { pathname } = new URL(request.url);
      if (request.method !== "GET" && !pathname.startsWith("/v1/auth")) network.sent.push(`${request.method} ${pathname}`);
      const body = pathname === "/v1/sync" ? JSON.parse(await request.clone().text()) : null;
      const response = await fetch(request);
      return change && body ? await change(response, body, network) : response;
    },
  });
  network.isUp = false;
  return { ...found, network };
}

const create = (queue, id, text) => queue.put("create_reflection", { body: { id, text }, thingId: id });
const update = (queue, id, text, ifMatch, more = {}) =>
  queue.put("update_reflection", { path: { reflection_id: id }, body: { text }, ifMatch, thingId: id, ...more });

test("what waits goes in one request, in order, with versions that were foreseen", async () => {
  const { client, owner, network } = await offline();
  const done = [];
  const { queue } = await opened(client, owner, ({ entry, etag }) => void done.push([entry.operation, etag?.slice(1, 2)]));
  const id = newId();
  const first = await create(queue, id, `chain ${id}`);
  const second = await update(queue, id, `chain ${id} again`, '"1"', { after: [first.key] });
  await queue.put("submit_reflection", { path: { reflection_id: id }, body: { share: false }, ifMatch: '"2"', after: [second.key] });
  network.isUp = true;
  await settled(queue);
  assert.deepEqual(done, [["create_reflection", "1"], ["update_reflection", "2"], ["submit_reflection", "3"]]);
  assert.deepEqual(network.sent, ["POST /v1/sync"]);
  queue.close();
});

test("one entry goes as the operation that it is", async () => {
  const { client, owner, network } = await offline();
  const { queue } = await opened(client, owner);
  await create(queue, newId(), "alone");
  network.isUp = true;
  await settled(queue);
  assert.deepEqual(network.sent, ["POST /v1/reflections"]);
  queue.close();
});

test("a hundred and twenty writes are two batches, and a lost answer doubles none", async () => {
  const marker = `many ${newId()}`;
  let lost = 0;
  const { client, owner, network } = await offline(async (response) => {
    if ((lost += 1) === 1) throw new TypeError("the answer was lost");
    return response;
  });
  const { queue } = await opened(client, owner);
  const wanted = Array.from({ length: 120 }, (_, number) => `${marker} ${String(number).padStart(3, "0")}`);
  for (const text of wanted) await create(queue, newId(), text);
  network.isUp = true;
  await settled(queue);
  assert.deepEqual((await texts(client, marker)).sort(), wanted);
  assert.deepEqual(network.sent, ["POST /v1/sync", "POST /v1/sync", "POST /v1/sync"]);
  queue.close();
});

for (const [name, carry] of [["together", batched], ["one by one", oneByOne]]) {
  test(`both texts stand, and what was written after the late one goes to its own draft: ${name}`, async () => {
    const { client, owner, network } = await offline();
    const done = [];
    const { queue } = await opened(client, owner, (one) => void done.push(one), { carry });
    const elsewhere = await signedIn();
    const id = newId();
    const marker = `both ${id}`;
    const path = { reflection_id: id };
    network.isUp = true;
    await unwrap(client.http.POST("/v1/reflections", { body: { id, text: `${marker} first` } }));
    network.isUp = false;
    const late = await update(queue, id, `${marker} train`, '"1"', { keepBoth: true });
    const later = await update(queue, id, `${marker} train, later`, '"2"', { after: [late.key], keepBoth: true });
    await queue.put("submit_reflection", { path, body: { share: false }, ifMatch: '"3"', thingId: id, after: [later.key] });
    const change = { params: { path, header: { "If-Match": '"1"' } }, body: { text: `${marker} other phone` } };
    await unwrap(elsewhere.client.http.PATCH("/v1/reflections/{reflection_id}", change));
    network.isUp = true; // not before: what waits would go beside the other phone's text, and could be the first
    await settled(queue);
    assert.deepEqual(await queue.entries(), []);
    assert.deepEqual((await texts(client, marker)).sort(), [`${marker} other phone`, `${marker} train, later`]);
    const kept = done[0].keptId;
    assert.notEqual(kept, id);
    const [mine, theirs] = await Promise.all([kept, id].map((reflection_id) =>
      unwrap(client.http.GET("/v1/reflections/{reflection_id}", { params: { path: { reflection_id } } })),
    ));
    assert.deepEqual([mine.data.state, theirs.data.state], ["submitted", "draft"]);
    queue.close();
  });
}

test("a dead id needs a person, blocks nothing else, and its delete is done", async () => {
  const { client, owner, network } = await offline();
  const { queue } = await opened(client, owner);
  const id = newId();
  const marker = `dead ${id}`;
  const path = { reflection_id: id };
  network.isUp = true;
  await unwrap(client.http.POST("/v1/reflections", { body: { id, text: "x" } }));
  await unwrap(client.http.DELETE("/v1/reflections/{reflection_id}", { params: { path, header: { "If-Match": '"1"' } } }));
  network.isUp = false;
  await create(queue, id, "again");
  await queue.put("delete_reflection", { path, ifMatch: '"1"' });
  await create(queue, newId(), marker);
  network.isUp = true;
  await settled(queue);
  const left = await queue.entries();
  assert.deepEqual(left.map((entry) => [entry.operation, entry.problem.code]), [["create_reflection", "gone"]]);
  assert.equal((await texts(client, marker)).length, 1);
  queue.close();
});

test("what a batch left out for want of time or room is sent in the next", async () => {
  const marker = `partial ${newId()}`;
  const { client, owner, network } = await offline(async (response, body) => {
    const { results } = await response.json();
    const left = { status: null, etag: null, body: null, problem: null };
    const cut = results.map((result, at) => (at < 2 ? result : { key: result.key, ...left, not_attempted: "out_of_time" }));
    return new Response(JSON.stringify({ results: body.items.length > 3 ? cut : results.slice(0, 2) }), response);
  });
  const { queue } = await opened(client, owner);
  const wanted = Array.from({ length: 7 }, (_, number) => `${marker} ${number}`);
  for (const text of wanted) await create(queue, newId(), text);
  network.isUp = true;
  await settled(queue);
  assert.deepEqual((await texts(client, marker)).sort(), wanted);
  queue.close();
});

test("a batch that the API refuses whole goes one by one, and the broken entry alone needs a person", async () => {
  const { client, owner, network } = await offline();
  const { queue } = await opened(client, owner);
  const marker = `whole ${newId()}`;
  await create(queue, newId(), `${marker} before`);
  await queue.put("update_reflection", { path: { reflection_id: newId() }, body: ["no object"], ifMatch: '"1"' });
  await create(queue, newId(), `${marker} after`);
  network.isUp = true;
  await settled(queue);
  assert.equal((await texts(client, marker)).length, 2);
  assert.deepEqual((await queue.entries()).map((entry) => entry.problem.status), [422]);
  assert.equal(network.sent.filter((one) => one === "POST /v1/sync").length, 1);
  queue.close();
});

test("a busy API and one that is silent are tried again, and nothing is left to a person", async () => {
  const marker = `busy ${newId()}`;
  let tried = 0;
  const { client, owner, network } = await offline(async (response) => {
    tried += 1;
    if (tried <= 5) return new Response(null, { status: 503, headers: { "Retry-After": "0" } });
    if (tried <= 10) throw new DOMException("timed out", "TimeoutError");
    return response;
  });
  const { queue } = await opened(client, owner);
  const wanted = [`${marker} 1`, `${marker} 2`];
  for (const text of wanted) await create(queue, newId(), text);
  network.isUp = true;
  await settled(queue);
  assert.deepEqual(await queue.entries(), []);
  assert.deepEqual((await texts(client, marker)).sort(), wanted);
  queue.close();
});

test("what a person drops leaves what builds on it to them, and another version moves it on", async () => {
  const { client, owner, network } = await offline();
  const { queue } = await opened(client, owner);
  const id = newId();
  network.isUp = true;
  await unwrap(client.http.POST("/v1/reflections", { body: { id, text: "first" } }));
  const elsewhere = { params: { path: { reflection_id: id }, header: { "If-Match": '"1"' } }, body: { text: "other phone" } };
  await unwrap(client.http.PATCH("/v1/reflections/{reflection_id}", elsewhere));
  network.isUp = false;
  const late = await update(queue, id, "late", '"1"');
  await queue.put("submit_reflection", { path: { reflection_id: id }, body: {}, ifMatch: '"2"', after: [late.key] });
  network.isUp = true;
  await until(async () => {
    await queue.send();
    return (await queue.entries())[0].problem?.code === "stale-version";
  }, "the late text to be refused");
  network.isUp = false;
  const [refused, waiting] = await queue.entries();
  assert.equal(waiting.state, "waiting", "it is not sent on the other text");
  await queue.again(refused, '"2-0123abcd"');
  const [again, follower] = await queue.entries();
  assert.deepEqual([again.if_match, follower.if_match, follower.after], ['"2-0123abcd"', '"3"', [again.key]]);
  await queue.discard(again);
  assert.deepEqual((await queue.entries()).map((entry) => [entry.state, entry.problem.code]), [["needs-you", "base-gone"]]);
  queue.close();
});
