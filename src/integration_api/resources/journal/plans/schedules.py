"""Schedules: the RRULEs that a strategy may have, and the days and times on which they come. Source: RFC 5545, 3.3.10.

A schedule runs by the patient's clock. INTERVAL and COUNT count from its first day, whenever somebody asks. So they
mean the same on every phone.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYS = f"(?:{'|'.join(_DAY_NAMES)})"
_HOUR, _MINUTE = "(?:2[0-3]|1[0-9]|0?[0-9])", "(?:[1-5][0-9]|0?[0-9])"
_MONTH_DAY = "-?(?:3[01]|[12][0-9]|0?[1-9])"
_PREFIX = "RRULE:"


def _listed(item: str) -> re.Pattern[str]:
    return re.compile(f"{item}(?:,{item})*")


_VALUES: Mapping[str, re.Pattern[str]] = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY"),
    "INTERVAL": re.compile("[1-9][0-9]{0,2}"),
    "COUNT": re.compile("[1-9][0-9]{0,2}|1000"),
    "UNTIL": re.compile("(?:19|20|21)[0-9]{6}(?:T[0-9]{6}Z)?"),
    "BYDAY": _listed(f"(?:[+-]?[1-5])?{_DAYS}"),
    "BYMONTHDAY": _listed(_MONTH_DAY),
    "BYHOUR": _listed(_HOUR),
    "BYMINUTE": _listed(_MINUTE),
    "BYSETPOS": re.compile(r"\+?1|-1"),
    "WKST": re.compile(_DAYS),
}
_HINTS = {"UNTIL": "UNTIL is a day, 20270131, or an instant in UTC, 20270131T200000Z"}
_MAX_INTERVAL = {"DAILY": 366, "WEEKLY": 52, "MONTHLY": 6}
_MAX_TIMES_PER_DAY = 24
_ANY_DAY = datetime(2026, 1, 1)  # noqa: DTZ001  schedules are in the patient's own time


class Moment(NamedTuple):
    """One occurrence: the day by the patient's calendar, and the instant (UTC), if the schedule names a time."""

    on: date
    at: datetime | None


def checked_schedule(text: str) -> str:
    """Return the RRULE in capitals, without `RRULE:`. Raises ValueError with a message that repeats nothing of it.

    One rule without DTSTART and time zone. Of RFC 5545 it may use the parts above. Their combination must come again
    on every calendar, from any day that it starts. So a program that looks for the next occurrence finds one.
    """
    if not text.isascii():
        msg = "only plain letters, digits and signs"
        raise ValueError(msg)
    rule = text.upper().removeprefix(_PREFIX)
    parts: dict[str, str] = {}
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        wanted = _VALUES.get(name)
        if wanted is None or name in parts:
            msg = f"each part once, of {', '.join(_VALUES)}; for example FREQ=WEEKLY;BYDAY=MO,TH"
            raise ValueError(msg)
        if wanted.fullmatch(value) is None:
            msg = _HINTS.get(name, f"{name} has a value that is not supported")
            raise ValueError(msg)
        parts[name] = value
    if refused := _refused(parts):
        raise ValueError(refused)
    try:
        _end(parts)
        _rule(parts, _ANY_DAY)
    except ValueError:
        msg = "not a date that exists"
        raise ValueError(msg) from None
    return rule


def moments(schedule: str, starts_on: date, zone: ZoneInfo, first: date, last: date) -> Iterator[Moment]:
    """Yield the occurrences from one day to another, both included, day by day. The schedule was checked.

    `starts_on` is the first day that counts. A local time that the clock skips is as much later as the clock is set
    forward. One that comes twice is the first of the two. Source: RFC 5545, 3.3.5.
    """
    parts = dict(part.split("=") for part in schedule.split(";"))
    has_time, seen = "BYHOUR" in parts, set()
    last_day, last_instant = _end(parts)
    for local in _rule(parts, _begin(parts, starts_on, first)):
        on = local.date()
        if on > min(last, last_day):
            return
        if on < first:
            continue
        at = local.replace(tzinfo=zone).astimezone(UTC)
        if at <= last_instant and (on, at) not in seen:
            seen.add((on, at))
            yield Moment(on, at if has_time else None)


