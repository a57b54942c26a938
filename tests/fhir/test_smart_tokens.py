"""SMART backend services: who gets a token of FHIR, for which types, and what is refused and how it is said."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import UUID

import jwt
import pytest
from httpx import Response

from integration_api.access.actor import Role
from integration_api.settings import Settings
from tests.factories.receivers import Receiver, receiving
from tests.factories.smart import PUBLIC, TOKEN_URL, Program, jwk, key_pair, post_form, with_keys
from tests.fhir.clients import ask
from tests.storage.hand import Hand
from tests.support import Json, World, new_source

SCOPES = ("system/Patient.rs", "system/Encounter.rs")


@pytest.fixture(autouse=True)
def public_address(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deployment has a public address."""
    monkeypatch.setattr(world.api.runtime, "public_url", PUBLIC)


def refused(answer: Response, status: int, word: str) -> None:
    """The answer is an error of RFC 6749."""
    assert (answer.status_code, answer.json()["error"]) == (status, word), answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert set(answer.json()) == {"error", "error_description"}


@pytest.mark.parametrize("algorithm", ["ES384", "RS384"])
async def test_a_program_that_signs_gets_a_token_and_reads(world: World, algorithm: str) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    program = await with_keys(world, *SCOPES, algorithm=algorithm)
    answer = await program.ask()
    found = answer.json()
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert (found["token_type"], found["expires_in"], found["scope"]) == ("bearer", 900, " ".join(SCOPES))
    caller = await program.token("system/Patient.read")
    shown = (await ask(caller, "Patient")).json()
    assert [entry["resource"]["id"] for entry in shown["entry"]] == [chart["id"]]
    auditor = await world.staff(Role.AUDITOR)
    rows = await auditor.get("/ledger", params={"event": "patient.listed", "actor_id": program.account["id"]})
    assert [(row["actor_role"], row["patient_id"]) for row in rows["items"]] == [("service", chart["id"])]
    signed_in = await auditor.get("/ledger", params={"event": "auth.signed_in", "actor_id": program.account["id"]})
    assert len(signed_in["items"]) == 2


SCOPES_REFUSED = [
    "",
    " ",
    "system/Encounter.cud",
    "system/Encounter.cruds",
    "system/Encounter.write",
    "system/Encounter.*",
    "system/Encounter.r",
    "system/Encounter.rs?patient=1",
    "system/Patient.rs system/Encounter.cud",
    "system/*.cruds",
    "system/Observation.rs",
    "system/Flag.rs",
    "patient/Encounter.rs",
    "user/*.rs",
    "launch",
    "openid fhirUser",
    "system/Patient.rs  system/Encounter.rs",
    "patient:list",
    "fhir",
    "system/Patient.rs " * 200,
]


@pytest.mark.parametrize("scope", SCOPES_REFUSED)
async def test_a_scope_that_was_not_granted_is_refused_and_not_passed_over(world: World, scope: str) -> None:
    program = await with_keys(world, *SCOPES)
    refused(await program.ask(scope), 400, "invalid_scope")


async def test_an_account_without_types_gets_no_token(world: World) -> None:
    program = await with_keys(world, "patient:list")
    refused(await program.ask(), 400, "invalid_scope")


