"""A sandbox: a database of invented people, in which time can be moved forward for each clinic (ADR 46).

One row marks it, is made while the database has no clinic, and is never deleted: a database is a sandbox for ever or
never. A row for each clinic holds how far its clock was moved, so that all processes agree. `MovedClock` follows them.
"""

import asyncio
import re
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel
from sqlmodel import Field
from starlette import types

from integration_api.access.tables import ClinicTable
from integration_api.core.clock import Clock, clinic_of_time, time_of
from integration_api.core.tasks import in_background
from integration_api.storage.database import Database, DatabaseDown, DatabaseUnfit, Duplicate, Missed, Step
from integration_api.storage.statements import Change, Read, Scope, insert_rows, param, row_key
from integration_api.storage.tables import ClinicRow, table_of
from integration_api.storage.vault import NOBODY

MAX_MOVED = timedelta(days=3660)
MAX_CLINICS = 500
_ID_BYTES = 16
_NAMING_BYTES = 65_536
_SLUG = re.compile(rb"sandbox-[0-9a-f]{12}")
_SECRET = re.compile(rb"[A-Za-z0-9_-]{40,}")
_OFFER = "/auth/passkey-options"
"""It names nobody, and what it offers must be good by any clock: it is at the furthest time."""
_CLAIM = re.compile(rb'"clinic": ?"([0-9a-f-]{36})"')
ITS_KEY = {"clinic_id": NOBODY, "id": NOBODY}
_FOLLOW_SECONDS = 1.0
_MICROSECOND = timedelta(microseconds=1)
_WHY = "the sandbox: a row of no clinic, in a database of invented people alone"


class SandboxRow(ClinicRow):
    """The mark of a sandbox, with how many clinics were made; or how far a clinic's clock was moved (microseconds)."""

    created_at: datetime
    moved_us: int = Field(default=0, sa_type=sa.BigInteger)
    clinic_count: int = 0


class SandboxTable(SandboxRow, table=True):
    """One row of no clinic, and one for each clinic; or none."""

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
START_CLOCK = Change("start_sandbox_clock", insert_rows(SandboxTable), Scope.SYSTEM, _WHY)


class MovedRow(BaseModel):
    """The time by which the clock of a clinic was moved (microseconds)."""

    clinic_id: UUID
    slug: str
    moved_us: int


LIST_MOVED = Read(
    "list_moved_clocks",
    sa.select(_sandbox.c.clinic_id, _clinics.c.slug, _sandbox.c.moved_us)
    .join(_clinics, sa.and_(_clinics.c.clinic_id == _sandbox.c.clinic_id, _clinics.c.id == _sandbox.c.id))
    .limit(MAX_CLINICS),
    MovedRow,
    Scope.SYSTEM,
    _WHY,
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
    """The clock of a sandbox: for each clinic the clock below, and as far ahead of it as the database says.

    Outside of any clinic it shows the furthest time: a job that looks for what is due then passes over no clinic.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        """Begin unmoved; call `follow` before the first use."""
        self._database, self._clock = database, clock
        self._moved: dict[UUID, timedelta] = {}
        self._clinics: dict[str, UUID] = {}

    def __call__(self) -> datetime:
        """Return the present time of the clinic that the work is for (`core.clock.time_of`)."""
        clinic_id = clinic_of_time()
        if clinic_id is None:
            return self._clock() + max(self._moved.values(), default=timedelta(0))
        return self._clock() + self._moved.get(clinic_id, timedelta(0))

    async def follow(self) -> None:
        """Read how far each clinic was moved; none goes back. Raises DatabaseDown."""
        for row in await self._database.all(LIST_MOVED, {}):
            moved = row.moved_us * _MICROSECOND
            self._moved[row.clinic_id] = max(moved, self._moved.get(row.clinic_id, moved))
            self._clinics[row.slug] = row.clinic_id

    async def follow_on(self, ending: asyncio.Event) -> None:
        """Follow each second until the end: for what works without a request."""
        while not ending.is_set():
            with suppress(DatabaseDown):
                await self.follow()
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), _FOLLOW_SECONDS)

    def clinic_named(self, text: bytes) -> UUID | None:
        """Return the clinic that a request names: by its short name, or by an access token or a secret of its own.

        It chooses a time and permits nothing: every proof is still checked.
        """
        if found := _SLUG.search(text):
            return self._clinics.get(found[0].decode())
        for part in _SECRET.findall(text):
            raw = _decoded(part)
            if claim := _CLAIM.search(raw):
                return UUID(claim[1].decode())
            if len(raw) >= _ID_BYTES and (clinic_id := UUID(bytes=raw[:_ID_BYTES])) in self._moved:
                return clinic_id
        return None


def _decoded(text: bytes) -> bytes:
    """Return what base64 stands for, with or without its padding; nothing if it is none."""
    with suppress(ValueError):
        return urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    return b""


class Following:
    """ASGI layer of a sandbox: each request is at the time of its clinic, to which any process has moved it before."""

    def __init__(self, app: types.ASGIApp, clock_of: Callable[[], Clock]) -> None:
        """`clock_of` returns the clock of the running application."""
        self.app, self._clock_of = app, clock_of

    async def __call__(self, scope: types.Scope, receive: types.Receive, send: types.Send) -> None:
        """Serve one request."""
        clock = self._clock_of()
        if scope["type"] != "http" or not isinstance(clock, MovedClock):
            await self.app(scope, receive, send)
            return
        with suppress(DatabaseDown):  # the request itself says so
            await clock.follow()
        head = b"\n".join((scope["raw_path"], scope["query_string"], *(value for _, value in scope["headers"])))
        clinic_id, begun = clock.clinic_named(head), list[types.Message]()
        if clinic_id is None:
            begun = await _beginning(receive)
            clinic_id = clock.clinic_named(b"".join(message.get("body", b"") for message in begun))

        async def received() -> types.Message:
            return begun.pop(0) if begun else await receive()

        if clinic_id is None and not scope["path"].endswith(_OFFER):
            clinic_id = NOBODY  # whose clock is never moved
        with time_of(clinic_id):
            await self.app(scope, received, send)


async def _beginning(receive: types.Receive) -> list[types.Message]:
    """Return the messages of a body until it ends, or is longer than what names a clinic."""
    begun, size, is_more = list[types.Message](), 0, True
    while is_more and size < _NAMING_BYTES:
        begun.append(await receive())
        size += len(begun[-1].get("body", b""))
        is_more = begun[-1].get("more_body", False)
    return begun


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
