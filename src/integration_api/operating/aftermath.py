"""The aftermath of a restore: it is recorded, what was erased since is erased again, and sign-ins may be ended.

All of it is done before anybody can sign in: `restore` does it where the database is made, before that is renamed. For
a database that other programs restored, `restored` does it before the server is started.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from integration_api.core.clock import Clock, time_of
from integration_api.ledger import statements as sql
from integration_api.ledger.append import INSERT_LEDGER
from integration_api.ledger.heads import ErasedChart, Head, Heads, export_heads, naming_erased, read_heads
from integration_api.ledger.restores import ACTION, WITHOUT_ERASURES, restored_row
from integration_api.ledger.seal import Signer
from integration_api.ledger.sealer import Sealer, clinics_of
from integration_api.ledger.tables import SealRow
from integration_api.ledger.verify import PAGE_SEALS
from integration_api.operating.checks import NotDone
from integration_api.operating.erasures import end_sign_ins, erase_again, erased_charts
from integration_api.operating.progress import Begin, silent
from integration_api.storage.database import Database, Step

_EVER = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """The work that was done after a restore."""

    backup_of: str
    """The moment of the backup: nothing in the database is newer."""
    clinics: int
    ahead: int
    """The clinics whose exported head is of a seal that is gone."""
    erased_again: int
    are_sign_ins_ended: bool
    knows_erasures: bool
    """Whether the charts that were erased since were given."""


async def export_all(database: Database, now: datetime) -> Heads:
    """Return the newest head of every clinic, and the charts that were erased. Raises DatabaseDown."""
    signer = _signer(database)
    heads = await export_heads(database, signer.public_key, now)
    charts = [chart async for chart in _erased_everywhere(database)]
    return naming_erased(heads, charts, signer)


async def _erased_everywhere(database: Database) -> AsyncIterator[ErasedChart]:
    async for clinic_id in clinics_of(database):
        async for row in erased_charts(database, clinic_id):
            yield ErasedChart(row.clinic_id, row.id, row.erased_at.isoformat())


def read_exported(path: Path, database: Database) -> Heads:
    """Return exported heads of this installation. Raises HeadsBroken, NotDone, OSError."""
    heads = read_heads(path.read_text("utf-8"))
    if heads.public_key != _signer(database).public_key:
        raise NotDone(f"{path} was exported by an installation with another key")
    return heads


async def settle(
    database: Database,
    clock: Clock,
    exported: Path | None,
    *,
    backup_of: datetime | None = None,
    is_late: bool = False,
    ends_sign_ins: bool = False,
    begin: Begin = silent,
) -> Aftermath:
    """Record a restore in the ledger of every clinic, after erasing again the charts that `exported` names.

    The moment of the backup is that of its newest ledger row, or `backup_of` if that is later. If the database was
    written to since it was restored, `is_late`, and `backup_of` counts alone. Killed, it may be run again.
    Raises DatabaseDown, HeadsBroken, NotDone, OSError.
    """
    heads = read_exported(exported, database) if exported else None
    known: Mapping[UUID, Head] = heads.by_clinic if heads else {}
    clinics = sorted({*known, *[clinic_id async for clinic_id in clinics_of(database)]})
    since = backup_of or _EVER
    if not is_late:
        for clinic_id in clinics:
            newest = await database.one(sql.NEWEST_ROW, {"clinic_id": clinic_id, "action": ACTION, "since": since})
            since = newest.at if newest else since
    since = clock() if since == _EVER else since
    knows_erasures = heads is not None and heads.erased is not None
    erased = heads.erased if heads and heads.erased else ()
    advance, again = begin(len(erased) + len(clinics)), 0
    for chart in erased:
        with time_of(chart.clinic_id):
            again += await erase_again(database, chart.clinic_id, chart.patient_id, clock())
        advance(1)
    ahead = 0
    for clinic_id in clinics:
        with time_of(clinic_id):
            now = clock()
        if ends_sign_ins:
            await end_sign_ins(database, clinic_id, now)
        start = await _start(database, clinic_id, since if is_late else None)
        ahead += clinic_id in known and known[clinic_id].number > (start.number if start else 0)
        reason = None if knows_erasures else WITHOUT_ERASURES
        row = restored_row(database.vault, clinic_id, start, since, now, reason)
        await database.apply([Step(INSERT_LEDGER, row.__dict__)])
        advance(1)
    await Sealer(database, clock, _signer(database)).seal_all(back=None)
    return Aftermath(since.isoformat(), len(clinics), ahead, again, ends_sign_ins, knows_erasures)


async def _start(database: Database, clinic_id: UUID, until: datetime | None) -> SealRow | None:
    """Return the newest seal of a clinic, or the newest that was made `until` then."""
    last = await database.one(sql.LAST_SEAL, {"clinic_id": clinic_id})
    if last is None or until is None or last.sealed_at <= until:
        return last
    found, number = None, 0
    while seals := await database.all(
        sql.READ_SEALS, {"clinic_id": clinic_id, "number": number, "page_rows": PAGE_SEALS}
    ):
        for seal in seals:
            if seal.sealed_at > until:
                return found
            found = seal
        number = seals[-1].number
    return found


def _signer(database: Database) -> Signer:
    return Signer(database.vault.derive("ledger-signing"))
