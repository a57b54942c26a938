"""Operations on the worklist."""

from integration_api.access.actor import Role
from integration_api.access.operations import ADMINS, TEAM, Operation, Relation

READERS = TEAM | {Role.CLINIC_ADMIN: Relation.SELF}
"""The owner of a clinic is one of its admins; an admin who is not sees an empty list."""

READ_LEFT_WORKLIST = Operation("worklist:read_left", "worklist.left_read", ADMINS)
COMPLETE_TASK = Operation("worklist:done", "task.done", READERS)
