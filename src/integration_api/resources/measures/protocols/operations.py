"""Operations on the protocol of a clinic."""

from integration_api.access.operations import ADMINS, ANYONE_IN_CLINIC, EVERYBODY, Operation

READ_PROTOCOL = Operation("protocol:read", "protocol.read", ANYONE_IN_CLINIC)
UPDATE_PROTOCOL = Operation("protocol:update", "protocol.updated", ADMINS)
LIST_CHECK_IN_ITEMS = Operation("check_in_item:list", None, EVERYBODY)
