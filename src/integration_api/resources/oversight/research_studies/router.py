"""`/research-studies`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.oversight.research_studies import operations, service
from integration_api.resources.oversight.research_studies.schemas import ResearchStudy, ResearchStudyCreate
from integration_api.web.errors import IdTaken, StepUpRequired
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)
_ONE = "/research-studies/{research_study_id}"


@router.get("/research-studies")
async def list_research_studies(
    page: PageQuery, work: Annotated[Work, allow(operations.LIST_RESEARCH_STUDIES)]
) -> Page[ResearchStudy]:
    """List the studies of your clinic, newest first."""
    return await service.list_research_studies(work, page)


@router.post("/research-studies", status_code=201, responses=problems(IdTaken))
async def create_research_study(
    body: ResearchStudyCreate, work: Annotated[Work, allow(operations.CREATE_RESEARCH_STUDY)]
) -> ResearchStudy:
    """Begin a study. Patients whose data leave for it are told its name."""
    return work.tagged(await service.create_research_study(work, body))


@router.get(_ONE)
async def read_research_study(
    research_study_id: Id, work: Annotated[Work, allow(operations.READ_RESEARCH_STUDY)]
) -> ResearchStudy:
    """Read one study."""
    return work.tagged(await service.read_research_study(work, research_study_id))


@router.post(f"{_ONE}/close", responses=problems(Superseded, StepUpRequired))
async def close_research_study(
    research_study_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.CLOSE_RESEARCH_STUDY)],
) -> ResearchStudy:
    """Close a study for good. Its key is destroyed, so nobody can lead a pseudonym back to a patient by it."""
    return work.tagged(await service.close_research_study(work, research_study_id, expected_version))
