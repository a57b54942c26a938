"""`/me/channels` and `/notifications`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.delivery.channels import operations, service
from integration_api.resources.delivery.channels.schemas import (
    Notification,
    NotificationChannelCreate,
    NotificationChannelMade,
    NotificationChannels,
    NotificationFilter,
)
from integration_api.resources.delivery.channels.service import TooManyChannels
from integration_api.web.errors import ShownOnce
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/me/channels")
async def list_notification_channels(
    work: Annotated[Work, allow(operations.LIST_NOTIFICATION_CHANNELS)],
) -> NotificationChannels:
    """List the channels by which you are told beyond this app."""
    return await service.list_notification_channels(work)


@router.post("/me/channels", status_code=201, responses=problems(ShownOnce, TooManyChannels))
async def create_notification_channel(
    body: NotificationChannelCreate, work: Annotated[Work, allow(operations.CREATE_NOTIFICATION_CHANNEL)]
) -> NotificationChannelMade:
    """Add a browser's push subscription, or a service of yours that takes signed messages."""
    return work.tagged(await service.create_notification_channel(work, body))


@router.delete("/me/channels/{channel_id}", status_code=204)
async def delete_notification_channel(
    channel_id: Id, work: Annotated[Work, allow(operations.DELETE_NOTIFICATION_CHANNEL)]
) -> None:
    """Delete a channel of yours, as when you sign out of a device for good."""
    await service.delete_notification_channel(work, channel_id)


@router.get("/notifications")
async def list_notifications(
    only: Annotated[NotificationFilter, Depends()],
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_NOTIFICATIONS)],
) -> Page[Notification]:
    """List what was sent to people of the clinic, and what became of it, newest first; never content."""
    return await service.list_notifications(work, page, only)
