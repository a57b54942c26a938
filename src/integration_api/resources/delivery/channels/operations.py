"""Operations on channels, and the job that sends by them."""

from integration_api.access.operations import ADMINS, EVERYBODY, Operation
from integration_api.ledger.events import Event

LIST_NOTIFICATION_CHANNELS = Operation("channel:list", "channel.listed", EVERYBODY)
CREATE_NOTIFICATION_CHANNEL = Operation("channel:create", "channel.created", EVERYBODY)
DELETE_NOTIFICATION_CHANNEL = Operation("channel:delete", "channel.deleted", EVERYBODY)
LIST_NOTIFICATIONS = Operation("notification:list", "notification.listed", ADMINS)

CHANNEL_GONE = Event("channel.gone")
"""By the product: the receiver of a channel said that it is gone."""
SEND_NOTIFICATIONS = Operation("notification:send", CHANNEL_GONE, is_command=True)
"""The job that sends; no route may name it."""
