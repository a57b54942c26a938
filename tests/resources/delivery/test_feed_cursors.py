"""Cursors of the feed: of one account, one access and one history; and what asking leaves in the ledger."""

from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.app import sealer_of
from integration_api.ledger import statements as ledger_sql
from integration_api.ledger.tables import LedgerTable
from integration_api.resources.delivery.changes import cursors
from integration_api.resources.delivery.changes.service import MAX_CURSOR_AGE
from integration_api.storage.statements import Read, Scope
from integration_api.storage.tables import table_of
from integration_api.web.paging import bound_key
from tests.factories.feeds import Client, client, seal
from tests.factories.sessions import session
from tests.support import World, enter_again

_ledger = table_of(LedgerTable)


class Found(BaseModel):
    """A number of rows."""

    rows: int


LISTED = Read(
    "test_changes_listed",
    sa.select(sa.func.count().label("rows"))
    .select_from(_ledger)
    .where(
        _ledger.c.clinic_id == sa.bindparam("clinic_id", type_=sa.Uuid()),
        _ledger.c.event == "changes.listed",
        _ledger.c.patient_id.is_(None),
    ),
    Found,
    Scope.SYSTEM,
    "tests look at the ledger itself",
)


async def listed(world: World) -> int:
    found = await world.api.runtime.database.one(LISTED, {"clinic_id": world.clinic_id})
    assert found is not None
    return found.rows


def signed(world: World, feed: Client, **facts: object) -> str:
    """The cursor of this client with other facts in it, signed as the product does."""
    assert feed.cursor is not None
    key = bound_key(world.api.runtime.cursor_key, feed.person.actor.id, "changes", {"patient_id": None})
    return replace(cursors.read(feed.cursor, key), **facts).write(key)  # type: ignore[arg-type]  # by name


async def test_an_answer_with_items_is_one_row_without_a_chart_and_an_empty_one_none(world: World) -> None:
    therapist = await world.therapist()
    await world.patient_of(therapist)
    await seal(world)
    feed = await client(therapist)
    assert await listed(world) == 1
    for _ in range(3):
        assert await feed.poll() == []
    assert await listed(world) == 1


async def test_a_cursor_of_another_access_or_history_is_expired(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await seal(world)
    feed = await client(therapist)
    for facts in (
        {"epoch": 99},
        {"sequence": 2**60},
        {"since": 2**60},
        {"head": b"\x01" * 8},
        {"seal_number": 4_000},
    ):
        feed.cursor = signed(world, feed, **facts)
        assert (await feed.page(expect=410))["code"] == "cursor-expired"
        await feed.poll()
    made = await session(therapist, world.chart_id(patient))
    await seal(world)
    assert ("session", made["id"]) in {(item["kind"], item["id"]) for item in await feed.poll()}


async def test_a_cursor_is_good_for_as_long_as_removals_are_kept(world: World) -> None:
    therapist = await world.therapist()
    await seal(world)
    feed = await client(therapist)
    world.api.clock.advance(days=MAX_CURSOR_AGE.days - 1)
    await enter_again(therapist)
    await feed.page()
    world.api.clock.advance(days=2)
    await enter_again(therapist)
    await feed.page(expect=410)


async def test_a_cursor_of_one_chart_is_of_no_other(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await seal(world)
    page = await therapist.get("/changes", params={"patient_id": world.chart_id(patient)})
    feed = Client(therapist, cursor=page["next_cursor"])
    await feed.page(expect=422)
    assert (await feed.page(patient_id=world.chart_id(patient)))["items"] == []
    assert {item["patient_id"] for item in page["items"]} == {world.chart_id(patient)}


async def test_a_chart_that_is_not_theirs_has_an_empty_feed(world: World) -> None:
    therapist, stranger = await world.therapist(), await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    await seal(world)
    for patient_id in (chart, str(UUID(int=7))):
        assert (await stranger.get("/changes", params={"patient_id": patient_id}))["items"] == []


async def test_before_the_first_seal_there_is_nothing_and_then_everything(world: World) -> None:
    therapist = await world.therapist()
    feed = await client(therapist)
    assert feed.held == {}
    patient = await world.patient_of(therapist)
    assert await sealer_of(world.api.runtime).seal(world.clinic_id)
    await feed.poll()
    assert feed.of("patient") == {world.chart_id(patient)}
    last = await world.api.runtime.database.one(ledger_sql.LAST_SEAL, {"clinic_id": world.clinic_id})
    assert last is not None
