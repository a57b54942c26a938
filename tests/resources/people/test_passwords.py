"""Passwords: which are taken, how they are kept, changing one, and setting a new one with a code."""

import asyncio
import hashlib
import hmac
from typing import Any
from uuid import uuid4

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from integration_api.access.actor import Role
from integration_api.access.password_hashes import Passwords, holder
from integration_api.core.ids import new_id
from integration_api.resources.people.accounts.password_strength import choices
from integration_api.resources.people.accounts.rules import password_fault
from integration_api.settings import Settings
from tests.factories.factors import (
    PASSWORD,
    Authenticator,
    add_totp,
    code_of,
    invite,
    password_person,
    sign_in,
    with_token,
)
from tests.support import Api, Json, Person, World

OTHER = "nine lamps beside a ferry"

# ── which ──


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "abababababababababab",
        "abcdefghijklmnopqrstuvwxyz",
        "zyxwvutsrqponmlkjihg",
        "0123456789012345",
        "98765432109876543210",
        "qwertyuiopasdfghjkl",
        "Qwertzuiop1234567890",
        "1q2w3e4r5t6y7u8i9o0p",
        "1qaz2wsx3edc4rfv5tgb",
        "passwordpassword",
        "P@ssw0rd!P@ssw0rd!2024",
        "password-welcome-summer",
        "iloveyouiloveyouiloveyou",
        "letmein letmein please",
        "correct horse battery staple",
        "Summer2026Summer2026",
        "integration-api-password",
        "Integration Journal 2026",
        "willow-house-willow-house",
        "WillowHouse12345678",
        "imani vale imani vale",
        "ImaniValeImaniVale1234",
        "imani.vale@example.org",
        "x" * 1024,
    ],
)
def test_what_is_easy_to_guess_is_refused(password: str) -> None:
    about = ("Willow House", "willow-house", "Imani Vale", "imani.vale@example.org")
    assert password_fault(password, about) == ("too_common", "too easy to guess")


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        OTHER,
        "alllowercaseandnothingelsewhatever",
        "ночью река была тиха",
        "湖は静かだった、夜の中で、ずっと",
        "…………… 7 otters row !",
        "tgk4-wq9d-zu2h-m",
        "x7" * 3 + " é漢 gannet over the weir",
        " spaces  before and after it ",
    ],
)
def test_any_characters_will_do(password: str) -> None:
    assert password_fault(password, ("Willow House", "Imani Vale")) is None


def test_characters_are_counted_as_a_person_sees_them() -> None:
    """Code points after NFC: an accent that is typed apart is no character of its own."""
    apart = "quiet-otter-re\u0301"  # 15 code points, 14 of them in NFC
    assert password_fault(apart, ()) == ("too_short", "must have at least 15 characters")
    assert password_fault(apart + "s", ()) is None
    assert password_fault("quiet-otter-ré", ()) is not None
    assert password_fault("😀🐙🌊🛶🏮🎻🧭🪁🌾🦉🪵🧵🍐🐌🎈", ()) is None


def test_what_follows_from_something_known_is_one_choice() -> None:
    assert choices("summer") == choices("aaaa") == choices("4321") == choices("asdf") == 1
    assert choices("vaul") == 4
    assert choices("vaulvaul") == 5
    assert choices("s1mm3r") == 6
    assert choices("p455w0rd") == 1


# ── how they are kept ──

HOLDER = bytes(32)


@pytest.fixture
def passwords() -> Any:
    made = Passwords(8192, b"p" * 32)
    yield made
    made.close()


async def test_argon2id_with_the_parameters_that_were_decided(passwords: Passwords) -> None:
    """Source: RFC 9106, 4, the second choice: 64 MiB, three passes, four lanes."""
    encoded = await passwords.hash(PASSWORD, HOLDER)
    found = extract_parameters(encoded)
    assert (found.type, found.version, found.time_cost, found.parallelism) == (Type.ID, 19, 3, 4)
    assert (found.salt_len, found.hash_len, found.memory_cost) == (16, 32, 8192)
    assert Settings.model_fields["argon2_memory_kib"].default == 65536
    assert len(encoded) <= 200


