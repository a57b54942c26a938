"""Reading the ledger."""

from integration_api.access.work import Work
from integration_api.resources.oversight.ledger_view import statements as sql
from integration_api.resources.oversight.ledger_view.schemas import (
    Access,
    AccessActor,
    AccessFilter,
    LedgerEntry,
    LedgerFilter,
)
from integration_api.resources.oversight.ledger_view.statements import AccessRow
from integration_api.web.paging import Page, Window


async def list_ledger(work: Work, window: Window, only: LedgerFilter) -> Page[LedgerEntry]:
    """List the clinic's entries that are not private, newest first. Reading them is an entry too."""
    found = await work.page(
        sql.LIST_CHART_LEDGER if only.patient_id else sql.LIST_LEDGER,
        window,
        lambda row: (row.at, row.id),
        LedgerEntry.of,
        until=only.before,
        **vars(only),
    )
    work.record(patient_id=only.patient_id)
    return found


async def read_access_log(work: Work, window: Window, only: AccessFilter) -> Page[Access]:
    """Return who looked at or changed what of the actor's own chart, newest first. Reading it is itself an entry."""
    found = await work.page(
        sql.LIST_ACCESS_LOG,
        window,
        lambda row: (row.at, row.id),
        lambda row: _present_access(work, row),
        until=only.before,
        **vars(only),
    )
    work.record(patient_id=work.actor.patient_id)
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
