"""Telling where imported things came from."""

from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.work import Work
from integration_api.resources.oversight.imported_records import statements as sql
from integration_api.resources.oversight.imported_records.schemas import ImportedRecord, ImportedRecordFilter
from integration_api.web.paging import Page, Window


async def list_imported_records(work: Work, window: Window, only: ImportedRecordFilter) -> Page[ImportedRecord]:
    """List the imported records of one chart, or of every chart that the actor may see; the latest first."""
    return await list_charts(work, sql.IMPORTED_RECORDS, window, only, ImportedRecord.of)


async def read_imported_record(work: Work, imported_record_id: UUID) -> ImportedRecord:
    """Return one imported record. Raises NotFound."""
    row = await work.get(sql.READ_IMPORTED_RECORD, id=imported_record_id)
    work.record(row.id, row.patient_id)
    return ImportedRecord.of(row)