@pytest.mark.thorough
async def test_no_password_is_cut_off(passwords: Passwords) -> None:
    long = "".join(f"{at:02}" for at in range(40))
    other = long[:75] + "x" + long[76:]
    encoded = await passwords.hash(long, HOLDER)
    assert await passwords.is_right(encoded, long, HOLDER)
    assert not await passwords.is_right(encoded, other, HOLDER)
    longest = "ж" * 1023
    encoded = await passwords.hash(longest + "a", HOLDER)
    assert not await passwords.is_right(encoded, longest + "b", HOLDER)
    assert await passwords.is_right(await passwords.hash("a\x00b" * 9, HOLDER), "a\x00b" * 9, HOLDER)
    assert not await passwords.is_right(await passwords.hash("a\x00b" * 9, HOLDER), "a\x00c" * 9, HOLDER)


@pytest.mark.thorough
async def test_a_hash_is_a_password_of_its_account_alone(passwords: Passwords) -> None:
    """In its clinic: whoever chooses an account's id, in another clinic, chooses that one alone."""
    clinic, account = new_id(), new_id()
    encoded = await passwords.hash(PASSWORD, holder(clinic, account))
    assert await passwords.is_right(encoded, PASSWORD, holder(clinic, account))
    for other in ((clinic, new_id()), (new_id(), account), (account, clinic)):
        assert not await passwords.is_right(encoded, PASSWORD, holder(*other))


async def test_one_password_however_it_is_typed(passwords: Passwords) -> None:
    assert await passwords.is_right(await passwords.hash("re\u0301sume\u0301", HOLDER), "résumé", HOLDER)


@pytest.mark.thorough
async def test_the_database_alone_does_not_tell_whether_a_guess_is_right(passwords: Passwords) -> None:
    """What Argon2 has seen is keyed by a secret that is not in the database."""
    encoded = await passwords.hash(PASSWORD, HOLDER)
    plain = PasswordHasher()
    with pytest.raises(Exception, match="does not match"):
        plain.verify(encoded, PASSWORD)
    assert plain.verify(encoded, hmac.new(b"p" * 32, HOLDER + PASSWORD.encode(), hashlib.sha256).hexdigest())
    other = Passwords(8192, b"q" * 32)
    assert not await other.is_right(encoded, PASSWORD, HOLDER)
    other.close()


class Counted(Passwords):
    """Counts how often Argon2 runs."""

    runs = 0

    async def _run(self, *arguments: Any) -> Any:
        self.runs += 1
        return await super()._run(*arguments)


