/** Receiving webhooks, by Standard Webhooks: whether a message is of this API, and what it says. */
import type { Change } from "./feed.js";

/** What a message tells: ids and words. `id` is the same on each try: handle it once. */
export interface WebhookMessage {
  id: string;
  type: string;
  timestamp: string;
  data: Pick<Change, "kind" | "id" | "patient_id"> & { change: Change["change"] | "test" };
}

/** A message that is not of this API, was changed on its way, or is too old: answer 401. */
export class WebhookRefused extends Error {
  override readonly name = "WebhookRefused";
}

export const TOLERANCE_SECONDS = 300;

/**
 * Return what a message says. `body` are the bytes as they arrived. Raises WebhookRefused.
 *
 * `now` is in seconds since 1970; `secrets` is one, or those that count while you change it.
 */
export async function readWebhook(
  secrets: string | string[],
  headers: Headers | Record<string, string | string[] | undefined>,
  body: Uint8Array | string,
  now: number = Date.now() / 1000,
): Promise<WebhookMessage> {
  const given = headers instanceof Headers ? headers : new Headers(plain(headers));
  const id = given.get("webhook-id") ?? "";
  const stamp = given.get("webhook-timestamp") ?? "";
  if (id === "" || !/^\d{1,12}$/.test(stamp)) throw new WebhookRefused("no webhook-id, or no webhook-timestamp in seconds");
  if (Math.abs(now - Number(stamp)) > TOLERANCE_SECONDS) {
    throw new WebhookRefused("webhook-timestamp is more than five minutes from now: set this clock, or it is an old message");
  }
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const head = new TextEncoder().encode(`${id}.${stamp}.`);
  const signed = new Uint8Array(head.length + bytes.length);
  signed.set(head);
  signed.set(bytes, head.length);
  const signatures = (given.get("webhook-signature") ?? "").split(" ").flatMap(signatureOf);
  const checks = [secrets].flat().map(async (secret) => {
    const key = await crypto.subtle.importKey("raw", keyOf(secret), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
    return await Promise.all(signatures.map((one) => crypto.subtle.verify("HMAC", key, one, signed)));
  });
  if (!(await Promise.all(checks)).flat().includes(true)) {
    throw new WebhookRefused("no signature is of this body and secret; give the bytes as they arrived");
  }
  return messageOf(id, bytes);
}

/** Return headers as Node gives them, in one form. */
function plain(headers: Record<string, string | string[] | undefined>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().flatMap((one): [string, string][] => (one === undefined || name.startsWith(":") ? [] : [[name, one]])),
  );
}

function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  const key = bytesOf(secret.replace(/^whsec_/, ""));
  if (key === null || key.length === 0) throw new TypeError("the secret is no whsec_ of this API");
  return key;
}

/** Return the signature of the version that is known; there are two while a secret is rotated. */
function signatureOf(given: string): Uint8Array<ArrayBuffer>[] {
  const [version, text] = given.split(",", 2);
  const bytes = version === "v1" && text ? bytesOf(text) : null;
  return bytes === null ? [] : [bytes];
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

function messageOf(id: string, bytes: Uint8Array): WebhookMessage {
  const shape = "it is signed, but has a shape that this version does not know: update the client";
  try {
    const { type, timestamp, data } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as WebhookMessage;
    const texts = [type, timestamp, data.kind, data.id, data.change, data.patient_id ?? ""];
    if (texts.every((text) => typeof text === "string")) return { id, type, timestamp, data };
  } catch (error) {
    throw new WebhookRefused(shape, { cause: error });
  }
  throw new WebhookRefused(shape);
}
