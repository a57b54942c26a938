"""Forms of schemas in the OpenAPI document: types that may be null, and objects that may grow."""

from collections.abc import Iterable, Iterator, Mapping

from integration_api.web.openapi_examples import Json

_NULL: Json = {"type": "null"}
_VALUES = frozenset({"example", "examples", "enum", "const", "default"})
"""Keywords that hold values, in which nothing is a schema."""


def below(node: object) -> Iterator[Json]:
    """Yield every schema in a part of the document, and the part itself."""
    if isinstance(node, dict):
        yield node
        for keyword, part in node.items():
            if keyword not in _VALUES:
                yield from below(part)
    elif isinstance(node, list):
        for part in node:
            yield from below(part)


def write_null_short(part: object) -> None:
    """Write each `anyOf` of an inline type and null as one list of types.

    A reference or an enumeration beside null stays, as null cannot be added to it.
    """
    for node in below(part):
        beside = [inner for inner in node.get("anyOf", ()) if inner != _NULL]
        if len(beside) != 1 or len(node["anyOf"]) == 1:
            continue
        [inner] = beside
        if isinstance(inner.get("type"), str) and not {"enum", "const"} & inner.keys():
            rest = {keyword: value for keyword, value in node.items() if keyword != "anyOf"}
            node.clear()
            node.update({**inner, "type": [inner["type"], "null"], **rest})


def never_null(schema: Json) -> Json:
    """Return the schema of a parameter or a body without null: it is left out instead."""
    beside = [inner for inner in schema.get("anyOf", ()) if inner != _NULL]
    if len(beside) != 1:
        return schema
    return {**beside[0], **{keyword: value for keyword, value in schema.items() if keyword != "anyOf"}}


def open_answers(schemas: Mapping[str, Json], answers: Iterable[object]) -> None:
    """Let the objects of answers have more fields than the document knows, so that a new field breaks no client."""
    for name in reached(schemas, answers):
        for node in below(schemas[name]):
            if node.get("additionalProperties") is False:
                del node["additionalProperties"]


def reached(schemas: Mapping[str, Json], parts: Iterable[object]) -> set[str]:
    """Return the names of the schemas that these parts refer to, and those refer to, and so on."""
    found: set[str] = set()
    todo = set(_referred(list(parts)))
    while todo:
        found |= todo
        todo = {name for known in todo for name in _referred(schemas[known])} - found
    return found


def _referred(part: object) -> Iterator[str]:
    for node in below(part):
        reference = node.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/components/schemas/"):
            yield reference.rsplit("/", 1)[-1]
