"""Operations on exports, and the job that makes them."""

from integration_api.access.operations import PATIENT, TEAM, Operation
from integration_api.ledger.events import Event

LIST_EXPORTS = Operation("export:list", "export.listed", PATIENT)
CREATE_EXPORT = Operation("export:create", "export.asked", PATIENT, needs_step_up=True)
READ_EXPORT = Operation("export:read", "export.read", PATIENT)
READ_EXPORT_CONTENT = Operation("export:download", "export.downloaded", PATIENT, needs_step_up=True)

MAKE_EXPORT = Operation("export:make", Event("export.made"), is_command=True)
"""The job that makes exports, and forgets them when their time is over."""
LIST_CHART_IMPORTS = Operation("chart_import:list", "chart_import.listed", PATIENT | TEAM)
EXPORT_CHART = Operation("chart:export", Event("chart.exported"), is_command=True)
"""The command that writes a continuity package."""
IMPORT_CHART = Operation("chart:import", Event("chart.imported"), is_command=True)
EXPORT_FAILED = Event("export.failed")
EXPORT_EXPIRED = Event("export.expired")
