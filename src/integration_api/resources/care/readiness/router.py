"""`/sessions/{session_id}/readiness` and `/sessions/{session_id}/holds`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.readiness import dose_holds, operations, service
from integration_api.resources.care.readiness.dose_holds import HoldClosed
from integration_api.resources.care.readiness.evaluation import NotDosing
from integration_api.resources.care.readiness.schemas import DoseHold, DoseHoldRelease, Readiness, ReadinessUpdate
from integration_api.resources.care.sessions.corrections import SessionClosed
from integration_api.resources.people.accounts.licences import LicenceEnded
from integration_api.resources.people.patients.service import EmergencyOnly
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/sessions/{session_id}/readiness", responses=problems(NotDosing))
async def read_readiness_check(
    session_id: Id, work: Annotated[Work, allow(operations.READ_READINESS_CHECK)]
) -> Readiness:
    """Read the readiness check of a dosing session."""
    return work.tagged(await service.read_readiness_check(work, session_id))


@router.get("/sessions/{session_id}/readiness/versions", responses=problems(NotDosing))
async def list_readiness_versions(
    session_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_READINESS_VERSIONS)]
) -> Page[Readiness]:
    """Show the check as it was before each change, newest first."""
    return await service.list_readiness_versions(work, session_id, page)


@router.patch(
    "/sessions/{session_id}/readiness", responses=problems(NotDosing, SessionClosed, EmergencyOnly, LicenceEnded)
)
async def update_readiness_check(
    session_id: Id,
    body: ReadinessUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_READINESS_CHECK)],
) -> Readiness:
    """Answer items. An item that is not met opens a hold; one that becomes met closes its own.

    A clearance, and the absence of a contraindication, count once a prescriber of the care team has answered.
    """
    return work.tagged(await service.update_readiness_check(work, session_id, body, expected_version))


@router.get("/sessions/{session_id}/holds", responses=problems(NotDosing))
async def list_dose_holds(
    session_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_DOSE_HOLDS)]
) -> Page[DoseHold]:
    """List the holds of a dosing session, newest first."""
    return await dose_holds.list_dose_holds(work, session_id, page)


@router.post(
    "/sessions/{session_id}/holds/{hold_id}/release",
    responses=problems(NotDosing, HoldClosed, EmergencyOnly, LicenceEnded),
)
async def release_dose_hold(
    session_id: Id,
    hold_id: Id,
    body: DoseHoldRelease,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.RELEASE_DOSE_HOLD)],
) -> DoseHold:
    """Let doses start in spite of one item, with a reason."""
    return work.tagged(await dose_holds.release_dose_hold(work, session_id, hold_id, body, expected_version))
