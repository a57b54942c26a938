"""`/webhooks`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.delivery.webhooks import operations, service
from integration_api.resources.delivery.webhooks.schemas import (
    Delivery,
    Webhook,
    WebhookCreate,
    WebhookReplay,
    WebhookSecret,
    WebhookUpdate,
)
from integration_api.web.errors import IdTaken, ShownOnce, StepUpRequired
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/webhooks")
async def list_webhooks(page: PageQuery, work: Annotated[Work, allow(operations.LIST_WEBHOOKS)]) -> Page[Webhook]:
    """List the clinic's webhooks, newest first. No secret is shown."""
    return await service.list_webhooks(work, page)


@router.post("/webhooks", status_code=201, responses=problems(IdTaken, ShownOnce, StepUpRequired))
async def create_webhook(body: WebhookCreate, work: Annotated[Work, allow(operations.CREATE_WEBHOOK)]) -> WebhookSecret:
    """Tell a program of what changes from now on. The secret is in this answer and nowhere else."""
    return work.tagged(await service.create_webhook(work, body))


@router.patch("/webhooks/{webhook_id}", responses=problems(StepUpRequired))
async def update_webhook(
    webhook_id: Id,
    body: WebhookUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_WEBHOOK)],
) -> Webhook:
    """Change a webhook, or turn it off or on."""
    return work.tagged(await service.update_webhook(work, webhook_id, body, expected_version))


@router.post("/webhooks/{webhook_id}/rotate-secret", status_code=200, responses=problems(StepUpRequired, ShownOnce))
async def rotate_webhook_secret(
    webhook_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.ROTATE_WEBHOOK_SECRET)]
) -> WebhookSecret:
    """Get a new webhook secret; for a day, messages are signed with both. It is in this answer and nowhere else."""
    return work.tagged(await service.rotate_webhook_secret(work, webhook_id, expected_version))


@router.post("/webhooks/{webhook_id}/test", status_code=202)
async def send_test_event(webhook_id: Id, work: Annotated[Work, allow(operations.SEND_TEST_EVENT)]) -> Delivery:
    """Send a message of type `webhook.test`."""
    return await service.send_test_event(work, webhook_id)


@router.post("/webhooks/{webhook_id}/replay", status_code=204)
async def replay_webhook(
    webhook_id: Id, body: WebhookReplay, work: Annotated[Work, allow(operations.REPLAY_WEBHOOK)]
) -> None:
    """Send again what came after a position of the log, as far as the program may be told of it now."""
    await service.replay_webhook(work, webhook_id, body)


@router.get("/webhooks/{webhook_id}/deliveries")
async def list_deliveries(
    webhook_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_DELIVERIES)]
) -> Page[Delivery]:
    """List the messages of the last thirty days, newest first, without bodies."""
    return await service.list_deliveries(work, webhook_id, page)
