"""Operations on research exports, and the job that makes them. Privacy officers alone (ADR 92)."""

from integration_api.access.operations import PRIVACY_OFFICERS, Operation
from integration_api.ledger.events import Event

LIST_RESEARCH_EXPORTS = Operation("research_export:list", "research_export.listed", PRIVACY_OFFICERS)
CREATE_RESEARCH_EXPORT = Operation(
    "research_export:create", "research_export.asked", PRIVACY_OFFICERS, needs_step_up=True
)
READ_RESEARCH_EXPORT = Operation("research_export:read", "research_export.read", PRIVACY_OFFICERS)
READ_RESEARCH_EXPORT_CONTENT = Operation(
    "research_export:download", "research_export.downloaded", PRIVACY_OFFICERS, needs_step_up=True
)

MAKE_RESEARCH_EXPORT = Operation("research_export:make", Event("research_export.made"), is_command=True)
"""The job that makes research exports, and forgets them when their time is over."""
RESEARCH_CHART_INCLUDED = Event("research_export.chart_included")
"""A chart is in an export for the study that the row names; its patient sees it."""
RESEARCH_EXPORT_FAILED = Event("research_export.failed")
RESEARCH_EXPORT_EXPIRED = Event("research_export.expired")
