"""`/clinic/roster` and `/shifts`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.attention.roster import operations, service
from integration_api.resources.attention.roster.schemas import Roster, Shift, ShiftCreate
from integration_api.resources.attention.roster.service import ShiftWithdrawn, TooManyShifts
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/clinic/roster")
async def read_roster(work: Annotated[Work, allow(operations.READ_ROSTER)]) -> Roster:
    """Read who is on call now and in the next 14 days, gaps before they come, and failures of the chain."""
    return await service.read_roster(work)


@router.get("/shifts")
async def list_shifts(page: PageQuery, work: Annotated[Work, allow(operations.LIST_SHIFTS)]) -> Page[Shift]:
    """List the shifts of the clinic, newest first; also those that are over or withdrawn."""
    return await service.list_shifts(work, page)


@router.post("/shifts", status_code=201, responses=problems(IdTaken, TooManyShifts))
async def create_shift(body: ShiftCreate, work: Annotated[Work, allow(operations.CREATE_SHIFT)]) -> Shift:
    """Put a member of staff on call, at the same local times of some weekdays."""
    return work.tagged(await service.create_shift(work, body))


@router.get("/shifts/{shift_id}")
async def read_shift(shift_id: Id, work: Annotated[Work, allow(operations.READ_SHIFT)]) -> Shift:
    """Read one shift."""
    return work.tagged(await service.read_shift(work, shift_id))


@router.post("/shifts/{shift_id}/withdraw", responses=problems(ShiftWithdrawn))
async def withdraw_shift(
    shift_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.WITHDRAW_SHIFT)]
) -> Shift:
    """Take a shift off the roster, from now on."""
    return work.tagged(await service.withdraw_shift(work, shift_id, expected_version))
