"""`/research-studies/{research_study_id}/exports`, and `/research-exports`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.journal.attachments.downloads import CONTENT, Download
from integration_api.resources.journal.attachments.schemas import RangeHeader
from integration_api.resources.oversight.exports.service import ExportInProgress, ExportNotReady
from integration_api.resources.oversight.research_exports import operations, service
from integration_api.resources.oversight.research_exports.schemas import ResearchExport, ResearchExportCreate
from integration_api.resources.oversight.research_exports.service import StudyClosed, TooFewConsents, TwoAccountsNeeded
from integration_api.web.errors import IdTaken, StepUpRequired, TooManyRequests
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/research-studies/{research_study_id}/exports")
async def list_research_exports(
    research_study_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_RESEARCH_EXPORTS)]
) -> Page[ResearchExport]:
    """List the exports for one study, newest first."""
    return await service.list_research_exports(work, research_study_id, page)


@router.post(
    "/research-studies/{research_study_id}/exports",
    status_code=202,
    responses=problems(IdTaken, StepUpRequired, TwoAccountsNeeded, StudyClosed, TooFewConsents, ExportInProgress),
)
async def create_research_export(
    research_study_id: Id,
    body: ResearchExportCreate,
    work: Annotated[Work, allow(operations.CREATE_RESEARCH_EXPORT)],
) -> ResearchExport:
    """Export structured data of patients who have signed for research, in the background, for one study.

    Pseudonyms and shifted dates are the same in each export for the study. Stay signed in until it is ready.
    """
    return work.tagged(await service.create_research_export(work, research_study_id, body))


@router.get("/research-exports/{research_export_id}")
async def read_research_export(
    research_export_id: Id, work: Annotated[Work, allow(operations.READ_RESEARCH_EXPORT)]
) -> ResearchExport:
    """Read how far a research export is."""
    return work.tagged(await service.read_research_export(work, research_export_id))


@router.get(
    "/research-exports/{research_export_id}/content",
    response_model=None,
    response_class=Download,
    responses={**CONTENT, **problems(StepUpRequired, TwoAccountsNeeded, ExportNotReady, TooManyRequests)},
)
async def read_research_export_content(
    research_export_id: Id,
    work: Annotated[Work, allow(operations.READ_RESEARCH_EXPORT_CONTENT)],
    wanted: RangeHeader = None,
) -> Download:
    """Download a research export, a zip. What is in it and what is left out stands in its `README.txt`."""
    return await service.read_research_export_content(work, research_export_id, wanted)