def _end(parts: Mapping[str, str]) -> tuple[date, datetime]:
    """Return the last day and the last instant; of what UNTIL does not say, the last that there can be."""
    until, day, instant = parts.get("UNTIL"), date.max, datetime.max.replace(tzinfo=UTC)
    if until is None:
        return day, instant
    if until.endswith("Z"):
        return day, datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return date(int(until[:4]), int(until[4:6]), int(until[6:])), instant


def _rule(parts: Mapping[str, str], begin: datetime) -> Iterator[datetime]:
    """Return the local times from `begin` on, whose UNTIL the caller looks at: it is no local time."""
    rule = ";".join(f"{name}={value}" for name, value in parts.items() if name != "UNTIL")
    return iter(rrulestr(rule, dtstart=begin))


def _begin(parts: dict[str, str], starts_on: date, first: date) -> datetime:
    """Return a day on which the rule can begin without another result, near the first day that is asked for.

    With COUNT that is the first day itself. Otherwise whole intervals are left out; a rule that takes its day from the
    first one keeps it in `parts`.
    """
    frequency, interval = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    if frequency == "MONTHLY" and "BYDAY" not in parts:
        parts.setdefault("BYMONTHDAY", str(starts_on.day))
    day = starts_on
    if first > starts_on and "COUNT" not in parts:
        if frequency == "MONTHLY":
            months = (first.year - starts_on.year) * 12 + first.month - starts_on.month
            if skipped := months // interval * interval:
                years, month = divmod(starts_on.month - 1 + skipped, 12)
                day = date(starts_on.year + years, month + 1, 1)
        else:
            length = interval * (7 if frequency == "WEEKLY" else 1)
            day += timedelta(days=(first - starts_on).days // length * length)
    return datetime.combine(day, time())


def _refused(parts: Mapping[str, str]) -> str | None:
    """Why these parts cannot be together, if they cannot."""
    frequency, interval = parts.get("FREQ", ""), int(parts.get("INTERVAL", "1"))
    by_day = parts.get("BYDAY", "")
    numbered = [any(character.isdigit() for character in day) for day in by_day.split(",")]
    times = (parts.get("BYHOUR", "").count(",") + 1) * (parts.get("BYMINUTE", "").count(",") + 1)
    is_monthly = frequency == "MONTHLY"
    refusals = {
        "FREQ must be given": not frequency,
        "INTERVAL is too long for this FREQ": interval > _MAX_INTERVAL.get(frequency, interval),
        "give COUNT or UNTIL, not both": "COUNT" in parts and "UNTIL" in parts,
        "BYMINUTE needs BYHOUR": "BYMINUTE" in parts and "BYHOUR" not in parts,
        "BYDAY with numbers needs FREQ=MONTHLY": not is_monthly and any(numbered),
        # RFC 5545 means either, python-dateutil both at once, which never comes
        "BYDAY has numbers for all days or for none": len(set(numbered)) > 1,
        "BYDAY with FREQ=DAILY needs every day": frequency == "DAILY" and bool(by_day) and interval > 1,
        "BYMONTHDAY needs FREQ=MONTHLY and no BYDAY": "BYMONTHDAY" in parts and (not is_monthly or bool(by_day)),
        "BYSETPOS needs FREQ=MONTHLY and BYDAY": "BYSETPOS" in parts and not (is_monthly and by_day),
        f"at most {_MAX_TIMES_PER_DAY} times a day": times > _MAX_TIMES_PER_DAY,
    }
    return next((reason for reason, is_refused in refusals.items() if is_refused), None)
