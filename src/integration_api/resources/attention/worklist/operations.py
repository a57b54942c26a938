"""Operations on the worklist."""

from integration_api.access.actor import Role
from integration_api.access.operations import TEAM, Operation, Relation

_READERS = TEAM | {Role.CLINIC_ADMIN: Relation.SELF}
"""The owner of a clinic is one of its admins; an admin who is not sees an empty list."""

READ_WORKLIST = Operation("worklist:read", "worklist.read", _READERS)
COMPLETE_TASK = Operation("worklist:done", "task.done", _READERS)
