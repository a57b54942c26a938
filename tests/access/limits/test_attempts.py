"""Attempts are counted by account, source and device; nobody can lock anybody out."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import Response

from integration_api.access.actor import Role
from integration_api.access.limits.attempts import (
    ACCOUNT_FROM_SOURCE,
    ACCOUNT_FROM_STRANGERS,
    DEVICE,
    SOURCE,
    WRONG_SECRETS,
)
from integration_api.access.limits.buckets import Bucket, Limit, give_back
from integration_api.access.operations import SIGN_IN
from integration_api.access.tables import ThrottleRow, ThrottleTable
from integration_api.access.tokens import pack_secret, unpack_secret
from integration_api.access.work import Work
from integration_api.settings import Settings
from integration_api.storage.statements import Read, Scope
from integration_api.storage.tables import table_of
from tests.applications import application
from tests.costs.counting import counted
from tests.factories.factors import PASSWORD, add_totp, code_of, invite, password_person
from tests.support import Api, World, new_source

WRONG = "something-else-entirely"
LIMIT = Limit(3, timedelta(seconds=10))


async def attempt(
    api: Api, email: str, password: str = WRONG, *, source: str | None = None, device: str | None = None
) -> Response:
    body = {"email": email, "password": password} | ({"device_token": device} if device else {})
    return await api.send("POST", "/auth/tokens", json=body, headers={"X-Forwarded-For": source or api.source})


async def statuses(api: Api, email: str, count: int, **more: Any) -> list[int]:
    return [(await attempt(api, email, **more)).status_code for _ in range(count)]


def said(answer: Response) -> tuple[int, str | None, dict[str, object]]:
    """All of an answer but its request id."""
    return answer.status_code, answer.headers.get("retry-after"), {**answer.json(), "request_id": ""}


async def test_wrong_passwords_from_one_place_are_slowed_down_and_time_helps(world: World) -> None:
    email, _ = await invite(world)
    burst = ACCOUNT_FROM_SOURCE.burst
    assert await statuses(world.api, email, burst + 2) == [401] * burst + [429] * 2
    refused = await attempt(world.api, email, PASSWORD)
    assert (refused.status_code, refused.json()["code"]) == (429, "too-many-requests")
    seconds = int(refused.headers["retry-after"])
    assert 0 < seconds <= ACCOUNT_FROM_SOURCE.every.total_seconds()
    world.api.clock.advance(seconds=seconds)
    assert (await attempt(world.api, email, PASSWORD)).status_code == 201


async def test_an_unknown_address_is_throttled_exactly_alike(world: World) -> None:
    email, _ = await invite(world)
    unknown = f"{uuid4().hex}@example.org"
    world.api.clock.advance(seconds=1)
    for _ in range(ACCOUNT_FROM_SOURCE.burst + 3):
        known, other = [said(await attempt(world.api, address)) for address in (email, unknown)]
        assert known == other


async def test_a_wrong_guess_costs_the_database_as_much_whoever_is_meant(world: World) -> None:
    email, _ = await invite(world)
    calls = []
    for address in (email, f"{uuid4().hex}@example.org"):
        with counted(world.api.runtime.database) as driver:
            assert (await attempt(world.api, address, source=new_source())).status_code == 401
        calls.append(driver.calls)
    assert calls[0] == calls[1]


async def test_networks_of_one_home_are_one_source(world: World) -> None:
    email, _ = await invite(world)
    homes = [f"2001:db8:77:{network:x}::1" for network in range(8)]
    told = [(await attempt(world.api, email, source=home)).status_code for home in homes]
    assert told == [401] * ACCOUNT_FROM_SOURCE.burst + [429] * 3
    assert (await attempt(world.api, email, source="2001:db8:77:100::1")).status_code == 401


@pytest.mark.thorough
async def test_right_passwords_spend_nothing(world: World) -> None:
    email, _ = await invite(world)
    assert await statuses(world.api, email, ACCOUNT_FROM_SOURCE.burst * 3, password=PASSWORD) == [201] * 15


@pytest.mark.thorough
async def test_one_place_does_not_slow_down_another_one(world: World) -> None:
    email, _ = await invite(world)
    await statuses(world.api, email, ACCOUNT_FROM_STRANGERS.burst * 2)
    assert (await attempt(world.api, email)).status_code == 429
    assert (await attempt(world.api, email, PASSWORD, source=new_source())).status_code == 201


@pytest.mark.thorough
async def test_a_flood_from_everywhere_does_not_lock_out_a_device_that_is_known(world: World) -> None:
    email, _ = await invite(world)
    device = (await attempt(world.api, email, PASSWORD)).json()["device_token"]
    floods = [await statuses(world.api, email, 5, source=new_source()) for _ in range(10)]
    assert sum(status == 401 for flood in floods for status in flood) == ACCOUNT_FROM_STRANGERS.burst
    assert (await attempt(world.api, email, PASSWORD, source=new_source())).status_code == 429
    for _ in range(3):
        answer = await attempt(world.api, email, PASSWORD, source=new_source(), device=device)
        assert answer.status_code == 201
        device = answer.json()["device_token"]


async def test_a_known_device_s_own_wrong_passwords_are_counted(world: World) -> None:
    email, _ = await invite(world)
    device = (await attempt(world.api, email, PASSWORD)).json()["device_token"]
    found = [
        (await attempt(world.api, email, source=new_source(), device=device)).status_code
        for _ in range(DEVICE.burst + 2)
    ]
    assert found == [401] * DEVICE.burst + [429] * 2
    assert (await attempt(world.api, email, PASSWORD)).status_code == 201


@pytest.mark.thorough
async def test_a_device_token_of_another_address_or_a_made_up_one_is_a_stranger_s(world: World) -> None:
    (email, _), (mine, _) = await invite(world), await invite(world)
    own = (await attempt(world.api, mine, PASSWORD)).json()["device_token"]
    for token in (own, own[:-4] + "AAAA", "x", "AAAA", "é" * 100, own + own):
        await statuses(world.api, email, ACCOUNT_FROM_SOURCE.burst, device=token)
        assert (await attempt(world.api, email, PASSWORD, device=token)).status_code == 429


@pytest.mark.thorough
async def test_a_place_has_its_own_limit_over_many_addresses(world: World) -> None:
    found = Counter([(await attempt(world.api, f"{uuid4().hex}@x.org")).status_code for _ in range(70)])
    assert found == {401: SOURCE.burst, 429: 70 - SOURCE.burst}


async def test_wrong_refresh_tokens_are_counted_and_right_ones_go_on(world: World) -> None:
    email, _ = await invite(world)
    pair = (await attempt(world.api, email, PASSWORD)).json()
    found: Counter[int] = Counter()
    for _ in range(WRONG_SECRETS.burst + 10):
        answer = await world.api.send("POST", "/auth/tokens/refresh", json={"refresh_token": "A" * 128})
        found[answer.status_code] += 1
    assert found == {401: WRONG_SECRETS.burst, 429: 10}
    assert int(answer.headers["retry-after"]) >= 1
    right = {"refresh_token": pair["refresh_token"]}
    refreshed = await world.api.send("POST", "/auth/tokens/refresh", json=right)
    assert refreshed.status_code == 201
    assert refreshed.json()["device_token"] is None
    world.api.source = new_source()
    wrong = await world.api.send("POST", "/auth/tokens/refresh", json={"refresh_token": "A" * 128})
    assert wrong.status_code == 401


@pytest.mark.thorough
async def test_wrong_invitation_codes_are_counted(world: World) -> None:
    body = {"code": "A" * 86 + "==", "password": PASSWORD}
    found = [
        (await world.api.send("POST", "/invitations/accept", json=body)).status_code
        for _ in range(WRONG_SECRETS.burst + 10)
    ]
    assert (found[0], found[-1]) == (409, 429)


async def test_the_password_behind_a_spent_code_cannot_be_guessed(world: World) -> None:
    account = await world.admin.post("/accounts", {"name": "N", "email": f"{uuid4().hex}@x.org", "roles": ["auditor"]})
    code = (await world.admin.post("/invitations", {"account_id": account["id"]}))["code"]
    right = {"code": code, "password": PASSWORD}
    assert (await world.api.send("POST", "/invitations/accept", json=right)).status_code == 204
    for _ in range(ACCOUNT_FROM_SOURCE.burst):
        answer = await world.api.send("POST", "/invitations/accept", json={**right, "password": WRONG})
        assert answer.status_code == 409
    assert (await world.api.send("POST", "/invitations/accept", json=right)).status_code == 429


async def test_attempts_at_once_are_counted_one_by_one(world: World) -> None:
    email, _ = await invite(world)
    found = await asyncio.gather(*(attempt(world.api, email) for _ in range(20)))
    assert Counter(answer.status_code for answer in found) == {401: ACCOUNT_FROM_SOURCE.burst, 429: 15}


@pytest.mark.thorough
async def test_a_header_that_nobody_of_ours_wrote_changes_nothing(world: World, settings: Settings) -> None:
    """The same application without a proxy: whatever the header says, it is one place."""
    email, _ = await invite(world)
    async with application(settings.model_copy(update={"trusted_proxies": ()}), world.api.clock) as bare:
        found = [(await attempt(bare, email, source=new_source())).status_code for _ in range(6)]
        assert found == [401] * 5 + [429]


@pytest.mark.parametrize("header", ["nonsense", "", ",,", "1.2.3.4, nonsense", "9" * 3000])
async def test_a_broken_header_is_no_way_around(world: World, header: str) -> None:
    email, _ = await invite(world)
    found = [(await attempt(world.api, email, source=header or " ")).status_code for _ in range(6)]
    assert set(found[-1:]) == {429}


# ── the buckets themselves ──

_table = table_of(ThrottleTable)
_ALL = Read("test_throttles", _table.select(), ThrottleRow, Scope.SYSTEM, "a test looks")


def a_bucket(api: Api) -> tuple[Work, Bucket]:
    work = Work(api.runtime, SIGN_IN, "test")
    return work, Bucket.of(work, LIMIT, "test", uuid4().hex)


async def test_a_bucket_fills_again_as_fast_as_it_is_said(api: Api) -> None:
    api.clock.reset()
    work, bucket = a_bucket(api)
    assert [await bucket.take(work) for _ in range(3)] == [0, 0, 0]
    assert await bucket.take(work) == LIMIT.step
    work.now += timedelta(seconds=9.999)
    assert await bucket.take(work) == 1000
    work.now += timedelta(seconds=0.001)
    assert await bucket.take(work) == 0
    assert await bucket.take(work) == LIMIT.step
    await give_back(work, [bucket])
    assert await bucket.take(work) == 0
    work.now += timedelta(days=1)
    assert [await bucket.take(work) for _ in range(4)] == [0, 0, 0, LIMIT.step]


async def test_a_clock_that_ran_ahead_locks_nobody_out(api: Api) -> None:
    work, bucket = a_bucket(api)
    now, work.now = work.now, work.now + timedelta(days=400)
    assert [await bucket.take(work) == 0 for _ in range(4)] == [True, True, True, False]
    work.now = now
    assert [await bucket.take(work) == 0 for _ in range(4)] == [True, True, True, False]


async def test_rows_are_kept_by_digest_and_stale_ones_make_room(api: Api) -> None:
    """Each new row takes up to a hundred stale ones out."""
    work, bucket = a_bucket(api)
    await bucket.take(work)
    [row] = [row for row in await api.runtime.database.all(_ALL, {}) if row.id == bucket.key["id"]]
    assert row.clinic_id == UUID(int=0)
    work.now += timedelta(days=500)
    left, taken = {row.id}, set[UUID]()
    for _ in range(100):
        other = Bucket.of(work, LIMIT, "test", uuid4().hex)
        await other.take(work)
        taken.add(other.key["id"])
        left = {row.id for row in await api.runtime.database.all(_ALL, {})}
        assert taken <= left
        if row.id not in left:
            break
    assert row.id not in left


async def test_who_is_signed_in_cannot_try_codes_for_ever(world: World) -> None:
    """A thief of a token has ten tries at the second factor, and one more each minute; another sign-in has its own."""
    _, person = await password_person(world, "therapist")
    person, secret = await add_totp(person)
    wrong = {"totp_code": "000000"}
    told = [(await person.send("POST", "/auth/step-up", wrong)).status_code for _ in range(DEVICE.burst + 2)]
    assert told == [403] * DEVICE.burst + [429] * 2
    right = {"totp_code": code_of(world.api, secret)}
    assert (await person.send("POST", "/auth/step-up", right)).status_code == 429
    world.api.clock.advance(minutes=1)
    right = {"totp_code": code_of(world.api, secret)}
    await person.post("/auth/step-up", right, expect=200)


async def test_a_wrong_second_factor_is_a_wrong_guess(world: World) -> None:
    email, person = await password_person(world, "therapist")
    await add_totp(person)
    world.api.source = new_source()
    body = {"email": email, "password": PASSWORD, "totp_code": "000000"}
    told = [(await world.api.send("POST", "/auth/tokens", json=body)).status_code for _ in range(7)]
    assert told == [401] * ACCOUNT_FROM_SOURCE.burst + [429] * (7 - ACCOUNT_FROM_SOURCE.burst)


@pytest.mark.thorough
async def test_a_thief_of_a_token_cannot_try_passwords_for_ever(world: World) -> None:
    _, person = await password_person(world, "therapist")
    person, _ = await add_totp(person)
    body = {"old_password": "wrong-wrong-wrong", "password": "seven-lamps-over-the-pier"}
    told = [(await person.send("PUT", "/me/password", body)).status_code for _ in range(DEVICE.burst + 2)]
    assert told == [403] * DEVICE.burst + [429] * 2
    assert (await person.send("PUT", "/me/password", {**body, "old_password": PASSWORD})).status_code == 429
    world.api.clock.advance(minutes=1)
    answer = await person.send("PUT", "/me/password", {**body, "old_password": PASSWORD})
    assert answer.status_code == 200, answer.text


@pytest.mark.thorough
async def test_what_is_refused_by_the_thousand_fills_no_ledger(world: World) -> None:
    """A wrong secret of a program leaves a row in the ledger for as long as such are counted, and not beyond."""
    made = await world.admin.post("/service-accounts", {"name": "Nightly", "scopes": ["clinic:read"]})
    _, account_id, _ = unpack_secret(made["client_secret"])
    wrong, _ = pack_secret(world.clinic_id, account_id)
    world.api.source = new_source()
    body = {"client_id": made["id"], "client_secret": wrong}
    told = [
        (await world.api.send("POST", "/auth/service-tokens", json=body)).status_code
        for _ in range(WRONG_SECRETS.burst + 10)
    ]
    assert told == [401] * WRONG_SECRETS.burst + [429] * 10
    auditor = await world.staff(Role.AUDITOR)
    wanted = {"event": "auth.sign_in_failed", "actor_id": made["id"], "limit": 100}
    rows = (await auditor.get("/ledger", params=wanted))["items"]
    assert len(rows) == WRONG_SECRETS.burst
