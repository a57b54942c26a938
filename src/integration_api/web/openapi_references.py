"""Parts of schemas that are written once in the OpenAPI document, and referred to."""

import json
from collections import Counter
from collections.abc import Mapping

from integration_api.web.openapi_examples import Json
from integration_api.web.openapi_forms import below

_MIN_SAVED_CHARACTERS = 5
_REFERENCE_CHARACTERS = 55
_MIN_FIELDS_OF_BASE = 3
_OF_RESOURCES = ("id", "created_at", "updated_at", "version")
_ENUMERATIONS = {"enum", "x-extensible-enum"}


def name_pages(document: Json) -> None:
    """Name the schemas of pages as their classes are named: `ThingPage`, not `Page_Thing_`."""
    schemas = document["components"]["schemas"]
    names = {name: schemas[name].pop("title") for name in schemas if name.startswith("Page_")}
    document["components"]["schemas"] = {names.get(name, name): schema for name, schema in schemas.items()}
    for node in below(document):
        if (name := str(node.get("$ref")).rsplit("/", 1)[-1]) in names:
            node["$ref"] = f"#/components/schemas/{names[name]}"


def share_names(schemas: Json, parts: object) -> None:
    """Write each enumeration that has a title once, as the schema of that name, and refer to it.

    Raises ValueError if two different ones have the same title.
    """
    for node in [found for found in below(parts) if "title" in found and _ENUMERATIONS & found.keys()]:
        name = node.pop("title")
        named = {keyword: node.pop(keyword) for keyword in ("type", *_ENUMERATIONS) if keyword in node}
        known = schemas.setdefault(name, {"type": "string", **named})
        if any(known[keyword] != named[keyword] for keyword in _ENUMERATIONS & named.keys()):
            msg = f"two different enumerations are named {name}"
            raise ValueError(msg)
        node["$ref"] = f"#/components/schemas/{name}"


def share_fields(schemas: Json) -> None:
    """Write a described field that many schemas have once, as `FieldCreatedAt`, and refer to it.

    If it means something else in other schemas, that is `FieldCreatedAt2`. A field that refers to a schema stays, as
    generators would make a type of each such name.
    """
    counts = Counter(
        (field, json.dumps(part))
        for schema in schemas.values()
        for field, part in schema.get("properties", {}).items()
        if "description" in part and "type" in part and part["type"] != "object"
    )
    names: dict[tuple[str, str], str] = {}
    variants: Counter[str] = Counter()
    for (field, text), count in counts.most_common():
        if (count - 1) * len(text) - count * _REFERENCE_CHARACTERS >= _MIN_SAVED_CHARACTERS:
            variants[field] += 1
            names[field, text] = _name(field) if variants[field] == 1 else f"{_name(field)}{variants[field]}"
    for schema in schemas.values():
        for field, part in schema.get("properties", {}).items():
            if name := names.get((field, json.dumps(part))):
                schema["properties"][field] = {"$ref": f"#/components/schemas/{name}"}
    schemas.update({name: json.loads(text) for (_, text), name in names.items()})


def share_bases(schemas: Json) -> None:
    """Write a response that has every field of another as that one and the rest, as its class extends the other's.

    What every stored resource has is the schema `Resource`. Closed objects are bodies of requests and stay whole, as
    `additionalProperties: false` would refuse the fields of the other.
    """
    open_objects = {
        name: schema
        for name, schema in schemas.items()
        if "properties" in schema and "additionalProperties" not in schema and "allOf" not in schema
    }
    resource = {field: reference(_name(field)) for field in _OF_RESOURCES}
    bases = {"Resource": required_object("What every resource has.", resource), **open_objects}
    chosen = {name: _base_of(name, schema, bases) for name, schema in open_objects.items()}
    if "Resource" in chosen.values():
        schemas["Resource"] = bases["Resource"]
    for name, base in chosen.items():
        if base:
            known, schema = bases[base]["properties"], open_objects[name]
            rest = {field: part for field, part in schema["properties"].items() if field not in known}
            required = [field for field in schema.get("required", ()) if field not in known]
            kept = {keyword: part for keyword, part in schema.items() if keyword in ("description", "examples")}
            more = {"type": "object", "properties": rest} | ({"required": required} if required else {})
            schemas[name] = {"allOf": [reference(base), more], **kept}


def _base_of(name: str, schema: Json, bases: Mapping[str, Json]) -> str | None:
    """Return the largest of the schemas whose fields this one has too, as they are, beside others; None if none is."""
    fields, required = schema["properties"], set(schema.get("required", ()))
    found = [
        (len(json.dumps(base["properties"])), other)
        for other, base in bases.items()
        if other != name
        and len(base["properties"]) >= _MIN_FIELDS_OF_BASE
        and base["properties"].items() < fields.items()
        and required & base["properties"].keys() == set(base.get("required", ()))
    ]
    return max(found, default=(0, None))[1]


def required_object(description: str, properties: Json) -> Json:
    """Return the schema of an object that has all of these fields."""
    return {"type": "object", "description": description, "required": [*properties], "properties": properties}


def reference(name: str) -> Json:
    """Return a reference to the schema of this name."""
    return {"$ref": f"#/components/schemas/{name}"}


def write_once(responses: Json, operations: object) -> None:
    """Write a response to which one place refers in that place; one with a description beside it stays."""
    prefix = "#/components/responses/"
    uses: dict[str, list[Json]] = {}
    for node in below(operations):
        if str(node.get("$ref")).startswith(prefix):
            uses.setdefault(node["$ref"].removeprefix(prefix), []).append(node)
    for name, nodes in uses.items():
        if len(nodes) == 1 and len(nodes[0]) == 1:
            nodes[0].clear()
            nodes[0].update(responses.pop(name))


def _name(field: str) -> str:
    """Return a name that is one in every language, so no generator has to invent another."""
    return "Field" + "".join(part.capitalize() for part in field.split("_"))
