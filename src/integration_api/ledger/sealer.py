"""Sealing: committed rows of the ledger get their places and a signed head, in batches, after the commit.

Rows become visible out of order: one that was begun earlier may be committed later. So each pass looks back from
where the last seal had reached, and gives a place to what has none. Two sealers at once are harmless. Both
make the seal of one number, and the database refuses the second with all its places.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from integration_api.core import logs
from integration_api.core.clock import Clock, time_of
from integration_api.core.ids import new_id
from integration_api.core.tasks import in_turns
from integration_api.ledger import statements as sql
from integration_api.ledger.change_rows import change_rows
from integration_api.ledger.due import record_due
from integration_api.ledger.seal import ENCODING, NO_HEAD, Signer, head_of, leaf_of, root_of
from integration_api.ledger.tables import SealRow
from integration_api.storage.database import Database, Duplicate, Rows, Step

HASHED_ROWS = 50
"""Hashed in one turn of the event loop: less than half a millisecond.

A thread would hold the interpreter's lock for up to five, and all requests would wait for it.
"""
SCANNED_ROWS = 5_000
"""Of the ledger, looked through by one query of a pass: some milliseconds of work for the database."""
MAX_ROWS = 500
"""In one seal: some milliseconds of work, and at most nine hashes on the way from a row to its root."""
LOOK_BACK = timedelta(seconds=30)
"""On a quick pass: twice as long as a command may take at the database (`storage/postgres.py`)."""
QUICK_FOR = timedelta(seconds=30)
"""Quick passes suffice for this long after a deep pass of a clinic. After the last quick one comes a deep one."""
SWEEP_BACK = timedelta(minutes=10)
"""On a deep pass; and the most that a row may be older than what was sealed before it: else it was dated back.

A unit of work is applied within 2 minutes of its time (`access/work.py`). It waits up to 5 minutes for the database
(the largest `database_wait_seconds`). A command takes 15 seconds at most. Clocks may differ by a minute, and quick
passes go on for half a minute. That makes 9 minutes.
"""
MAX_CLOCK_DIFFERENCE = timedelta(minutes=1)
"""Of two hosts. What a clock that is further behind writes may look as if it was dated back, so that is logged."""
SWEEP_EVERY = timedelta(minutes=10)
"""Every clinic gets a deep pass this often, for rows of a process that did not live to seal them."""
MAX_BEHIND = timedelta(minutes=1)
"""The background sealer rests after each full seal for as long as it took, unless the rows are older than this.

