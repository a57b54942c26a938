"""`/patients/{patient_id}/chart`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.views.chart import operations, service
from integration_api.resources.views.chart.schemas import Chart

router = APIRouter(route_class=ActionRoute)


@router.get("/patients/{patient_id}/chart")
async def read_chart(patient_id: Id, work: Annotated[Work, allow(operations.READ_CHART)]) -> Chart:
    """Read a chart at once: who, what is urgent, what is next and last. Notes and reflections do not count as read."""
    return await service.read_chart(work, patient_id)
