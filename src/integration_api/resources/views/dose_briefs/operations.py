"""The operation of the dose brief."""

from integration_api.access.operations import TEAM, Operation

READ_DOSE_BRIEF = Operation("dose_brief:read", "dose_brief.read", TEAM)
