"""`/imported-records`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.oversight.imported_records import operations, service
from integration_api.resources.oversight.imported_records.schemas import ImportedRecord, ImportedRecordFilter
from integration_api.web.paging import Page

router = APIRouter(route_class=ActionRoute)


@router.get("/imported-records")
async def list_imported_records(
    only: Annotated[ImportedRecordFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_IMPORTED_RECORDS)],
) -> Page[ImportedRecord]:
    """List where imported things came from, the latest import first."""
    return await service.list_imported_records(work, page, only)


@router.get("/imported-records/{imported_record_id}")
async def read_imported_record(
    imported_record_id: Id, work: Annotated[Work, allow(operations.READ_IMPORTED_RECORD)]
) -> ImportedRecord:
    """Read where one imported thing came from."""
    return work.tagged(await service.read_imported_record(work, imported_record_id))
