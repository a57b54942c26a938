"""A sandbox: a database of invented people whose clock can be moved forward (ADR 46).

One row marks it, is made while the database has no clinic, and is never deleted: a database is a sandbox for ever or
never. The row holds how far the clock was moved, so that all processes agree. `MovedClock` follows it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Field
from starlette import types

from integration_api.access.tables import ClinicTable
from integration_api.core.clock import Clock
from integration_api.core.tasks import in_background
from integration_api.storage.database import Database, DatabaseDown, DatabaseUnfit, Duplicate, Missed, Step
from integration_api.storage.statements import Change, Read, Scope, insert_rows, param, row_key
from integration_api.storage.tables import ClinicRow, table_of
from integration_api.storage.vault import NOBODY

MAX_MOVED = timedelta(days=3660)
MAX_CLINICS = 500
ITS_KEY = {"clinic_id": NOBODY, "id": NOBODY}
_FOLLOW_SECONDS = 1.0
_MICROSECOND = timedelta(microseconds=1)
_WHY = "the sandbox: a row of no clinic, in a database of invented people alone"


class SandboxRow(ClinicRow):
    """The mark of a sandbox: how far its clock was moved (microseconds), and how many clinics were made."""

    created_at: datetime
    moved_us: int = Field(default=0, sa_type=sa.BigInteger)
    clinic_count: int = 0


class SandboxTable(SandboxRow, table=True):
    """One row, or none."""

    __tablename__ = "sandbox"
    __table_args__ = (
        sa.CheckConstraint("moved_us >= 0", name="moved_us"),
        sa.CheckConstraint("clinic_count >= 0", name="clinic_count"),
    )


_sandbox, _clinics = table_of(SandboxTable), table_of(ClinicTable)

READ_SANDBOX = Read("read_sandbox", sa.select(*_sandbox.c).where(row_key(_sandbox)), SandboxRow, Scope.SYSTEM, _WHY)
MARK_SANDBOX = Change(
    "mark_sandbox",
    insert_rows(SandboxTable, ~sa.select(sa.literal_column("1")).select_from(_clinics).exists()),
    Scope.SYSTEM,
    _WHY + "; run by the command line, while there is no clinic",
)
MOVE_CLOCK = Change(
    "move_sandbox_clock",
    sa.update(_sandbox)
    .where(
        row_key(_sandbox),
        param("by_us", _sandbox.c.moved_us) > 0,
        _sandbox.c.moved_us + param("by_us", _sandbox.c.moved_us) <= param("most_us", _sandbox.c.moved_us),
    )
    .values(moved_us=_sandbox.c.moved_us + param("by_us", _sandbox.c.moved_us)),
    Scope.SYSTEM,
    _WHY,
)
COUNT_CLINIC = Change(
    "count_sandbox_clinic",
    sa.update(_sandbox)
    .where(row_key(_sandbox), _sandbox.c.clinic_count < param("most", _sandbox.c.clinic_count))
    .values(clinic_count=_sandbox.c.clinic_count + 1),
    Scope.SYSTEM,
    _WHY,
)


class NotASandbox(DatabaseUnfit):
    """The database is no sandbox and a sandbox was asked for, or the other way round."""


class MovedClock:
    """The clock of a sandbox: the clock below, and as far ahead of it as the database says."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Begin unmoved; call `follow` before the first use."""
        self._database, self._clock, self._moved = database, clock, timedelta(0)

    def __call__(self) -> datetime:
        """Return the present time of the sandbox."""
        return self._clock() + self._moved

    async def follow(self) -> None:
        """Read how far it was moved; it never goes back. Raises DatabaseDown."""
        found = await self._database.one(READ_SANDBOX, ITS_KEY)
        if found is not None:
            self._moved = max(self._moved, found.moved_us * _MICROSECOND)

    async def follow_on(self, ending: asyncio.Event) -> None:
        """Follow each second until the end: for what works without a request."""
        while not ending.is_set():
            with suppress(DatabaseDown):
                await self.follow()
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), _FOLLOW_SECONDS)


class Following:
    """ASGI layer of a sandbox: each request is at the time that any process has moved the clock to before it."""

    def __init__(self, app: types.ASGIApp, clock_of: Callable[[], Clock]) -> None:
        """`clock_of` returns the clock of the running application."""
        self.app, self._clock_of = app, clock_of

    async def __call__(self, scope: types.Scope, receive: types.Receive, send: types.Send) -> None:
        """Serve one request."""
        clock = self._clock_of()
        if scope["type"] == "http" and isinstance(clock, MovedClock):
            with suppress(DatabaseDown):  # the request itself says so
                await clock.follow()
        await self.app(scope, receive, send)


async def clock_of_database(database: Database, clock: Clock) -> Clock:
    """Return the clock to work by: the given one, unless the database is a sandbox. Raises DatabaseDown."""
    if await database.one(READ_SANDBOX, ITS_KEY) is None:
        return clock
    moved = MovedClock(database, clock)
    await moved.follow()
    return moved


async def mark(database: Database, now: datetime) -> None:
    """Make the database a sandbox; again, it stays one. Raises NotASandbox if it has clinics."""
    try:
        await database.apply(
            [
                Step(
                    MARK_SANDBOX,
                    {"clinic_id": NOBODY, "id": NOBODY, "created_at": now, "moved_us": 0, "clinic_count": 0},
                )
            ]
        )
    except (Missed, Duplicate):
        await check_kind(database, is_sandbox=True)


async def check_kind(database: Database, *, is_sandbox: bool) -> None:
    """Raise NotASandbox unless the database is a sandbox as the settings say, or is none as they say."""
    found = await database.one(READ_SANDBOX, ITS_KEY) is not None
    if found is is_sandbox:
        return
    msg = "The database is a sandbox: start it with `demo --sandbox --serve` or INTEGRATION_API_SANDBOX=true."
    if is_sandbox:
        msg = (
            "The database is no sandbox, and one with clinics never becomes one: run `demo --sandbox` on an empty one."
        )
    raise NotASandbox(msg)


@asynccontextmanager
async def following(clock: Clock) -> AsyncIterator[None]:
    """Let a sandbox's clock follow the database meanwhile; any other needs nothing."""
    if not isinstance(clock, MovedClock):
        yield
        return
    async with in_background(clock.follow_on, _FOLLOW_SECONDS):
        yield
