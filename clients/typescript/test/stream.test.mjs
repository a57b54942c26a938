// The live stream against a running API, which the caller restarts when JOURNAL_SIGNALS/please-restart is there.
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { EventReader, Feed, newId, unwrap } from "../dist/index.js";
import { other, root, signedIn, unending, until } from "./support.mjs";

const signals = process.env.JOURNAL_SIGNALS;

/** Follow as this client, until it ends by itself or by `stop`. */
function following(client) {
  const told = [];
  const made = { told, restarts: 0, end: null, stop: new AbortController() };
  const feed = new Feed({
    client,
    cursor: null,
    onPage: async (page) => void told.push(...page.items),
    onRestart: async () => void (made.restarts += 1),
  });
  made.ended = feed.follow(made.stop.signal).then((end) => (made.end = end));
  return made;
}

const write = async (client, text) => (await unwrap(client.http.POST("/v1/reflections", { body: { id: newId(), text } }))).data.id;
const isTold = (followed, id) => until(() => followed.told.some((item) => item.id === id), "an event");

/** A client whose streams are answered by `script`, one after the other; null: by the API. */
async function scripted(script) {
  const seen = { streams: [], refreshes: 0 };
  const made = await signedIn({
    fetch: async (request) => {
      if (request.url.endsWith("/refresh")) seen.refreshes += 1;
      if (!request.url.endsWith("/v1/events")) return await fetch(request);
      seen.streams.push(request.headers.get("Last-Event-ID"));
      const next = script.shift();
      if (next === undefined || next === null) return await fetch(request);
      if (typeof next === "function") return await next(request);
      if (typeof next === "number") return new Response("{}", { status: next, headers: { "Content-Type": "application/json" } });
      return new Response(next, { headers: { "Content-Type": "text/event-stream; charset=utf-8" } });
    },
  });
  return { ...made, seen };
}
const END = (reason) => `retry: 1\nevent: end\ndata: {"reason": "${reason}"}\n\n`;

test("an event arrives, and a restart of the server is survived", async () => {
  const { client } = await signedIn();
  const followed = following(client);
  const first = await write(client, "before");
  await isTold(followed, first);
  const second = await write(client, "live");
  await isTold(followed, second);
  writeFileSync(`${signals}/please-restart`, "");
  await until(() => existsSync(`${signals}/restarted`), "the restart");
  const third = await write(client, "after");
  await isTold(followed, third);
  for (const id of [second, third]) assert.equal(followed.told.filter((item) => item.id === id).length, 1);
  assert.equal(followed.end, null);
  followed.stop.abort();
  assert.equal(await followed.ended, "aborted");
});

test("the end of access ends it", async () => {
  const { client } = await signedIn({}, other);
  const followed = following(client);
  await isTold(followed, await write(client, "mine"));
  const elsewhere = await signedIn({}, other);
  await unwrap(elsewhere.client.http.DELETE("/v1/me/sign-ins"));
  assert.equal(await followed.ended, "sign-in-ended");
  assert.equal(client.auth.accountId, null);
});

for (const [reason, refreshes, restarts] of [
  ["token_over", 1, 0],
  ["sign_in_ended", 1, 0],
  ["too_far_behind", 0, 0],
  ["server_stops", 0, 0],
  ["a_new_reason", 0, 0],
  ["cursor_expired", 0, 1],
]) {
  test(`${reason}: it comes back with its cursor`, async () => {
    const { client, seen } = await scripted([END(reason), null]);
    const followed = following(client);
    await until(() => seen.streams.length === 2, "the next stream");
    await isTold(followed, await write(client, reason));
    assert.deepEqual([seen.refreshes, followed.restarts, seen.streams.every((cursor) => cursor !== null)], [refreshes, restarts, true]);
    followed.stop.abort();
    await followed.ended;
  });
}

test("410 begins the feed anew; a stream that is cut, of another kind or refused for now is opened again", async () => {
  const { client, seen } = await scripted([410, "retry: 1\nid: cut", "retry: 1\n\n", 503, null]);
  const followed = following(client);
  await until(() => seen.streams.length === 5, "the last stream");
  assert.equal(followed.restarts, 1);
  followed.stop.abort();
  assert.equal(await followed.ended, "aborted");
});

test("a stream that says nothing for long is opened again, also if fetch forgets its signal, as Node's may", async (t) => {
  let isOpen = false;
  const quiet = () => {
    isOpen = true;
    return unending(": ping\n\n", { "Content-Type": "text/event-stream" });
  };
  const { client, seen } = await scripted([quiet, null]);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const followed = following(client);
  await until(() => isOpen, "the silent stream");
  await until(() => {
    t.mock.timers.tick(5000);
    return seen.streams.length === 2;
  }, "the next stream");
  followed.stop.abort();
  assert.equal(await followed.ended, "aborted");
});

for (const [status, end] of [[403, "forbidden"]]) {
  test(`${status} ends it`, async () => {
    const { client } = await scripted([status]);
    assert.equal(await following(client).ended, end);
  });
}

test("a handler that fails ends it with its error, and the event was not counted as handled", async () => {
  const item = JSON.stringify({ kind: "note", id: newId(), patient_id: null, change: "changed", at: "2026-11-20T15:00:00Z" });
  const { client, seen } = await scripted([`id: NEXT\ndata: ${item}\n\n`]);
  const feed = new Feed({
    client,
    cursor: null,
    onPage: async (page) => {
      if (page.next_cursor === "NEXT") throw new Error("the disk is full");
    },
    onRestart: async () => undefined,
  });
  await assert.rejects(feed.follow(), /the disk is full/);
  assert.equal(seen.streams.length, 1);
  assert.ok(root);
});

const STREAM = Buffer.from(
  "\ufeffretry: 250\r: a comment\r\nid: 1\ndata: one\r\ndata:two\n\nevent: end\rdata\r\r" +
    "id: 2\n\ndata:  spaced\n\nnothing: here\nid: a\0b\ndata: é\n\ndata: unfinished",
);
const EVENTS = [
  { event: "message", data: "one\ntwo", id: "1" },
  { event: "end", data: "", id: "1" },
  { event: "message", data: " spaced", id: "2" },
  { event: "message", data: "é", id: "2" },
];

test("events are the same however the bytes are cut", () => {
  for (let size = 1; size <= STREAM.length; size += 1) {
    const reader = new EventReader();
    const found = [];
    for (let at = 0; at < STREAM.length; at += size) found.push(...reader.feed(STREAM.subarray(at, at + size)));
    assert.deepEqual(found, EVENTS);
    assert.equal(reader.retryMs, 250);
  }
  const endless = new EventReader();
  assert.throws(() => {
    for (let part = 0; part < 30; part += 1) endless.feed(Buffer.from(`data: ${"x".repeat(50_000)}\n`));
  }, RangeError);
});

test("stopping ends it at once, also while the feed is not answered", async () => {
  let isAsked = false;
  const { client } = await signedIn({
    fetch: async (request) => {
      if (!request.url.includes("/v1/changes")) return await fetch(request);
      isAsked = true;
      return await new Promise(() => undefined); // as a request that is lost on its way
    },
  });
  const followed = following(client);
  await until(() => isAsked, "the feed to be asked");
  followed.stop.abort();
  assert.equal(await followed.ended, "aborted");
});
