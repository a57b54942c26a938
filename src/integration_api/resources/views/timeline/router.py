"""`/patients/{patient_id}/timeline`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.views.timeline import operations, service
from integration_api.resources.views.timeline.schemas import TimelineFilter, TimelineItem
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/patients/{patient_id}/timeline")
async def read_timeline(
    patient_id: Id,
    only: Annotated[TimelineFilter, Depends()],
    page: PageQuery,
    work: Annotated[Work, allow(operations.READ_TIMELINE)],
) -> Page[TimelineItem]:
    """List everything in one chart that you may see, newest first, so that planned items come first."""
    return await service.read_timeline(work, page, patient_id, only)
