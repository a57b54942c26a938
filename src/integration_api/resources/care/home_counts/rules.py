"""Rules of refills: their states, and when one is asked for early. Pure."""

from datetime import datetime
from enum import StrEnum

from integration_api.resources.care.doses.rules import DoseFinding, finding


class RefillState(StrEnum):
    """The state of a refill that was asked for."""

    REQUESTED = "requested"
    APPROVED = "approved"
    DECLINED = "declined"


def refill_findings(asked_at: datetime, earliest_at: datetime | None) -> list[DoseFinding]:
    """Return the remark that a refill is asked for before the last supply should be used up (R28)."""
    if earliest_at is None or asked_at >= earliest_at:
        return []
    return [finding("R28", "high", f"early refill: {(earliest_at - asked_at).days + 1} days before")]
