"""Examples and descriptions of the OpenAPI document's schemas, which come from their fields (ADR 27).

A field's example stands once, by the field type. The example of a body or an answer is made of those of its fields.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from integration_api.web.schemas import EXAMPLE_WITH

Json = dict[str, Any]

_UNKNOWN = object()
"""The example of a part that has none."""

_BY_TYPE: Json = {"integer": 1, "number": 1.0, "boolean": True, "object": {}, "array": []}


def lift(schema: Json) -> None:
    """Move description and example of a field that may be null from the type beside `null` up to the field."""
    for part in schema.get("properties", {}).values():
        for inner in _beside_null(part):
            for name in ("description", "examples"):
                if name in inner:
                    part.setdefault(name, inner.pop(name))


def example_of(schema: Json, schemas: Mapping[str, Json], *, is_answer: bool = False) -> Any:  # noqa: ANN401  any JSON value
    """Return the example of a schema: its own, or one derived from its fields.

    In an answer, an object that may be null is null: the schema of the object says what would stand there.
    """
    found = _example(schema, schemas, is_answer=is_answer)
    return _completed(_by_type(schema) if found is _UNKNOWN else found, schema, schemas)


def strip(schemas: Iterable[Json]) -> None:
    """Take out of schemas the examples of fields, which stand in the examples of whole bodies and answers."""
    for schema in schemas:
        schema.pop(EXAMPLE_WITH, None)
        for part in schema.get("properties", {}).values():
            part.pop("examples", None)


def _example(schema: Json, schemas: Mapping[str, Json], *, is_answer: bool = False) -> Any:  # noqa: ANN401, PLR0911  one return a kind of schema
    if "examples" in schema:
        return schema["examples"][0]
    if "$ref" in schema:
        referred = _referred(schema, schemas)
        return _UNKNOWN if "enum" in referred else _example(referred, schemas, is_answer=is_answer)
    if "properties" in schema:
        return _object(schema, schemas, is_answer=is_answer)
    if schema.get("type") == "array":
        item = _example(schema["items"], schemas, is_answer=is_answer)
        return _UNKNOWN if item is _UNKNOWN else [item]
    for part in _beside_null(schema):
        found = _example(part, schemas, is_answer=is_answer)
        return None if is_answer and isinstance(found, dict) else found
    if "anyOf" in schema:
        return _example(schema["anyOf"][0], schemas, is_answer=is_answer)
    return _UNKNOWN


def _object(schema: Json, schemas: Mapping[str, Json], *, is_answer: bool) -> Any:  # noqa: ANN401  an object, or nothing known
    """Return an object of the fields that have an example, and of those that must be there."""
    given = dict(schema.get(EXAMPLE_WITH, ()))
    required = schema.get("required", ())
    made: Json = {}
    for name, part in schema["properties"].items():
        value = given[name] if name in given else _example(part, schemas, is_answer=is_answer)
        if value is not _UNKNOWN:
            made[name] = value
        elif name in required:
            made[name] = None if _is_nullable(part) else _by_type(part)
    return made if made or required else _UNKNOWN


def _completed(example: Any, schema: Json, schemas: Mapping[str, Json]) -> Any:  # noqa: ANN401  any JSON value
    """Return the example with its null fields, which FastAPI leaves out of a document."""
    if "$ref" in schema:
        return _completed(example, _referred(schema, schemas), schemas)
    for part in _beside_null(schema):
        return _completed(example, part, schemas)
    if isinstance(example, list) and "items" in schema:
        return [_completed(item, schema["items"], schemas) for item in example]
    if isinstance(example, dict) and "properties" in schema:
        fields, required = schema["properties"], schema.get("required", ())
        known = {
            name: _completed(example.get(name), part, schemas)
            for name, part in fields.items()
            if name in example or (name in required and _is_nullable(part))
        }
        return known | {name: value for name, value in example.items() if name not in known}
    return example


def _beside_null(schema: Json) -> list[Json]:
    """Return the type beside `null` of a field that may be null; nothing for any other."""
    parts: list[Json] = schema.get("anyOf", [])
    return [part for part in parts if part != {"type": "null"}] if _is_nullable(schema) and len(parts) == 2 else []  # noqa: PLR2004  a type or null


def _is_nullable(schema: Json) -> bool:
    return {"type": "null"} in schema.get("anyOf", ())


def _by_type(schema: Json) -> Any:  # noqa: ANN401  any JSON value
    """Return the default, or any value of the type. Raises ValueError if the field has to give an example itself."""
    if "default" in schema:
        return schema["default"]
    if schema.get("type") not in _BY_TYPE:
        msg = f"a field needs an example: {schema.get('description', schema)}"
        raise ValueError(msg)
    return _BY_TYPE[schema["type"]]


def _referred(schema: Json, schemas: Mapping[str, Json]) -> Json:
    return schemas[str(schema["$ref"]).rsplit("/", 1)[-1]]
