"""`/me/exports`, and `/patients/{patient_id}/imports`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.journal.attachments.downloads import CONTENT, Download
from integration_api.resources.journal.attachments.schemas import RangeHeader
from integration_api.resources.oversight.exports import chart_imports, operations, service
from integration_api.resources.oversight.exports.schemas import ChartExport, ChartImport, ExportCreate
from integration_api.resources.oversight.exports.service import ExportInProgress, ExportNotReady
from integration_api.web.errors import IdTaken, StepUpRequired, TooManyRequests
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/me/exports")
async def list_exports(page: PageQuery, work: Annotated[Work, allow(operations.LIST_EXPORTS)]) -> Page[ChartExport]:
    """List your exports, newest first. They stay in the list after they have expired."""
    return await service.list_exports(work, page)


@router.post(
    "/me/exports", status_code=202, responses=problems(IdTaken, StepUpRequired, ExportInProgress, TooManyRequests)
)
async def create_export(body: ExportCreate, work: Annotated[Work, allow(operations.CREATE_EXPORT)]) -> ChartExport:
    """Ask for your whole chart as one file. It is made in the background: read the export until it is ready.

    Stay signed in until then. It is read as you, so it has what you are shown, and nothing else.
    """
    return work.tagged(await service.create_export(work, body))


@router.get("/me/exports/{export_id}")
async def read_export(export_id: Id, work: Annotated[Work, allow(operations.READ_EXPORT)]) -> ChartExport:
    """Read how far your export is, and what it leaves out."""
    return work.tagged(await service.read_export(work, export_id))


@router.get(
    "/me/exports/{export_id}/content",
    response_model=None,
    response_class=Download,
    responses={**CONTENT, **problems(StepUpRequired, ExportNotReady, TooManyRequests)},
)
async def read_export_content(
    export_id: Id,
    work: Annotated[Work, allow(operations.READ_EXPORT_CONTENT)],
    wanted: RangeHeader = None,
) -> Download:
    """Download your export, a zip. Each download is in your access log."""
    return await service.read_export_content(work, export_id, wanted)


@router.get("/patients/{patient_id}/imports")
async def list_chart_imports(
    patient_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_CHART_IMPORTS)]
) -> Page[ChartImport]:
    """List the packages by which a chart came here from other deployments, newest first."""
    return await chart_imports.list_chart_imports(work, patient_id, page)
