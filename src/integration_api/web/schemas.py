"""The base of every body and response: unknown fields are refused, instants are UTC, text is bounded."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Self, cast
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from integration_api.core.models import trusted

_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def _to_utc(value: datetime) -> datetime:
    if not _EARLIEST <= value <= _LATEST:
        msg = "must be between the years 1900 and 2200"
        raise ValueError(msg)
    return value.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""An instant: any offset comes in, UTC goes out. A time without an offset is refused."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""One short line of text."""

Prose = Annotated[str, StringConstraints(max_length=20_000)]
"""Free text, kept exactly as it was written."""

Score10 = Annotated[int, Field(ge=0, le=10)]
"""A rating from 0 (not at all) to 10 (as much as can be)."""


def example(value: Mapping[str, object]) -> ConfigDict:
    """Return a configuration with the example of a model: `model_config = example({...})`."""
    return ConfigDict(json_schema_extra={"examples": [cast(dict[str, JsonValue], value)]})


class Schema(BaseModel):
    """A body or a response: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def of(cls, row: BaseModel, **more: object) -> Self:
        """Make an instance of a row's fields of the same names, and `more` for those that the row has not.

        Values have the types of the database, so they are not validated again. Raises KeyError for a field in neither.
        """
        fields = {**row.__dict__, **more}
        wanted = cls.__pydantic_fields__
        for name in fields.keys() - wanted.keys():
            del fields[name]
        if len(fields) != len(wanted):
            raise KeyError(*(wanted.keys() - fields.keys()))
        return trusted(cls, fields)


class Resource(Schema):
    """A response with an id and a version. Read schemas have no defaults: every field is always there."""

    id: UUID = Field(description="Identifier, UUID version 7.")
    created_at: datetime = Field(description="When the server stored it first (UTC).")
    updated_at: datetime = Field(description="When it was last changed (UTC).")
    version: int = Field(description="Counts its changes; the ETag carries it.")
