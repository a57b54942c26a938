"""`/patients/{patient_id}/search`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.views.search import operations, service
from integration_api.resources.views.search.schemas import ChartSearch, Found, SearchPageQuery
from integration_api.web.paging import Page

router = APIRouter(route_class=ActionRoute)


@router.post("/patients/{patient_id}/search", status_code=200)
async def search_chart(
    patient_id: Id, body: ChartSearch, page: SearchPageQuery, work: Annotated[Work, allow(operations.SEARCH_CHART)]
) -> Page[Found]:
    """Find words in one chart, over what you may see: newest first.

    One answer looks through `limit` things, and holds those that have the words. It may hold none and still have a
    `next_cursor`, which leads on to older ones. Psychotherapy notes are never looked through, nor what was
    withdrawn, nor a safety plan that another has replaced. Staff do not find a reflection that nobody of them has read.
    """
    return await service.search_chart(work, page, patient_id, body)
