"""Reading the OpenAPI documents: its operations, and its schemas as the generators want them."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]
FOLDER = Path(__file__).parents[3]
SCHEMAS = "#/components/schemas/"
METHODS = ("get", "post", "put", "patch", "delete")
_OF_MANY = ("items", "additionalProperties")
_BY_NAME = "patternProperties"
_TEXTS = ("description", "title", "examples", "example")


def read_document() -> Json:
    """Return the committed documents as one: a component of two of them is the same in both."""
    found = [json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("openapi*.json"))]
    made: Json = {**found[0], "paths": {}, "components": {}}
    for document in found:
        for address, methods in document["paths"].items():
            made["paths"].setdefault(address, {}).update(methods)
        for kind, parts in document["components"].items():
            made["components"].setdefault(kind, {}).update(parts)
    return made


def _at(document: Json, reference: str) -> Json:
    found: Any = document
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)


def followed(document: Json, part: Json) -> Json:
    """Return a part of the document, or what it refers to."""
    while "$ref" in part:
        part = _at(document, part["$ref"])
    return part


def class_name(name: str) -> str:
    """Return the name of a schema's class: `Page_Note_` is `NotePage`, `words.sections` is `Sections`."""
    paged = re.fullmatch(r"Page_(?:Union_)?([A-Za-z]+?)(?:__\w+)?_", name)
    if paged:
        return f"{paged[1]}Page"
    return re.sub(r"\W", "", name[0].upper() + name[1:].removeprefix("ords.").title() if "." in name else name)


def operations_of(document: Json) -> Iterator[tuple[str, str, Json]]:
    """Return every operation with its path and method, and its parameters written out."""
    for path, methods in document["paths"].items():
        shared = methods.get("parameters", [])
        for method in METHODS:
            if method in methods:
                operation = methods[method]
                parameters = [followed(document, part) for part in [*shared, *operation.get("parameters", [])]]
                yield path, method, {**operation, "parameters": parameters}


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from _references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _references(inner)


def _reached(document: Json, part: object) -> set[str]:
    """Return the names of the schemas that a part leads to."""
    found: set[str] = set()
    waiting = list(_references(part))
    while waiting:
        reference = waiting.pop()
        if reference in found:
            continue
        found.add(reference)
        waiting.extend(_references(_at(document, reference)))
    return {reference.removeprefix(SCHEMAS) for reference in found if reference.startswith(SCHEMAS)}


def _nullable(part: Json) -> Json:
    """Return `anyOf` of something plain and null as one type, of which the generator makes no class of its own."""
    given = part.get("anyOf", [])
    if len(given) == 2 and given[1] == {"type": "null"} and isinstance(given[0].get("type"), str):  # noqa: PLR2004
        rest = {key: inner for key, inner in part.items() if key != "anyOf"}
        return {**given[0], "type": [given[0]["type"], "null"], **rest}
    return part


def _unbounded(part: Any) -> Any:  # noqa: ANN401  any JSON
    """Return the schema of one of many without bounds, of which the generator makes a class; the API checks them."""
    match part:
        case {"type": "string", "enum": _}:
            return part
        case {"type": "string" | "array"}:
            return {key: _unbounded(inner) for key, inner in part.items() if key in ("type", "format", *_OF_MANY)}
        case {"type": "integer" | "number"}:
            return {"type": part["type"]}
        case {"anyOf": kinds}:
            return {**part, "anyOf": [_unbounded(kind) for kind in kinds]}
    return part


def _shared(key: str, part: Any) -> Any:  # noqa: ANN401  any JSON
    """Return the value of a keyword without the bounds of what it says of many."""
    if key == _BY_NAME:
        return {pattern: _unbounded(inner) for pattern, inner in part.items()}
    return _unbounded(part) if key in _OF_MANY else part


def is_inline(schema: Json) -> bool:
    """Return whether the schema is of a word, a number or a list, which has no class of its own."""
    return "enum" in schema or schema.get("type", "object") != "object"


def _open(part: Any) -> Any:  # noqa: ANN401  any JSON
    """Return a schema of a response that takes words which a newer API may send, beside those that are known."""
    if isinstance(part, list):
        return [_open(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    made = {key: inner if key == "enum" else _open(inner) for key, inner in part.items()}
    words = made.pop("enum", None) or ([made.pop("const")] if "const" in made else None)
    if words is None:
        return made
    known = {"type": "string", "enum": [word for word in words if word is not None]}
    kinds = made.pop("type", "string")
    is_nullable = "null" in kinds if isinstance(kinds, list) else None in words
    return {**made, "anyOf": [known, {"type": "string"}, *([{"type": "null"}] if is_nullable else [])]}


def prepared(document: Json) -> Json:
    """Return the schemas of the document as the generator is to read them.

    The schema of a value that is no object is written where it is used. Bodies of responses stay open, so that a new
    field or a new word breaks no client.
    """
    answered = set().union(*(_reached(document, op["responses"]) for _, _, op in operations_of(document)))
    sent = set().union(*(_reached(document, op.get("requestBody", {})) for _, _, op in operations_of(document)))
    schemas = document["components"]["schemas"]

    def plain(part: Any) -> Any:  # noqa: ANN401  any JSON
        if isinstance(part, list):
            return [plain(inner) for inner in part]
        if not isinstance(part, dict):
            return part
        reference = part.get("$ref", "")
        name = reference.removeprefix(SCHEMAS)
        if reference.startswith(SCHEMAS) and is_inline(schemas[name]):
            return {**plain(schemas[name]), **{key: part[key] for key in ("default",) if key in part}}
        if reference.startswith(SCHEMAS):
            return {"$ref": SCHEMAS + class_name(name)}
        part = _nullable(part)
        kept = {key: inner for key, inner in part.items() if key not in _TEXTS or not isinstance(inner, str | list)}
        made = {key: plain(inner) for key, inner in kept.items()}
        return {key: _shared(key, inner) for key, inner in made.items()}

    made: Json = {}
    for name in sorted(answered | sent):
        if name.endswith("Problem") or is_inline(schemas[name]):
            continue
        schema = plain(schemas[name])
        if name in answered:
            schema.pop("additionalProperties", None) if "properties" in schema else None
        schema = _open(schema) if name in answered - sent else schema
        if "description" in schemas[name]:
            schema["description"] = schemas[name]["description"]
        made[class_name(name)] = schema
    return {"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}, "components": {"schemas": made}}


def absent_or_given(document: Json) -> dict[str, set[str]]:
    """Return the fields that may be left out and are never null, by their class, of prepared schemas."""
    found: dict[str, set[str]] = {}
    for name, schema in document["components"]["schemas"].items():
        for part in (schema, *schema.get("allOf", [])):
            fields = part.get("properties", {}).items()
            free = {field for field, kind in fields if field not in part.get("required", []) and not _has_null(kind)}
            found.setdefault(name, set()).update(free)
    return found


def _has_null(part: Json) -> bool:
    kinds = part.get("type", [])
    is_null = "null" in (kinds if isinstance(kinds, list) else [kinds]) or None in part.get("enum", [])
    return is_null or any(_has_null(inner) for inner in part.get("anyOf", []))


def digest(document: Json) -> str:
    """Return a digest of the prepared schemas."""
    return hashlib.sha256(json.dumps(prepared(document), sort_keys=True).encode()).hexdigest()[:32]
