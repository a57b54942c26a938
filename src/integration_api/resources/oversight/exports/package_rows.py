"""Rows as lines of a package: one JSON object each, named as the columns, the same bytes from either database."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ValidationError

from integration_api.resources.oversight.exports.package_tables import Carried
from integration_api.storage.tables import ClinicRow, EncryptedJson, JsonText

AUTHOR_KEYS = ("by_id", "author_id", "account_id", "witness_id")
_INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"


class BadLine(ValueError):
    """A line of a package is no row of its table; the message names the field, never its value."""


class Taken(NamedTuple):
    """A row out of a line, and the names of the fields that this program does not know."""

    values: dict[str, Any]
    unknown: tuple[str, ...]


def canonical_line(values: Mapping[str, object]) -> bytes:
    """Return an object as one line: keys in order, no blanks, UTF-8."""
    told = {name: _told(value) for name, value in values.items()}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def line_of(one: Carried, row: ClinicRow) -> bytes:
    """Return the line of a row."""
    return canonical_line({name: getattr(row, name) for name in one.columns})


def _told(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(_INSTANT)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return str(value) if isinstance(value, UUID) else value


def taken_from(one: Carried, line: bytes) -> Taken:
    """Return the row of a line, but for its clinic and what the store knows. Raises BadLine.

    A field that is absent is null, or what its table gives it. One that is unknown is named.
    """
    given = object_of(line)
    known = {name: given[name] for name in one.columns if name in given}
    kinds = {column.name: column.type for column in one.table.c}
    whole = {"clinic_id": str(UUID(int=0)), "content_key": "", **known}
    try:
        row = one.row.model_validate({name: whole[name] for name in whole if name in one.row.model_fields})
    except ValidationError as error:
        first = error.errors()[0]
        raise BadLine(f"{first['loc'][0] if first['loc'] else 'it'}: {first['type']}") from None
    values = {
        name: known[name] if isinstance(kinds[name], EncryptedJson | JsonText) and name in known else value
        for name, value in row.__dict__.items()
        if name in one.columns
    }
    for name, value in known.items():
        if canonical_line({name: values[name]}) != canonical_line({name: value}):
            raise BadLine(f"{name}: not as a package has it")
    return Taken(values, tuple(sorted(given.keys() - set(one.columns))))


def object_of(line: bytes) -> dict[str, Any]:
    """Return the JSON object of a line. Raises BadLine."""
    try:
        found = json.loads(line)
        # No database stores half of a surrogate pair, and an infinite number is no JSON.
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise BadLine("it is no JSON") from None
    if not isinstance(found, dict):
        raise BadLine("it is no object")
    return found


def text_of(value: object) -> str | None:
    """Return a text, or null. Raises BadLine."""
    if value is not None and not isinstance(value, str):
        raise BadLine("it is no text")
    return value


def day_of(value: object) -> date | None:
    """Return a day, or null. Raises BadLine."""
    text = text_of(value)
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise BadLine("it is no day") from None


def author_ids(rows: Iterable[BaseModel | Mapping[str, Any]]) -> set[UUID]:
    """Return every account that these rows name, within their JSON values too."""
    return {found for row in rows for found in _authors(row if isinstance(row, Mapping) else row.__dict__)}


def _authors(value: object, name: str = "") -> Iterator[UUID]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _authors(part, str(key))
    elif isinstance(value, list):
        for part in value:
            yield from _authors(part, name)
    elif name.endswith(AUTHOR_KEYS):
        if isinstance(value, UUID):
            yield value
        elif isinstance(value, str):
            try:
                yield UUID(value)
            except ValueError:
                return
