"""The file of a monitor: lines of values with a time, read into readings. Pure.

The first line names the columns: `taken_at`, then any of COLUMNS. An empty cell says nothing. The id of a reading
follows from session, device, field and time. So a file that is sent again, or grew, stores nothing twice. Two monitors
of one name would be one: the name is to be a monitor's own.
"""

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from io import StringIO
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from integration_api.core.ids import derived_id
from integration_api.resources.care.doses.bands import VitalField
from integration_api.web.errors import FieldError

AT, SYSTOLIC, DIASTOLIC = "taken_at", "systolic", "diastolic"
_SINGLE: Mapping[str, VitalField] = {
    field.value: field
    for field in (VitalField.HEART_RATE, VitalField.SPO2, VitalField.RESPIRATORY_RATE, VitalField.TEMPERATURE)
}
COLUMNS = (SYSTOLIC, DIASTOLIC, *_SINGLE)
"""The columns beside the time. A monitor measures no sedation and no distress: these are a person's to say."""


class MonitorReading(NamedTuple):
    """One reading of a file, and the number of its line."""

    line: int
    id: UUID
    field: VitalField
    taken_at: datetime
    value: float
    diastolic: float | None

    def facts(self) -> dict[str, object]:
        """Return all but the line."""
        return {name: value for name, value in self._asdict().items() if name != "line"}


class MonitorFileBroken(ValueError):
    """The file is not as declared; `error` names the line, and never what stands there."""

    def __init__(self, code: str, message: str) -> None:
        """Say why."""
        super().__init__(message)
        self.error: FieldError = {"field": "body.text", "code": code, "message": message}


def readings_of(text: str, session_id: UUID, device: str, zone: ZoneInfo | None) -> list[MonitorReading]:
    """Return the readings of a file, in its order. Raises MonitorFileBroken.

    A time without an offset is one of `zone`.
    """
    lines = csv.reader(StringIO(text))
    try:
        names = [_bare(name).lower() for name in next(lines, [])]
        _check_columns(names)
        found = [
            one
            for number, cells in enumerate(lines, 2)
            for one in _of_line(names, cells, number, session_id, device, zone)
        ]
    except csv.Error as error:
        raise MonitorFileBroken("not_csv", "is no comma-separated text") from error
    _check_once(found)
    return found


def _check_once(found: Iterable[MonitorReading]) -> None:
    """Refuse a second line of the same time: one of both would be lost, or refused by an id that nobody sent."""
    lines: dict[UUID, int] = {}
    for one in found:
        first = lines.setdefault(one.id, one.line)
        if first != one.line:
            message = f"line {one.line} has {one.field} at the time of line {first}"
            raise MonitorFileBroken("twice", message)


def _check_columns(names: list[str]) -> None:
    known = [AT, *COLUMNS]
    if AT not in names or len(set(names)) < len(names) or not set(names) <= set(known) or len(names) < len([AT, ""]):
        raise MonitorFileBroken("columns", f"the first line must name each column once, of: {', '.join(known)}")


def _of_line(
    names: list[str], cells: list[str], number: int, session_id: UUID, device: str, zone: ZoneInfo | None
) -> Iterator[MonitorReading]:
    found = [_bare(cell) for cell in cells]
    if not any(found):
        return
    if len(found) != len(names):
        raise MonitorFileBroken("cells", f"line {number} must have {len(names)} cells")
    row = dict(zip(names, found, strict=True))
    at = _time(row.pop(AT), number, zone)
    values = {name: _number(cell, number) for name, cell in row.items() if cell}
    diastolic = values.pop(DIASTOLIC, None)
    systolic = values.pop(SYSTOLIC, None)
    if systolic is None and diastolic is not None:
        raise MonitorFileBroken("no_systolic", f"line {number} has a diastolic pressure alone")
    if systolic is not None:
        field = VitalField.BLOOD_PRESSURE
        yield MonitorReading(number, _id(session_id, device, field, at), field, at, systolic, diastolic)
    for name, value in values.items():
        field = _SINGLE[name]
        yield MonitorReading(number, _id(session_id, device, field, at), field, at, value, None)


def _bare(cell: str) -> str:
    """Return a cell without the spaces around it, and the first one without the mark that some programs begin with."""
    return cell.strip(" \t\ufeff")


def _time(text: str, number: int, zone: ZoneInfo | None) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None and zone is not None:
            at = _local(at, number, zone)
        if at.tzinfo is None:
            raise MonitorFileBroken("no_zone", f"line {number} has a time without an offset; give time_zone")
        return at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        if isinstance(error, MonitorFileBroken):
            raise
        raise MonitorFileBroken("time", f"line {number} has no time by ISO 8601") from error


def _local(at: datetime, number: int, zone: ZoneInfo) -> datetime:
    """Return a time of a zone, if the zone has it once: clocks that are put back have an hour twice."""
    first, second = (at.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        message = f"line {number} has a time that the zone has twice or not at all; give it an offset"
        raise MonitorFileBroken("ambiguous_time", message)
    return first


def _number(text: str, number: int) -> float:
    is_number = text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit()
    if not is_number or len(text) > len("1000.000000"):
        raise MonitorFileBroken("number", f"line {number} has a cell that is no number")
    return float(text)


def _id(session_id: UUID, device: str, field: VitalField, at: datetime) -> UUID:
    named = f"{session_id}\n{device}\n{field}\n{at.isoformat()}"
    return derived_id(session_id, hashlib.blake2b(named.encode(), digest_size=10).digest())
