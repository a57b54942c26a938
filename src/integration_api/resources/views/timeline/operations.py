"""Operations on the timeline."""

from integration_api.access.operations import PATIENT, TEAM, Operation

READ_TIMELINE = Operation("timeline:read", "timeline.read", PATIENT | TEAM)
