"""Checking the ledger against its seals: every row in its place, every place under a seal, every seal in the chain.

It reads one clinic after the other, a page at a time, beside a running server. A finding names place and id, never a
value of the row. Rows that are not sealed yet are counted: only the database vouches for them.

A chain cannot show that its end is missing, or that the holder of the signing key rewrote all of it. Heads outside of
the database show that (`heads.py`). If a restore took the end away, the ledger says so (`restores.py`).
"""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from integration_api.ledger import statements as sql
from integration_api.ledger.events import DATABASE_RESTORED
from integration_api.ledger.heads import Head
from integration_api.ledger.restores import Restored, is_genuine, read_restored
from integration_api.ledger.seal import NO_HEAD, head_of, is_signed, key_id_of, leaf_of, root_of
from integration_api.ledger.sealer import MAX_ROWS, SWEEP_BACK, clinics_of
from integration_api.ledger.tables import SealRow
from integration_api.storage.database import Database

PAGE_ROWS = 2_000
PAGE_SEALS = 200
MAX_FINDINGS = 50
"""The findings kept for one clinic. An error in one seal is often an error in all after it."""
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_EVER = datetime(1, 1, 2, tzinfo=UTC)
_LOWEST = -(2**31)


@dataclass(slots=True)
class Report:
    """The findings in one clinic."""

    clinic_id: UUID
    seals: int = 0
    rows: int = 0
    waiting: int = 0
    """Rows that are not sealed yet."""
    findings: list[str] = field(default_factory=list)
    gap: str | None = None
    """The part of what was exported that a restore took away; no finding."""
    unsaid: int = 0
    """The number of findings that were not kept."""

    def find(self, what: str) -> None:
        """Add a finding."""
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(what)
        else:
            self.unsaid += 1


async def _clinics_known(database: Database, heads: Mapping[UUID, Head]) -> AsyncIterator[UUID]:
    """Yield the clinics that the database or the exported heads know."""
    missing = set(heads)
    async for clinic_id in clinics_of(database, len(sql.NEXT_CLINICS)):
        missing.discard(clinic_id)
        yield clinic_id
    for clinic_id in sorted(missing):
        yield clinic_id


async def count_rows(database: Database) -> int:
    """Return the number of rows of all clinics. Raises DatabaseDown."""
    total = 0
    async for clinic_id in clinics_of(database):
        found = await database.one(sql.COUNT_ROWS, {"clinic_id": clinic_id, "until": _NEVER})
        total += found.rows if found else 0
    return total


async def verify_all(
    database: Database, public_key: bytes, heads: Mapping[UUID, Head], progress: Callable[[int], None]
) -> list[Report]:
    """Verify every clinic, one after the other. Raises DatabaseDown."""
    return [
        await verify_clinic(database, clinic_id, public_key, heads.get(clinic_id), progress)
        async for clinic_id in _clinics_known(database, heads)
    ]


async def verify_clinic(
    database: Database,
    clinic_id: UUID,
    public_key: bytes,
    head: Head | None = None,
    progress: Callable[[int], None] = lambda _rows: None,
) -> Report:
    """Verify one clinic's ledger. `progress` is called with the number of rows checked since its last call.

    Raises DatabaseDown.
    """
    walk = _Walk(database, Report(clinic_id), public_key, progress, head)
    try:
        await walk.chain()
        await walk.loose_ends()
    except (ValueError, KeyError, TypeError, AttributeError) as error:  # what a driver says of a value it cannot read
        walk.report.find(f"after row {walk.position}: a value cannot be read ({type(error).__name__})")
    if head is not None:
        walk.compare(head)
    return walk.report