WRONG: dict[str, Json] = {
    "another audience": {"aud": f"{PUBLIC}/oauth/token/"},
    "the audience of another server": {"aud": "https://other.example.org/oauth/token"},
    "several audiences": {"aud": [TOKEN_URL, "https://other.example.org"]},
    "one audience in a list": {"aud": [TOKEN_URL]},
    "no audience": {"aud": None},
    "no end": {"exp": None},
    "no id": {"jti": None},
    "an empty id": {"jti": ""},
    "a long id": {"jti": "x" * 201},
    "another subject": {"sub": "somebody"},
    "no subject": {"sub": None},
    "an end that is a text": {"exp": "tomorrow"},
    "an end without end": {"exp": 1e300},
    "an end that is no number": {"exp": float("nan")},
    "a beginning that is no number": {"nbf": float("nan")},
    "an id with half a character": {"jti": "\ud800"},
    "an id with a line break": {"jti": "a\nb"},
    "an id beyond ASCII": {"jti": "\u00e9"},
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_an_assertion_that_is_not_right_is_refused(world: World, wrong: str) -> None:
    program = await with_keys(world, *SCOPES)
    refused(await program.ask(assertion=program.assertion(**WRONG[wrong])), 401, "invalid_client")


@pytest.mark.parametrize(("seconds", "status"), [(-1, 401), (0, 401), (5, 200), (299, 200), (300, 200), (330, 401)])
async def test_an_assertion_lasts_five_minutes_at_most(world: World, seconds: int, status: int) -> None:
    program = await with_keys(world, *SCOPES)
    ends = int(world.api.clock().timestamp()) + seconds
    assert (await program.ask(assertion=program.assertion(exp=ends))).status_code == status


@pytest.mark.parametrize("name", ["nbf", "iat"])
async def test_an_assertion_of_later_is_refused(world: World, name: str) -> None:
    program = await with_keys(world, *SCOPES)
    now = int(world.api.clock().timestamp())
    refused(await program.ask(assertion=program.assertion(None, **{name: now + 60})), 401, "invalid_client")
    assert (await program.ask(assertion=program.assertion(None, **{name: now - 60}))).status_code == 200


async def test_an_assertion_works_once(world: World) -> None:
    program = await with_keys(world, *SCOPES)
    assertion = program.assertion()
    assert (await program.ask(assertion=assertion)).status_code == 200
    refused(await program.ask(assertion=assertion), 401, "invalid_client")
    auditor = await world.staff(Role.AUDITOR)
    [trace] = (await auditor.get("/ledger", params={"event": "auth.sign_in_failed"}))["items"]
    assert (trace["subject_id"], trace["outcome"]) == (program.account["id"], "denied")
    same_id = program.claims()["jti"]
    assert (await program.ask(assertion=program.assertion(jti=same_id))).status_code == 200
    refused(await program.ask(assertion=program.assertion(jti=same_id)), 401, "invalid_client")
    other = await with_keys(world, *SCOPES)
    assert (await other.ask(assertion=other.assertion(jti=same_id))).status_code == 200, "of another program"


async def test_used_ids_are_forgotten_when_no_assertion_can_have_them(world: World, settings: Settings) -> None:
    program = await with_keys(world, *SCOPES)
    for _ in range(3):
        await program.token()
    world.api.clock.advance(minutes=6)
    await program.token()
    count = "SELECT count(*) FROM used_challenges WHERE clinic_id = ?"
    assert await Hand(settings).value(count, world.clinic_id) == 1


async def test_keys_that_were_moved_by_hand_let_nobody_in(world: World, settings: Settings) -> None:
    """Somebody who writes to the database gives their own keys to a program that may read more."""
    mine, theirs = await with_keys(world, *SCOPES), await with_keys(world, *SCOPES)
    found = await Hand(settings).run(
        "SELECT key_texts, binding FROM service_keys WHERE id = ?", UUID(mine.account["id"])
    )
    await Hand(settings).put("service_keys", theirs.account["id"], "key_texts", found[0][0])
    await Hand(settings).put("service_keys", theirs.account["id"], "binding", found[0][1])
    refused(await replace(mine, client_id=theirs.client_id).ask(), 401, "invalid_client")
    auditor = await world.staff(Role.AUDITOR)
    [row] = (await auditor.get("/ledger", params={"event": "security.binding_broken"}))["items"]
    assert (row["subject_id"], row["reason"]) == (theirs.account["id"], "service_keys")
    assert (await mine.ask()).status_code == 200


async def test_a_signature_of_another_key_or_kind_is_refused(world: World) -> None:
    program, other = await with_keys(world, *SCOPES), key_pair("ES384")
    forged = jwt.encode(program.claims(), other, "ES384", headers={"kid": "one"})
    refused(await program.ask(assertion=forged), 401, "invalid_client")
    unknown = program.assertion({"kid": "two"})
    refused(await program.ask(assertion=unknown), 401, "invalid_client")
    nameless = jwt.encode(program.claims(), program.key, "ES384")
    refused(await program.ask(assertion=nameless), 401, "invalid_client")
    led = program.assertion({"jku": "https://elsewhere.example.org/keys"})
    refused(await program.ask(assertion=led), 401, "invalid_client")
    by_secret = jwt.encode(program.claims(), "x" * 32, "HS256", headers={"kid": "one"})
    refused(await program.ask(assertion=by_secret), 401, "invalid_client")
    unsigned = jwt.encode(program.claims(), None, "none", headers={"kid": "one"})  # type: ignore[arg-type]  # what is forged
    refused(await program.ask(assertion=unsigned), 401, "invalid_client")
    rsa = await with_keys(world, *SCOPES, algorithm="RS384")
    weaker = jwt.encode(rsa.claims(), rsa.key, "RS256", headers={"kid": "one"})
    refused(await rsa.ask(assertion=weaker), 401, "invalid_client")
    for text in ("", "x", "a.b.c", "x" * 9000, forged[:-4]):
        refused(await program.ask(assertion=text or "."), 401, "invalid_client")


_NOBODY = "019ab0de-0000-7000-8000-00000000dead"


@pytest.mark.parametrize("client_id", ["", "x", "x.y", f"{_NOBODY}.{_NOBODY}", _NOBODY])
async def test_who_is_not_known_is_refused_alike(world: World, client_id: str) -> None:
    program = await with_keys(world, *SCOPES)
    program.client_id = client_id
    refused(await program.ask(), 401, "invalid_client")
    program.client_id = f"{world.clinic_id}.{program.account['id']}".upper()
    refused(await program.ask(), 401, "invalid_client")


async def test_a_request_that_lacks_something_says_so(world: World) -> None:
    program = await with_keys(world, *SCOPES)
    refused(await program.ask(None), 400, "invalid_request")
    refused(await program.ask(grant_type=None), 400, "invalid_request")
    refused(await program.ask(client_assertion_type=None), 400, "invalid_request")
    refused(await program.ask(client_assertion=None), 400, "invalid_request")
    refused(await program.ask(client_assertion_type="jwt"), 400, "invalid_request")
    refused(await program.ask(grant_type="password"), 400, "unsupported_grant_type")
    refused(await program.ask(grant_type="authorization_code"), 400, "unsupported_grant_type")
    refused(await post_form(world.api, "scope=a&scope=b&grant_type=client_credentials"), 400, "invalid_request")
    refused(await post_form(world.api, "a=1&" * 50), 400, "invalid_request")
    refused(await post_form(world.api, "scope=%ff"), 400, "invalid_request")
    refused(await post_form(world.api, "", "/oauth/token?scope=a"), 400, "invalid_request")
    told = await post_form(world.api, "{}", **{"Content-Type": "application/json"})
    refused(told, 415, "invalid_request")
    assert (await program.ask(audience="ignored")).status_code == 200


async def test_without_a_public_address_nothing_is_offered(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the header `Host` would choose the audience, and an assertion for another server would work here."""
    program = await with_keys(world, *SCOPES)
    monkeypatch.setattr(world.api.runtime, "public_url", None)
    refused(await program.ask(), 400, "invalid_request")
    path = "/fhir/R4/.well-known/smart-configuration"
    assert (await world.api.client.request("GET", path)).status_code == 404
    said = (await ask(None, "metadata", client=world.api.client)).json()
    assert "service" not in said["rest"][0]["security"]


async def test_discovery_says_what_is_claimed_and_no_more(world: World) -> None:
    found = (await world.api.client.request("GET", "/fhir/R4/.well-known/smart-configuration")).json()
    assert found["token_endpoint"] == TOKEN_URL
    assert found["capabilities"] == ["client-confidential-asymmetric", "permission-v2"]
    assert found["grant_types_supported"] == ["client_credentials"]
    assert "authorization_endpoint" not in found
    said = (await ask(None, "metadata", client=world.api.client)).json()
    [uris] = said["rest"][0]["security"]["extension"]
    assert uris["extension"] == [{"url": "token", "valueUri": TOKEN_URL}]


@asynccontextmanager
async def at_an_address(world: World, program: Program, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Receiver]:
    """The program's keys are at an address of its own, which answers once with them."""
    async with receiving() as receiver:
        monkeypatch.setattr(world.api.runtime, "webhook_test_hosts", frozenset({receiver.host}))
        path = f"/service-accounts/{program.account['id']}/keys"
        await world.admin.put(path, {"jwks_url": receiver.url}, 2)
        yield receiver


def served(*keys: Json) -> bytes:
    body = json.dumps({"keys": keys}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


async def test_keys_at_an_address_are_asked_for_and_change_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    program = await with_keys(world, *SCOPES)
    async with at_an_address(world, program, monkeypatch) as receiver:
        receiver.answers.append(served(jwk(program.key, "one"), {"kty": "oct", "kid": "x", "k": "AA"}))
        assert (await program.ask()).status_code == 200
        receiver.answers.append(served(jwk(key_pair("ES384"), "one")))
        refused(await program.ask(), 401, "invalid_client")
        for body in (b"HTTP/1.1 500 No\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\nno JSON", served()):
            receiver.answers.append(body)
            refused(await program.ask(), 401, "invalid_client")
        assert {got.path for got in receiver.got} == {"/journal"}
        stranger = new_source()
        said = [await program.ask(source=stranger) for _ in range(12)]
        assert {answer.status_code for answer in said} >= {429}
        refused(said[-1], 429, "temporarily_unavailable")
        receiver.answers[:] = [served(jwk(program.key, "one"))]
        assert (await program.ask()).status_code == 200, "a stranger uses up nothing of the program's own"


async def test_an_address_that_leads_inside_is_not_asked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    program = await with_keys(world, *SCOPES)
    async with at_an_address(world, program, monkeypatch) as receiver:
        monkeypatch.setattr(world.api.runtime, "webhook_test_hosts", frozenset())
        refused(await program.ask(), 401, "invalid_client")
        assert receiver.got == []


async def test_a_sign_in_that_began_by_keys_of_before_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An admin takes the keys away while these are fetched: the token that was on its way is not given."""
    program = await with_keys(world, *SCOPES)
    async with at_an_address(world, program, monkeypatch) as receiver:
        receiver.answers.append(served(jwk(program.key, "one")))
        receiver.held.clear()
        asking = asyncio.create_task(program.ask())
        while not receiver.got:  # noqa: ASYNC110  it tells nobody when
            await asyncio.sleep(0.01)
        await world.admin.put(f"/service-accounts/{program.account['id']}/keys", {}, 3)
        receiver.held.set()
        refused(await asking, 401, "invalid_client")
