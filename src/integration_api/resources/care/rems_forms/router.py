"""`/sessions/{session_id}/rems-form`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.readiness.evaluation import NotDosing
from integration_api.resources.care.rems_forms import operations, service
from integration_api.resources.care.rems_forms.schemas import RemsAnswers, RemsForm, RemsSubmit
from integration_api.resources.care.rems_forms.service import NoRemsForm, RemsFormIncomplete
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems

router = APIRouter(route_class=ActionRoute)


@router.get("/sessions/{session_id}/rems-form", responses=problems(NotDosing, NoRemsForm))
async def read_rems_form(session_id: Id, work: Annotated[Work, allow(operations.READ_REMS_FORM)]) -> RemsForm:
    """Read the REMS form of an esketamine session, filled from the record, with what is missing."""
    return work.tagged(await service.read_rems_form(work, session_id))


@router.put("/sessions/{session_id}/rems-form", responses=problems(NotDosing, NoRemsForm))
async def update_rems_form(
    session_id: Id,
    body: RemsAnswers,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_REMS_FORM)],
) -> RemsForm:
    """Give the answers that the record does not."""
    return work.tagged(await service.update_rems_form(work, session_id, body, expected_version))


@router.post("/sessions/{session_id}/rems-form/submit", responses=problems(NotDosing, NoRemsForm, RemsFormIncomplete))
async def submit_rems_form(
    session_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.SUBMIT_REMS_FORM)],
    body: RemsSubmit | None = None,
) -> RemsForm:
    """Record that the clinic sent the form; again with `confirmation`, once REMS confirmed it."""
    return work.tagged(await service.submit_rems_form(work, session_id, body or RemsSubmit(), expected_version))
