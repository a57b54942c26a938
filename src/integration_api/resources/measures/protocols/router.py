"""`/clinic/protocol` and `/check-in-items`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.measures.protocols import operations, service
from integration_api.resources.measures.protocols.check_in_items import CheckInItems
from integration_api.resources.measures.protocols.schemas import ArcProtocol, ArcProtocolSteps
from integration_api.web.etag import IfMatch

router = APIRouter(route_class=ActionRoute)


@router.get("/clinic/protocol")
async def read_protocol(work: Annotated[Work, allow(operations.READ_PROTOCOL)]) -> ArcProtocol:
    """Read when the clinic asks after a dose, and what; if it has no protocol of its own, the default, of version 0."""
    return work.tagged(await service.read_protocol(work))


@router.put("/clinic/protocol")
async def update_protocol(
    body: ArcProtocolSteps, expected_version: IfMatch, work: Annotated[Work, allow(operations.UPDATE_PROTOCOL)]
) -> ArcProtocol:
    """Write the clinic's protocol as its next version. Windows that are open keep the version that opened them."""
    return work.tagged(await service.update_protocol(work, body, expected_version))


@router.get("/check-in-items")
async def list_check_in_items(work: Annotated[Work, allow(operations.LIST_CHECK_IN_ITEMS)]) -> CheckInItems:
    """List the items that a check-in may ask, with the answers that each takes."""
    return await service.list_check_in_items(work)
