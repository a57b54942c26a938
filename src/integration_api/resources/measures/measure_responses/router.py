"""`/measure-responses`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.conflicts import Gone
from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.measures.measure_responses import operations, service
from integration_api.resources.measures.measure_responses.answer_corrections import NotYours
from integration_api.resources.measures.measure_responses.schemas import (
    MeasureResponse,
    MeasureResponseComplete,
    MeasureResponseCreate,
    MeasureResponseFilter,
    MeasureResponseUpdate,
)
from integration_api.resources.measures.measure_responses.service import ResponseCompleted
from integration_api.resources.people.patients.holds import OnHold
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page
from integration_api.web.schemas import Withdraw

router = APIRouter(route_class=ActionRoute)


@router.get("/measure-responses")
async def list_measure_responses(
    only: Annotated[MeasureResponseFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_MEASURE_RESPONSES)],
) -> Page[MeasureResponse]:
    """List the answers to instruments that you may see, the latest first."""
    return await service.list_measure_responses(work, page, only)


@router.post("/measure-responses", status_code=201, responses=problems(IdTaken, Gone, Superseded, NotYours))
async def create_measure_response(
    body: MeasureResponseCreate, work: Annotated[Work, allow(operations.CREATE_MEASURE_RESPONSE)]
) -> MeasureResponse:
    """Give answers to an instrument, all of them or a draft. What is completed is scored, and never changes."""
    return work.tagged(await service.create_measure_response(work, body))


@router.get("/measure-responses/{measure_response_id}")
async def read_measure_response(
    measure_response_id: Id, work: Annotated[Work, allow(operations.READ_MEASURE_RESPONSE)]
) -> MeasureResponse:
    """Read answers that were given together, with their scores."""
    return work.tagged(await service.read_measure_response(work, measure_response_id))


@router.patch("/measure-responses/{measure_response_id}", responses=problems(ResponseCompleted))
async def update_measure_response(
    measure_response_id: Id,
    body: MeasureResponseUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_MEASURE_RESPONSE)],
) -> MeasureResponse:
    """Change a draft of your own, item by item."""
    return work.tagged(await service.update_measure_response(work, measure_response_id, body, expected_version))


@router.post("/measure-responses/{measure_response_id}/complete", responses=problems(ResponseCompleted))
async def complete_measure_response(
    measure_response_id: Id,
    body: MeasureResponseComplete,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.COMPLETE_MEASURE_RESPONSE)],
) -> MeasureResponse:
    """Complete a draft of your own: it is scored, shown to whoever sees the chart, and never changes again."""
    return work.tagged(await service.complete_measure_response(work, measure_response_id, body, expected_version))


@router.delete(
    "/measure-responses/{measure_response_id}", status_code=204, responses=problems(ResponseCompleted, OnHold)
)
async def delete_measure_response(
    measure_response_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.DELETE_MEASURE_RESPONSE)]
) -> None:
    """Delete a draft of your own."""
    await service.delete_measure_response(work, measure_response_id, expected_version)


@router.post("/measure-responses/{measure_response_id}/withdraw", responses=problems(Superseded, NotYours))
async def withdraw_measure_response(
    measure_response_id: Id,
    body: Withdraw,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.WITHDRAW_MEASURE_RESPONSE)],
) -> MeasureResponse:
    """Withdraw answers that staff wrote down in error. They stay, with who withdrew them and why."""
    return work.tagged(await service.withdraw_measure_response(work, measure_response_id, body, expected_version))
