"""Sending one notification by every means of its person: what each receiver is given, and what came of it."""

from collections.abc import Awaitable
from datetime import datetime

from integration_api.core import logs
from integration_api.core.ids import new_id
from integration_api.core.tasks import together
from integration_api.resources.attention.notifications.rules import CODES, URGENT
from integration_api.resources.attention.notifications.tables import NotificationRow
from integration_api.resources.delivery.channels.mail import Mailer
from integration_api.resources.delivery.channels.recipients import Recipient
from integration_api.resources.delivery.channels.rules import hook_text, mail_text, push_text, unpadded
from integration_api.resources.delivery.channels.tables import ChannelKind, ChannelRow, TryError, TryMeans, TryRow
from integration_api.resources.delivery.channels.web_push import Pusher
from integration_api.resources.delivery.webhooks.messages import signed_headers
from integration_api.resources.delivery.webhooks.sender import Sender

_Came = tuple[TryError | None, int | None]


class Posting:
    """The means of one installation: webhooks always, e-mail and Web Push if they are configured.

    If neither is, the console stands in for people without a webhook: one line of the log, for development.
    """

    def __init__(self, sender: Sender, mailer: Mailer | None, pusher: Pusher | None, link: str | None) -> None:
        """`link` is the front end's address, which e-mail and Web Push name."""
        self._sender, self._mailer, self._pusher, self._link = sender, mailer, pusher, link

    async def send(self, row: NotificationRow, recipient: Recipient, now: datetime) -> list[TryRow]:
        """Send by every means of a person at the same time, and return what came of each; at least one row."""
        asked: list[tuple[TryMeans, ChannelRow | None, Awaitable[_Came]]] = []
        if recipient.email is not None and self._mailer is not None:
            text = mail_text(row.kind, recipient.code, self._link)
            asked.append(
                (
                    TryMeans.EMAIL,
                    None,
                    self._mailer.send(recipient.email, text, str(row.id), now, is_urgent=row.kind in URGENT),
                )
            )
        for channel in recipient.channels:
            if channel.kind is ChannelKind.WEBHOOK:
                asked.append((TryMeans.WEBHOOK, channel, self._by_webhook(row, channel, now)))
            elif self._pusher is not None:
                asked.append((TryMeans.WEB_PUSH, channel, self._by_push(self._pusher, row, channel, now)))
        if not asked:
            return [self._without_means(row, now)]
        came = await together(waiting for _, _, waiting in asked)
        return [
            _tried(row, now, means, channel, error, status)
            for (means, channel, _), (error, status) in zip(asked, came, strict=True)
        ]

    def _without_means(self, row: NotificationRow, now: datetime) -> TryRow:
        """Write one line if nothing is configured; a code is never written anywhere."""
        if self._mailer is not None or self._pusher is not None or row.kind in CODES:
            return _tried(row, now, None, None, TryError.NO_CHANNEL, None)
        logs.event("notification", kind=row.kind.value, notification=str(row.id))
        return _tried(row, now, TryMeans.CONSOLE, None, None, None)

    async def _by_webhook(self, row: NotificationRow, channel: ChannelRow, now: datetime) -> _Came:
        body = hook_text(str(row.id), now.isoformat().replace("+00:00", "Z"), row.kind)
        headers = signed_headers(str(row.id), [channel.secret or ""], body, now)
        return await self._post(channel.address["url"], dict(headers), body)

    async def _by_push(self, pusher: Pusher, row: NotificationRow, channel: ChannelRow, now: datetime) -> _Came:
        address = channel.address
        try:
            browser, auth = unpadded(address["p256dh"] or ""), unpadded(address["auth"] or "")
            headers, body = pusher.message(
                address["url"], browser, auth, push_text(row.kind, self._link), now, is_urgent=row.kind in URGENT
            )
        except ValueError:  # the key is no point of the curve
            return TryError.ADDRESS_REFUSED, None
        return await self._post(address["url"], dict(headers), body)

    async def _post(self, url: str, headers: dict[str, str], body: bytes) -> _Came:
        sent = await self._sender.send(url, headers, body)
        return None if sent.error is None else TryError(sent.error.value), sent.status

    def close(self) -> None:
        """Let go of the threads of e-mail."""
        if self._mailer is not None:
            self._mailer.close()


def _tried(
    row: NotificationRow,
    now: datetime,
    means: TryMeans | None,
    channel: ChannelRow | None,
    error: TryError | None,
    status: int | None,
) -> TryRow:
    return TryRow(
        clinic_id=row.clinic_id,
        id=new_id(),
        notification_id=row.id,
        at=now,
        means=means,
        channel_id=channel.id if channel is not None else None,
        error=error,
        status=status,
    )
