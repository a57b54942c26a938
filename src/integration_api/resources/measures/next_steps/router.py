"""`/me/next`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.measures.next_steps import operations, service
from integration_api.resources.measures.next_steps.schemas import NextSteps

router = APIRouter(route_class=ActionRoute)


@router.get("/me/next")
async def read_next(work: Annotated[Work, allow(operations.READ_NEXT)]) -> NextSteps:
    """Read what you are asked after a dose: what is open now, what comes soon, what is over, and when to remind."""
    return await service.read_next(work)
