"""Tokens of an external issuer: a real one, on this machine."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import jwt
import pytest
from httpx import Response

from integration_api.access import issuer as issuing
from integration_api.access.actor import Role
from integration_api.access.external import ExternalIssuer
from integration_api.access.federation import _begin_sign_in, subject_index
from integration_api.access.operations import SIGN_IN
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.settings import Settings
from integration_api.web.errors import Unauthenticated
from tests.applications import application
from tests.factories.factors import add_totp
from tests.factories.forgeries import FORGERIES, STRANGERS_KEY, signed
from tests.oidc_issuer import ALGORITHMS, IssuerProcess
from tests.support import Api, Json, Person, World
from tests.waiting import STUCK_SECONDS

AUDIENCE = "integration-api-tests"


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the issuer, which is a process like others on a machine that may be busy."""
    monkeypatch.setattr(issuing, "_SECONDS", STUCK_SECONDS)


@pytest.fixture(scope="module")
def issuer_process() -> Iterator[IssuerProcess]:
    process = IssuerProcess()
    process.start()
    yield process
    process.stop()


@pytest.fixture
def issuer(issuer_process: IssuerProcess) -> IssuerProcess:
    """As new."""
    issuer_process.command(rotate=True)
    issuer_process.command()
    return issuer_process


def trusting(settings: Settings, issuer: IssuerProcess) -> Settings:
    return settings.model_copy(update={"oidc_issuer": issuer.url, "oidc_audience": AUDIENCE})


@dataclass
class House:
    """A clinic whose application trusts the issuer, and a therapist who is linked to `subject`."""

    world: World
    issuer: IssuerProcess
    therapist: Person
    subject: str

    @property
    def api(self) -> Api:
        return self.world.api

    @property
    def external(self) -> ExternalIssuer:
        assert self.api.runtime.external is not None
        return self.api.runtime.external

    def claims(self, **changes: object) -> Json:
        now = int(self.api.clock().timestamp())
        claims = {
            "iss": self.issuer.url,
            "aud": [AUDIENCE, "another"],
            "sub": self.subject,
            "iat": now,
            "nbf": now - 1,
            "exp": now + 600,
            "sid": self.subject + "-1",
            "auth_time": now - 30,
            "amr": ["pwd", "mfa"],
            **changes,
        }
        return {name: value for name, value in claims.items() if value != "left out"}

    def token(self, algorithm: str = "RS256", headers: Json | None = None, **changes: object) -> str:
        return self.issuer.sign(self.claims(**changes), algorithm, **(headers or {}))

    async def get(self, token: str, path: str = "/me") -> Response:
        return await self.api.send("GET", path, headers={"Authorization": f"Bearer {token}"})

    async def status(self, token: str, path: str = "/me") -> int:
        return (await self.get(token, path)).status_code


async def link(world: World, person: Person, subject: str, version: int = 1, expect: int = 200) -> Any:
    path = f"/accounts/{person.id}/external-identity"
    return await world.admin.put(path, {"subject": subject}, version, expect=expect)


@pytest.fixture
async def house(settings: Settings, issuer: IssuerProcess) -> AsyncIterator[House]:
    async with application(trusting(settings, issuer)) as api:
        world = await World.build(api)
        therapist, subject = await world.therapist(), uuid4().hex
        await link(world, therapist, subject)
        yield House(world, issuer, therapist, subject)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
async def test_a_linked_person_comes_in_with_a_token_of_the_issuer(house: House, algorithm: str) -> None:
    token = house.token(algorithm)
    answer = await house.get(token)
    assert (answer.status_code, answer.json().get("id")) == (200, house.therapist.id)
    assert (await house.get(token, "/patients")).status_code == 200
    assert (await house.get(token, "/ledger")).status_code == 403
    officer = await house.world.staff(Role.PRIVACY_OFFICER)
    rows = (await officer.get("/ledger", params={"event": "auth.signed_in"}))["items"]
    assert [row["actor_id"] for row in rows] == [house.therapist.id]


async def test_keys_are_asked_for_once(house: House) -> None:
    for _ in range(3):
        assert await house.status(house.token(sid=uuid4().hex)) == 200
    assert house.issuer.command() == ["discovery", "keys"]


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
async def test_forged_tokens_are_401(house: House) -> None:
    assert await house.status(house.token()) == 200
    found = {name: await house.status(forge(house)) for name, forge in FORGERIES.items()}
    assert {name: status for name, status in found.items() if status != 401} == {}
    assert len(found) >= 30
    assert house.issuer.command().count("keys") == 1


async def test_a_new_key_is_found_and_an_old_one_is_dropped(house: House) -> None:
    before = house.token()
    assert await house.status(before) == 200
    house.issuer.command(rotate=True)
    after = house.token()
    assert await house.status(after) == 401  # asked less than a minute ago
    house.api.clock.advance(seconds=61)
    assert await house.status(after) == 200
    assert await house.status(before) == 401


