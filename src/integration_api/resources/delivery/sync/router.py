"""`/sync`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.delivery.sync import operations, service
from integration_api.resources.delivery.sync.schemas import SyncBatch, SyncResults

router = APIRouter(route_class=ActionRoute)


@router.post("/sync", status_code=200)
async def send_batch(body: SyncBatch, work: Annotated[Work, allow(operations.SEND_BATCH)]) -> SyncResults:
    """Send up to 100 requests that were written offline: they are done in order, each as it would be alone.

    One that fails stops only those that name it in `after`. Send again what was not attempted.
    """
    return await service.send_batch(work, body)
