"""The document in several files: what every front end calls in `openapi.json`, each other subject in one of its own.

Each file stands alone. A component that two files refer to is the same in both, so their union is the whole.
"""

import json
import re
from collections.abc import Mapping, Set
from typing import Any

from integration_api.web.openapi_examples import Json

MAIN = "openapi.json"
_COMPONENT = re.compile(r'"#/components/([^/"]+)/([^"]+)"')


def file_name(subject: str) -> str:
    """Return the name of the file of a subject."""
    return f"openapi-{subject}.json"


def page_of(subject: str) -> str:
    """Return the address of the page of a subject."""
    return f"/docs/{subject}"


def split(document: Json, subjects: Mapping[str, Set[str]]) -> dict[str, Json]:
    """Return the documents by file name; `subjects` names the tags of each document beside `openapi.json`."""
    apart = frozenset[str]().union(*subjects.values())
    tags = {tag["name"] for tag in document["tags"]}
    title, description = document["info"]["title"], document["info"]["description"]
    others = " and ".join(f"`/{file_name(subject)}` (page `{page_of(subject)}`)" for subject in subjects)
    info = {"description": f"{description}\n\nOperations that only some front ends call are in {others}."}
    made = {MAIN: _part(document, info, tags - apart)}
    for subject, held in subjects.items():
        info = {"title": f"{title}: {subject}", "description": f"{description}\n\nAll others are in `/{MAIN}`."}
        made[file_name(subject)] = _part(document, info, held)
    return made


def _part(document: Json, info: Json, tags: Set[str]) -> Json:
    paths: Json = {}
    for path, methods in document["paths"].items():
        if found := {method: one for method, one in methods.items() if not tags.isdisjoint(one["tags"])}:
            paths[path] = found
    return {
        **document,
        "info": document["info"] | info,
        "paths": paths,
        "components": _reached(document["components"], paths),
        "tags": [tag for tag in document["tags"] if tag["name"] in tags],
    }


def _reached(components: Json, paths: Json) -> Json:
    """Return the components to which the operations lead, in their order; the way to sign in is in each document."""
    waiting, found = _named(paths), set[tuple[str, str]]()
    while waiting:
        kind, name = one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting |= _named(components[kind][name])
    return {
        kind: {name: part for name, part in parts.items() if kind == "securitySchemes" or (kind, name) in found}
        for kind, parts in components.items()
    }


def _named(part: Any) -> set[tuple[str, str]]:  # noqa: ANN401  any JSON
    return set(_COMPONENT.findall(json.dumps(part)))
