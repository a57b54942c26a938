"""Fill an empty database with invented clinics: `python -m benchmarks.seed --rows 200k --database-url URL`.

Five clinics, 50 therapists, 2,000 patients, each with account, sign-in, key and a therapist; reflections over 400
days, written, sealed, submitted, shared and read once; the newest 5 % wait in their therapist's worklist; as many
ledger rows. Not made: versions and replies, which no workload reads. The same seed makes the same ids and texts
(nonces and wrapped keys are random, as always). Access tokens live 15 minutes: `benchmarks.targets` makes them.
"""

import argparse
import asyncio
import base64
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, cast
from uuid import UUID

from benchmarks.filling import CHUNK, Filling, PostgresFilling, SqliteFilling
from benchmarks.texts import contents, encoded
from integration_api.access.actor import Role
from integration_api.access.tables import AccountState, AccountTable, CareTeamRole, CareTeamTable, SignInTable
from integration_api.core.tables import VaultKeyTable
from integration_api.core.vault import DataKey, Vault
from integration_api.ledger.events import Event, Outcome
from integration_api.ledger.tables import LedgerTable
from integration_api.resources.clinics.service import crisis_resources
from integration_api.resources.clinics.tables import ClinicTable
from integration_api.resources.patients.tables import PatientTable
from integration_api.resources.reflections.contents import CrisisLine
from integration_api.resources.reflections.rules import monitoring_statement
from integration_api.resources.reflections.tables import ReflectionKind, ReflectionState, ReflectionTable, Sharing
from integration_api.resources.worklist.tables import TaskKind, TaskTable

__all__ = ["MASTER_KEY", "MASTER_KEY_TEXT", "SEEDED", "SIZES", "bench_vault", "seed", "timed_id"]

MASTER_KEY = bytes(range(32))
MASTER_KEY_TEXT = base64.b64encode(MASTER_KEY).decode()
"""Everybody knows it: the data of the benchmark is invented."""

SIZES = {"20k": 20_000, "200k": 200_000, "2M": 2_000_000}
CLINICS, THERAPISTS, PATIENTS, DAYS = 5, 50, 2_000, 400
SEEDED = timedelta(days=DAYS + 1, minutes=30)
"""From the making of the clinics until after the last row of the seed; what is later was added by a run."""
_PENDING_PART = 0.05
_TIME_ZONE, _COUNTRY = "America/New_York", "US"
_HOURS = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
_REVIEW = timedelta(hours=72)


def bench_vault() -> Vault:
    """The vault of every benchmark database."""
    return Vault(MASTER_KEY)


def timed_id(at: datetime, random: Random) -> UUID:
    """A UUID of version 7 for an instant (RFC 9562)."""
    milliseconds = int(at.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 7 << 76 | random.getrandbits(12) << 64 | 2 << 62 | random.getrandbits(62))


@dataclass(frozen=True, slots=True)
class Chart:
    """One patient and who treats them."""

    clinic_id: UUID
    id: UUID
    account_id: UUID
    therapist_id: UUID


