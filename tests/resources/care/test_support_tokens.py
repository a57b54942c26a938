"""Support tokens: what comes between a request and its commit, and rows that were edited by hand."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from integration_api.access.reads import StartAgain
from integration_api.access.tokens import unpack_secret
from integration_api.access.work import Work
from integration_api.resources.care.remote_sessions.observer_batches import record_observer_checks
from integration_api.resources.care.remote_sessions.operations import CREATE_SUPPORT_TOKEN, RECORD_OBSERVER_CHECKS
from integration_api.resources.care.remote_sessions.schemas import SupportTokenCreate
from integration_api.resources.care.remote_sessions.service import create_support_token
from integration_api.resources.care.remote_sessions.support_errors import SupportEnded
from integration_api.resources.care.remote_sessions.tables import SupportTokenTable
from integration_api.resources.care.remote_sessions.watch_schemas import ObserverBatch
from integration_api.storage.database import Step
from integration_api.storage.statements import Change, Scope, param, row_key
from integration_api.storage.tables import table_of
from tests.factories.doses import dose
from tests.factories.reflections import work_of
from tests.factories.remote_sessions import home_session, link, look, observe, support_token
from tests.support import Json, Person, World

_tokens = table_of(SupportTokenTable)
MOVE_TOKEN = Change(
    "test_move_support_token",
    sa.update(_tokens).where(row_key(_tokens)).values(expires_at=param("expires_at", _tokens.c.expires_at)),
    Scope.SYSTEM,
    "tests edit a row by hand",
)

STAND_AGAIN = Change(
    "test_unrevoke_support_tokens",
    sa.update(_tokens).where(_tokens.c.session_id == param("session_id", _tokens.c.session_id)).values(revoked_at=None),
    Scope.SYSTEM,
    "as if two were issued in the same instant, neither of which saw the other",
)


async def at_home(world: World) -> tuple[Person, Json, str]:
    """A therapist, a session at home, and the token of its observer."""
    therapist = await world.therapist()
    made = await home_session(therapist, world.chart_id(await world.patient_of(therapist)))
    return therapist, made, await support_token(therapist, made)


async def sent(world: World, token: str, **facts: Any) -> Work:
    """A request of an observer that was handled, and is not committed yet."""
    scope = {"client": ("203.0.113.9", 4000), "headers": []}
    work = Work(world.api.runtime, RECORD_OBSERVER_CHECKS, "a-request", scope=scope)
    await record_observer_checks(work, ObserverBatch.model_validate_json(json.dumps({"token": token, **facts})))
    return work


async def watch(person: Person, made: Json) -> Json:
    found: Json = await person.get(f"/sessions/{made['id']}/observer-watch")
    return found


async def test_a_token_that_is_revoked_between_stores_nothing(world: World) -> None:
    therapist, made, token = await at_home(world)
    work = await sent(world, token, checks=[look(world.api.clock())])
    await therapist.delete(f"/sessions/{made['id']}/support-token")
    with pytest.raises(SupportEnded):
        await work.apply()
    assert (await watch(therapist, made))["checks"] == []


async def test_a_session_that_ends_between_takes_no_event(world: World) -> None:
    therapist, made, token = await at_home(world)
    work = await sent(world, token, link_events=[link("lost", world.api.clock())])
    await therapist.post(f"/sessions/{made['id']}/cancel", {"reason": "Moved"}, match=made["version"], expect=200)
    with pytest.raises((SupportEnded, StartAgain)):
        await work.apply()
    assert (await watch(therapist, made))["link_events"] == []


async def test_a_batch_that_is_sent_twice_at_once_is_stored_once(world: World) -> None:
    therapist, made, token = await at_home(world)
    seen = look(world.api.clock())
    first, second = await sent(world, token, checks=[seen]), await sent(world, token, checks=[seen])
    await first.apply()
    with pytest.raises(StartAgain):
        await second.apply()
    await observe(world.api, token, seen)
    assert [one["id"] for one in (await watch(therapist, made))["checks"]] == [seen["id"]]


async def test_two_alarms_at_once_open_one_task_and_refuse_none(world: World) -> None:
    therapist, made, token = await at_home(world)
    seen, other = (look(world.api.clock(), responds="no") for _ in range(2))
    first, second = await sent(world, token, checks=[seen]), await sent(world, token, checks=[other])
    await first.apply()
    await second.apply()
    waiting = [one["kind"] for one in (await therapist.get("/worklist"))["items"]]
    assert waiting.count("observer_alarm") == 1
    assert len((await watch(therapist, made))["checks"]) == 2


async def test_a_link_that_changed_between_is_read_again(world: World) -> None:
    therapist, made, token = await at_home(world)
    work = await sent(world, token, link_events=[link("lost", world.api.clock())])
    seen = {"items": [link("lost", world.api.clock(), "observer")]}
    await therapist.post(f"/sessions/{made['id']}/link-events", seen, expect=200)
    with pytest.raises(StartAgain):
        await work.apply()
    await observe(world.api, token, events=[link("lost", world.api.clock())])
    told = await therapist.get(f"/sessions/{made['id']}/remote")
    assert (told["video_lost_at"] is None, told["observer_lost_at"] is None) == (False, False)


async def test_a_link_that_was_lost_and_restored_between_is_read_again(world: World) -> None:
    therapist, made, token = await at_home(world)
    work = await sent(world, token, link_events=[link("lost", world.api.clock())])
    world.api.clock.advance(minutes=1)
    for change in ("lost", "restored"):
        seen = {"items": [link(change, world.api.clock())]}
        await therapist.post(f"/sessions/{made['id']}/link-events", seen, expect=200)
    with pytest.raises(StartAgain):
        await work.apply()


async def test_of_two_checks_at_once_the_later_one_says_when_to_look_again(world: World) -> None:
    therapist, made, token = await at_home(world)
    await dose(therapist, made)
    start = world.api.clock()
    world.api.clock.advance(minutes=14)
    old = await sent(world, token, checks=[look(start + timedelta(minutes=3))])
    new = await sent(world, token, checks=[look(world.api.clock())])
    await new.apply()
    await old.apply()
    world.api.clock.advance(minutes=11)
    waiting = (await therapist.get("/worklist"))["items"]
    assert "observer_check_missed" not in [one["kind"] for one in waiting]


async def test_of_two_tokens_that_are_issued_at_once_one_stands(world: World) -> None:
    therapist, made, first = await at_home(world)
    on_its_way = await sent(world, first, checks=[look(world.api.clock())])
    made_at_once = [work_of(therapist, CREATE_SUPPORT_TOKEN) for _ in range(2)]
    tokens = [(await create_support_token(work, UUID(made["id"]), SupportTokenCreate())).token for work in made_at_once]
    for work in made_at_once:
        await work.apply()
    await world.api.runtime.database.apply([Step(STAND_AGAIN, {"session_id": UUID(made["id"])}, rows=None)])
    with pytest.raises(SupportEnded):
        await on_its_way.apply()
    assert (await observe(world.api, tokens[0], expect=401))["code"] == "support-ended"
    await observe(world.api, tokens[1], look(world.api.clock()))


async def test_a_token_that_was_lengthened_by_hand_opens_nothing(world: World) -> None:
    therapist, made, token = await at_home(world)
    clinic_id, row_id, _ = unpack_secret(token)
    values = {"clinic_id": clinic_id, "id": row_id, "expires_at": world.api.clock() + timedelta(days=30)}
    await world.api.runtime.database.apply([Step(MOVE_TOKEN, values)])
    assert (await observe(world.api, token, expect=401))["code"] == "support-ended"
    assert (await watch(therapist, made))["checks"] == []
