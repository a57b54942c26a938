"""Operations on windows of the integration arc."""

from integration_api.access.operations import ADMINS, PATIENT, TEAM, Operation

LIST_ARC_WINDOWS = Operation("arc_window:list", "arc_window.listed", PATIENT | TEAM)
READ_ARC_WINDOW = Operation("arc_window:read", "arc_window.read", PATIENT | TEAM)
READ_ARC_WINDOW_COUNTS = Operation("arc_window:read_counts", "arc_window.counts_read", ADMINS)
