"""`/clinic/outcomes`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.measures.outcomes import operations, service
from integration_api.resources.measures.outcomes.schemas import OutcomeFilter, Outcomes

router = APIRouter(route_class=ActionRoute)


@router.get("/clinic/outcomes")
async def read_outcomes(
    only: Annotated[OutcomeFilter, Depends()], work: Annotated[Work, allow(operations.READ_OUTCOMES)]
) -> Outcomes:
    """Read what scores did after the first doses of a quarter, as numbers over five people or more.

    It shows no chart. Numbers of few people are null, and so is each number from which one could be worked out.
    """
    return await service.read_outcomes(work, only)
