"""`/me/inbox/{item_id}/read`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.attention.inbox import operations, service

router = APIRouter(route_class=ActionRoute)


@router.post("/me/inbox/{item_id}/read", status_code=204)
async def mark_inbox_read(item_id: Id, work: Annotated[Work, allow(operations.MARK_INBOX_READ)]) -> None:
    """Mark an item as read. It comes again, unread, if the same happens again."""
    await service.mark_inbox_read(work, item_id)
