"""Values that JSON writes as text: each type has one written form, and no other is read."""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

_OFFSET = r"([Zz]|[+-][0-9]{2}:[0-9]{2})"


@dataclass(frozen=True)
class WrittenAs:
    """Metadata of a type: its format in the OpenAPI document, and the pattern of its text.

    Pydantic reads a date from a number too, an instant without seconds, and a UUID in braces. Text of another form is
    refused before Pydantic reads it. Python values stay as they are.
    """

    format: str
    pattern: str
    refusal: Literal["uuid_type", "date_type", "datetime_type"]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return a schema that reads JSON text of this form alone."""
        python: Any = handler(source)
        text = core_schema.custom_error_schema(
            core_schema.str_schema(pattern=self.pattern, strict=True), custom_error_type=self.refusal
        )
        read = core_schema.chain_schema([text, {**python, "strict": False}])
        return core_schema.json_or_python_schema(read, python)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the format, which says the pattern."""
        made = handler(schema)
        made.pop("pattern", None)
        return {"type": "string", "format": self.format, **made}


UUID_TEXT = WrittenAs("uuid", r"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$", "uuid_type")
"""RFC 9562: hexadecimal with four hyphens; capitals are read too, as it demands."""

DATE_TEXT = WrittenAs("date", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "date_type")
"""RFC 3339 `full-date`: year, month, day."""

INSTANT_TEXT = WrittenAs(
    "date-time",
    rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[Tt][0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]+)?{_OFFSET}?$",
    "datetime_type",
)
"""RFC 3339 `date-time`. The type of the value refuses a missing offset, with an error of its own."""
