"""How late a row may be committed: what comes within the window is sealed without an alarm, what is older is found."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from integration_api.access.work import MAX_AGE, Work
from integration_api.app import sealer_of
from integration_api.ledger import sealer as sealer_module
from integration_api.ledger.sealer import (
    LOOK_BACK,
    MAX_CLOCK_DIFFERENCE,
    QUICK_FOR,
    SWEEP_BACK,
    SWEEP_EVERY,
    Sealer,
)
from integration_api.ledger.verify import verify_clinic
from integration_api.resources.people.clinics.operations import CREATE_CLINIC
from integration_api.settings import Settings
from integration_api.storage.postgres_connection import MAX_COMMAND_SECONDS
from integration_api.web.errors import Unavailable
from tests.architecture.test_privacy import Said
from tests.architecture.test_privacy import log as log  # noqa: PLC0414  a fixture
from tests.ledger.test_sealing import add, check, seals
from tests.support import Api, World

MICROSECOND = timedelta(microseconds=1)


async def findings(api: Api, clinic_id: UUID) -> list[str]:
    key = sealer_of(api.runtime).signer.public_key
    return (await verify_clinic(api.runtime.database, clinic_id, key)).findings


def test_the_window_is_as_long_as_a_row_may_take() -> None:
    """From its time to its commit, by the clock that is furthest behind, and until the next deep pass."""
    waits = max(bound.le for bound in Settings.model_fields["database_wait_seconds"].metadata if hasattr(bound, "le"))
    command = timedelta(seconds=MAX_COMMAND_SECONDS)
    needed = MAX_AGE + timedelta(seconds=waits) + command + MAX_CLOCK_DIFFERENCE + QUICK_FOR
    assert needed <= SWEEP_BACK <= needed + timedelta(minutes=2)
    assert 2 * command == LOOK_BACK


async def test_at_the_edge_of_the_window(api: Api, world: World) -> None:
    sealer = sealer_of(api.runtime)
    await add(api, world.clinic_id, 3)
    await sealer.seal(world.clinic_id)
    reached_at = (await seals(api, world.clinic_id))[-1].reached_at
    await add(api, world.clinic_id, at=reached_at - SWEEP_BACK)
    assert await findings(api, world.clinic_id) == []
    assert await sealer.seal(world.clinic_id, SWEEP_BACK) == 1
    await check(api, world.clinic_id)
    reached_at = (await seals(api, world.clinic_id))[-1].reached_at
    await add(api, world.clinic_id, at=reached_at - SWEEP_BACK - MICROSECOND)
    assert await sealer.seal(world.clinic_id, SWEEP_BACK) == 0, "it was dated back"
    [finding] = await findings(api, world.clinic_id)
    assert finding.startswith("1 rows say they are from before")
    assert await sealer.seal(world.clinic_id, back=None) == 1
    [finding] = await findings(api, world.clinic_id)
    assert finding.endswith("but was sealed long after")


# ── many writers, several sealers ──


@dataclass
class Process:
    """A process that writes and seals, told step by step."""

    sealer: Sealer
    written: set[UUID] = field(default_factory=set)
    before: set[UUID] = field(default_factory=set)
    deep_at: dict[UUID, datetime] = field(default_factory=dict)
    swept_at: datetime | None = None

    async def turn(self) -> None:
        """One turn of `Sealer.run`."""
        clinics, self.before = self.written | self.before, set(self.written)
        self.written.clear()
        now = self.sealer.clock()
        if self.swept_at is None or now - self.swept_at > SWEEP_EVERY:
            self.swept_at = now
            for clinic_id in clinics:
                await self.sealer.seal(clinic_id, SWEEP_BACK)
        else:
            await self.sealer._pass(clinics, self.written, self.deep_at, timedelta(seconds=5))


async def hours(api: Api, world: World, seed: int) -> None:
    """Rows are committed up to 8 minutes after their time; processes come and go without a word."""
    chance, processes = random.Random(seed), [Process(sealer_of(api.runtime)) for _ in range(2)]
    coming: list[tuple[datetime, datetime]] = []
    longest = SWEEP_BACK - QUICK_FOR - timedelta(seconds=20)
    for at in range(400):
        api.clock.advance(seconds=chance.choice((1, 3, 10, 10, 10, 90 if at % 7 else 800)))
        now, one = api.clock(), chance.choice(processes)
        if chance.random() < 0.6:
            late = chance.choice((timedelta(), timedelta(seconds=40), longest * chance.random(), longest))
            coming.append((now, now + late))
            one.written.add(world.clinic_id)
        for row in [row for row in coming if row[1] <= now]:
            coming.remove(row)
            if now - row[0] <= longest:
                await add(api, world.clinic_id, at=row[0])
        if chance.random() < 0.02:
            processes[processes.index(one)] = Process(sealer_of(api.runtime))
        await one.turn()
    for one in processes:
        one.written.add(world.clinic_id)
        for _ in range(3):
            api.clock.advance(minutes=1)
            await one.turn()


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(3))
async def test_every_row_within_the_window_is_sealed_and_none_is_an_alarm(api: Api, world: World, seed: int) -> None:
    await hours(api, world, seed)
    report = await check(api, world.clinic_id)
    assert (report.waiting, report.findings) == (0, [])
    assert report.rows > 100


@pytest.mark.thorough
async def test_without_deep_passes_late_rows_are_lost(api: Api, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: quick passes alone go on from where a late row is still to come."""
    monkeypatch.setattr(sealer_module, "QUICK_FOR", timedelta(days=9))
    await hours(api, world, 0)
    assert await findings(api, world.clinic_id) != []


