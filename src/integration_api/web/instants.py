"""Instants that a caller says have passed."""

from datetime import datetime, timedelta

from integration_api.web.errors import Invalid

MAX_CLOCK_SKEW = timedelta(minutes=5)
"""The clock of a device may be this far ahead of ours."""


def check_not_in_future(field: str, at: datetime | None, now: datetime) -> None:
    """Raise Invalid if a time that is given as past lies further ahead than two clocks may differ."""
    if at is not None and at > now + MAX_CLOCK_SKEW:
        raise Invalid(errors=[{"field": field, "code": "in_future", "message": "must not be in the future"}])