async def test_unknown_keys_make_us_ask_once_a_minute(house: House) -> None:
    assert await house.status(house.token()) == 200
    house.api.clock.advance(seconds=61)
    house.issuer.command()
    for at in range(5):
        assert await house.status(signed(house.claims(), STRANGERS_KEY, "RS256", kid=f"k{at}")) == 401
    assert house.issuer.command() == ["discovery", "keys"]


async def test_a_key_that_is_gone_is_noticed_by_age(house: House) -> None:
    before = house.token(exp=house.claims()["iat"] + 7200)
    assert await house.status(before) == 200
    house.issuer.command(rotate=True)
    house.api.clock.advance(minutes=9)
    assert await house.status(before) == 200
    house.api.clock.advance(minutes=2)
    assert await house.status(before) == 401


async def test_an_issuer_that_never_answered_lets_nobody_in(settings: Settings) -> None:
    process = IssuerProcess()
    process.start()
    async with application(trusting(settings, process)) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        await link(world, therapist, "s-1")
        house = House(world, process, therapist, "s-1")
        token = house.token(exp=house.claims()["iat"] + 9000)
        process.stop()
        answer = await house.get(token)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        await world.admin.get("/me")  # our own tokens do not need it


async def test_known_keys_go_on_working_for_an_hour_while_the_issuer_is_down(settings: Settings) -> None:
    process = IssuerProcess()
    process.start()
    async with application(trusting(settings, process)) as api:
        world = await World.build(api)
        therapist, subject = await world.therapist(), uuid4().hex
        await link(world, therapist, subject)
        house = House(world, process, therapist, subject)
        token, other = (house.token(exp=house.claims()["iat"] + 9000, sid=sid) for sid in "ab")
        assert await house.status(token) == 200
        process.stop()
        api.clock.advance(minutes=59)
        assert await house.status(token) == 200
        assert await house.status(other) == 200  # seen for the first time
        assert await house.status(signed(house.claims(), STRANGERS_KEY, "RS256", kid="unknown")) == 503
        api.clock.advance(minutes=2)
        assert await house.status(token) == 503
        process.start()
        api.clock.advance(minutes=2)
        assert await house.status(token) == 401  # a new issuer's keys are others


@pytest.mark.parametrize("mode", ["slow", "redirect", "huge", "garbage", "nested", "list", "elsewhere", "somebody"])
async def test_an_issuer_that_answers_wrongly_is_not_believed(
    house: House, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = house.token()
    house.issuer.command(mode=mode)
    with monkeypatch.context() as hurried:
        if mode == "slow":
            hurried.setattr(issuing, "_SECONDS", 0.2)  # a hundredth of what it takes
        assert await house.status(token) == 503
    assert "real-keys" not in house.issuer.command()
    house.api.clock.advance(seconds=6)
    assert await house.status(token) == 200


async def test_a_signature_is_remembered_and_never_a_permission(house: House) -> None:
    token = house.token()
    assert await house.status(token, "/patients") == 200
    account = await house.world.admin.get(f"/accounts/{house.therapist.id}")
    path = f"/accounts/{house.therapist.id}"
    changed = await house.world.admin.patch(path, {"roles": ["auditor"]}, account["version"])
    assert await house.status(token, "/patients") == 403
    assert await house.status(token, "/ledger") == 200
    await house.world.admin.patch(path, {"state": "disabled"}, changed["version"])
    assert await house.status(token) == 401
    assert await house.status(house.token(sid="new")) == 401


async def test_unlinking_ends_it_at_once_in_every_application(house: House, settings: Settings) -> None:
    token, later = house.token(), house.token(iat=house.claims()["iat"] - 5)
    async with application(trusting(settings, house.issuer), house.api.clock) as other:
        for api in (house.api, other):
            assert await replace(house, world=replace(house.world, api=api)).status(token) == 200
        path = f"/accounts/{house.therapist.id}/external-identity"
        await house.world.admin.delete(path, 2)
        for api in (house.api, other):
            assert await replace(house, world=replace(house.world, api=api)).status(token) == 401
            assert await replace(house, world=replace(house.world, api=api)).status(later) == 401
        await house.world.admin.delete(path, 3, expect=404)
        await link(house.world, house.therapist, house.subject, 3)
        assert await house.status(token) == 401  # what was ended stays ended
        assert await house.status(house.token(sid="another")) == 200


async def test_signing_out_ends_every_token_of_that_sign_in_at_the_issuer(house: House) -> None:
    first, second, other = house.token(), house.token(jti="2"), house.token(sid="elsewhere")
    assert [await house.status(token) for token in (first, second, other)] == [200] * 3
    headers = {"Authorization": f"Bearer {first}"}
    assert (await house.api.send("DELETE", "/auth/tokens/current", headers=headers)).status_code == 204
    third = house.token(jti="3")
    assert [await house.status(token) for token in (first, second, third, other)] == [401, 401, 401, 200]


async def test_a_token_ends_by_our_clock(house: House) -> None:
    token = house.token()
    assert await house.status(token) == 200
    house.api.clock.advance(seconds=601)
    assert await house.status(token) == 401


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"amr": ["pwd"], "auth_time": 0}, False),
        ({"auth_time": "left out"}, False),
        ({"amr": ["mfa", "pwd"]}, True),
        ({"amr": "mfa"}, False),
        ({"acr": "mfa"}, True),
        ({"acr": ["mfa"]}, False),
    ],
    ids=str,
)
async def test_a_second_factor_is_what_the_issuer_says_it_is(
    house: House, changes: dict[str, Any], expected: bool
) -> None:
    token = house.token(**{"amr": ["pwd"], **changes})
    assert await house.status(token) == 200
    actor = house.external.actors[token]
    assert actor.is_strong is expected
    assert actor.is_fresh(house.api.clock()) is (changes.get("auth_time") is None)


