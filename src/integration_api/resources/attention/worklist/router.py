"""`/worklist`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.attention.worklist import operations, service
from integration_api.resources.attention.worklist.schemas import Worklist, WorklistFilter
from integration_api.resources.attention.worklist.service import SettledByStep
from integration_api.web.openapi import problems
from integration_api.web.paging import PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/worklist")
async def read_worklist(
    only: Annotated[WorklistFilter, Depends()], page: PageQuery, work: Annotated[Work, allow(operations.READ_WORKLIST)]
) -> Worklist:
    """List your open tasks, the most urgent first, then the next due. Some are there because nobody is on the team."""
    return await service.read_worklist(work, page, only)


@router.post("/worklist/{task_id}/done", status_code=204, responses=problems(SettledByStep))
async def complete_task(task_id: Id, work: Annotated[Work, allow(operations.COMPLETE_TASK)]) -> None:
    """Mark a task as done, for everybody whom it waits for."""
    await service.complete_task(work, task_id)
