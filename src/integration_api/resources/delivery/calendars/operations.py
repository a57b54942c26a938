"""Operations on calendars."""

from integration_api.access.operations import Operation, Relation
from integration_api.resources.care.sessions.operations import LIST_SESSIONS

_OWN = dict.fromkeys(LIST_SESSIONS.who, Relation.SELF)

READ_CALENDAR = Operation("calendar:read", "calendar.read", _OWN)
CREATE_CALENDAR = Operation("calendar:create", "calendar.created", _OWN, needs_step_up=True)
DELETE_CALENDAR = Operation("calendar:delete", "calendar.deleted", _OWN)
FETCH_CALENDAR = Operation("calendar:fetch", "calendar.fetched", is_public=True)
"""A calendar program sends no header: the address itself is the proof."""
