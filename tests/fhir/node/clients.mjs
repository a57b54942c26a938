// Two clients of FHIR that others wrote: they discover, get a token, read what is claimed, search and follow pages.
// Environment: BASE (the address of FHIR), CLIENT_ID, KEY (PKCS #8, PEM). Each finding is one line; none is right.
import assert from "node:assert/strict";
import { randomUUID, sign } from "node:crypto";
import { fetchWellKnownJson, getSecurityExtensions } from "fhirclient/lib/smart.js";
import FhirClient from "fhirclient/lib/FhirClient.js";
import { CapabilityTool, Client } from "fhir-kit-client";

const { BASE, CLIENT_ID, KEY } = process.env;

function assertion(audience) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = Math.floor(Date.now() / 1000) + 200;
  const claims = { iss: CLIENT_ID, sub: CLIENT_ID, aud: audience, exp, jti: randomUUID() };
  const text = `${part({ alg: "ES384", typ: "JWT", kid: "one" })}.${part(claims)}`;
  const signature = sign("sha384", Buffer.from(text), { key: KEY, dsaEncoding: "ieee-p1363" });
  return `${text}.${signature.toString("base64url")}`;
}

async function token(endpoint) {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    scope: "system/Patient.rs system/Encounter.rs system/Composition.rs",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion(endpoint),
  });
  const answer = await fetch(endpoint, { method: "POST", body: form });
  const body = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(body));
  return body.access_token;
}

async function byFhirclient(endpoint, bearer) {
  const client = new FhirClient.default(BASE);
  const headers = { authorization: `Bearer ${bearer}` };
  const bundle = await client.fhirRequest("Patient?_count=2", { headers });
  assert.equal(bundle.resourceType, "Bundle");
  assert.equal(bundle.entry.length, 2);
  const oauth = await getSecurityExtensions(BASE);
  assert.equal(oauth.tokenUri, endpoint);
  return bundle.entry.length;
}

async function byKit(endpoint, bearer) {
  const client = new Client({ baseUrl: BASE });
  const metadata = await client.smartAuthMetadata();
  assert.equal(String(metadata.tokenUrl), endpoint);
  const capabilities = new CapabilityTool(await client.capabilityStatement());
  assert.ok(capabilities.resourceCan("Patient", "read"));
  assert.ok(!capabilities.resourceCan("Patient", "create"));
  assert.ok(capabilities.resourceSearch("Encounter", "patient"));
  client.bearerToken = bearer;
  let page = await client.search({ resourceType: "Encounter", searchParams: { _count: 5 } });
  let count = 0;
  while (page) {
    count += page.entry?.length ?? 0;
    page = page.link.some((link) => link.relation === "next") ? await client.nextPage({ bundle: page }) : undefined;
  }
  assert.ok(count > 5, `${count} encounters`);
  const [first] = (await client.search({ resourceType: "Composition", searchParams: { _count: 1 } })).entry;
  const read = await client.read({ resourceType: "Composition", id: first.resource.id });
  assert.equal(read.id, first.resource.id);
  await assert.rejects(client.search({ resourceType: "Flag" }), (error) => error.response.status === 403);
  return count;
}

const wellKnown = await fetchWellKnownJson(BASE);
assert.deepEqual(wellKnown.grant_types_supported, ["client_credentials"]);
const bearer = await token(wellKnown.token_endpoint);
const counts = {
  fhirclient: await byFhirclient(wellKnown.token_endpoint, bearer),
  "fhir-kit-client": await byKit(wellKnown.token_endpoint, bearer),
};
console.log(JSON.stringify({ token: bearer, counts }));
