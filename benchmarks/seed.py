"""Fill an empty database with invented clinics: `python -m benchmarks.seed --rows 200k --database-url URL`.

Five clinics, 50 therapists, 2,000 patients, each with account, sign-in, key and a therapist; reflections over 400
days, written, sealed, submitted, shared and read once; the newest 5 % wait in their therapist's worklist; as many
ledger rows. Not made: versions and replies, which no workload reads. The same seed makes the same ids and texts
(nonces and wrapped keys are random, as always). Access tokens live 15 minutes: `benchmarks.targets` makes them.
"""

import argparse
import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from benchmarks.filling import CHUNK, Filling, PostgresFilling, SqliteFilling
from benchmarks.texts import contents, encoded
from benchmarks.world import COUNTRY, HOURS, TIME_ZONE, Chart, World, bench_vault, timed_id
from integration_api.access.actor import Role
from integration_api.ledger.events import Outcome, Purpose
from integration_api.ledger.tables import LedgerTable
from integration_api.resources.attention.worklist.rules import Waiting
from integration_api.resources.attention.worklist.tables import RANKS, TaskKind, TaskTable, Urgency
from integration_api.resources.journal.reflections import operations
from integration_api.resources.journal.reflections.contents import outline_of
from integration_api.resources.journal.reflections.tables import (
    ReflectionKind,
    ReflectionState,
    ReflectionTable,
    Sharing,
)
from integration_api.resources.people.patients.monitoring_statements import ClinicOfPatient, monitoring_statement

SIZES = {"20k": 20_000, "200k": 200_000, "2M": 2_000_000}
_PENDING_PART = 0.05
_REVIEW, _REPLY = timedelta(hours=72), timedelta(hours=24)


class Entries:
    """The reflections, oldest first, each patient's turn once in every 2,000."""

    def __init__(self, world: World, rows: int) -> None:
        """`rows` of them."""
        self.world, self.count = world, rows
        self.bodies = [encoded(content) for content in contents(world.seed)]
        self.outlines = [encoded(outline_of(content)) for content in contents(world.seed)]
        self.pending_from = rows - int(rows * _PENDING_PART)
        self.step = (world.until - world.start) / rows
        self._told: dict[int, bytes] = {}

    def written(self) -> Iterator[tuple[int, datetime, UUID, Chart]]:
        """Which entry, when, its id, and whose."""
        random, charts = Random(self.world.seed + 2), list(self.world.charts)  # noqa: S311  invented data
        for at in range(self.count):
            if at % len(charts) == 0:
                random.shuffle(charts)
            moment = (self.world.start + at * self.step).replace(microsecond=0)
            yield at, moment, timed_id(moment, random), charts[at % len(charts)]

    def reflection(self, at: int, moment: datetime, row_id: UUID, chart: Chart) -> dict[str, Any]:
        """One row."""
        handed_in = moment + timedelta(minutes=4)
        reviewed = handed_in + timedelta(hours=20) if at < self.pending_from else None
        return {
            "clinic_id": chart.clinic_id,
            "id": row_id,
            "created_at": moment,
            "updated_at": reviewed or handed_in,
            "version": 3 if reviewed else 2,
            "patient_id": chart.id,
            "session_id": None,
            "capture_link_id": None,
            "kind": ReflectionKind.PROMPTED,
            "state": ReflectionState.SUBMITTED,
            "sharing": Sharing.SHARED,
            "release_at": None,
            "captured_at": moment,
            "happened_at": moment,
            "submitted_at": handed_in,
            "shared_at": handed_in,
            "promised_at": handed_in,
            "review_due_at": handed_in + _REVIEW,
            "next_due_at": handed_in + _REVIEW + _REPLY,
            "answered_at": reviewed,
            "first_read_at": handed_in + timedelta(minutes=10),
            "reviewed_at": reviewed,
            "reviewed_by_id": chart.therapist_id if reviewed else None,
            "edited_at": None,
            "content_number": 1,
            "reply_count": 0,
            "last_reply_at": None,
            "conflict_of_id": None,
            "elaborates_id": None,
            "content": self.bodies[at % len(self.bodies)],
            "outline": self.outlines[at % len(self.bodies)],
            "monitoring": self._monitoring(handed_in),
        }

    def record(self, at: int, moment: datetime, row_id: UUID, chart: Chart) -> dict[str, Any]:
        """What the ledger says of it."""
        return {
            "clinic_id": chart.clinic_id,
            "id": timed_id(moment, self.world.random),
            "at": moment,
            "event": operations.CREATE_REFLECTION.recorded,
            "action": "reflection:create",
            "outcome": Outcome.DONE,
            "reason": None,
            "actor_id": chart.account_id,
            "actor_role": Role.PATIENT.value,
            "subject_id": row_id,
            "patient_id": chart.id,
            "purpose": Purpose.OWN,
            "digest": None,
            "is_private": False,
            "request_id": f"seed-{at}",
            "changed": "reflection::patient",
        }

    def task(self, at: int, moment: datetime, row_id: UUID, chart: Chart) -> dict[str, Any] | None:
        """What it waits for, where it does."""
        if at < self.pending_from:
            return None
        handed_in = moment + timedelta(minutes=4)
        return {
            "clinic_id": chart.clinic_id,
            "id": timed_id(handed_in, self.world.random),
            "account_id": chart.therapist_id,
            "patient_id": chart.id,
            "kind": TaskKind.REFLECTION_TO_REVIEW,
            "subject_id": row_id,
            "urgency_rank": RANKS.index(Urgency.ROUTINE),
            "is_beyond_team": False,
            "opened_at": handed_in,
            "due_at": handed_in + _REVIEW,
        }

    def _monitoring(self, at: datetime) -> bytes:
        """What the patient was told, worked out once for each day."""
        day = at.toordinal()
        found = self._told.get(day)
        if found is None:
            clinic = ClinicOfPatient.model_construct(
                created_at=at,
                updated_at=at,
                time_zone=TIME_ZONE,
                country=COUNTRY,
                hours=HOURS,
                policies={},
                patient_time_zone=TIME_ZONE,
            )
            told = monitoring_statement(clinic, at, told=Waiting.TEAM, due_at=at + _REVIEW)
            found = self._told[day] = encoded(told)
        return found


