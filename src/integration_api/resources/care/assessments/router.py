"""`/sessions/{session_id}/assessment`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.assessments import operations, service
from integration_api.resources.care.assessments.schemas import Assessment, AssessmentUpdate
from integration_api.resources.care.readiness.evaluation import NotDosing
from integration_api.resources.care.sessions.corrections import SessionClosed
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/sessions/{session_id}/assessment", responses=problems(NotDosing))
async def read_assessment(session_id: Id, work: Annotated[Work, allow(operations.READ_ASSESSMENT)]) -> Assessment:
    """Read the therapist's assessment of a dosing session."""
    return work.tagged(await service.read_assessment(work, session_id))


@router.get("/sessions/{session_id}/assessment/versions", responses=problems(NotDosing))
async def list_assessment_versions(
    session_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_ASSESSMENT_VERSIONS)]
) -> Page[Assessment]:
    """Show the assessment as it was before each change, newest first."""
    return await service.list_assessment_versions(work, session_id, page)


@router.put("/sessions/{session_id}/assessment", responses=problems(NotDosing, SessionClosed))
async def update_assessment(
    session_id: Id,
    body: AssessmentUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_ASSESSMENT)],
) -> Assessment:
    """Write go, hold or concern. `hold` stops doses of the session until a prescriber decides, whatever comes later."""
    return work.tagged(await service.update_assessment(work, session_id, body, expected_version))
