"""`/worklist`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.attention.worklist import operations, service
from integration_api.resources.attention.worklist.schemas import Worklist
from integration_api.web.paging import PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/worklist")
async def read_worklist(page: PageQuery, work: Annotated[Work, allow(operations.READ_WORKLIST)]) -> Worklist:
    """List your open tasks, the next due first: reflections to review, your unsigned notes, plans to answer."""
    return await service.read_worklist(work, page)
