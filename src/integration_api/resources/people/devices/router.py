"""`/me/sign-ins`."""

from typing import Annotated

from fastapi import APIRouter, Query

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.people.devices import operations, service
from integration_api.resources.people.devices.schemas import Device
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/me/sign-ins")
async def list_sign_ins(page: PageQuery, work: Annotated[Work, allow(operations.LIST_SIGN_INS)]) -> Page[Device]:
    """List the devices on which you are signed in, newest first."""
    return await service.list_sign_ins(work, page)


@router.delete("/me/sign-ins", status_code=204)
async def end_sign_ins(
    work: Annotated[Work, allow(operations.END_SIGN_INS)],
    this_one_too: Annotated[bool, Query(description="End also the sign-in that you ask with.")] = False,
) -> None:
    """Sign out everywhere else, or everywhere: it holds from the next request. It ends your calendar address too."""
    await service.end_sign_ins(work, this_one_too=this_one_too)


@router.delete("/me/sign-ins/{sign_in_id}", status_code=204)
async def end_sign_in(sign_in_id: Id, work: Annotated[Work, allow(operations.END_SIGN_IN)]) -> None:
    """Sign out on one device: it holds from its next request."""
    await service.end_sign_in(work, sign_in_id)
