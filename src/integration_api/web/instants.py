"""Instants: as JSON has them, as a device claims them, and those that a caller says have passed."""

from datetime import UTC, date, datetime, timedelta

from integration_api.web.errors import Invalid

MAX_CLOCK_SKEW = timedelta(minutes=5)
"""The clock of a device may be this far ahead of ours."""
MAX_CLAIM_AGE = timedelta(days=366)
"""An entry waits no longer on a device than this; what claims to be older comes from a wrong clock."""
_FIRST_ZONE = timedelta(hours=14)
"""A day begins so long before it does in UTC, where it begins first."""
IN_FUTURE = ("in_future", "must not be in the future")
"""The code and the message for a time that is given as past and has not come."""


def instant(at: datetime) -> str:
    """Return an instant as JSON has it: RFC 3339 in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def credible_time(
    claimed: datetime | None, now: datetime, since: datetime | None = None, *, arrived: datetime | None = None
) -> datetime:
    """Return when something happened: as its device claims, or `arrived` if it claims nothing, or what cannot be.

    A claim cannot be in the future, nor a year before `since` (ADR 31). Both instants are `now` if absent.
    """
    if claimed is None or not (since or now) - MAX_CLAIM_AGE <= claimed <= now + MAX_CLOCK_SKEW:
        return arrived or now
    return claimed


def is_skewed(claimed: datetime | None, happened: datetime | None) -> bool:
    """Return whether a claim was kept beside another time, which stands in its place: `clock_skewed`."""
    return claimed is not None and claimed != happened


def is_in_future(at: datetime, now: datetime) -> bool:
    """Return whether a time that is given as past lies further ahead than two clocks may differ."""
    return at > now + MAX_CLOCK_SKEW


def check_not_in_future(field: str, at: datetime | None, now: datetime) -> None:
    """Raise Invalid if a time that is given as past `is_in_future`."""
    if at is not None and is_in_future(at, now):
        code, message = IN_FUTURE
        raise Invalid(errors=[{"field": field, "code": code, "message": message}])


def check_day_has_come(field: str, day: date | None, now: datetime) -> None:
    """Raise Invalid if a day of birth, for example, has come in no time zone yet."""
    if day is not None and day > (now + _FIRST_ZONE).date():
        raise Invalid(
            errors=[{"field": field, "code": "in_future", "message": "must be a day since 1900 that has come"}]
        )
