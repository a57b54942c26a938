"""The base of every body and response: unknown fields are refused, types are strict, instants are UTC.

A field is described once, by its type: `Annotated[int, Field(ge=0, le=10, description="…", examples=[7])]` (ADR 27).
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, Self, TypeVar, cast
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    JsonValue,
    StringConstraints,
    with_config,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from integration_api.core import texts
from integration_api.core.ids import OwnId
from integration_api.core.models import trusted
from integration_api.core.written import DATE_TEXT, INSTANT_TEXT

_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)
_FIRST = datetime(1, 1, 2, tzinfo=UTC)
_LAST = datetime(9999, 12, 31, tzinfo=UTC)
"""A day within what Python can hold, so that any offset can be converted; PostgreSQL takes the ends for infinity."""
_REQUEST_ONLY_KEYWORDS = frozenset(
    {"minimum", "maximum", "minLength", "maxLength", "pattern", "minItems", "maxItems", "maxProperties", "default"}
)
"""Keywords of JSON Schema that the OpenAPI document shows for requests and omits for responses."""
EXAMPLE_WITH = "x-example-with"
"""Keyword for values that replace those of the fields in a derived example; the document is published without it."""

Made = TypeVar("Made", bound=type)


def _to_utc(value: datetime) -> datetime:
    if not _EARLIEST <= value <= _LATEST:
        msg = "must be between the years 1900 and 2200"
        raise ValueError(msg)
    return value.astimezone(UTC)


Day = Annotated[date, DATE_TEXT]
"""A calendar day, `YYYY-MM-DD`."""

Instant = Annotated[AwareDatetime, INSTANT_TEXT, AfterValidator(_to_utc)]
"""An instant by RFC 3339 with any offset, converted to UTC. A time without an offset is refused."""


def _as_claimed(value: datetime) -> datetime:
    return min(max(value, _FIRST), _LAST).astimezone(UTC)


ClaimedInstant = Annotated[AwareDatetime, INSTANT_TEXT, AfterValidator(_as_claimed)]
"""An instant by the clock of a device, which may be wrong: in any year (`web/instants.py`)."""


def _must(is_right: Callable[[str], bool], message: str) -> AfterValidator:
    def check(text: str) -> str:
        if not is_right(text):
            raise ValueError(message)
        return text

    return AfterValidator(check)


# Validators of text. They stand after its lengths: `Annotated[str, StringConstraints(...), VISIBLE]`.
ONE_LINE = _must(texts.is_one_line, "must be one line, without control characters or bidirectional controls")
VISIBLE = _must(lambda text: not texts.is_blank(text), "must have a character that can be seen")
LETTER = _must(texts.has_letter_or_digit, "must have a letter or a digit")
UNHIDDEN = _must(texts.hides_nothing, "must not have invisible characters")

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), ONE_LINE, VISIBLE]
"""One short line of text."""

NameLine = Annotated[Line, LETTER]
"""The name of a person, a clinic or a program."""

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), LETTER]
"""Why something was done, in a few sentences that others will read."""

Remark = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000), VISIBLE]
"""A few sentences."""

Prose = Annotated[str, StringConstraints(max_length=20_000)]
"""Free text, kept exactly as it was written; it may be empty."""

FilledProse = Annotated[str, StringConstraints(min_length=1, max_length=20_000), VISIBLE]
"""Free text, kept exactly as it was written, that says something."""

Score10 = Annotated[int, Field(ge=0, le=10)]
"""A rating from 0 (not at all) to 10 (the maximum)."""


def example(value: Mapping[str, object]) -> ConfigDict:
    """Return the config of a model with this whole example: `model_config = example({"state": "completed"})`."""
    return ConfigDict(json_schema_extra={"examples": [cast(dict[str, JsonValue], value)]})


def example_with(values: Mapping[str, object]) -> ConfigDict:
    """Return the config of a model whose example is derived from its fields, but for these values."""
    pairs = [[name, cast(JsonValue, value)] for name, value in values.items()]  # a pair keeps null in the document
    return ConfigDict(json_schema_extra={EXAMPLE_WITH: cast(JsonValue, pairs)})


class Schema(BaseModel):
    """A body or a response: unknown fields are refused, and so are values of another JSON type."""

    model_config = ConfigDict(extra="forbid", strict=True)


WithdrawnReason = Annotated[Reason, Field(description="Why it counts no more.", examples=["Wrong vial written down."])]


class Withdraw(Schema):
    """Why it should never have been there."""

    reason: WithdrawnReason


class CreateSchema(Schema):
    """The body of a create request. The client may choose the id of the new resource."""

    id: OwnId | None = Field(default=None, description="Id of the new resource, if you choose it.")


class ReadSchema(Schema):
    """A response body. Every field is present, also one that a request may omit.

    The OpenAPI document shows the bounds of fields for requests only. Responses are not validated, so stored rows stay
    readable after a bound is tightened.
    """

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> JsonSchemaValue:
        """Return the schema of a response, without bounds and defaults."""
        made = handler.resolve_ref_schema(handler(schema))
        _leave_out_bounds(made)
        return made

    @classmethod
    def of(cls, row: BaseModel, **more: object) -> Self:
        """Return an instance from a row whose fields have the same names, and `more` for fields that the row lacks.

        Values have the types of the database, so they are not validated again. Raises KeyError for a field in neither.
        """
        fields = {**row.__dict__, **more}
        wanted = cls.__pydantic_fields__
        for name in fields.keys() - wanted.keys():
            del fields[name]
        if len(fields) != len(wanted):
            raise KeyError(*(wanted.keys() - fields.keys()))
        return trusted(cls, fields)


class Resource(ReadSchema):
    """A response with an id and a version."""

    id: UUID = Field(description="Identifier, UUID version 7.", examples=["019ab0de-0000-7000-8000-0000000000aa"])
    created_at: datetime = Field(
        description="When the server first stored it (UTC).", examples=["2026-11-02T09:00:00Z"]
    )
    updated_at: datetime = Field(description="When it was last changed (UTC).", examples=["2026-11-02T09:00:00Z"])
    version: int = Field(description="1 at creation, and one more with each change; `ETag` holds it.", examples=[1])


def response_part(cls: Made) -> Made:
    """Declare a TypedDict as a part of a response: no extra fields, and no bounds in its schema."""
    return with_config(ConfigDict(extra="forbid", json_schema_extra=_leave_out_bounds))(cls)


def _leave_out_bounds(schema: dict[str, Any]) -> None:
    for field in schema.get("properties", {}).values():
        _leave_out(field)


def _leave_out(part: dict[str, Any]) -> None:
    for name in _REQUEST_ONLY_KEYWORDS & part.keys():
        del part[name]
    inner = part.get("additionalProperties")
    for below in [*part.get("anyOf", ()), part.get("items"), inner]:
        if isinstance(below, dict):
            _leave_out(below)
