"""A person's channels, and the log of what was sent by them."""

from uuid import UUID

from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.core.addresses import is_allowed_url
from integration_api.resources.delivery.channels import rules
from integration_api.resources.delivery.channels import statements as sql
from integration_api.resources.delivery.channels.schemas import (
    Notification,
    NotificationChannel,
    NotificationChannelCreate,
    NotificationChannelMade,
    NotificationChannels,
    NotificationFilter,
)
from integration_api.resources.delivery.channels.tables import ChannelAddress, ChannelKind, ChannelRow
from integration_api.resources.delivery.webhooks.rules import new_secret
from integration_api.web.errors import Conflict, FieldError, Invalid, NotFound
from integration_api.web.paging import Page, Window

_URL = "must be https to a public name, without a user, an IP address or a fragment"


class TooManyChannels(Conflict):
    """You have ten channels; delete one that you do not use."""

    code = "too-many-channels"
    title = "Too many channels"
    remedy = "List them at `GET /v1/me/channels`, delete those that are gone, and repeat the request."


async def list_notification_channels(work: Work) -> NotificationChannels:
    """Return the actor's channels, newest first."""
    found = await work.all(sql.LIST_CHANNELS)
    work.record(work.actor.id)
    return NotificationChannels(items=[NotificationChannel.of(row, url=row.address["url"]) for row in found])


async def create_notification_channel(work: Work, body: NotificationChannelCreate) -> NotificationChannelMade:
    """Add a channel of the actor's own. Raises Invalid, TooManyChannels."""
    _check(work, body)
    if len(await work.all(sql.LIST_CHANNELS)) >= rules.MAX_CHANNELS:
        raise TooManyChannels
    values = new_values(work, body)
    address = ChannelAddress(url=values.pop("url"), p256dh=values.pop("p256dh"), auth=values.pop("auth"))
    is_webhook = body.kind is ChannelKind.WEBHOOK
    me = work.actor
    row = ChannelRow(
        **values,
        account_id=me.id,
        owner_id=me.patient_id or me.clinic_id,
        address=address,
        secret=new_secret() if is_webhook else None,
    )
    work.create(sql.INSERT_CHANNEL, row)
    work.record(row.id)
    work.is_secret = is_webhook
    return NotificationChannelMade.of(row, url=body.url)


async def delete_notification_channel(work: Work, channel_id: UUID) -> None:
    """Delete a channel of the actor's own; nothing is sent by it any more. Raises NotFound."""
    work.change(sql.DELETE_CHANNEL, missed=NotFound, id=channel_id)
    work.record(channel_id)


async def list_notifications(work: Work, window: Window, only: NotificationFilter) -> Page[Notification]:
    """List what was sent to people of the clinic, and what became of it, newest first."""
    found = await work.page(
        sql.LIST_NOTIFICATIONS, window, lambda row: (row.created_at, row.id), Notification.of, **vars(only)
    )
    work.record()
    return found


def _check(work: Work, body: NotificationChannelCreate) -> None:
    """Raise Invalid for an address that nothing may be sent to, and for keys that are none."""
    errors: list[FieldError] = []
    if not is_allowed_url(body.url, work.runtime.webhook_test_hosts):
        errors.append({"field": "body.url", "code": "url_refused", "message": _URL})
    is_push = body.kind is ChannelKind.WEB_PUSH
    for name, given, is_right in (
        ("p256dh", body.p256dh, rules.is_push_key),
        ("auth", body.auth, rules.is_push_secret),
    ):
        if is_push and (given is None or not is_right(given)):
            errors.append({"field": f"body.{name}", "code": "no_key", "message": "must be the key of the subscription"})
        if not is_push and given is not None:
            errors.append({"field": f"body.{name}", "code": "not_of_kind", "message": "a webhook has no such key"})
    if errors:
        raise Invalid(errors=errors)
