"""Operations on webhooks."""

from integration_api.access.operations import ADMINS, Operation
from integration_api.ledger.events import Event

LIST_WEBHOOKS = Operation("webhook:list", "webhook.listed", ADMINS)
CREATE_WEBHOOK = Operation("webhook:create", "webhook.created", ADMINS, needs_step_up=True)
UPDATE_WEBHOOK = Operation("webhook:update", "webhook.updated", ADMINS, needs_step_up=True)
ROTATE_WEBHOOK_SECRET = Operation("webhook:rotate_secret", "webhook.secret_rotated", ADMINS, needs_step_up=True)
SEND_TEST_EVENT = Operation("webhook:test", "webhook.tested", ADMINS)
REPLAY_WEBHOOK = Operation("webhook:replay", "webhook.replayed", ADMINS)
LIST_DELIVERIES = Operation("webhook:list_deliveries", "webhook.deliveries_listed", ADMINS)

WEBHOOK_TURNED_OFF = Event("webhook.turned_off")
"""By the product: its receiver said that it is gone, or has failed for five days."""
DELIVER = Operation("webhook:deliver", WEBHOOK_TURNED_OFF, is_command=True)
"""The job that delivers; no route may name it."""