@pytest.mark.thorough
async def test_known_and_unknown_cost_the_same_and_answer_alike(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One hash each, and the same bytes; for codes none, known or not."""
    email, account = await invite(world)
    disabled, gone = await invite(world)
    await world.admin.patch(f"/accounts/{gone['id']}", {"state": "disabled"}, 2)
    uninvited = f"{uuid4().hex}@example.org"
    await world.admin.post("/accounts", {"name": "N", "email": uninvited, "roles": ["auditor"]})
    counted = Counted(8192, world.api.runtime.vault.derive("password-pepper"))
    monkeypatch.setattr(world.api.runtime, "passwords", counted)
    answers = []
    for address in (email, disabled, uninvited, f"{uuid4().hex}@example.org"):
        before = counted.runs
        body = {"email": address, "password": OTHER}
        answer = await world.api.send("POST", "/auth/tokens", json=body, headers={"X-Request-Id": "same"})
        assert counted.runs - before == 1
        answers.append((answer.status_code, answer.content, dict(answer.headers)))
    assert answers[1:] == answers[:-1]
    invitation = await world.admin.post(f"/accounts/{account['id']}/password-reset")
    code = str(invitation["code"])
    unknown = code[:-8] + ("AAAAAA==" if code[-8:] != "AAAAAA==" else "BAAAAA==")
    before = counted.runs
    found = [
        (await world.api.send("POST", "/invitations/accept", json={"code": c, "password": OTHER})).json()
        for c in (unknown, "A" * 86 + "==", "B" * 85 + "A==")
    ]
    assert counted.runs == before
    assert len({str({**problem, "request_id": ""}) for problem in found}) == 1
    counted.close()


async def test_an_account_that_changes_while_the_password_is_checked_is_not_signed_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was looked at before the hash must still be so when the sign-in begins."""
    email, account = await invite(world)

    class Slow(Passwords):
        async def is_right(self, encoded: str | None, password: str, of: bytes) -> bool:
            await world.admin.patch(f"/accounts/{account['id']}", {"state": "disabled"}, 2)
            return await super().is_right(encoded, password, of)

    slow = Slow(8192, world.api.runtime.vault.derive("password-pepper"))
    monkeypatch.setattr(world.api.runtime, "passwords", slow)
    assert (await sign_in(world.api, email, expect=401))["code"] == "wrong-sign-in"
    slow.close()


# ── changing it ──


async def test_a_password_is_changed_and_every_other_sign_in_ends(world: World) -> None:
    email, person = await password_person(world)
    person, secret = await add_totp(person)
    other = with_token(
        world.api, (await sign_in(world.api, email, totp_code=code_of(world.api, secret)))["access_token"]
    )
    body = {"old_password": PASSWORD, "password": OTHER}
    token = (await _put(person, body, 200))["access_token"]
    await other.get("/me", expect=401)
    for mine in (with_token(world.api, token), person):  # the token of before is looked at again, and is its sign-in's
        await mine.get("/patients")
    world.api.clock.advance(seconds=30)
    await sign_in(world.api, email, expect=401, totp_code=code_of(world.api, secret))
    await sign_in(world.api, email, OTHER, totp_code=code_of(world.api, secret))
    assert "password.changed" in [notice["event"] for notice in (await person.get("/notices"))["items"]]
    assert "password.changed" in await events_of(world)


async def _put(person: Person, body: Json, expect: int) -> Json:
    answer = await person.send("PUT", "/me/password", body)
    assert answer.status_code == expect, answer.text
    found: Json = answer.json()
    return found


async def events_of(world: World) -> list[str]:
    auditor = await world.staff(Role.AUDITOR)
    return [row["event"] for row in (await auditor.get("/ledger", params={"limit": 100}))["items"]]


async def test_changing_needs_the_old_password_and_a_good_new_one(world: World) -> None:
    _, person = await password_person(world)
    person, _ = await add_totp(person)
    assert (await _put(person, {"old_password": OTHER, "password": OTHER}, 403))["code"] == "wrong-proof"
    for easy in ("short", "Imani Vale 2026", "imani-vale-imani-vale", "test house test house"):
        problem = await _put(person, {"old_password": PASSWORD, "password": easy}, 422)
        assert problem["errors"][0]["field"] == "body.password"
    world.api.clock.advance(minutes=6)
    assert (await _put(person, {"old_password": PASSWORD, "password": OTHER}, 403))["code"] == "step-up-required"


async def test_one_of_two_changes_at_the_same_time_wins(world: World) -> None:
    _, person = await password_person(world)
    person, _ = await add_totp(person)
    bodies = [{"old_password": PASSWORD, "password": f"{OTHER} {number}"} for number in ("seven", "eight")]
    answers = await asyncio.gather(*(person.send("PUT", "/me/password", body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [200, 403]


# ── patients ──


async def new_patient(world: World) -> tuple[Person, str, Json]:
    """Therapist, the patient's address, and the invitation."""
    therapist = await world.therapist()
    email = f"juniper.{uuid4().hex}@example.org"
    chart = await therapist.post("/patients", {"name": "Juniper Mockingbird", "email": email})
    return therapist, email, await therapist.post("/invitations", {"patient_id": chart["id"]}) | {"chart": chart["id"]}


async def test_a_patient_s_password_is_not_built_on_what_the_chart_knows(world: World) -> None:
    _, email, invitation = await new_patient(world)
    for easy in ("juniper mockingbird", "Mockingbird2026Mockingbird", email):
        body = {"code": invitation["code"], "password": easy}
        answer = await world.api.send("POST", "/invitations/accept", json=body)
        assert answer.status_code == 422, easy
    body = {"code": invitation["code"], "password": PASSWORD}
    assert (await world.api.send("POST", "/invitations/accept", json=body)).status_code == 204
    patient = with_token(world.api, (await sign_in(world.api, email))["access_token"])
    await _put(patient, {"old_password": PASSWORD, "password": "mockingbird mockingbird"}, 422)
    await _put(patient, {"old_password": PASSWORD, "password": OTHER}, 200)


async def test_a_patient_s_account_is_disabled_and_opened_again(world: World) -> None:
    therapist, email, invitation = await new_patient(world)
    await world.api.send("POST", "/invitations/accept", json={"code": invitation["code"], "password": PASSWORD})
    patient = with_token(world.api, (await sign_in(world.api, email))["access_token"])
    path = f"/patients/{invitation['chart']}/account"
    account = await world.admin.get(path)
    assert (account["id"], account["roles"], account["name"], account["email"]) == (patient.id, ["patient"], None, None)
    assert await therapist.get(path) == account
    await (await world.therapist()).get(path, expect=404)
    await world.admin.patch(f"/accounts/{patient.id}", {"name": "N", "state": "disabled"}, account["version"], 422)
    await world.admin.patch(f"/accounts/{patient.id}", {"roles": ["therapist"]}, account["version"], 422)
    disabled = await world.admin.patch(f"/accounts/{patient.id}", {"state": "disabled"}, account["version"])
    await patient.get("/me", expect=401)
    await sign_in(world.api, email, expect=401)
    await therapist.patch(f"/accounts/{patient.id}", {"state": "active"}, disabled["version"], 403)
    await world.admin.patch(f"/accounts/{patient.id}", {"state": "active"}, disabled["version"])
    await sign_in(world.api, email)


async def test_a_patient_is_told_of_a_new_address(world: World) -> None:
    therapist, email, invitation = await new_patient(world)
    await world.api.send("POST", "/invitations/accept", json={"code": invitation["code"], "password": PASSWORD})
    patient = with_token(world.api, (await sign_in(world.api, email))["access_token"])
    await therapist.patch(f"/patients/{invitation['chart']}", {"email": f"new.{email}"}, 1)
    [notice] = (await patient.get("/notices"))["items"]
    assert (notice["event"], notice["actor_id"]) == ("account.address_moved", therapist.id)


# ── a new one with a code ──


async def accept(api: Api, code: str, password: str = OTHER, expect: int = 204) -> None:
    answer = await api.send("POST", "/invitations/accept", json={"code": code, "password": password})
    assert answer.status_code == expect, answer.text


@pytest.mark.thorough
async def test_a_reset_sets_a_password_ends_every_sign_in_and_bypasses_no_factor(world: World) -> None:
    email, person = await password_person(world)
    person, secret = await add_totp(person)
    key = Authenticator()
    person = await key.added_to(person)
    reset = await world.admin.post(f"/accounts/{person.id}/password-reset")
    await person.get("/me")  # starting it ends nothing,
    await sign_in(world.api, email, totp_code=code_of(world.api, secret))  # and the password works on
    await accept(world.api, reset["code"])
    await person.get("/me", expect=401)
    await sign_in(world.api, email, expect=401)
    assert (await sign_in(world.api, email, OTHER, 401))["code"] == "second-factor-needed"
    world.api.clock.advance(seconds=30)
    pair = await sign_in(world.api, email, OTHER, totp_code=code_of(world.api, secret))
    person = with_token(world.api, pair["access_token"])
    assert len((await person.get("/me/factors"))["items"]) == 2
    await key.signs_in(world.api)
    events = [notice["event"] for notice in (await person.get("/notices"))["items"]]
    assert [event for event in events if event.startswith("password")] == ["password.reset", "password.reset_begun"]
    assert {"password.reset", "password.reset_begun"} <= set(await events_of(world))
    await accept(world.api, reset["code"])  # the answer was lost on the way
    await accept(world.api, reset["code"], "another-long-phrase-here", expect=409)


async def test_a_reset_ends_by_itself_by_a_newer_one_and_with_the_account(world: World) -> None:
    _, account = await invite(world)
    path = f"/accounts/{account['id']}/password-reset"
    old = await world.admin.post(path)
    late = await world.admin.post(path)
    await accept(world.api, old["code"], expect=409)
    world.api.clock.advance(hours=25)
    await accept(world.api, late["code"], expect=409)
    world.api.clock.reset()
    code = (await world.admin.post(path))["code"]
    version = (await world.admin.get(f"/accounts/{account['id']}"))["version"]
    await world.admin.patch(f"/accounts/{account['id']}", {"state": "disabled"}, version)
    await accept(world.api, code, expect=409)
    assert (await world.admin.post(path, expect=409))["code"] == "nothing-to-reset"


async def test_who_may_start_a_reset_for_whom(world: World) -> None:
    _, account = await invite(world)
    therapist, email, invitation = await new_patient(world)
    path = f"/accounts/{invitation['account_id']}/password-reset"
    await therapist.post(path, expect=409)  # invited, and not open yet
    await accept(world.api, invitation["code"], PASSWORD)
    await (await world.therapist()).post(path, expect=404)
    await (await world.staff(Role.SUPERVISOR)).post(path, expect=403)
    await therapist.post(f"/accounts/{account['id']}/password-reset", expect=403)
    await therapist.post(f"/accounts/{new_id()}/password-reset", expect=404)
    refused = await world.admin.post(f"/accounts/{world.admin.id}/password-reset", expect=403)
    assert refused["code"] == "not-your-own"
    await world.admin.post(path)
    reset = await therapist.post(path)
    await accept(world.api, reset["code"], "juniper mockingbird", expect=422)
    await accept(world.api, reset["code"])
    await sign_in(world.api, email, OTHER)
