"""Scales, ticks and labels of a drawing. All are pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MIN_SPAN = timedelta(days=6)
_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600)
_VALUE_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200)
_DAYS_OF_MONTH = 30.4
_MONTHS_OF_YEAR = 12
_BEFORE_PX, _AFTER_PX = 8, 34
"""Room within the area before the first instant, and after the last one for the value of the latest score."""
_LETTER_EM = 0.56
"""The mean width of a letter in parts of its size; a generous guess, as each system has its own font."""


class TimeTick(NamedTuple):
    """A mark of the time axis."""

    at: datetime
    label: str
    year: str | None
    """The year below it, at the first tick of each year."""


@dataclass(frozen=True, slots=True)
class Plot:
    """The area in which a score is drawn, and its scales."""

    left: float
    right: float
    top: float
    bottom: float
    begins: datetime
    ends: datetime
    low: float
    high: float

    def x(self, at: datetime) -> float:
        """Return where an instant is, within the area."""
        part = (at - self.begins) / (self.ends - self.begins)
        first, last = self.left + _BEFORE_PX, self.right - _AFTER_PX
        return first + min(max(part, 0), 1) * (last - first)

    def y(self, value: float) -> float:
        """Return where a value is, within the area."""
        part = (value - self.low) / (self.high - self.low)
        return self.bottom - min(max(part, 0), 1) * (self.bottom - self.top)


def span(
    moments: Sequence[datetime], begins: datetime | None, ends: datetime | None, now: datetime
) -> tuple[datetime, datetime]:
    """Return the time that a drawing shows: as asked, else around what it shows, never less than some days."""
    first = begins or min(moments, default=ends or now)
    last = ends or max(moments, default=now)
    if last - first < _MIN_SPAN:
        middle = first + (last - first) / 2
        return middle - _MIN_SPAN / 2, middle + _MIN_SPAN / 2
    return first, last


def value_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values between the ends of a scale."""
    step = next((one for one in _VALUE_STEPS if (high - low) / one <= most), _VALUE_STEPS[-1])
    first = int(-(-low // step)) * step
    return [float(value) for value in range(first, int(high) + 1, step)]


def time_ticks(begins: datetime, ends: datetime, zone: ZoneInfo, most: int) -> list[TimeTick]:
    """Return at most so many ticks, each at the beginning of a day of the time zone."""
    days = (ends - begins) / timedelta(days=1)
    day_step = next((step for step in _DAY_STEPS if days / step <= most), None)
    if day_step is not None:
        found = _days(begins, ends, zone, day_step)
    else:
        month_step = next((s for s in _MONTH_STEPS if days / (s * _DAYS_OF_MONTH) <= most), _MONTH_STEPS[-1])
        found = _months(begins, ends, zone, month_step)
    ticks: list[TimeTick] = []
    year = ""
    for at in found:
        label = f"{at.day} {MONTHS[at.month - 1]}" if day_step is not None else MONTHS[at.month - 1]
        ticks.append(TimeTick(at, label, None if str(at.year) == year else str(at.year)))
        year = str(at.year)
    return ticks


def _days(begins: datetime, ends: datetime, zone: ZoneInfo, step: int) -> Iterator[datetime]:
    day = begins.astimezone(zone).date() + timedelta(days=1)
    while (at := datetime.combine(day, time(), zone)) <= ends:
        yield at
        day += timedelta(days=step)


def _months(begins: datetime, ends: datetime, zone: ZoneInfo, step: int) -> Iterator[datetime]:
    """Yield first days of months, on multiples of the step."""
    local = begins.astimezone(zone)
    number = -(-(local.year * _MONTHS_OF_YEAR + local.month) // step) * step
    while True:
        on = date(number // _MONTHS_OF_YEAR, number % _MONTHS_OF_YEAR + 1, 1)
        at = datetime.combine(on, time(), zone)
        if at > ends:
            return
        if at >= begins:
            yield at
        number += step


def day_of(at: datetime, zone: ZoneInfo) -> str:
    """Return a day in words: `20 Nov 2026`."""
    local = at.astimezone(zone)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def number(value: float) -> str:
    """Return a score in words: without decimals if it has none."""
    return f"{round(value, 2):g}"


def width_of(words: str, size: float) -> float:
    """Return about how wide a text is."""
    return len(words) * size * _LETTER_EM


def lines_of(words: str, room: float, size: float) -> list[str]:
    """Return a text in lines that fit into a room, broken between words."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def gathered(places: Sequence[float], room: float) -> list[tuple[float, int]]:
    """Return marks that would overlap as one each, with their number; `places` are in order."""
    groups: list[list[float]] = []
    for place in places:
        if groups and place - groups[-1][0] < room:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [(sum(group) / len(group), len(group)) for group in groups]