async def test_linking_is_an_admin_s_with_a_fresh_proof_and_not_for_oneself(house: House) -> None:
    world, colleague = house.world, await house.world.therapist()
    path = f"/accounts/{colleague.id}/external-identity"
    await house.therapist.send("PUT", path, {"subject": "s"}, match=1)
    assert (await colleague.send("PUT", path, {"subject": "s"}, match=1)).status_code == 403
    assert (await link(world, colleague, house.subject, expect=409))["code"] == "subject-taken"
    assert (await link(world, world.admin, "s", expect=403))["code"] == "not-your-own-roles"
    await link(world, colleague, "s", version=2, expect=412)
    patient = await world.patient_of(colleague)
    await link(world, patient, "s", expect=404)
    stale = replace(world.admin.actor, proved_at=world.api.clock().replace(year=2020))
    admin = Person(world.api, stale, world.api.runtime.tokens.issue(stale, world.api.clock()))
    assert (await admin.put(path, {"subject": "s"}, 1, expect=403))["code"] == "step-up-required"
    moved = await link(world, house.therapist, uuid4().hex, version=2)
    assert moved["version"] == 3
    assert await house.status(house.token()) == 401
    told = (await world.admin.get("/notices"))["items"]
    assert told[0]["event"] == "external_identity.set"


async def test_without_an_issuer_nothing_is_linked_and_no_token_is_read(settings: Settings) -> None:
    async with application(settings.model_copy(update={"oidc_issuer": None, "oidc_audience": None})) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        refused = await link(world, therapist, "s", expect=409)
        assert refused["code"] == "no-external-issuer"
        token = jwt.encode({"sub": "s"}, STRANGERS_KEY, "RS256", headers={"typ": "at+jwt", "kid": "k"})
        answer = await world.api.send("GET", "/me", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401


@pytest.mark.parametrize(
    ("values", "is_right"),
    [
        ({"oidc_issuer": "https://id.example.org", "oidc_audience": "a"}, True),
        ({"oidc_issuer": "http://127.0.0.1:9000", "oidc_audience": "a"}, True),
        ({"oidc_issuer": "https://id.example.org"}, False),
        ({"oidc_issuer": "http://id.example.org", "oidc_audience": "a"}, False),
        ({"oidc_issuer": "https://u:p@id.example.org", "oidc_audience": "a"}, False),
        ({"oidc_issuer": "https://id.example.org", "oidc_audience": "a", "oidc_jwks_url": "http://x/k"}, False),
        ({"oidc_issuer": "https://id.example.org", "oidc_audience": "a", "oidc_jwks_url": "http://[::1]/k"}, False),
        ({"oidc_issuer": "ftp://127.0.0.1", "oidc_audience": "a"}, False),
    ],
    ids=str,
)
def test_an_issuer_is_asked_by_https(values: dict[str, str], is_right: bool) -> None:
    try:
        Settings(**values)  # type: ignore[arg-type]  # a test's values
    except ValueError:
        assert not is_right
    else:
        assert is_right


async def test_no_token_that_is_made_of_it_outlives_the_issuer_s(house: House) -> None:
    token = house.token()
    assert await house.status(token) == 200
    strong, _ = await add_totp(Person(house.api, house.external.actors[token], token))
    house.api.clock.advance(seconds=590)
    await strong.get("/me")
    house.api.clock.advance(seconds=11)
    await strong.get("/me", expect=401)


async def test_unlinking_between_looking_up_and_signing_in_lets_nobody_in(house: House) -> None:
    """What a request has looked up may no longer be so when it makes the sign-in."""
    runtime, token = house.api.runtime, house.token()
    assert await house.status(token) == 200
    looked_up = house.external.actors[token]
    claims = await house.external.issuer.verify(token, house.api.clock())
    index = subject_index(runtime.vault, house.issuer.url, house.subject)

    async def begin(epoch: int = 0) -> None:
        work = Work(runtime, SIGN_IN, "test")
        actor = replace(looked_up, sign_in_id=new_id(), epoch=looked_up.epoch + epoch)
        await _begin_sign_in(work, actor, claims, index)

    await begin()
    path = f"/accounts/{house.therapist.id}"
    await house.world.admin.delete(f"{path}/external-identity", 2)
    for epoch in (0, 1):
        with pytest.raises(Unauthenticated):
            await begin(epoch)
    await link(house.world, house.therapist, house.subject, 3)
    await begin(2)
    await house.world.admin.patch(path, {"state": "disabled"}, 4)
    for epoch in (2, 3):
        with pytest.raises(Unauthenticated):
            await begin(epoch)
