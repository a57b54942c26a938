"""The means of one installation, from its settings: opened with the process, and closed with it."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from functools import partial

from integration_api.access.runtime import Means, Runtime
from integration_api.core.tasks import in_background
from integration_api.resources.delivery.channels.channel_settings import ChannelSettings
from integration_api.resources.delivery.channels.courier import END_SECONDS, Courier
from integration_api.resources.delivery.channels.mail import Mailer
from integration_api.resources.delivery.channels.postings import Posting
from integration_api.resources.delivery.channels.web_push import Pusher
from integration_api.resources.delivery.webhooks.sender import Sender
from integration_api.storage.vault import Vault


def means_of(settings: ChannelSettings, vault: Vault) -> Means:
    """Return what people are told of the means there are. Raises OSError for the file of the mail server's password."""
    pusher = _pusher(settings, vault)
    return Means(settings.mail_server is not None, pusher.public_key if pusher is not None else None)


def posting_of(settings: ChannelSettings, vault: Vault, test_hosts: Collection[str]) -> Posting:
    """Return the means: webhooks, and e-mail and Web Push if they are configured."""
    server = settings.mail_server
    mailer = Mailer(server) if server is not None else None
    return Posting(Sender(test_hosts), mailer, _pusher(settings, vault), settings.notification_link)


@asynccontextmanager
async def notifying(runtime: Runtime, settings: ChannelSettings) -> AsyncIterator[None]:
    """Send notifications in the background, unless the interval is 0."""
    if not settings.notification_seconds:
        yield
        return
    posting = posting_of(settings, runtime.vault, runtime.webhook_test_hosts)
    try:
        async with in_background(partial(Courier(runtime, posting).run, settings.notification_seconds), END_SECONDS):
            yield
    finally:
        posting.close()


def _pusher(settings: ChannelSettings, vault: Vault) -> Pusher | None:
    contact = settings.push_contact
    return Pusher(vault.derive("web-push"), contact) if contact is not None else None