async def seed(filling: Filling, rows: int, number: int, until: datetime | None = None) -> None:
    """Fill an empty, migrated database."""
    until = until or datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    world = World(bench_vault(), number, until)
    await world.add_to(filling)
    entries = Entries(world, rows)
    written, done, started = entries.written(), 0, time.monotonic()
    while chunk := list(islice(written, CHUNK)):
        done += await filling.add(ReflectionTable, (entries.reflection(*entry) for entry in chunk), world.keys)
        await filling.add(LedgerTable, (entries.record(*entry) for entry in chunk), {})
        tasks = [task for entry in chunk if (task := entries.task(*entry)) is not None]
        await filling.add(TaskTable, tasks, {})
        print(f"{done:>9,} reflections, {time.monotonic() - started:.0f} s", flush=True)
    await filling.finish()


async def seed_postgres(url: str, rows: int, number: int) -> None:
    """Migrate and fill an empty PostgreSQL database."""
    filling = PostgresFilling(url)
    await filling.open()
    await seed(filling, rows, number)


async def seed_sqlite(path: Path, rows: int, number: int) -> None:
    """Make and fill a SQLite file."""
    await seed(SqliteFilling(path), rows, number)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default="200k", choices=SIZES, help="How many reflections.")
    parser.add_argument("--seed", default=7, type=int)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--database-url", help="An empty PostgreSQL database.")
    where.add_argument("--sqlite", type=Path, help="A file that does not exist.")
    given = parser.parse_args()
    started = time.monotonic()
    if given.sqlite is not None:
        asyncio.run(seed_sqlite(given.sqlite, SIZES[given.rows], given.seed))
    else:
        asyncio.run(seed_postgres(given.database_url, SIZES[given.rows], given.seed))
    print(f"seeded {given.rows} in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
