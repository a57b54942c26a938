"""Sealing: every committed row gets a place, whenever it came; nobody waits for it; two sealers do no harm."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from integration_api.app import create_app, sealer_of
from integration_api.core.ids import new_id
from integration_api.ledger import sealer as sealer_module
from integration_api.ledger import statements as sql
from integration_api.ledger.append import INSERT_LEDGER
from integration_api.ledger.change_rows import change_rows
from integration_api.ledger.events import Event, Outcome
from integration_api.ledger.heads import export_heads
from integration_api.ledger.sealer import MAX_ROWS, Sealer, sealing
from integration_api.ledger.tables import LedgerRow, PlaceRow, SealRow
from integration_api.ledger.verify import Report, verify_clinic
from integration_api.settings import Settings
from integration_api.storage.database import DatabaseDown, Rows, Step
from tests.faults import commits_failing, commits_held
from tests.support import Api, World
from tests.waiting import STUCK_SECONDS, until_async

PASS_SECONDS = 0.05


def row(api: Api, clinic_id: UUID, at: datetime | None = None) -> dict[str, object]:
    """A row of the ledger as a unit of work makes it."""
    made = LedgerRow(
        clinic_id=clinic_id,
        id=new_id(),
        at=at or api.clock(),
        event=Event.known["note.read"],
        action="note:read",
        outcome=Outcome.DONE,
        request_id="test",
    )
    return made.__dict__


async def add(api: Api, clinic_id: UUID, count: int = 1, at: datetime | None = None) -> None:
    rows = [row(api, clinic_id, at) for _ in range(count)]
    await api.runtime.database.append(INSERT_LEDGER, rows)


async def places(api: Api, clinic_id: UUID) -> list[PlaceRow]:
    values = {"clinic_id": clinic_id, "position": 0, "page_rows": 10**6}
    return await api.runtime.database.all(sql.READ_PLACES, values)


async def seals(api: Api, clinic_id: UUID) -> list[SealRow]:
    values = {"clinic_id": clinic_id, "number": 0, "page_rows": 10**6}
    return await api.runtime.database.all(sql.READ_SEALS, values)


async def check(api: Api, clinic_id: UUID) -> Report:
    """The ledger verifies, and its places have no gap."""
    key = sealer_of(api.runtime).signer.public_key
    report = await verify_clinic(api.runtime.database, clinic_id, key)
    assert report.findings == []
    assert [place.position for place in await places(api, clinic_id)] == list(range(1, report.rows + 1))
    return report


async def test_every_row_gets_one_place_in_order(api: Api, world: World) -> None:
    therapist = await world.therapist()
    for _ in range(3):
        await therapist.get("/patients")
    sealer = sealer_of(api.runtime)
    count = await sealer.seal(world.clinic_id)
    assert count == 3 + 1, "also what made the clinic"
    assert await sealer.seal(world.clinic_id) == 0
    assert len(await seals(api, world.clinic_id)) == 1, "nothing to seal makes no seal"
    await therapist.get("/patients")
    assert await sealer.seal(world.clinic_id) == 1
    report = await check(api, world.clinic_id)
    assert (report.seals, report.rows, report.waiting) == (2, 5, 0)


async def test_what_is_not_sealed_yet_is_counted(api: Api, world: World) -> None:
    await add(api, world.clinic_id, 7)
    report = await check(api, world.clinic_id)
    assert (report.rows, report.seals) == (0, 0)
    assert report.waiting >= 7


async def test_a_row_that_is_committed_late_with_an_earlier_time_is_sealed(api: Api, world: World) -> None:
    sealer = sealer_of(api.runtime)
    begun_at = api.clock()
    await add(api, world.clinic_id, 3)
    await sealer.seal(world.clinic_id)
    await add(api, world.clinic_id, at=begun_at - timedelta(seconds=20))
    assert await sealer.seal(world.clinic_id) == 1
    await add(api, world.clinic_id, at=begun_at - timedelta(minutes=9))
    assert await sealer.seal(world.clinic_id) == 0, "that long back it looks on deep passes alone"
    assert await sealer.seal(world.clinic_id, sealer_module.SWEEP_BACK) == 1
    report = await check(api, world.clinic_id)
    assert report.waiting == 0


async def test_what_is_older_still_is_sealed_by_command_and_told(api: Api, world: World) -> None:
    sealer = sealer_of(api.runtime)
    await add(api, world.clinic_id, 3)
    await sealer.seal(world.clinic_id)
    long_ago = api.clock() - timedelta(days=400)
    await add(api, world.clinic_id, 2, at=long_ago)
    assert await sealer.seal(world.clinic_id, sealer_module.SWEEP_BACK) == 0
    key = sealer.signer.public_key
    [finding] = (await verify_clinic(api.runtime.database, world.clinic_id, key)).findings
    assert finding.startswith("2 rows say they are from before")
    assert await sealer.seal(world.clinic_id, back=None) == 2
    found = (await verify_clinic(api.runtime.database, world.clinic_id, key)).findings
    assert len(found) == 2
    assert all("was sealed long after" in finding for finding in found)


@pytest.mark.thorough
async def test_a_long_history_is_sealed_whole_and_without_alarm(api: Api, world: World) -> None:
    """Years of rows that nobody has sealed yet, in several batches."""
    for days in (900, 400, 30, 2, 0):
        await add(api, world.clinic_id, MAX_ROWS // 2, at=api.clock() - timedelta(days=days))
    sealer = sealer_of(api.runtime)
    assert (await sealer.seal(world.clinic_id) or 0) >= MAX_ROWS // 2 * 5
    report = await check(api, world.clinic_id)
    assert (report.seals, report.waiting) == (3, 0)


async def test_a_full_batch_goes_on_from_where_it_ended(
    api: Api, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped after one batch of a backlog, however old: the next pass begins there and not at the present."""
    monkeypatch.setattr(sealer_module, "MAX_ROWS", 5)
    for minutes in range(40, 0, -1):
        await add(api, world.clinic_id, at=api.clock() - timedelta(minutes=minutes))
    sealer = sealer_of(api.runtime)
    kept = sealer.database.load

    async def load_and_end(*given: object) -> None:
        sealer.is_ending = True
        await kept(*given)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(sealer.database, "load", load_and_end)
    total = 0
    for _ in range(20):
        sealer.is_ending = False
        total += await sealer.seal(world.clinic_id) or 0
    monkeypatch.setattr(sealer.database, "load", kept)
    assert total == len(await places(api, world.clinic_id)) > 40
    assert (await check(api, world.clinic_id)).waiting == 0


