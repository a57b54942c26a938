"""The state of the installation, looked at behind the requests: seals, tasks, webhooks, keys, revision, commands."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from integration_api.access.runtime import Runtime
from integration_api.core import logs
from integration_api.core.tasks import in_background
from integration_api.ledger import statements as ledger_sql
from integration_api.ledger.sealer import LOOK_BACK, clinics_of
from integration_api.resources.health import READ_REVISION
from integration_api.settings import Settings
from integration_api.storage.database import Database, DatabaseDown
from integration_api.storage.keys import master_keys_in_use
from integration_api.storage.run_records import Run, RunRecord, last_run
from integration_api.telemetry import statements as sql

LOOK_SECONDS = 15.0
"""After each look; a look takes three small queries of each clinic."""
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_END_SECONDS = 2.0


@dataclass(slots=True)
class Backlog:
    """A number of things that wait, and the time since which the oldest does."""

    waiting: int = 0
    oldest: datetime | None = None

    def take(self, found: sql.WaitingState | None) -> None:
        """Add those of one more clinic."""
        if found is not None and found.oldest is not None:
            self.waiting += found.waiting
            self.oldest = min(self.oldest or found.oldest, found.oldest)

    def seconds(self, now: datetime) -> float:
        """Return the age of the oldest; 0 if nothing waits."""
        return max(0.0, (now - self.oldest).total_seconds()) if self.oldest else 0.0


@dataclass(slots=True)
class State:
    """One look."""

    at: datetime
    revision: str = ""
    key_ids: tuple[str, ...] = ()
    clinics: int = 0
    unsealed: Backlog = field(default_factory=Backlog)
    overdue: Backlog = field(default_factory=Backlog)
    undelivered: Backlog = field(default_factory=Backlog)
    sealed_ahead_seconds: float = 0.0
    """By how much the newest seal is in the future: a clock is wrong."""
    runs: Mapping[Run, RunRecord | None] = field(default_factory=dict)


async def look(database: Database, settings: Settings, now: datetime) -> State:
    """Return the state as it is now. Raises DatabaseDown."""
    revision = await database.one(READ_REVISION, {})
    state = State(
        now,
        revision=revision.revision if revision else "",
        key_ids=tuple(header[1:].hex() for header in await master_keys_in_use(database)),
        runs={run: last_run(settings.runs_dir, run) for run in Run},
    )
    async for clinic_id in clinics_of(database):
        await _look_at(database, clinic_id, state)
    return state


async def _look_at(database: Database, clinic_id: UUID, state: State) -> None:
    state.clinics += 1
    last = await database.one(ledger_sql.LAST_SEAL, {"clinic_id": clinic_id})
    since = _EVER
    if last is not None:
        since = min(last.reached_at, state.at) - LOOK_BACK
        state.sealed_ahead_seconds = max(state.sealed_ahead_seconds, (last.sealed_at - state.at).total_seconds())
    state.unsealed.take(await database.one(sql.UNSEALED_STATE, {"clinic_id": clinic_id, "since": since}))
    state.overdue.take(await database.one(sql.OVERDUE_STATE, {"clinic_id": clinic_id, "now": state.at}))
    state.undelivered.take(await database.one(sql.UNDELIVERED_STATE, {"clinic_id": clinic_id, "now": state.at}))


class StateWatch:
    """Looks again and again, and keeps the last look."""

    def __init__(self, runtime: Runtime, settings: Settings) -> None:
        """Start without one."""
        self._runtime, self._settings, self.clock = runtime, settings, runtime.clock
        self.state: State | None = None

    async def turn(self) -> None:
        """Look once. Raises DatabaseDown."""
        self.state = await look(self._runtime.database, self._settings, self.clock())

    async def run(self, ending: asyncio.Event) -> None:
        """Look until the process ends; without the database there is no state, and none is told."""
        while not ending.is_set():
            try:
                await self.turn()
            except DatabaseDown:
                self.state = None
            except Exception as error:  # noqa: BLE001  it must go on: what failed is looked at again
                self.state = None
                logs.event("state_look_failed", logs.ERROR, failed=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), LOOK_SECONDS)


@asynccontextmanager
async def state_watched(watch: StateWatch) -> AsyncIterator[None]:
    """Look in the background meanwhile."""
    async with in_background(watch.run, _END_SECONDS):
        yield
