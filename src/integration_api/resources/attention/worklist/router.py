"""`/worklist/{task_id}/done`, and what an account has open."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.attention.worklist import left_tasks, operations, service
from integration_api.resources.attention.worklist.left_tasks import NotHandedOver
from integration_api.resources.attention.worklist.schemas import Worklist
from integration_api.resources.attention.worklist.service import SettledByStep
from integration_api.web.openapi import problems
from integration_api.web.paging import PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/accounts/{account_id}/worklist", responses=problems(NotHandedOver))
async def read_left_worklist(
    account_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.READ_LEFT_WORKLIST)]
) -> Worklist:
    """List what a member of staff has open who is disabled, or has a successor: ids and kinds, nothing of a chart."""
    return await left_tasks.read_left_worklist(work, page, account_id)


@router.post("/worklist/{task_id}/done", status_code=204, responses=problems(SettledByStep))
async def complete_task(task_id: Id, work: Annotated[Work, allow(operations.COMPLETE_TASK)]) -> None:
    """Mark a task as done, for everybody whom it waits for."""
    await service.complete_task(work, task_id)
