"""Reading the ledger."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.oversight.ledger_view import operations
from integration_api.resources.oversight.ledger_view import statements as sql
from integration_api.resources.oversight.ledger_view.schemas import Access, AccessActor, LedgerEntry
from integration_api.resources.oversight.ledger_view.statements import AccessRow, EntryRow
from integration_api.web.paging import Page, Window


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which entries are shown; None means any."""

    patient_id: UUID | None = None
    actor_id: UUID | None = None
    event: str | None = None
    after: datetime | None = None
    before: datetime | None = None


async def list_ledger(work: Work, window: Window, only: LedgerFilter) -> Page[LedgerEntry]:
    """The clinic's entries that are not private, newest first. Reading them is itself an entry."""
    found = await work.page(
        sql.LIST_CHART_LEDGER if only.patient_id else sql.LIST_LEDGER,
        window,
        lambda row: (row.at, row.id),
        _present,
        until=only.before,
        patient_id=only.patient_id,
        acted_by_id=only.actor_id,
        event=only.event,
        after=only.after,
        before=only.before,
    )
    work.record(operations.LIST_LEDGER.recorded, patient_id=only.patient_id)
    return found


def _present(row: EntryRow) -> LedgerEntry:
    return LedgerEntry.of(row)


async def read_access_log(work: Work, window: Window, after: datetime | None, before: datetime | None) -> Page[Access]:
    """Who looked at or changed what of the actor's own chart, newest first. Reading it is itself an entry."""
    found = await work.page(
        sql.LIST_ACCESS_LOG,
        window,
        lambda row: (row.at, row.id),
        lambda row: _present_access(work, row),
        until=before,
        after=after,
        before=before,
    )
    work.record(operations.READ_ACCESS_LOG.recorded, patient_id=work.actor.patient_id)
    return found


def _present_access(work: Work, row: AccessRow) -> Access:
    actor: AccessActor | None = None
    if row.actor_id is not None:
        actor = {
            "account_id": row.actor_id,
            "is_you": row.actor_id == work.actor.id,
            "name": row.name,
            "credential": row.credential,
        }
    return Access.of(row, actor=actor)