class _Walk:
    """One clinic's chain, from its first seal to its last."""

    def __init__(
        self,
        database: Database,
        report: Report,
        public_key: bytes,
        progress: Callable[[int], None],
        wanted: Head | None,
    ) -> None:
        self.database, self.report, self.public_key, self.progress = database, report, public_key, progress
        self.position = 0
        self.number = 0
        self._wanted = wanted
        self._found: bytes | None = None
        self._restores: list[Restored] = []
        self._head = NO_HEAD
        self._read_to = _LOWEST
        self._long_sealed: datetime = _EVER
        self._of_long_sealed = 0
        self._reached_at = _EVER
        self._page: list[sql.PlacedRow] = []

    async def chain(self) -> None:
        """Check every seal with the rows under it."""
        last = await self.database.one(sql.LAST_SEAL, self._here())
        if last is not None:
            self._long_sealed = last.reached_at - SWEEP_BACK
        while seals := await self._seals():
            for seal in seals:
                self._check_seal(seal)
                await self._check_rows(seal)
                self._reached_at = max(self._reached_at, seal.reached_at)

    async def loose_ends(self) -> None:
        """Find places without a seal, and rows without a place."""
        while found := await self.database.all(sql.READ_PLACES, self._here(page_rows=1, position=self.position)):
            seals = self.report.seals
            await self.chain()
            if self.report.seals == seals:  # places and seal come together: it was not sealed meanwhile
                self.report.find(f"place {found[0].position} (row {found[0].id}) is under no seal")
                break
        before = await self.database.one(sql.PLACE_BEFORE, self._here(position=1))
        if before is not None:
            self.report.find(f"place {before.position} (row {before.id}) is before the first")
        old = await self._count(self._long_sealed) - self._of_long_sealed
        if old > 0:
            until = self._long_sealed.isoformat(timespec="seconds")
            self.report.find(f"{old} rows say they are from before {until}, which is long sealed, but have no place")
        self.report.waiting = max(await self._count(_NEVER) - self.report.rows, 0)

    def compare(self, head: Head) -> None:
        """Check that the chain continues from an exported head: else it was restored, or cut off or rewritten."""
        if self._found == head.head:
            return
        if restored := next((one for one in self._restores if one.explains(head)), None):
            told = [at.isoformat(timespec="seconds") for at in (restored.at, restored.since)]
            self.report.gap = (
                f"known gap after a restore at {told[0]}: it went on from seal {restored.number}, as of {told[1]}. "
                f"What came after, to the exported seal {head.number} of {head.sealed_at}, is not in this database"
            )
        elif self.number < head.number:
            self.report.find(
                f"the chain ends with seal {self.number}, but seal {head.number} was exported: its end was cut off"
            )
        else:
            self.report.find(f"seal {head.number} is not the one that was exported: the chain was written anew")

    def _check_seal(self, seal: SealRow) -> None:
        report, number = self.report, seal.number
        if number != self.number + 1:
            report.find(f"seal {self.number + 1} is missing: {number} comes next")
        if seal.previous_head != self._head:
            report.find(f"seal {number} does not follow from the one before it")
        if head_of(seal) != seal.head:
            report.find(f"seal {number} was edited: its head is of something else")
        if seal.public_key != self.public_key or seal.key_id != key_id_of(self.public_key):
            report.find(f"seal {number} was signed with a key that is not this installation's")
        elif not is_signed(seal.head, seal.signature, self.public_key):
            report.find(f"seal {number} carries no valid signature")
        if seal.first_position != self.position + 1:
            report.find(f"seal {number} begins with place {seal.first_position}, not {self.position + 1}")
        report.seals += 1
        self.number, self._head = number, seal.head
        if self._wanted is not None and number == self._wanted.number:
            self._found = seal.head

    async def _check_rows(self, seal: SealRow) -> None:
        if not 1 <= seal.row_count <= MAX_ROWS:
            self.report.find(f"seal {seal.number} says that it stands for {seal.row_count} rows")
            return
        self.position = seal.first_position - 1
        rows = await self._take(seal.row_count)
        until = self.position + seal.row_count
        if [row.position for row in rows] != list(range(self.position + 1, until + 1)):
            self.report.find(f"seal {seal.number} stands for places {self.position + 1} to {until}: some are missing")
        for row in rows:
            self._check_row(row, seal)
            if row.event == DATABASE_RESTORED:
                await self._check_restore(row, seal)
        if rows and root_of([row.leaf for row in rows]) != seal.root:
            self.report.find(f"seal {seal.number} does not fit its places: removed, inserted or in another order")
        self.position = until
        self.progress(len(rows))

    def _check_row(self, row: sql.PlacedRow, seal: SealRow) -> None:
        if row.id is None:
            self._find(row, "was removed")
            return
        self.report.rows += 1
        if row.seal_number != seal.number:
            self._find(row, f"says it is under seal {row.seal_number}, not {seal.number}")
        try:
            is_as_sealed = leaf_of(row.__dict__, seal.encoding) == row.leaf
        except (ValueError, KeyError):
            is_as_sealed = False
        if not is_as_sealed:
            self._find(row, "was edited, or its place was")
            return
        at = row.at if isinstance(row.at, datetime) else datetime.fromisoformat(f"{row.at}+00:00")
        self._of_long_sealed += at < self._long_sealed
        if at < self._reached_at - SWEEP_BACK:
            self._find(row, f"says it is from {at.isoformat(timespec='seconds')}, but was sealed long after")

    async def _check_restore(self, row: sql.PlacedRow, seal: SealRow) -> None:
        """Take a row for a restore only if it was made with this database's key, from a seal before it."""
        restored = read_restored(row.__dict__)
        if restored is not None and restored.number < seal.number:
            start = await self.database.one(sql.READ_SEAL, self._here(number=restored.number))
            if is_genuine(self.database.vault, row.__dict__, restored, start.head if start else None):
                self._restores.append(restored)
                return
        self._find(row, "says that the database was restored, but no restore wrote it")

    def _find(self, row: sql.PlacedRow, what: str) -> None:
        self.report.find(f"row {row.place_id} at place {row.position} {what}")

    async def _count(self, until: datetime) -> int:
        found = await self.database.one(sql.COUNT_ROWS, self._here(until=until))
        return found.rows if found else 0

    async def _seals(self) -> list[SealRow]:
        found = await self.database.all(sql.READ_SEALS, self._here(page_rows=PAGE_SEALS, number=self._read_to))
        self._read_to = found[-1].number if found else self._read_to
        return found

    async def _take(self, count: int) -> list[sql.PlacedRow]:
        """Return the rows of the next places, from the current page or the next one."""
        page = self._page
        if page and page[0].position != self.position + 1:
            page = []
        if len(page) < count:
            at = page[-1].position if page else self.position
            page = page + await self.database.all(sql.READ_PLACED, self._here(page_rows=PAGE_ROWS, position=at))
        end = next((at for at, row in enumerate(page) if row.position > self.position + count), len(page))
        self._page = page[min(end, count) :]
        return page[: min(end, count)]

    def _here(self, **more: int | datetime) -> dict[str, object]:
        return {"clinic_id": self.report.clinic_id, **more}
