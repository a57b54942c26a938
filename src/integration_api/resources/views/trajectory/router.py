"""`/patients/{patient_id}/trajectory` and its drawing."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.views.trajectory import drawings, operations, service
from integration_api.resources.views.trajectory.schemas import DrawnFilter, Trajectory, TrajectoryFilter
from integration_api.resources.views.trajectory.svg import EXAMPLE, Drawing

router = APIRouter(route_class=ActionRoute)

_FILE: dict[int | str, dict[str, object]] = {
    200: {"x-etag": True, "content": {Drawing.media_type: {"schema": {"type": "string", "examples": [EXAMPLE]}}}}
}


@router.get("/patients/{patient_id}/trajectory")
async def read_trajectory(
    patient_id: Id,
    only: Annotated[TrajectoryFilter, Depends()],
    work: Annotated[Work, allow(operations.READ_TRAJECTORY)],
) -> Trajectory:
    """Read the scores of a chart over time, and the doses, sessions and adverse events of that time.

    The latest score of each series is compared with a baseline. That is the last score before the first dose of the
    latest course that has a dose, unless you declare another one. Answers that were withdrawn never appear.
    """
    return await service.read_trajectory(work, patient_id, only)


@router.get(
    "/patients/{patient_id}/trajectory.svg",
    response_model=None,
    response_class=Drawing,
    responses=_FILE,
)
async def draw_trajectory(
    patient_id: Id,
    only: Annotated[DrawnFilter, Depends()],
    work: Annotated[Work, allow(operations.DRAW_TRAJECTORY)],
) -> Drawing:
    """Draw one score of a chart over time (SVG): points, bands, doses and the baseline, for light and dark screens.

    It holds no name and no script. Its description says in words what it shows.
    """
    return Drawing(await drawings.draw_trajectory(work, patient_id, only))
