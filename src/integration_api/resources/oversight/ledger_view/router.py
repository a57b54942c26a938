"""`/ledger`, and `/me/access-log`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.ledger.events import Event
from integration_api.resources.oversight.ledger_view import operations, service
from integration_api.resources.oversight.ledger_view.schemas import Access, LedgerEntry
from integration_api.resources.oversight.ledger_view.service import LedgerFilter
from integration_api.web.paging import Page, PageQuery
from integration_api.web.schemas import Instant

router = APIRouter(tags=["ledger"], route_class=ActionRoute)


@router.get("/ledger")
async def list_ledger(
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_LEDGER)],
    patient_id: Annotated[UUID | None, Query(description="Only in this patient's chart.")] = None,
    actor_id: Annotated[UUID | None, Query(description="Only by this account.")] = None,
    event: Annotated[Event | None, Query(description="Only this kind of event.")] = None,
    after: Annotated[Instant | None, Query(description="Then or later.")] = None,
    before: Annotated[Instant | None, Query(description="Before then.")] = None,
) -> Page[LedgerEntry]:
    """What happened in the clinic, newest first. Reading this is recorded too."""
    return await service.list_ledger(work, page, LedgerFilter(patient_id, actor_id, event, after, before))


@router.get("/me/access-log")
async def read_access_log(
    page: PageQuery,
    work: Annotated[Work, allow(operations.READ_ACCESS_LOG)],
    after: Annotated[Instant | None, Query(description="Then or later.")] = None,
    before: Annotated[Instant | None, Query(description="Before then.")] = None,
) -> Page[Access]:
    """Who looked at or changed what of your chart, when, in which role, for which purpose, newest first.

    Refused attempts on your chart are among them, and what only you are shown. Reading this is recorded too.
    """
    return await service.read_access_log(work, page, after, before)
