"""Days and instants as other systems write them. None is guessed: a time without a zone needs that of the mapping."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from integration_api.operating.foreign.import_findings import LeftOut, Unfit
from integration_api.resources.care.sessions.tables import SessionState

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
    """Return a local time with its zone. Raises Unfit for one that a change of clocks leaves out or repeats."""
    try:
        placed = at.replace(tzinfo=zone)
        if placed.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != at:
            raise Unfit(f"{field}: the clocks were put forward over this time")
        if placed.utcoffset() != placed.replace(fold=1).utcoffset():
            raise Unfit(f"{field}: the clocks were put back, so this time came twice; give it with an offset")
    except (ValueError, OverflowError):
        raise Unfit(f"{field}: there is no such time") from None
    return placed


def check_session(state: str, start: datetime, end: datetime | None, now: datetime, names: tuple[str, str]) -> None:
    """Raise Unfit for times that a session in this state cannot have, LeftOut for one that is still to come."""
    has_begun, is_over = state in {SessionState.COMPLETED, SessionState.IN_PROGRESS}, state == SessionState.COMPLETED
    if end is not None and end < start:
        raise Unfit(f"{names[1]}: it is before {names[0]}")
    if has_begun and start > now:
        raise Unfit(f"{names[0]}: it lies ahead, and the session is over or goes on")
    if is_over and end is not None and end > now:
        raise Unfit(f"{names[1]}: it lies ahead, and the session is over")
    if state == SessionState.PLANNED and start > now:
        raise LeftOut("it is still to come: plan it here, so that its tasks are opened")
