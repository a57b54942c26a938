"""Calendar quarters, in UTC, and their names in queries."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, NamedTuple

from pydantic import StringConstraints

QuarterName = Annotated[str, StringConstraints(pattern=r"^(19|20|21)[0-9]{2}-Q[1-4]$")]
_MONTHS_OF_QUARTER, _QUARTERS = 3, 4
SETTLED = timedelta(days=30)
"""So long after a quarter its numbers are told: by then what it began has ended, and phones have sent what they kept.

Numbers that were told while they change would tell what one person did, by the difference from one day to the next.
POLICY.
"""


class Quarter(NamedTuple):
    """A calendar quarter, in UTC: an admin who could move its ends might compare two that differ by one person."""

    year: int
    number: int

    def __str__(self) -> str:
        """Return it as in a query: `2026-Q3`."""
        return f"{self.year}-Q{self.number}"

    @property
    def begins_at(self) -> datetime:
        """Return its first instant."""
        return datetime(self.year, (self.number - 1) * _MONTHS_OF_QUARTER + 1, 1, tzinfo=UTC)

    def next(self) -> "Quarter":
        """Return the quarter after it."""
        return Quarter(self.year, self.number + 1) if self.number < _QUARTERS else Quarter(self.year + 1, 1)


def last_quarter(now: datetime) -> Quarter:
    """Return the last quarter that is over."""
    past = (now.month - 1) // _MONTHS_OF_QUARTER
    return Quarter(now.year, past) if past else Quarter(now.year - 1, _QUARTERS)


def quarter_of(name: str | None) -> Quarter | None:
    """Return the quarter of a name; None of none."""
    if name is None:
        return None
    year, _, number = name.partition("-Q")
    return Quarter(int(year), int(number))
