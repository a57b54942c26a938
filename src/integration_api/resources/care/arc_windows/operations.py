"""Operations on windows of the integration arc."""

from integration_api.access.operations import PATIENT, TEAM, Operation

LIST_ARC_WINDOWS = Operation("arc_window:list", "arc_window.listed", PATIENT | TEAM)
READ_ARC_WINDOW = Operation("arc_window:read", "arc_window.read", PATIENT | TEAM)
