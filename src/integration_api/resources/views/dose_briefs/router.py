"""`/sessions/{session_id}/dose-brief`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.readiness.evaluation import NotDosing
from integration_api.resources.views.dose_briefs import operations, service
from integration_api.resources.views.dose_briefs.schemas import DoseBrief
from integration_api.web.openapi import problems

router = APIRouter(route_class=ActionRoute)


@router.get("/sessions/{session_id}/dose-brief", responses=problems(NotDosing))
async def read_dose_brief(session_id: Id, work: Annotated[Work, allow(operations.READ_DOSE_BRIEF)]) -> DoseBrief:
    """Read what a prescriber needs for a dose: doses, vitals, adverse events, scores, holds, the therapist's decision.

    It holds no note, no reflection and no text.
    """
    return await service.read_dose_brief(work, session_id)
