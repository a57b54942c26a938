"""Steps of the job behind bulk exports: what is due, whose it is, what is kept of it. Each is one unit of work."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from integration_api.access.actor import BY_FHIR, Actor
from integration_api.access.jobs import asker
from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.fhir import operations
from integration_api.fhir.bulk_exports import KEPT_FOR
from integration_api.fhir.translation import scope_of
from integration_api.resources.oversight.exports import bulk_statements as sql
from integration_api.resources.oversight.exports.bulk_statements import DueBulkExport
from integration_api.resources.oversight.exports.rules import CLAIMED_FOR
from integration_api.resources.people.service_accounts.tables import (
    BulkExportRow,
    BulkFileRow,
    ExportFailure,
    ExportState,
)
from integration_api.resources.people.sign_in import statements as sign_in_sql

MAX_DUE = 20


class ClaimLost(StartAgain):
    """Another process has the export now, or it has ended."""


async def next_clinic(work: Work, last: UUID) -> UUID | None:
    """Return the next clinic of which an export is due."""
    found = await work.one(sql.NEXT_BULK_CLINIC, last_clinic_id=last)
    return found.clinic_id if found else None


async def due_exports(work: Work, clinic_id: UUID) -> list[DueBulkExport]:
    """Return what is due: first what is over, since a long export must not keep files beyond their time."""
    found = await work.part(sql.DUE_BULK_EXPORTS, clinic_id=clinic_id, page_rows=MAX_DUE)
    return sorted(found, key=lambda due: due.state is not ExportState.READY)


async def claim(work: Work, due: DueBulkExport) -> None:
    """Raises ClaimLost, when applied, if another process was faster."""
    until = work.now + CLAIMED_FOR
    work.change(
        sql.CLAIM_BULK_EXPORT,
        missed=ClaimLost,
        clinic_id=due.clinic_id,
        id=due.id,
        attempts=due.attempts,
        claimed_until=until,
    )


async def claimed_export(work: Work, due: DueBulkExport) -> BulkExportRow | None:
    """Return the export while the claim stands."""
    return await work.one(sql.READ_CLAIMED_BULK_EXPORT, clinic_id=due.clinic_id, id=due.id, attempts=due.attempts)


async def program_of(work: Work, row: BulkExportRow) -> Actor | None:
    """Return the program with the types that it asked for; None if its sign-in has ended or its account has changed."""
    actor = await asker(work, row.clinic_id, row.account_id, row.sign_in_id, row.epoch)
    scopes = frozenset({BY_FHIR, *map(scope_of, row.kinds)})
    return replace(actor, scopes=scopes) if actor is not None else None


async def count_of_files(work: Work, row: BulkExportRow) -> int:
    """Return how many files are kept of an export."""
    found = await work.one(sql.COUNT_BULK_FILES, clinic_id=row.clinic_id, export_id=row.id)
    return found.kept if found else 0


async def keep(
    work: Work,
    row: BulkExportRow,
    wait: timedelta,
    made: BulkFileRow | None = None,
    patients: Collection[UUID] = (),
) -> None:
    """Keep a file, the place after it, and who is in it. Raises ClaimLost, when applied, if another process has it."""
    work.change(
        sql.KEEP_BULK_EXPORT,
        missed=ClaimLost,
        clinic_id=row.clinic_id,
        id=row.id,
        attempts=row.attempts,
        claimed_until=work.now + wait,
        place=row.place,
        made_count=row.made_count,
    )
    if made is None:
        return
    work.create(sql.INSERT_BULK_FILE, made)
    for patient_id in sorted(patients):
        work.record(
            row.id,
            patient_id,
            event=operations.BULK_EXPORT_CHART_READ,
            clinic_id=row.clinic_id,
            actor_id=row.account_id,
        )


async def finish(work: Work, row: BulkExportRow) -> None:
    """Collect the end of making one. Earlier ones of the program are over, so that its copies do not pile up."""
    earlier = sql.EXPIRE_EARLIER_BULK_EXPORTS
    work.change(earlier, rows=None, clinic_id=row.clinic_id, account_id=row.account_id)
    expires_at = work.now + KEPT_FOR
    ready = {"state": ExportState.READY, "ready_at": work.now, "expires_at": expires_at, "due_at": expires_at}
    work.revise(sql.FINISH_BULK_EXPORT, row, ready, missed=ClaimLost)
    work.change(sign_in_sql.REVOKE_SIGN_IN, rows=None, clinic_id=row.clinic_id, id=row.sign_in_id)
    work.record(row.id, clinic_id=row.clinic_id, actor_id=row.account_id)


async def end(work: Work, due: DueBulkExport, state: ExportState, failure: ExportFailure | None) -> None:
    """Collect the end of one: its files go, and their parts with the next sweep."""
    work.change(
        sql.END_BULK_EXPORT,
        clinic_id=due.clinic_id,
        id=due.id,
        expected_version=due.version,
        attempts=due.attempts,
        state=state,
        failure=failure,
        due_at=None,
    )
    work.change(sql.DELETE_BULK_FILES, rows=None, clinic_id=due.clinic_id, export_id=due.id)
    work.change(sign_in_sql.REVOKE_SIGN_IN, rows=None, clinic_id=due.clinic_id, id=due.sign_in_id)
    event = operations.BULK_EXPORT_EXPIRED if failure is None else operations.BULK_EXPORT_FAILED
    reason = failure.value if failure is not None else None
    work.record(due.id, event=event, clinic_id=due.clinic_id, actor_id=due.account_id, reason=reason)
