"""`/patients/{patient_id}/threads`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.views.threads import operations, service
from integration_api.resources.views.threads.schemas import Thread, ThreadPageQuery
from integration_api.web.paging import Page

router = APIRouter(route_class=ActionRoute)


@router.get("/patients/{patient_id}/threads")
async def list_threads(
    patient_id: Id, page: ThreadPageQuery, work: Annotated[Work, allow(operations.LIST_THREADS)]
) -> Page[Thread]:
    """List the dosing sessions of a chart, the latest first dose first, each with what it led to; at most 10 at once.

    A thread runs from intention and doses over reflections and their insights to goals, strategies, and the change of
    distress when they were used. It shows each end that you may see, and nothing of the others.
    """
    return await service.list_threads(work, page, patient_id)
