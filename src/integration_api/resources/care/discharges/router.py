"""`/sessions/{session_id}/discharge`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.discharges import operations, service
from integration_api.resources.care.discharges.schemas import Discharge, DischargeOverride, DischargeUpdate
from integration_api.resources.care.readiness.evaluation import NotDosing
from integration_api.resources.people.accounts.licences import LicenceEnded
from integration_api.resources.people.patients.service import EmergencyOnly
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems

router = APIRouter(route_class=ActionRoute)


@router.get("/sessions/{session_id}/discharge", responses=problems(NotDosing))
async def read_discharge(session_id: Id, work: Annotated[Work, allow(operations.READ_DISCHARGE)]) -> Discharge:
    """Read the discharge of a dosing session, and what it still lacks."""
    return work.tagged(await service.read_discharge(work, session_id))


@router.put("/sessions/{session_id}/discharge", responses=problems(NotDosing))
async def update_discharge(
    session_id: Id,
    body: DischargeUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_DISCHARGE)],
) -> Discharge:
    """Write the checklist of a discharge, and when the patient left. The session ends once nothing is missing."""
    return work.tagged(await service.update_discharge(work, session_id, body, expected_version))


@router.post(
    "/sessions/{session_id}/discharge/override",
    responses=problems(NotDosing, EmergencyOnly, LicenceEnded),
)
async def override_discharge(
    session_id: Id,
    body: DischargeOverride,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.OVERRIDE_DISCHARGE)],
) -> Discharge:
    """Let a session be completed without what its discharge lacks, as its prescriber, with a reason."""
    return work.tagged(await service.override_discharge(work, session_id, body, expected_version))
