"""Webhooks as an admin sees them: where a program receives, its secret, and the log of messages."""

from datetime import datetime
from uuid import UUID

from pydantic import MISSING

from integration_api.access.actor import Role
from integration_api.access.notices import tell_role
from integration_api.access.references import referred_by
from integration_api.access.revisions import check_version
from integration_api.access.rows import changed_values, new_values
from integration_api.access.work import Work
from integration_api.core.addresses import is_allowed_url
from integration_api.core.ids import new_id
from integration_api.ledger import statements as ledger_sql
from integration_api.resources.delivery.webhooks import rules
from integration_api.resources.delivery.webhooks import statements as sql
from integration_api.resources.delivery.webhooks.messages import TEST_KIND, message_id
from integration_api.resources.delivery.webhooks.schemas import (
    Delivery,
    Webhook,
    WebhookCreate,
    WebhookReplay,
    WebhookSecret,
    WebhookUpdate,
)
from integration_api.resources.delivery.webhooks.tables import DeliveryRow, OffReason, WebhookRow, WebhookState
from integration_api.resources.people.service_accounts import statements as accounts_sql
from integration_api.web.errors import Invalid, NotFound
from integration_api.web.paging import Page, Window

_URL = "must be https to a public name, without a user, an IP address or a fragment"


async def list_webhooks(work: Work, window: Window) -> Page[Webhook]:
    """List the webhooks of the clinic, newest first."""
    found = await work.page(sql.LIST_WEBHOOKS, window, lambda row: (row.created_at, row.id), Webhook.of)
    work.record()
    return found


async def create_webhook(work: Work, body: WebhookCreate) -> WebhookSecret:
    """Create a webhook of a program, for what changes from now on. Raises NotFound, Invalid, IdTaken."""
    _check_url(work, body.url)
    with referred_by("account_id"):
        await work.get(accounts_sql.READ_SERVICE_ACCOUNT, id=body.account_id)
    last = await work.one(ledger_sql.LAST_SEAL, clinic_id=work.actor.clinic_id)
    position = last.first_position + last.row_count - 1 if last else 0
    row = WebhookRow(**new_values(work, body), secret=rules.new_secret(), position=position)
    work.create(sql.INSERT_WEBHOOK, row)
    _tell(work, row.id)
    work.is_secret = True
    return WebhookSecret.of(row)


async def update_webhook(work: Work, webhook_id: UUID, body: WebhookUpdate, expected_version: int) -> Webhook:
    """Change where it receives, or what; turn it off or on. Raises NotFound, StaleVersion, Invalid."""
    row = await _load(work, webhook_id, expected_version)
    given = changed_values(body, vars(row))
    if body.url is not MISSING:
        _check_url(work, body.url)
    if body.state is not MISSING:
        state = WebhookState(body.state)
        is_off = state is WebhookState.OFF
        given |= {"state": state, "off_reason": OffReason.BY_ADMIN if is_off else None, "failing_since": None}
    changed = work.revise(sql.UPDATE_WEBHOOK, row, given)
    _tell(work, webhook_id)
    return Webhook.of(changed)


async def rotate_webhook_secret(work: Work, webhook_id: UUID, expected_version: int) -> WebhookSecret:
    """Make a new secret; the one before signs too for a day. Raises NotFound, StaleVersion."""
    row = await _load(work, webhook_id, expected_version)
    given = {
        "secret": rules.new_secret(),
        "previous_secret": row.secret,
        "previous_secret_ends_at": work.now + rules.SECRET_OVERLAP,
    }
    changed = work.revise(sql.UPDATE_WEBHOOK, row, given)
    _tell(work, webhook_id)
    work.is_secret = True
    return WebhookSecret.of(changed)


async def send_test_event(work: Work, webhook_id: UUID) -> Delivery:
    """Make a message that says nothing but that it is a test. Raises NotFound."""
    webhook = await work.get(sql.READ_WEBHOOK, id=webhook_id)
    made_id = new_id()
    row = DeliveryRow(
        clinic_id=webhook.clinic_id,
        id=made_id,
        webhook_id=webhook.id,
        event_id=made_id,
        ordinal=0,
        position=webhook.position,
        kind=TEST_KIND,
        thing_id=webhook.id,
        at=work.now,
        created_at=work.now,
        due_at=work.now,
    )
    work.create(sql.INSERT_TEST_DELIVERY, row)
    work.record(webhook.id)
    return _logged(row)


async def replay_webhook(work: Work, webhook_id: UUID, body: WebhookReplay) -> None:
    """Send again all after a position, as the program may be told of it now. Raises NotFound."""
    await work.get(sql.READ_WEBHOOK, id=webhook_id)
    work.change(sql.REPLAY_WEBHOOK, missed=NotFound, id=webhook_id, position=body.position)
    work.record(webhook_id)


async def list_deliveries(work: Work, webhook_id: UUID, window: Window) -> Page[Delivery]:
    """List the messages of a webhook, newest first. Raises NotFound."""
    await work.get(sql.READ_WEBHOOK, id=webhook_id)
    kept_since = work.now - rules.KEPT_FOR
    found = await work.page(
        sql.LIST_DELIVERIES, window, _position, _logged, webhook_id=webhook_id, kept_since=kept_since
    )
    work.record(webhook_id)
    return found


def _check_url(work: Work, url: str) -> None:
    if not is_allowed_url(url, work.runtime.webhook_test_hosts):
        raise Invalid(errors=[{"field": "body.url", "code": "url_refused", "message": _URL}])


async def _load(work: Work, webhook_id: UUID, expected_version: int) -> WebhookRow:
    row = await work.get(sql.READ_WEBHOOK, id=webhook_id)
    check_version(row, expected_version)
    return row


def _tell(work: Work, webhook_id: UUID) -> None:
    """Record it, and tell those who answer for what leaves the clinic."""
    work.record(webhook_id)
    for role in (Role.CLINIC_ADMIN, Role.PRIVACY_OFFICER):
        tell_role(work, role, work.operation.recorded, webhook_id)


def _position(row: sql.LoggedDelivery) -> tuple[datetime, UUID]:
    return row.created_at, row.id


def _logged(row: sql.LoggedDelivery | DeliveryRow) -> Delivery:
    return Delivery.of(row, message_id=message_id(row.event_id, row.ordinal))
