"""Rows of every kind that a type allows, made by Hypothesis, for the mappers."""

import json
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel, StringConstraints, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from typing_extensions import is_typeddict

from integration_api.core.models import trusted
from integration_api.fhir import bundles
from integration_api.ledger.events import Event
from tests.support import Json

Strategy = st.SearchStrategy[Any]
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            " ",
            "\u200b",
            "a\x00b",
            "\x1b[31m",
            "<script>alert(1)</script>",
            "72,50 \u202e mg",
            "\U0001f33f",
            "a\tb\r\n",
        ]
    ),
)
"""Texts of people: any characters, those that FHIR refuses among them."""
WORDS = (
    "America/New_York",
    "LMFT",
    "Rowan Sample",
    "a@example.org",
    "en-US",
    "+1 555 0100",
    "US",
    "=cmd|x",
    "<b>b</b>",
)
CODES = st.sampled_from(["total", "moderate", "phq9.1", "yes", "plan", "seen_anew"])
OF_DEFINITIONS = frozenset({"id", "band", "prompt_id"})
"""Fields of parts of a row that hold a word of a definition."""
OF_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "loinc": st.sampled_from([None, "85354-9", "59408-5"]),
    "rule": st.sampled_from(["R1", "R14", "R33"]),
    "ucum": st.sampled_from([None, "mm[Hg]", "/min", "{score}"]),
}
"""Fields that hold a code of others."""
INSTANTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001  its zone is given
DATES = st.dates(date(1, 1, 1), date(9999, 12, 31))
NUMBERS = st.floats(min_value=-10_000, max_value=10_000, allow_nan=False)
PLAIN: dict[object, Strategy] = {
    str: TEXTS,
    int: st.integers(0, 10_000),
    float: NUMBERS,
    bool: st.booleans(),
    datetime: INSTANTS,
    AwareDatetime: INSTANTS,
    date: DATES,
    UUID: st.uuids(version=4),
    NoneType: st.none(),
}


def values_of(kind: Any) -> Strategy:  # noqa: C901, PLR0911  one line for each kind of type
    """Return a strategy for the values of a type, within the bounds that a mapper relies on."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _bounded(parts[0], parts[1:])
    if kind in PLAIN:
        return PLAIN[kind]
    if origin in (Union, UnionType):
        is_word = int in parts or float in parts  # a number, or a word of a definition
        return st.one_of(*(CODES if part is str and is_word else values_of(part) for part in parts))
    if origin is NotRequired:
        return values_of(parts[0])
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is list:
        return st.lists(values_of(parts[0]), max_size=3)
    if origin is dict:
        return st.dictionaries(CODES, values_of(parts[1]), max_size=3)
    if is_typeddict(kind):
        hints = get_type_hints(kind, include_extras=True)
        return st.fixed_dictionaries(
            {name: CODES if name in OF_DEFINITIONS else values_of(hint) for name, hint in hints.items()}
        )
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return rows(kind)
    if kind is Event:
        return st.sampled_from([Event.known[name] for name in ("note.read", "request.refused")])
    msg = f"no strategy for {kind}"
    raise TypeError(msg)


def _bounded(kind: Any, metadata: tuple[Any, ...]) -> Strategy:
    words = [word for one in metadata if isinstance(one, FieldInfo) for word in _words(one)]
    if words:
        return st.sampled_from(words)
    patterns = [one.pattern for one in metadata if isinstance(one, StringConstraints) and one.pattern]
    if patterns:
        return st.from_regex(patterns[0], fullmatch=True)
    if kind is not str:
        return values_of(kind)
    adapter = TypeAdapter[str](Annotated[str, *metadata])
    taken = [text for text in WORDS if _is_taken(adapter, text)]
    return TEXTS.map(lambda text: text if not taken or _is_taken(adapter, text) else taken[len(text) % len(taken)])


def _words(field: FieldInfo) -> list[str]:
    extra = field.json_schema_extra
    return [str(word) for word in extra.get("enum", ())] if isinstance(extra, dict) else []  # type: ignore[union-attr]  # a list


def _is_taken(adapter: TypeAdapter[str], text: str) -> bool:
    try:
        return adapter.validate_python(text) == text
    except ValidationError:
        return False


@cache
def rows(cls: type[BaseModel]) -> Strategy:
    """Return a strategy for rows as the plain API presents them: without validation."""
    fields = {
        name: OF_FIELDS[name] if name in OF_FIELDS else _of_field(field) for name, field in cls.model_fields.items()
    }
    return st.fixed_dictionaries(fields).map(lambda values: trusted(cls, values))


def _of_field(field: FieldInfo) -> Strategy:
    kind = field.annotation
    return _bounded(kind, tuple(field.metadata)) if field.metadata else values_of(kind)


def written(resource: Json) -> Json:
    """Return a resource as it is sent."""
    found: Json = json.loads(bytes(bundles.written(resource).body))
    return found
