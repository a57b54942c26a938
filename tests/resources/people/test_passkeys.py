"""Passkeys, with an authenticator written in software: what holds, and everything that can be wrong about one."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from integration_api.access.actor import Role
from tests.factories.factors import (
    Authenticator,
    add_totp,
    b64,
    password_person,
    sign_in,
    unb64,
    with_token,
)
from tests.support import Api, Json, Person, World


@pytest.fixture
async def keyed(world: World) -> tuple[str, Person, Authenticator]:
    """A therapist with a passkey: address, signed in with it, and the authenticator."""
    email, person = await password_person(world)
    key = Authenticator()
    return email, await key.added_to(person), key


Keyed = tuple[str, Person, Authenticator]
ENV = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "src")}


@pytest.mark.parametrize("is_ed25519", [False, True], ids=["p256", "ed25519"])
async def test_a_passkey_signs_in_without_a_name(world: World, is_ed25519: bool) -> None:
    email, person = await password_person(world)
    key = Authenticator(is_ed25519=is_ed25519)
    await key.added_to(person)
    pair = await key.signs_in(world.api)
    signed_in = with_token(world.api, pair["access_token"])
    assert pair["account_id"] == person.id
    await signed_in.get("/patients")
    await signed_in.post("/me/recovery-codes")  # it was a fresh proof
    assert (await sign_in(world.api, email, expect=401))["factors"] == ["passkey", "recovery_code"]
    [factor] = (await signed_in.get("/me/factors"))["items"]
    assert (factor["kind"], factor["is_confirmed"], factor["label"]) == ("passkey", True, "Key")


async def test_what_is_asked_names_nobody(world: World, keyed: Keyed) -> None:
    first, second = await keyed[2].options(world.api), await keyed[2].options(world.api)
    assert first["challenge"] != second["challenge"]
    assert {**first, "challenge": ""} == {**second, "challenge": ""}
    assert first["rpId"] == "localhost"
    assert first["userVerification"] == "required"
    assert not first.get("allowCredentials")


async def test_a_new_passkey_is_asked_for_as_it_must_be(world: World, keyed: Keyed) -> None:
    email, person, key = keyed
    options = (await person.post("/me/factors/passkeys/options", expect=200))["public_key"]
    selection = options["authenticatorSelection"]
    assert (selection["residentKey"], selection["userVerification"]) == ("required", "required")
    assert [unb64(known["id"]) for known in options["excludeCredentials"]] == [key.credential_id]
    assert options["user"]["name"] == email
    assert unb64(options["user"]["id"]) == person.actor.clinic_id.bytes + person.actor.id.bytes


WRONG: dict[str, dict[str, Any]] = {
    "origin": {"origin": "https://localhost.evil.example"},
    "origin with another port": {"origin": "http://localhost:8001"},
    "origin that begins alike": {"origin": "http://localhost:80000"},
    "domain": {"rp_id": "evil.example"},
    "kind": {"type": "webauthn.create"},
    "no verified person": {"is_verified": False},
    "challenge of nobody": {"challenge": b64(bytes(16) + (2**33).to_bytes(8) + bytes(32))},
    "short challenge": {"challenge": b64(b"x")},
    "count that stands still": {"count": 1},
    "signature": {"signature": bytes(70)},
    "nobody's handle": {"user_handle": bytes(32)},
    "short handle": {"user_handle": b"x"},
    "no handle": {"user_handle": b""},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
async def test_a_wrong_answer_signs_nobody_in(world: World, keyed: Keyed, wrong: dict[str, Any]) -> None:
    _, _, key = keyed
    refused = await key.signs_in(world.api, 401, **wrong)
    unknown = Authenticator()
    unknown.user_handle = key.user_handle
    stranger = await unknown.signs_in(world.api, 401)
    assert {**refused, "request_id": ""} == {**stranger, "request_id": ""}
    await key.signs_in(world.api)


async def test_a_failure_is_in_the_ledger(world: World, keyed: Keyed) -> None:
    await keyed[2].signs_in(world.api, 401, is_verified=False)
    auditor = await world.staff(Role.AUDITOR)
    [row, *_] = (await auditor.get("/ledger"))["items"]
    assert (row["event"], row["outcome"], row["actor_id"]) == ("auth.factor_failed", "denied", keyed[1].id)


NEW_WRONG = {name: WRONG[name] for name in WRONG if name.split()[0] in ("origin", "domain", "no", "challenge", "short")}
NEW_WRONG = {n: w for n, w in NEW_WRONG.items() if "user_handle" not in w} | {"kind": {"type": "webauthn.get"}}


@pytest.mark.parametrize("wrong", NEW_WRONG.values(), ids=NEW_WRONG.keys())
async def test_a_wrong_answer_registers_nothing(world: World, wrong: dict[str, Any]) -> None:
    person = await world.therapist()
    options = (await person.post("/me/factors/passkeys/options", expect=200))["public_key"]
    body = {"credential": Authenticator().create(options, **wrong)}
    assert (await person.post("/me/factors/passkeys", body, expect=403))["code"] == "wrong-proof"
    assert (await person.get("/me/factors"))["items"] == []


async def test_a_challenge_is_answered_once(world: World, keyed: Keyed) -> None:
    """Also with another signature, by requests at the same time, and for registering."""
    _, person, key = keyed
    options = await key.options(world.api)
    bodies = [{"credential": key.get(options)} for _ in range(3)]
    answers = await asyncio.gather(*(world.api.send("POST", "/auth/passkey", json=body) for body in bodies))
    assert [answer.status_code for answer in answers].count(201) == 1
    again = await world.api.send("POST", "/auth/passkey", json={"credential": key.get(options)})
    assert again.status_code == 401
    new = (await person.post("/me/factors/passkeys/options", expect=200))["public_key"]
    await person.post("/me/factors/passkeys", {"credential": Authenticator().create(new)})
    await person.post("/me/factors/passkeys", {"credential": Authenticator().create(new)}, expect=403)


async def test_a_challenge_lasts_five_minutes(world: World, keyed: Keyed) -> None:
    _, person, key = keyed
    options = [await key.options(world.api) for _ in range(2)]
    new = (await person.post("/me/factors/passkeys/options", expect=200))["public_key"]
    world.api.clock.advance(minutes=4, seconds=58)
    answer = await world.api.send("POST", "/auth/passkey", json={"credential": key.get(options[0])})
    assert answer.status_code == 201
    world.api.clock.advance(seconds=3)
    answer = await world.api.send("POST", "/auth/passkey", json={"credential": key.get(options[1])})
    assert answer.status_code == 401
    fresh = await key.options(world.api)
    credential = key.get(fresh)
    proved = await person.post("/auth/step-up", {"credential": credential}, expect=200)
    person = with_token(world.api, proved["access_token"])
    await person.post("/me/factors/passkeys", {"credential": Authenticator().create(new)}, expect=403)


async def test_a_challenge_for_a_new_passkey_is_one_person_s_and_signs_nobody_in(world: World, keyed: Keyed) -> None:
    _, person, key = keyed
    other = await world.therapist()
    new = (await person.post("/me/factors/passkeys/options", expect=200))["public_key"]
    await other.post("/me/factors/passkeys", {"credential": Authenticator().create(new)}, expect=403)
    used = await world.api.send("POST", "/auth/passkey", json={"credential": key.get(new)})
    assert used.status_code == 401
    for_use = {**await key.options(world.api), "user": new["user"]}
    await person.post("/me/factors/passkeys", {"credential": Authenticator().create(for_use)}, expect=403)


async def test_a_passkey_is_registered_once_in_a_clinic(world: World, keyed: Keyed) -> None:
    _, person, key = keyed
    other = await world.therapist()
    options = (await other.post("/me/factors/passkeys/options", expect=200))["public_key"]
    handle = key.user_handle
    assert (await other.post("/me/factors/passkeys", {"credential": key.create(options)}, expect=409))["code"] == (
        "passkey-taken"
    )
    key.user_handle = handle
    assert (await key.signs_in(world.api))["account_id"] == person.id


async def test_a_copied_key_is_noticed_by_its_count(world: World, keyed: Keyed) -> None:
    _, _, key = keyed
    await key.signs_in(world.api)
    key.count -= 1  # the copy has not seen the last use
    await key.signs_in(world.api, 401)


async def test_a_passkey_without_a_count_works_again_and_again(world: World) -> None:
    """Passkeys that are synchronised between devices do not count."""
    _, person = await password_person(world)
    key = Authenticator()
    options = (await person.post("/me/factors/passkeys/options", expect=200))["public_key"]
    await person.post("/me/factors/passkeys", {"credential": key.create(options, count=0)})
    for _ in range(2):
        await key.signs_in(world.api, count=0)


async def test_a_removed_passkey_and_one_of_a_disabled_account_sign_nobody_in(world: World, keyed: Keyed) -> None:
    _, person, key = keyed
    person, _ = await add_totp(person)
    passkey = next(f for f in (await person.get("/me/factors"))["items"] if f["kind"] == "passkey")
    version = (await world.admin.get(f"/accounts/{person.id}"))["version"]
    disabled = await world.admin.patch(f"/accounts/{person.id}", {"state": "disabled"}, version)
    await key.signs_in(world.api, 401)
    await world.admin.patch(f"/accounts/{person.id}", {"state": "active"}, disabled["version"])
    person = with_token(world.api, (await key.signs_in(world.api))["access_token"])
    await person.delete(f"/me/factors/{passkey['id']}")
    await key.signs_in(world.api, 401)


async def test_used_challenges_are_not_kept_for_ever(world: World, keyed: Keyed, api: Api) -> None:
    _, _, key = keyed
    clinic_id = keyed[1].actor.clinic_id
    for _ in range(3):
        await key.signs_in(api)
        api.clock.advance(minutes=6)
    clinic = clinic_id.hex if api.runtime.database.driver.dialect == "sqlite" else clinic_id
    [[count]] = await api.runtime.database.driver.read(
        f"SELECT count(*) FROM used_challenges WHERE clinic_id = '{clinic}'",  # noqa: S608  an id of ours
        (),
    )
    assert count == 1


HOSTILE: list[Any] = [
    {},
    {"id": "x"},
    {"id": 1, "rawId": [], "type": {}, "response": "x"},
    {"response": {"clientDataJSON": "%%%"}},
    {"response": {"clientDataJSON": None, "userHandle": 7}},
    {"response": [[[[]]]] * 9},
    {"id": "A" * 5000, "rawId": "A" * 5000, "type": "public-key", "response": {}},
]


@pytest.mark.parametrize("credential", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_hostile_answer_is_refused(world: World, credential: Json) -> None:
    answer = await world.api.send("POST", "/auth/passkey", json={"credential": credential})
    assert answer.status_code == 401
    person = await world.therapist()
    await person.post("/me/factors/passkeys", {"credential": credential}, expect=403)
    await person.post("/auth/step-up", {"credential": credential}, expect=403)


@pytest.mark.parametrize(
    "part", ["clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject"]
)
async def test_an_answer_with_one_part_spoiled_is_refused(world: World, keyed: Keyed, part: str) -> None:
    _, person, key = keyed
    for spoiled in ("", "AAAA", "!", 7, None, b64(b"{}"), b64(b'{"challenge": 1}'), b64(b"\xa1\x61a\x9f" * 50)):
        good = key.get(await key.options(world.api))
        new = (await person.post("/me/factors/passkeys/options", expect=200))["public_key"]
        made = Authenticator().create(new)
        for credential, path, status in ((good, "/auth/passkey", 401), (made, "/me/factors/passkeys", 403)):
            if part in credential["response"]:
                credential["response"][part] = spoiled
                answer = await person.send("POST", path, {"credential": credential})
                assert answer.status_code == status, answer.text


@pytest.mark.thorough
def test_the_library_is_loaded_by_the_first_passkey_only() -> None:
    """Half a second and five megabytes, which a process without passkeys does without."""
    script = (
        "import sys, integration_api.app as a; a.create_app(); print({'webauthn', 'pyotp', 'cbor2'} & {*sys.modules})"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=ENV)
    assert ran.stdout == "set()\n"
