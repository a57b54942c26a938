// Webhooks of the API's own sender, which JOURNAL_WEBHOOKS names: a file with messages, and their secrets.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readWebhook, WebhookRefused } from "../dist/index.js";

const { headers, body, old, new: fresh, id } = JSON.parse(readFileSync(process.env.JOURNAL_WEBHOOKS, "utf8"));
const now = Number(headers["webhook-timestamp"]);
const refused = (...given) => assert.rejects(readWebhook(...given), WebhookRefused);

test("a message of the API is read with either secret of a rotation", async () => {
  for (const secrets of [old, fresh, ["whsec_b3RoZXI=", fresh]]) {
    const message = await readWebhook(secrets, headers, body, now);
    assert.deepEqual([message.type, message.data.id, message.id], ["session.changed", id, headers["webhook-id"]]);
  }
  const bytes = new TextEncoder().encode(body);
  assert.equal((await readWebhook(fresh, new Headers(headers), bytes, now)).data.change, "changed");
  const titled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]));
  assert.equal((await readWebhook(fresh, titled, bytes, now)).data.change, "changed");
});

test("what was changed on its way is refused", async () => {
  const signature = headers["webhook-signature"];
  await refused("whsec_b3RoZXI=", headers, body, now);
  await refused(fresh, headers, body.replace("changed", "gone"), now);
  await refused(fresh, headers, `${body} `, now);
  await refused(fresh, { ...headers, "webhook-id": "another" }, body, now);
  await refused(fresh, { ...headers, "webhook-timestamp": String(now + 1) }, body, now);
  for (const name of ["webhook-id", "webhook-timestamp", "webhook-signature"]) {
    await refused(fresh, { ...headers, [name]: undefined }, body, now);
  }
  for (const stamp of ["", "soon", "1e9", "-1", "9".repeat(400)]) {
    await refused(fresh, { ...headers, "webhook-timestamp": stamp }, body, now);
  }
  for (const given of ["", "v1", "v1,", "v1,%%%", "v1,AAAA", ",", `v2${signature.slice(2)}`, signature.slice(0, 20)]) {
    await refused(fresh, { ...headers, "webhook-signature": given }, body, now);
  }
});

test("one good signature among others is enough", async () => {
  const mixed = { ...headers, "webhook-signature": `v1a,AAAA v1,%%% ${headers["webhook-signature"]} v1,AAAA` };
  assert.equal((await readWebhook(fresh, mixed, body, now)).data.id, id);
});

test("an old message and one of the future are refused", async () => {
  for (const late of [300, -300]) {
    await readWebhook(fresh, headers, body, now + late);
    await refused(fresh, headers, body, now + late + Math.sign(late));
  }
  await refused(fresh, { ...headers, "webhook-timestamp": "1000000000" }, body);
});

test("what is signed and of another shape is refused, and a secret that is none is the program's fault", async () => {
  const secret = `whsec_${Buffer.from("a key of the test").toString("base64")}`;
  for (const text of ["{}", "[]", "null", '{"type": "x"']) {
    const signature = createHmac("sha256", "a key of the test").update(`1.100.${text}`).digest("base64");
    const given = { "webhook-id": "1", "webhook-timestamp": "100", "webhook-signature": `v1,${signature}` };
    await assert.rejects(readWebhook(secret, given, text, 100), /update the client/);
  }
  for (const none of ["", "whsec_", "whsec_%"]) {
    await assert.rejects(readWebhook(none, { "webhook-id": "1", "webhook-timestamp": "100" }, "{}", 100), TypeError);
  }
});
