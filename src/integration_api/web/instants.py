"""Instants: as JSON has them, and those that a caller says have passed."""

from datetime import UTC, datetime, timedelta

from integration_api.web.errors import Invalid

MAX_CLOCK_SKEW = timedelta(minutes=5)
"""The clock of a device may be this far ahead of ours."""


def instant(at: datetime) -> str:
    """Return an instant as JSON has it: RFC 3339 in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def check_not_in_future(field: str, at: datetime | None, now: datetime) -> None:
    """Raise Invalid if a time that is given as past lies further ahead than two clocks may differ."""
    if at is not None and at > now + MAX_CLOCK_SKEW:
        raise Invalid(errors=[{"field": field, "code": "in_future", "message": "must not be in the future"}])
