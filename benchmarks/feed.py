"""The cost of a poll of the change feed: an empty one, one of 200 items, one from 500,000 positions behind.

python -m benchmarks.feed [--positions 600000] [--polls 300] [--on sqlite postgresql]

A therapist has 40 charts of a clinic of 400. Everything that others do there is in the same table. The limit is a query
written by hand that joins the therapist's charts with their changes: no audience, no ends of access, no decoding.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from benchmarks.filling import Filling, PostgresFilling, SqliteFilling
from benchmarks.postgres import new_database, postgres
from benchmarks.seed import Entries
from benchmarks.world import World, bench_vault
from integration_api.access.actor import Actor, Role
from integration_api.access.policy import grant
from integration_api.access.visible import values_of
from integration_api.ledger.changes import AT_ONCE, MAX_CHANGES, Channel, row_id_of
from integration_api.ledger.tables import ChangeTable
from integration_api.resources.delivery.changes.cursors import FIRST_SEQUENCE
from integration_api.resources.delivery.changes.operations import LIST_CHANGES as OPERATION
from integration_api.resources.delivery.changes.statements import LIST_CHANGES
from integration_api.resources.journal.reflections.tables import ReflectionTable
from integration_api.storage.database import Database, Driver
from integration_api.storage.postgres import PostgresDriver
from integration_api.storage.sqlite import SqliteDriver

_ENTRIES = 20_000
_BEHIND = 500_000
_PAGE_ROWS = 201
Row = Mapping[str, Any]
_LIMIT = """SELECT c.kind, c.thing_id, c.patient_id, c.sequence FROM care_team t
JOIN changes c ON c.clinic_id = t.clinic_id AND c.channel = {} AND c.channel_id = t.patient_id AND c.sequence > {}
WHERE t.clinic_id = {} AND t.account_id = {} ORDER BY c.sequence LIMIT {}"""


def _change(clinic_id: UUID, position: int, kind: str, thing_id: UUID, patient_id: UUID, at: datetime) -> Row:
    return {
        "clinic_id": clinic_id,
        "id": row_id_of(Channel.TEAM, patient_id, kind, thing_id),
        "channel": Channel.TEAM.value,
        "channel_id": patient_id,
        "kind": kind,
        "thing_id": thing_id,
        "patient_id": patient_id,
        "account_id": None,
        "sequence": position * MAX_CHANGES,
        "at": at,
        "visible_from": AT_ONCE,
        "due_at": None,
    }


def changes(world: World, entries: Entries, positions: int, members: Mapping[UUID, UUID]) -> Iterator[Row]:
    """Yield the openings of one therapist's charts, their entries, and all that happens beside, in other charts."""
    clinic_id, therapist_id = world.therapists[0]
    others = [chart.id for chart in world.charts if chart.clinic_id == clinic_id and chart.therapist_id != therapist_id]
    for patient_id, member_id in members.items():
        yield {
            **_change(clinic_id, 0, "chart", member_id, patient_id, world.start),
            "id": member_id,
            "channel": Channel.ACCOUNT.value,
            "channel_id": therapist_id,
            "account_id": therapist_id,
            "sequence": FIRST_SEQUENCE + 1 + member_id.int % 1000,
        }
    own = [(row_id, chart) for _, _, row_id, chart in entries.written() if chart.therapist_id == therapist_id]
    random, step = Random(11), max(positions // len(own), 1)  # noqa: S311  invented data
    for position in range(1, positions + 1):
        if position % step == 0 and position // step <= len(own):
            row_id, chart = own[position // step - 1]
            yield _change(clinic_id, position, "reflection", row_id, chart.id, world.start)
        else:
            yield _change(clinic_id, position, "session", world.id(), random.choice(others), world.start)


async def _fill(filling: Filling) -> World:
    world = World(bench_vault(), 7, datetime.now(UTC) - timedelta(hours=1))
    await world.add_to(filling)
    entries = Entries(world, _ENTRIES)
    await filling.add(ReflectionTable, (entries.reflection(*entry) for entry in entries.written()), world.keys)
    return world


async def _members(driver: Driver, world: World) -> dict[UUID, UUID]:
    """Return the memberships of the first therapist, by chart."""
    rows = await driver.read("SELECT id, patient_id, account_id FROM care_team", ())
    found = [[one if isinstance(one, UUID) else UUID(str(one)) for one in row] for row in rows]
    return {
        patient_id: member_id for member_id, patient_id, account_id in found if account_id == world.therapists[0][1]
    }


async def _actor(driver: Driver, world: World) -> Actor:
    clinic_id, account_id = world.therapists[0]
    rows = await driver.read("SELECT id, account_id FROM sign_ins", ())
    sign_ins = {UUID(str(account)): UUID(str(row_id)) for row_id, account in rows}
    return Actor(clinic_id, account_id, sign_ins[account_id], 1, (Role.THERAPIST,), None, datetime.now(UTC))


async def _timed(polls: int, poll: Callable[[], Awaitable[int]]) -> tuple[float, int]:
    """Return the median in milliseconds, and the number of items."""
    await poll()
    took, items = [], 0
    for _ in range(polls):
        started = time.perf_counter()
        items = await poll()
        took.append(time.perf_counter() - started)
    return statistics.median(took) * 1000, items


async def _measure(name: str, driver: Driver, world: World, positions: int, polls: int) -> None:
    database = Database(driver, world.vault)
    actor = await _actor(driver, world)
    ambient = values_of(actor, grant(OPERATION, actor.roles), world.until)
    end = positions * MAX_CHANGES

    async def poll(after: int) -> int:
        asked = {"after_sequence": after, "since_sequence": end, "end_sequence": end, "page_rows": _PAGE_ROWS}
        roles = {"is_staff": True, "is_clinic_admin": False, "is_privacy_officer": False, "only_patient_id": None}
        rows = await database.all(LIST_CHANGES, {**ambient, **asked, **roles})
        return sum(row.change is not None for row in rows)

    charts = await driver.read("SELECT clinic_id, account_id FROM care_team", ())
    own = next((row[0], row[1]) for row in charts if UUID(str(row[1])) == actor.id)
    marks = [f"${number}" for number in range(1, 6)] if driver.dialect == "postgresql" else ["?"] * 5
    by_hand = _LIMIT.format(*marks)

    async def limit(after: int) -> int:
        return len(await driver.read(by_hand, (Channel.TEAM.value, after, *own, _PAGE_ROWS - 1)))

    for words, after in (
        ("empty", end),
        ("a page of 200", FIRST_SEQUENCE),
        ("500,000 positions behind", end - _BEHIND * MAX_CHANGES),
    ):
        median, items = await _timed(polls, partial(poll, after))
        least, _ = await _timed(polls, partial(limit, after))
        print(f"{name:<10} {words:<26} {median:>7.2f} ms  {items:>4} items  limit {least:>7.2f} ms", flush=True)


async def _on_sqlite(positions: int, polls: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-feed-") as folder:
        path = Path(folder) / "journal.sqlite3"
        filling = SqliteFilling(path)
        world = await _fill(filling)
        driver = SqliteDriver(path)
        await driver.open()
        members = await _members(driver, world)
        await filling.add(ChangeTable, changes(world, Entries(world, _ENTRIES), positions, members), {})
        await filling.finish()
        await _measure("sqlite", driver, world, positions, polls)
        await driver.close()


async def _on_postgres(url: str, positions: int, polls: int) -> None:
    filling = PostgresFilling(url)
    await filling.open()
    world = await _fill(filling)
    driver = PostgresDriver(url, 2)
    await driver.open()
    members = await _members(driver, world)
    await filling.add(ChangeTable, changes(world, Entries(world, _ENTRIES), positions, members), {})
    await filling.finish()
    await _measure("postgresql", driver, world, positions, polls)
    await driver.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--positions", default=600_000, type=int, help="Changes of the clinic.")
    parser.add_argument("--polls", default=300, type=int, help="Of each kind.")
    parser.add_argument("--on", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    given = parser.parse_args()
    if "sqlite" in given.on:
        asyncio.run(_on_sqlite(given.positions, given.polls))
    if "postgresql" in given.on:
        with postgres() as server:
            asyncio.run(_on_postgres(asyncio.run(new_database(server.url)), given.positions, given.polls))


if __name__ == "__main__":
    main()
