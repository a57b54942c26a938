"""Steps of the job behind bulk exports: what is kept of one, and what its end takes along. Each is one unit of work."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from integration_api.access import queues
from integration_api.access.work import Work
from integration_api.fhir import operations
from integration_api.fhir.bulk_exports import KEPT_FOR
from integration_api.resources.oversight.exports import bulk_statements as sql
from integration_api.resources.oversight.exports.bulk_statements import DueBulkExport
from integration_api.resources.people.service_accounts.tables import BulkExportRow, BulkFileRow
from integration_api.resources.people.sign_in import statements as sign_in_sql


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
    queues.keep(work, sql.BULK_EXPORTS, row, work.now + wait, place=row.place, made_count=row.made_count)
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
    queues.finish(work, sql.BULK_EXPORTS, row, KEPT_FOR)
    work.change(sign_in_sql.REVOKE_SIGN_IN, rows=None, clinic_id=row.clinic_id, id=row.sign_in_id)
    work.record(row.id, clinic_id=row.clinic_id, actor_id=row.account_id)


def ended(work: Work, due: DueBulkExport, failure: str | None) -> None:
    """Collect what goes with the end of one: its files, and their parts with the next sweep."""
    work.change(sql.DELETE_BULK_FILES, rows=None, clinic_id=due.clinic_id, export_id=due.id)
    work.change(sign_in_sql.REVOKE_SIGN_IN, rows=None, clinic_id=due.clinic_id, id=due.sign_in_id)
    event = operations.BULK_EXPORT_EXPIRED if failure is None else operations.BULK_EXPORT_FAILED
    work.record(due.id, event=event, clinic_id=due.clinic_id, actor_id=due.account_id, reason=failure)
