"""Operations on the worklist."""

from integration_api.access.operations import TEAM, Operation

READ_WORKLIST = Operation("worklist:read", "worklist.read", TEAM)
