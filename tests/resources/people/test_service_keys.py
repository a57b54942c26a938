"""The public keys of a program: which are taken, who may set them, and who is told."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from integration_api.access.actor import Role
from tests.factories.factors import proved_ago
from tests.factories.smart import jwk, key_pair
from tests.support import Json, World

FACTS = {"name": "Data platform", "scopes": ["patient:list"]}


async def path_of(world: World) -> str:
    made = await world.admin.post("/service-accounts", FACTS)
    return f"/service-accounts/{made['id']}/keys"


async def test_an_admin_sets_keys_and_they_are_told_by_their_ids(world: World) -> None:
    path = await path_of(world)
    none = await world.admin.get(path)
    assert (none["key_ids"], none["jwks_url"], none["version"]) == ([], None, 1)
    assert none["client_id"] == f"{world.clinic_id}.{none['id']}"
    keys = [jwk(key_pair("ES384"), "one"), jwk(key_pair("RS384"), "two")]
    kept = await world.admin.put(path, {"jwks": {"keys": keys}}, 1)
    assert (kept["key_ids"], kept["jwks_url"], kept["version"]) == (["one", "two"], None, 2)
    await world.admin.put(path, {}, 1, expect=412)
    at_address = await world.admin.put(path, {"jwks_url": "https://app.example.org/jwks.json"}, 2)
    assert (at_address["key_ids"], at_address["jwks_url"]) == ([], "https://app.example.org/jwks.json")
    assert await world.admin.get(path) == at_address
    gone = await world.admin.put(path, {}, 3)
    assert (gone["key_ids"], gone["jwks_url"], gone["version"]) == ([], None, 4)


async def test_who_answers_for_data_that_leaves_is_told(world: World) -> None:
    officer, auditor = await world.staff(Role.PRIVACY_OFFICER), await world.staff(Role.AUDITOR)
    other = await world.staff(Role.CLINIC_ADMIN)
    made = await world.admin.post("/service-accounts", {**FACTS, "scopes": ["system/Patient.rs"]})
    await world.admin.put(f"/service-accounts/{made['id']}/keys", {"jwks_url": "https://app.example.org/k"}, 1)
    granted = (await auditor.get("/ledger", params={"event": "service_account.fhir_granted"}))["items"]
    assert [(row["subject_id"], row["reason"]) for row in granted] == [(made["id"], "system/Patient.rs")]
    for person, events in (
        (officer, {"service_account.fhir_granted", "service_account.keys_set"}),
        (other, {"service_account.keys_set"}),
    ):
        told = (await person.get("/notices"))["items"]
        assert events <= {notice["event"] for notice in told}


async def test_only_admins_with_a_fresh_proof_set_keys(world: World) -> None:
    path = await path_of(world)
    therapist = await world.therapist()
    await therapist.get(path, expect=403)
    await therapist.put(path, {}, 1, expect=403)
    other = await World.build(world.api)
    await other.admin.get(path, expect=404)
    await other.admin.put(path, {}, 1, expect=404)
    late = proved_ago(world.admin, minutes=6)
    assert (await late.put(path, {}, 1, expect=403))["code"] == "step-up-required"


def changed(key: Json, **changes: object) -> Json:
    return {name: value for name, value in (key | changes).items() if value is not None}


EC, RSA = jwk(key_pair("ES384"), "one"), jwk(key_pair("RS384"), "one")
REFUSED: dict[str, Json] = {
    "a short RSA key": jwk(rsa.generate_private_key(65537, 1024), "one"),  # noqa: S505  what is refused
    "another curve": jwk(ec.generate_private_key(ec.SECP256R1()), "one"),
    "a shared secret": {"kty": "oct", "kid": "one", "n": "AAAA"},
    "a key for encryption": changed(EC, use="enc"),
    "another algorithm": changed(EC, alg="ES256"),
    "an algorithm of the other kind": changed(RSA, alg="ES384"),
    "half a key": changed(EC, y=None),
    "a point beside the curve": changed(EC, x=EC["y"], y=EC["x"]),
    "a private key": changed(EC, d="AAAA"),
    "no id": changed(EC, kid=None),
    "a member of more": changed(EC, x5u="https://elsewhere.example.org"),
}


@pytest.mark.parametrize("wrong", REFUSED)
async def test_a_key_that_cannot_be_used_is_refused(world: World, wrong: str) -> None:
    path = await path_of(world)
    await world.admin.put(path, {"jwks": {"keys": [REFUSED[wrong]]}}, 1, expect=422)
    assert (await world.admin.get(path))["key_ids"] == []


async def test_two_keys_of_one_id_and_two_sources_are_refused(world: World) -> None:
    path = await path_of(world)
    await world.admin.put(path, {"jwks": {"keys": [EC, RSA]}}, 1, expect=422)
    await world.admin.put(path, {"jwks": {"keys": []}}, 1, expect=422)
    both = {"jwks": {"keys": [EC]}, "jwks_url": "https://app.example.org/k"}
    await world.admin.put(path, both, 1, expect=422)


@pytest.mark.parametrize(
    "url", ["http://app.example.org/k", "https://127.0.0.1/k", "https://localhost/k", "file:///k", "x"]
)
async def test_an_address_that_leads_inside_is_refused(world: World, url: str) -> None:
    path = await path_of(world)
    await world.admin.put(path, {"jwks_url": url}, 1, expect=422)