async def test_the_last_quick_pass_is_followed_by_a_deep_one(api: Api, world: World) -> None:
    """Also if nobody writes any more: what came late is sealed within a minute, not with the next sweep."""
    one = Process(sealer_of(api.runtime), swept_at=api.clock())
    for seconds in (0, 10, 10):
        api.clock.advance(seconds=seconds)
        await add(api, world.clinic_id)
        one.written.add(world.clinic_id)
        await one.turn()
    await add(api, world.clinic_id, at=api.clock() - timedelta(minutes=1))
    for pause, waiting in ((6.0, 1), (3.0, 1), (QUICK_FOR.total_seconds(), 0)):
        api.clock.advance(seconds=pause)
        await one.turn()
        assert (await check(api, world.clinic_id)).waiting == waiting
    assert one.deep_at == {}, "nothing more is due"


async def test_a_clock_that_is_behind_is_told(api: Api, world: World, log: Said) -> None:
    """A process with a slow clock seals its own rows, which may be reported as dated back for good."""
    sealer = sealer_of(api.runtime)
    for behind, lines in ((MAX_CLOCK_DIFFERENCE, 0), (MAX_CLOCK_DIFFERENCE + timedelta(seconds=1), 1)):
        await add(api, world.clinic_id)
        await sealer.seal(world.clinic_id)
        api.clock.advance(seconds=-behind.total_seconds())
        await sealer.seal(world.clinic_id)
        assert log.getvalue().count("clock_behind") == lines


# ── a row is not dated long before its commit ──


async def test_what_took_too_long_is_not_applied(api: Api, world: World) -> None:
    for late, is_applied in ((MAX_AGE - timedelta(seconds=1), True), (MAX_AGE + MICROSECOND, False)):
        work = Work(api.runtime, CREATE_CLINIC, "test")
        work.record(clinic_id=world.clinic_id)
        api.clock.advance(seconds=late.total_seconds())
        if is_applied:
            await work.apply()
            continue
        with pytest.raises(Unavailable):
            await work.apply()
    assert (await check(api, world.clinic_id)).waiting == 1 + 1, "and what made the clinic"


async def test_a_body_that_takes_long_dates_nothing_back(api: Api, world: World) -> None:
    """A client may send a large body for 43 minutes: what it does is of the moment at which all of it has arrived."""
    therapist = await world.therapist()

    async def slowly() -> AsyncIterator[bytes]:
        yield b'{"name": '
        api.clock.advance(minutes=40)
        yield b'"Rowan Sample"}'

    begun_at = api.clock()
    headers = {"Authorization": f"Bearer {therapist.token}", "Content-Type": "application/json"}
    answer = await api.client.post("/v1/patients", content=slowly(), headers=headers)
    assert answer.status_code == 201, answer.text
    sealer = sealer_of(api.runtime)
    await sealer.seal(world.clinic_id)
    made_at = datetime.fromisoformat(answer.json()["created_at"])
    assert made_at - begun_at > timedelta(minutes=40)
    await check(api, world.clinic_id)


@pytest.mark.parametrize(("minutes", "rests"), [(0, True), (2, False)])
async def test_it_rests_between_seals_unless_it_is_behind(
    api: Api, world: World, monkeypatch: pytest.MonkeyPatch, minutes: int, *, rests: bool
) -> None:
    monkeypatch.setattr(sealer_module, "MAX_ROWS", 5)
    sealer, pauses, sleep = sealer_of(api.runtime), list[float](), asyncio.sleep
    await sealer.seal(world.clinic_id)

    async def noted(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", noted)
    for is_resting in (False, True):
        await add(api, world.clinic_id, 12, at=api.clock() - timedelta(minutes=minutes))
        sealer.is_resting = is_resting
        pauses.clear()
        assert await sealer.seal(world.clinic_id, SWEEP_BACK) == 12
        assert any(pause > 0 for pause in pauses) is (is_resting and rests)
