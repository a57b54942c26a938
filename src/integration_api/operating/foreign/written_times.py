"""Days and instants as other systems write them. None is guessed: a time without a zone needs that of the mapping."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from integration_api.operating.foreign.import_findings import Unfit

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?"
)
_ZONE = re.compile(r"([Zz]|[+-][0-9]{2}:[0-9]{2})$")


def day_of(text: str, field: str, written: str | None = None) -> date:
    """Return a day. `written` is its format; None: YYYY-MM-DD. Raises Unfit."""
    try:
        if written is not None:
            return datetime.strptime(text, written).date()  # noqa: DTZ007  a day has no zone
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except (ValueError, re.error):
        pass
    raise Unfit(f"{field}: it is no day as {written or 'YYYY-MM-DD'}")


def instant_of(text: str, field: str, zone: str | None, written: str | None = None) -> datetime:
    """Return an instant (UTC). `zone` is of a time that has none. Raises Unfit."""
    at = _read(text, field, written)
    if at.tzinfo is None:
        if zone is None:
            raise Unfit(f"{field}: it has no time zone, and the mapping has no `time_zone`")
        at = _placed(at, field, ZoneInfo(zone))
    try:
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unfit(f"{field}: there is no such time") from None


def _read(text: str, field: str, written: str | None) -> datetime:
    try:
        if written is not None:
            return datetime.strptime(text, written)  # noqa: DTZ007  the zone of the mapping is put on it
        if _TIME.fullmatch(text):
            zone = _ZONE.search(text)
            clock = text[: zone.start()] if zone else text
            clock = re.sub(r"(\.[0-9]{6})[0-9]+$", r"\1", clock)
            return datetime.fromisoformat(clock + (zone.group().upper().replace("Z", "+00:00") if zone else ""))
    except (ValueError, re.error):
        pass
    raise Unfit(f"{field}: it is no time as {written or 'YYYY-MM-DDThh:mm:ss and a zone'}")


def _placed(at: datetime, field: str, zone: ZoneInfo) -> datetime:
    """Return a local time with its zone. Raises Unfit for one that a change of clocks leaves out."""
    try:
        placed = at.replace(tzinfo=zone)
        if placed.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != at:
            raise Unfit(f"{field}: the clocks were put forward over this time")
    except (ValueError, OverflowError):
        raise Unfit(f"{field}: there is no such time") from None
    return placed