So it takes at most half the time of a connection, and requests do not queue behind a long pass.
"""
_EVER = datetime(1, 1, 2, tzinfo=UTC)
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_FIRST_ID = UUID(int=0)
_MICROSECOND = timedelta(microseconds=1)
_WINDOW = timedelta(days=1)
_END_SECONDS = 5.0


async def clinics_of(database: Database, tables: int = 1) -> AsyncIterator[UUID]:
    """Yield every clinic with rows in the ledger (or in any of its three tables)."""
    last = _FIRST_ID
    while True:
        found = [await database.one(read, {"last_clinic_id": last}) for read in sql.NEXT_CLINICS[:tables]]
        ids = [row.clinic_id for row in found if row is not None]
        if not ids:
            return
        last = min(ids)
        yield last


@dataclass(slots=True)
class Sealer:
    """Seals the rows that clinics have written."""

    database: Database
    clock: Clock
    signer: Signer
    is_resting: bool = False
    """Whether it rests between the seals of one pass: in the background."""
    is_ending: bool = False

    async def seal(
        self, clinic_id: UUID, back: timedelta | None = LOOK_BACK, quiet: timedelta | None = None
    ) -> int | None:
        """Give places to a clinic's rows without one. Return their number, or None if another sealer was first.

        Looks `back` from the end of the last seal's window, or over the whole ledger if None. If the last seal is
        younger than `quiet`, nothing is done. Raises DatabaseDown.
        """
        with time_of(clinic_id):
            return await self._seal(clinic_id, back, quiet)

    async def _seal(self, clinic_id: UUID, back: timedelta | None, quiet: timedelta | None) -> int | None:
        last = await self.database.one(sql.LAST_SEAL, {"clinic_id": clinic_id})
        if last is not None and quiet is not None and self.clock() - last.sealed_at < quiet:
            return None
        if last is not None and last.sealed_at - self.clock() > MAX_CLOCK_DIFFERENCE:
            logs.event("clock_behind", logs.WARNING, seconds=(last.sealed_at - self.clock()).total_seconds())
        sealed = 0
        async for since, until in self._windows(clinic_id, last, back):
            at, row_id = since, _FIRST_ID
            while not self.is_ending:
                now, begun = self.clock(), asyncio.get_running_loop().time()
                window = {"cursor_at": at, "cursor_id": row_id, "until": until, "page_rows": MAX_ROWS}
                rows = await self.database.all(sql.UNSEALED, {"clinic_id": clinic_id, **window})
                if not rows:
                    break
                at, row_id = _position(rows[-1])
                is_full = len(rows) == MAX_ROWS
                reached_at = min(at if is_full else until, now)
                try:
                    last = await self._keep(clinic_id, rows, last, reached_at)
                except Duplicate:
                    return None
                sealed += len(rows)
                if not is_full:
                    break
                if self.is_resting and now - at < MAX_BEHIND:
                    await asyncio.sleep(asyncio.get_running_loop().time() - begun)
        return sealed

    async def seal_all(self, back: timedelta | None = SWEEP_BACK) -> int:
        """Seal every clinic, and what time has changed in it. Raises DatabaseDown."""
        await record_due(self.database, self.clock)
        sealed = 0
        async for clinic_id in clinics_of(self.database):
            sealed += await self.seal(clinic_id, back) or 0
            if self.is_ending:
                break
        return sealed

    async def run(self, written: set[UUID], seconds: float, ending: asyncio.Event) -> None:
        """Seal the clinics in `written` every `seconds` until `ending`, and all clinics now and then."""
        swept_at: datetime | None = None
        before: set[UUID] = set()
        deep_at: dict[UUID, datetime] = {}
        while not ending.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), seconds)
            if ending.is_set():
                return
            # Who was named just before the last pass may have committed just after it.
            clinics, before = written | before, set(written)
            written.clear()
            try:
                clinics |= await record_due(self.database, self.clock)
                if swept_at is None or self.clock() - swept_at > SWEEP_EVERY:
                    swept_at = self.clock()
                    await self.seal_all()
                else:
                    await self._pass(clinics, written, deep_at, timedelta(seconds=seconds / 2))
            except Exception as error:  # noqa: BLE001  it must go on: what failed is tried again on the next pass
                written |= clinics
                logs.event("sealing_failed", logs.WARNING, failed=error)

    async def _pass(
        self, clinics: set[UUID], written: set[UUID], deep_at: dict[UUID, datetime], quiet: timedelta
    ) -> None:
        """Give each clinic a quick pass if its deep one was lately, else a deep one; a deep one too if that is due.

        So no clinic is left after a quick pass: it may have gone on from where a late row is still to come.
        """
        now = self.clock()
        due = {clinic_id for clinic_id, at in deep_at.items() if abs(now - at) > QUICK_FOR}
        for clinic_id in clinics | due:
            is_deep = clinic_id in due or clinic_id not in deep_at
            back, pause = (SWEEP_BACK, None) if is_deep else (LOOK_BACK, quiet)
            if await self.seal(clinic_id, back, pause) is None:
                written.add(clinic_id)  # whether the other one has seen ours is seen on the next pass
            elif is_deep and clinic_id in clinics:
                deep_at[clinic_id] = now
            elif is_deep:
                del deep_at[clinic_id]

    async def _windows(
        self, clinic_id: UUID, last: SealRow | None, back: timedelta | None
    ) -> AsyncIterator[tuple[datetime, datetime]]:
        """Yield the windows of time to look through: day by day over a long ledger, so that no query takes long."""
        if last is None:
            yield _EVER, _NEVER
            return
        if back is not None:
            since = min(last.reached_at, self.clock()) - back
            while until := await self._ahead(clinic_id, since):
                yield since, until
                since = until
            yield since, _NEVER
            return
        until = _EVER
        while row := await self.database.one(
            sql.NEXT_ROW, {"clinic_id": clinic_id, "cursor_at": until, "cursor_id": _FIRST_ID}
        ):
            since, until = row.at - _MICROSECOND, row.at + _WINDOW
            yield since, until

    async def _ahead(self, clinic_id: UUID, since: datetime) -> datetime | None:
        """Return the end of a window that is looked through at once; None if it is the rest.

        It is the rest too if all those rows are of one instant.
        """
        ahead = await self.database.one(
            sql.LOOK_AHEAD,
            {"clinic_id": clinic_id, "cursor_at": since, "cursor_id": _FIRST_ID, "page_rows": SCANNED_ROWS},
        )
        if ahead is None or ahead.at is None or ahead.rows < SCANNED_ROWS or ahead.at <= since:
            return None
        return ahead.at

    async def _keep(
        self, clinic_id: UUID, rows: Sequence[sql.RawRow], last: SealRow | None, reached_at: datetime
    ) -> SealRow:
        """Insert one seal and its places in one step. Raises Duplicate if another sealer was first."""
        leaves = await in_turns(rows, lambda row: leaf_of(row.__dict__), HASHED_ROWS)
        number, first = (last.number + 1, last.first_position + last.row_count) if last else (1, 1)
        seal = SealRow(
            clinic_id=clinic_id,
            id=new_id(),
            number=number,
            encoding=ENCODING,
            first_position=first,
            row_count=len(rows),
            root=root_of(leaves),
            previous_head=last.head if last else NO_HEAD,
            head=b"",
            signature=b"",
            key_id=self.signer.key_id,
            public_key=self.signer.public_key,
            sealed_at=self.clock(),
            reached_at=max(last.reached_at, reached_at) if last else reached_at,
        )
        seal.head = head_of(seal)
        seal.signature = self.signer.sign(seal.head)
        places = [
            {"clinic_id": clinic_id, "id": row_id(row), "seal_number": number, "position": at, "leaf": leaf}
            for at, (row, leaf) in enumerate(zip(rows, leaves, strict=True), first)
        ]
        told = await change_rows(rows, first, clinic_id)
        await self.database.load(Step(sql.INSERT_SEAL, seal.__dict__), Rows(sql.INSERT_PLACE, places), told)
        return seal


def _position(row: sql.RawRow) -> tuple[datetime, UUID]:
    at = row.at if isinstance(row.at, datetime) else datetime.fromisoformat(str(row.at)).replace(tzinfo=UTC)
    return at, row_id(row)


def row_id(row: sql.RawRow) -> UUID:
    """Return the row's id from the database's own form."""
    return row.id if isinstance(row.id, UUID) else UUID(row.id)


@asynccontextmanager
async def sealing(sealer: Sealer, written: set[UUID], seconds: float) -> AsyncIterator[None]:
    """Seal in the background meanwhile, unless `seconds` is 0. On leaving, the batch under way ends first."""
    if not seconds:
        yield
        return
    sealer.is_resting = True
    ending = asyncio.Event()
    task = asyncio.create_task(sealer.run(written, seconds, ending))
    try:
        yield
    finally:
        sealer.is_ending = True
        ending.set()
        _, late = await asyncio.wait({task}, timeout=_END_SECONDS)
        for one in late:
            one.cancel()
            with suppress(asyncio.CancelledError):
                await one