class World:
    """The people: made first, few enough to be held in memory."""

    def __init__(self, vault: Vault, seed: int, until: datetime) -> None:
        """Everybody came the day before the first reflection."""
        self.random = Random(seed)  # noqa: S311  invented data, no secret
        self.vault, self.seed, self.until = vault, seed, until
        self.start = until - timedelta(days=DAYS)
        self.came = self.start - timedelta(days=1)
        self.keys: dict[UUID, DataKey] = {}
        self.clinics = [self.id() for _ in range(CLINICS)]
        self.therapists = [(self.clinics[at % CLINICS], self.id()) for at in range(THERAPISTS)]
        self.charts = [
            Chart(self.therapists[at % THERAPISTS][0], self.id(), self.id(), self.therapists[at % THERAPISTS][1])
            for at in range(PATIENTS)
        ]

    def id(self) -> UUID:
        """An id of the day everybody came."""
        return timed_id(self.came, self.random)

    async def add_to(self, filling: Filling) -> None:
        """Everybody, and what makes them able to sign in and be seen."""
        owners = [(c, c) for c in self.clinics] + [(c.clinic_id, c.id) for c in self.charts]
        await filling.add(VaultKeyTable, [self._key(clinic_id, owner_id) for clinic_id, owner_id in owners], {})
        await filling.add(ClinicTable, [self._clinic(at, clinic_id) for at, clinic_id in enumerate(self.clinics)], {})
        await filling.add(PatientTable, [self._patient(at, chart) for at, chart in enumerate(self.charts)], self.keys)
        staff = [self._account(c, a, Role.THERAPIST, name="Imani Vale") for c, a in self.therapists]
        patients = [self._account(c.clinic_id, c.account_id, Role.PATIENT, patient_id=c.id) for c in self.charts]
        await filling.add(AccountTable, staff + patients, self.keys)
        await filling.add(SignInTable, [self._sign_in(row) for row in staff + patients], {})
        await filling.add(CareTeamTable, [self._grant(chart) for chart in self.charts], {})

    def _versioned(self, clinic_id: UUID, row_id: UUID) -> dict[str, Any]:
        return {
            "clinic_id": clinic_id,
            "id": row_id,
            "created_at": self.came,
            "updated_at": self.came,
            "version": 1,
        }

    def _key(self, clinic_id: UUID, owner_id: UUID) -> dict[str, Any]:
        wrapped = self.vault.new_key(clinic_id, owner_id)
        self.keys[owner_id] = self.vault.unwrap(wrapped, clinic_id, owner_id)
        return {"clinic_id": clinic_id, "id": owner_id, "wrapped_key": wrapped, "created_at": self.came}

    def _clinic(self, at: int, clinic_id: UUID) -> dict[str, Any]:
        return self._versioned(clinic_id, clinic_id) | {
            "slug": f"bench-{at}",
            "name": f"Bench House {at}",
            "time_zone": _TIME_ZONE,
            "country": _COUNTRY,
            "hours": _HOURS,
            "policies": {},
        }

    def _patient(self, at: int, chart: Chart) -> dict[str, Any]:
        return self._versioned(chart.clinic_id, chart.id) | {
            "name": f"Rowan Sample {at}",
            "preferred_name": None,
            "birth_on": "1990-01-31",
            "email": f"patient-{at}@example.org",
            "phone": None,
            "emergency_contact": None,
            "time_zone": _TIME_ZONE,
            "created_by_id": chart.therapist_id,
        }

    def _account(
        self, clinic_id: UUID, account_id: UUID, role: Role, name: str | None = None, patient_id: UUID | None = None
    ) -> dict[str, Any]:
        email = f"{account_id}@example.org"
        return self._versioned(clinic_id, account_id) | {
            "state": AccountState.ACTIVE,
            "epoch": 1,
            "roles": [role.value],
            "patient_id": patient_id,
            "name": name,
            "credential": "LMFT" if name else None,
            "email": email if name else None,
            "email_index": self.vault.blind_index("email", email),
            "password_hash": "unused",
        }

    def _sign_in(self, account: dict[str, Any]) -> dict[str, Any]:
        return {
            "clinic_id": account["clinic_id"],
            "id": self.id(),
            "account_id": account["id"],
            "refresh_digest": b"-" * 32,
            "previous_digest": None,
            "created_at": self.came,
            "refreshed_at": self.came,
            "expires_at": self.until + timedelta(days=DAYS),
            "revoked_at": None,
        }

    def _grant(self, chart: Chart) -> dict[str, Any]:
        return self._versioned(chart.clinic_id, self.id()) | {
            "patient_id": chart.id,
            "account_id": chart.therapist_id,
            "role": CareTeamRole.THERAPIST,
            "started_at": self.came,
            "ends_at": None,
            "ended_at": None,
        }


class Entries:
    """The reflections, oldest first, each patient's turn once in every 2,000."""

    def __init__(self, world: World, rows: int) -> None:
        """`rows` of them."""
        self.world, self.count = world, rows
        self.bodies = [encoded(content) for content in contents(world.seed)]
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
            "kind": ReflectionKind.PROMPTED,
            "state": ReflectionState.SUBMITTED,
            "sharing": Sharing.SHARED,
            "release_at": None,
            "captured_at": moment,
            "submitted_at": handed_in,
            "shared_at": handed_in,
            "review_due_at": handed_in + _REVIEW,
            "first_read_at": handed_in + timedelta(minutes=10),
            "reviewed_at": reviewed,
            "reviewed_by_id": chart.therapist_id if reviewed else None,
            "edited_at": None,
            "content_number": 1,
            "content": self.bodies[at % len(self.bodies)],
            "monitoring": self._monitoring(handed_in),
        }

    def record(self, at: int, moment: datetime, row_id: UUID, chart: Chart) -> dict[str, Any]:
        """What the ledger says of it."""
        return {
            "clinic_id": chart.clinic_id,
            "id": timed_id(moment, self.world.random),
            "at": moment,
            "event": Event.REFLECTION_CREATED.value,
            "action": "reflection:create",
            "outcome": Outcome.DONE,
            "reason": None,
            "actor_id": chart.account_id,
            "actor_role": Role.PATIENT.value,
            "subject_id": row_id,
            "patient_id": chart.id,
            "is_private": False,
            "request_id": f"seed-{at}",
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
            "opened_at": handed_in,
            "due_at": handed_in + _REVIEW,
        }

    def _monitoring(self, at: datetime) -> bytes:
        """What the patient was told, worked out once for each day."""
        day = at.toordinal()
        found = self._told.get(day)
        if found is None:
            lines = [cast(CrisisLine, line.model_dump(mode="json")) for line in crisis_resources(_COUNTRY)]
            told = monitoring_statement(
                at,
                _HOURS,
                _TIME_ZONE,
                lines,
                is_shared=True,
                has_readers=True,
                release_at=None,
                reviewed_by=at + _REVIEW,
                is_urgent=False,
            )
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
