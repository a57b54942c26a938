"""`/ledger`, and `/me/access-log`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.oversight.ledger_view import operations, service
from integration_api.resources.oversight.ledger_view.schemas import Access, AccessFilter, LedgerEntry, LedgerFilter
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/ledger")
async def list_ledger(
    only: Annotated[LedgerFilter, Depends()],
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_LEDGER)],
) -> Page[LedgerEntry]:
    """List the events in the clinic, newest first. Reading this is recorded too."""
    return await service.list_ledger(work, page, only)


@router.get("/me/access-log")
async def read_access_log(
    only: Annotated[AccessFilter, Depends()],
    page: PageQuery,
    work: Annotated[Work, allow(operations.READ_ACCESS_LOG)],
) -> Page[Access]:
    """List all access to your chart, newest first: who read or changed what, when, in which role, for which purpose.

    Refused attempts on your chart are among them, and what only you are shown. Reading this is recorded too.
    """
    return await service.read_access_log(work, page, only)
