"""`/me/notification-settings`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.attention.notifications import operations, service
from integration_api.resources.attention.notifications.schemas import NotificationChoices, NotificationSettings
from integration_api.web.etag import IfMatch

router = APIRouter(route_class=ActionRoute)


@router.get("/me/notification-settings")
async def read_notification_settings(
    work: Annotated[Work, allow(operations.READ_NOTIFICATION_SETTINGS)],
) -> NotificationSettings:
    """Read what you have chosen to be told beyond this app, and by which means that can be."""
    return work.tagged(await service.read_notification_settings(work))


@router.put("/me/notification-settings")
async def update_notification_settings(
    body: NotificationChoices,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_NOTIFICATION_SETTINGS)],
) -> NotificationSettings:
    """Choose what you are told beyond this app, and when not. Every message is a fixed sentence without content."""
    return work.tagged(await service.update_notification_settings(work, body, expected_version))
