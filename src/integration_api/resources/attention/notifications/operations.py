"""Operations on notifications."""

from integration_api.access.operations import EVERYBODY, Operation

READ_NOTIFICATION_SETTINGS = Operation("notification:read_settings", "notification.settings_read", EVERYBODY)
UPDATE_NOTIFICATION_SETTINGS = Operation("notification:update_settings", "notification.settings_updated", EVERYBODY)