async def test_a_pass_looks_through_few_rows_at_a_time_and_leaves_none(
    api: Api, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where many rows are of one instant, and where one is late."""
    sealer, at = sealer_of(api.runtime), api.clock()
    await add(api, world.clinic_id)
    await sealer.seal(world.clinic_id)
    for _ in range(3):
        await add(api, world.clinic_id, 6, at=at + timedelta(seconds=1))
        await add(api, world.clinic_id, 3, at=at + timedelta(seconds=2))
        await add(api, world.clinic_id, at=at - timedelta(seconds=20))
        monkeypatch.setattr(sealer_module, "SCANNED_ROWS", 4)
        ahead = {"clinic_id": world.clinic_id, "cursor_at": at, "cursor_id": UUID(int=0), "page_rows": 4}
        found = await api.runtime.database.one(sql.LOOK_AHEAD, ahead)
        assert found is not None
        assert found.rows == 4
        assert await sealer.seal(world.clinic_id) == 10
    assert (await check(api, world.clinic_id)).waiting == 0


@pytest.mark.thorough
async def test_two_sealers_at_once_do_no_harm(api: Api, world: World) -> None:
    await add(api, world.clinic_id, MAX_ROWS * 2 + 30)
    sealers = [sealer_of(api.runtime) for _ in range(4)]
    ended = await asyncio.gather(*(one.seal(world.clinic_id) for one in sealers))
    assert any(count is not None for count in ended)
    await sealers[0].seal(world.clinic_id)
    report = await check(api, world.clinic_id)
    assert report.rows >= MAX_ROWS * 2 + 30
    assert report.waiting == 0


@pytest.mark.thorough
async def test_sealing_while_many_write(api: Api, world: World) -> None:
    """Writers, two sealers and a reader of the seals at the same time: no gap, no false alarm, no row left.

    All of them take a turn in each round, so none of them gets ahead of the others on a slow machine.
    """
    therapist = await world.therapist()
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"charts_per_ten_minutes": 0}}, clinic["version"])

    async def write() -> None:
        for _ in range(2):
            await therapist.get("/patients")
            await therapist.post("/patients", {"name": "Rowan Sample"})

    async def look() -> None:
        key = sealer_of(api.runtime).signer.public_key
        assert (await verify_clinic(api.runtime.database, world.clinic_id, key)).findings == []

    sealers = [sealer_of(api.runtime), sealer_of(api.runtime)]
    for _ in range(12):
        await asyncio.gather(look(), *(one.seal(world.clinic_id) for one in sealers), *(write() for _ in range(8)))
    await sealers[0].seal(world.clinic_id)
    report = await check(api, world.clinic_id)
    assert report.rows >= 12 * 8 * 4
    assert report.waiting == 0
    assert report.seals > 5


async def test_the_chain_of_one_clinic_says_nothing_of_another(api: Api, world: World) -> None:
    other = await World.build(api)
    await add(api, world.clinic_id, 3)
    await sealer_of(api.runtime).seal(other.clinic_id)
    assert await places(api, world.clinic_id) == []
    [first] = await seals(api, other.clinic_id)
    assert (first.number, first.first_position) == (1, 1)


@pytest.mark.thorough
async def test_exported_heads_are_those_that_stand(api: Api, world: World) -> None:
    sealer = sealer_of(api.runtime)
    await sealer.seal(world.clinic_id)
    heads = await export_heads(api.runtime.database, sealer.signer.public_key, api.clock())
    head = heads.by_clinic[world.clinic_id]
    await add(api, world.clinic_id, 3)
    await sealer.seal(world.clinic_id)
    key, database = sealer.signer.public_key, api.runtime.database
    assert (await verify_clinic(database, world.clinic_id, key, head)).findings == [], "the chain goes on from it"
    unknown = await verify_clinic(database, new_id(), key, head)
    assert unknown.findings == [f"the chain ends with seal 0, but seal {head.number} was exported: its end was cut off"]


# ── in the background ──


@asynccontextmanager
async def background(sealer: Sealer, written: set[UUID], seconds: float = PASS_SECONDS) -> AsyncIterator[None]:
    async with sealing(sealer, written, seconds):
        yield


async def until_sealed(api: Api, clinic_id: UUID) -> None:
    """Time goes on meanwhile, so that what was sealed just now is not left alone any longer."""
    key = sealer_of(api.runtime).signer.public_key

    async def is_sealed() -> bool:
        api.clock.advance(seconds=PASS_SECONDS)
        report = await verify_clinic(api.runtime.database, clinic_id, key)
        return bool(report.rows) and not report.waiting  # not looked at in the very moment of sealing

    await until_async(is_sealed, "every row to be sealed")
    await check(api, clinic_id)


@pytest.mark.thorough
async def test_a_server_seals_what_it_writes(api: Api, world: World, settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"seal_seconds": PASS_SECONDS}), api.clock)
    async with app.router.lifespan_context(app):
        await until_sealed(api, world.clinic_id)  # the sweep with which it begins
        app.state.runtime.written.add(world.clinic_id)
        await add(api, world.clinic_id, 5)
        await until_sealed(api, world.clinic_id)


async def test_every_request_names_its_clinic_to_the_sealer(api: Api, world: World) -> None:
    therapist = await world.therapist()
    api.runtime.written.clear()
    await therapist.get("/patients")
    assert api.runtime.written == {world.clinic_id}
    api.runtime.written.clear()
    await therapist.get("/me")
    assert api.runtime.written == set(), "nothing of it is in the ledger"


async def test_zero_seconds_is_never(api: Api, world: World) -> None:
    before = asyncio.all_tasks()
    async with background(sealer_of(api.runtime), {world.clinic_id}, seconds=0):
        assert asyncio.all_tasks() == before, "nobody is there to seal"
    assert (await check(api, world.clinic_id)).seals == 0


@pytest.mark.thorough
async def test_it_goes_on_after_a_database_that_was_down(
    api: Api, world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    sealer = sealer_of(api.runtime)
    await add(api, world.clinic_id, 5)

    def has_failed_twice() -> bool:
        return [record.getMessage() for record in caplog.records].count("sealing_failed") > 1

    with caplog.at_level(logging.WARNING):
        async with background(sealer, {world.clinic_id}):
            async with commits_failing(settings, "ledger_seals"):
                await until_async(has_failed_twice, "the sealer to fail twice")
                assert await seals(api, world.clinic_id) == []
            await until_sealed(api, world.clinic_id)


async def test_writers_do_not_wait_for_a_sealer(api: Api, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it takes over its hashes: what it holds while it does is nothing."""
    therapist = await world.therapist()
    hashed, release = asyncio.Event(), asyncio.Event()

    async def slow(rows: Sequence[sql.RawRow], first_position: int, clinic_id: UUID) -> Rows:
        hashed.set()
        await release.wait()
        return await change_rows(rows, first_position, clinic_id)

    monkeypatch.setattr("integration_api.ledger.sealer.change_rows", slow)
    task = asyncio.create_task(sealer_of(api.runtime).seal(world.clinic_id))
    await hashed.wait()
    async with asyncio.timeout(STUCK_SECONDS):
        for _ in range(5):
            await therapist.post("/patients", {"name": "Rowan Sample"})
            await therapist.get("/patients")
    assert not task.done()
    release.set()
    await task
    await sealer_of(api.runtime).seal(world.clinic_id)
    assert (await check(api, world.clinic_id)).waiting == 0


@pytest.mark.thorough
async def test_it_ends_when_the_process_ends(
    api: Api, world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the midst of a long backlog: what is begun is kept whole, the rest is left for the next."""
    await add(api, world.clinic_id, MAX_ROWS * 2)
    sealer, begun = sealer_of(api.runtime), asyncio.Event()
    kept = sealer.database.load

    async def load_when_it_ends(first: Step, *given: Any) -> None:
        if first.values["clinic_id"] == world.clinic_id:
            begun.set()
            await until_async(lambda: sealer.is_ending, "the process to end")
        await kept(first, *given)

    monkeypatch.setattr(sealer.database, "load", load_when_it_ends)
    async with asyncio.timeout(STUCK_SECONDS), background(sealer, {world.clinic_id}):
        await begun.wait()
    report = await check(api, world.clinic_id)
    assert report.rows == MAX_ROWS
    assert report.waiting > 0


async def test_it_ends_even_while_the_database_stands_still(
    api: Api, world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealer_module, "_END_SECONDS", 0.05)
    begun = asyncio.Event()

    async def never(*_: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    sealer = sealer_of(api.runtime)
    monkeypatch.setattr(sealer.database, "all", never)
    async with asyncio.timeout(STUCK_SECONDS), background(sealer, {world.clinic_id}):
        await begun.wait()


async def test_a_seal_whose_commit_fails_leaves_nothing(api: Api, world: World, settings: Settings) -> None:
    await add(api, world.clinic_id, 5)
    async with commits_failing(settings, "ledger_seals"):
        with pytest.raises((DatabaseDown, asyncpg.RaiseError)):
            await sealer_of(api.runtime).seal(world.clinic_id)
    assert (await seals(api, world.clinic_id), await places(api, world.clinic_id)) == ([], [])


async def test_a_sealer_waits_for_no_writer_of_the_ledger(api: Api, world: World, settings: Settings) -> None:
    await add(api, world.clinic_id, 5)
    if settings.database_url is None:
        return  # a file has one writer
    async with commits_held(settings):
        assert await sealer_of(api.runtime).seal(world.clinic_id) == 5 + 1, "also what made the clinic"
