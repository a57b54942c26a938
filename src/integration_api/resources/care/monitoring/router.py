"""`/sessions/{session_id}/vitals`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.monitoring import operations, service, uploads
from integration_api.resources.care.monitoring.schemas import MonitorFile, Vital, VitalBatch, VitalFilter
from integration_api.resources.care.monitoring.service import VitalDiffers
from integration_api.resources.care.readiness.evaluation import NotDosing
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery
from integration_api.web.schemas import Withdraw

router = APIRouter(route_class=ActionRoute)


@router.get("/sessions/{session_id}/vitals", responses=problems(NotDosing))
async def list_vitals(
    session_id: Id,
    only: Annotated[VitalFilter, Depends()],
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_VITALS)],
) -> Page[Vital]:
    """List the readings of a dosing session as a time series, the earliest first."""
    return await service.list_vitals(work, session_id, page, only)


@router.post("/sessions/{session_id}/vitals", responses=problems(NotDosing, VitalDiffers))
async def record_vitals(
    session_id: Id, body: VitalBatch, work: Annotated[Work, allow(operations.RECORD_VITALS)]
) -> Page[Vital]:
    """Record up to 200 readings, in any order. A reading that is stored already changes nothing.

    One under rule R09 or R10 opens a hold, which a prescriber releases.
    """
    return await service.record_vitals(work, session_id, body)


@router.post("/sessions/{session_id}/vitals/monitor-file", status_code=200, responses=problems(NotDosing, VitalDiffers))
async def upload_vitals(
    session_id: Id, body: MonitorFile, work: Annotated[Work, allow(operations.UPLOAD_VITALS)]
) -> Page[Vital]:
    """Record the file of a monitor. Sent again, or with more lines, it stores nothing twice."""
    return await uploads.upload_vitals(work, session_id, body)


@router.get("/sessions/{session_id}/vitals/{vital_id}")
async def read_vital(session_id: Id, vital_id: Id, work: Annotated[Work, allow(operations.READ_VITAL)]) -> Vital:
    """Read one reading."""
    return work.tagged(await service.read_vital(work, session_id, vital_id))


@router.post("/sessions/{session_id}/vitals/{vital_id}/withdraw", responses=problems(Superseded))
async def withdraw_vital(
    session_id: Id,
    vital_id: Id,
    body: Withdraw,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.WITHDRAW_VITAL)],
) -> Vital:
    """Withdraw a reading that was recorded in error. It stays, with who withdrew it and why."""
    return work.tagged(await service.withdraw_vital(work, session_id, vital_id, body, expected_version))
