"""Parts of schemas that are written once in the OpenAPI document, and referred to."""

import json
from collections import Counter
from collections.abc import Iterator

from integration_api.web.openapi_examples import Json

_MIN_SAVED_CHARACTERS = 5
_REFERENCE_CHARACTERS = 55
_MIN_SHARED_WORDS_CHARACTERS = 120


def share_words(schemas: Json) -> None:
    """Write a long list of words that several fields take once, as `words.sections`, and refer to it."""
    places: dict[str, list[tuple[str, Json]]] = {}
    for schema in schemas.values():
        for field, part in schema.get("properties", {}).items():
            for node in _below(part):
                if "enum" in node and node.keys() <= {"enum", "type"}:
                    places.setdefault(json.dumps(node), []).append((field, node))
    for text, found in places.items():
        if len(found) > 1 and len(text) >= _MIN_SHARED_WORDS_CHARACTERS:
            name = f"words.{found[0][0]}"
            if schemas.setdefault(name, json.loads(text)) != json.loads(text):
                continue  # another list of words of a field of this name
            for _, node in found:
                node.clear()
                node.update({"$ref": f"#/components/schemas/{name}"})


def _below(node: object) -> Iterator[Json]:
    """Yield every object in a schema, and the schema itself."""
    if isinstance(node, dict):
        yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _below(part)


def share_fields(schemas: Json) -> None:
    """Write a described field that many schemas have once, as `field.created_at`, and refer to it.

    If it means something else in other schemas, that is `field.created_at.2`.
    """
    counts = Counter(
        (field, json.dumps(part))
        for schema in schemas.values()
        for field, part in schema.get("properties", {}).items()
        if "description" in part and part.get("type") != "object"
    )
    names: dict[tuple[str, str], str] = {}
    variants: Counter[str] = Counter()
    for (field, text), count in counts.most_common():
        if (count - 1) * len(text) - count * _REFERENCE_CHARACTERS >= _MIN_SAVED_CHARACTERS:
            variants[field] += 1
            names[field, text] = f"field.{field}" if variants[field] == 1 else f"field.{field}.{variants[field]}"
    for schema in schemas.values():
        for field, part in schema.get("properties", {}).items():
            if name := names.get((field, json.dumps(part))):
                schema["properties"][field] = {"$ref": f"#/components/schemas/{name}"}
    schemas.update({name: json.loads(text) for (_, text), name in names.items()})
