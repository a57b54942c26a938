"""`/me/inbox`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.attention.inbox import operations, service
from integration_api.resources.attention.inbox.schemas import InboxItem
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/me/inbox")
async def read_inbox(page: PageQuery, work: Annotated[Work, allow(operations.READ_INBOX)]) -> Page[InboxItem]:
    """List what the care team proposed, answered and ended, newest first."""
    return await service.read_inbox(work, page)


@router.post("/me/inbox/{item_id}/read", status_code=204)
async def mark_inbox_read(item_id: Id, work: Annotated[Work, allow(operations.MARK_INBOX_READ)]) -> None:
    """Mark an item as read. It comes again, unread, if the same happens again."""
    await service.mark_inbox_read(work, item_id)
