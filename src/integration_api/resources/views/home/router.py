"""`/worklist`, `/me/inbox` and `/me/home`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.attention.inbox.schemas import InboxItem
from integration_api.resources.attention.worklist.schemas import Worklist
from integration_api.resources.views.home import inbox_rows, operations, service, task_rows
from integration_api.resources.views.home.schemas import Home
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/worklist")
async def read_worklist(page: PageQuery, work: Annotated[Work, allow(operations.READ_WORKLIST)]) -> Worklist:
    """List your open tasks, the most urgent first, then the next due. Some are there because nobody is on the team."""
    return await task_rows.read_worklist(work, page)


@router.get("/me/inbox")
async def read_inbox(page: PageQuery, work: Annotated[Work, allow(operations.READ_INBOX)]) -> Page[InboxItem]:
    """List what the care team proposed, answered and ended, newest first."""
    return await inbox_rows.read_inbox(work, page)


@router.get("/me/home")
async def read_home(work: Annotated[Work, allow(operations.READ_HOME)]) -> Home:
    """Read your day at once: what is new, next, due today and last, and whom to call."""
    return await service.read_home(work)
