"""Parts of a FHIR resource, each held to its JSON type. Each refusal names the path, never the value."""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from integration_api.operating.foreign.import_findings import Unfit

Json: TypeAlias = dict[str, Any]
_REFERENCE = re.compile(r"(?:.*/)?([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})(?:/_history/.*)?")


def part(value: object, *path: str | int) -> Any:  # noqa: ANN401  any JSON
    """Return what stands at a path; None if it is not there. Raises Unfit for another shape."""
    for number, step in enumerate(path):
        if value is None:
            return None
        wanted = dict if isinstance(step, str) else list
        if not isinstance(value, wanted):
            raise Unfit(f"{_told(path[:number])}: it must be {'an object' if wanted is dict else 'a list'}")
        if isinstance(value, dict):
            value = value.get(str(step))
        else:
            value = value[int(step)] if int(step) < len(value) else None
    return value


def text(value: object, *path: str | int) -> str | None:
    """Return the text at a path; None if there is none. Raises Unfit."""
    found = part(value, *path)
    if found is not None and not isinstance(found, str):
        raise Unfit(f"{_told(path)}: it must be a text")
    return found or None


def listed(value: object, *path: str | int) -> list[Json]:
    """Return the objects of the list at a path. Raises Unfit."""
    found = part(value, *path)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Unfit(f"{_told(path)}: it must be a list of objects")
    return found


def _told(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".") or "the resource"


def changing(value: object) -> str | None:
    """Return the name of an element that changes the meaning of others, at any depth; None if there is none."""
    if isinstance(value, dict):
        found = next((name for name in ("modifierExtension", "implicitRules") if name in value), None)
        return found or next(filter(None, map(changing, value.values())), None)
    return next(filter(None, map(changing, value)), None) if isinstance(value, list) else None


def codes(concept: object) -> Iterator[tuple[str, str]]:
    """Yield system and code of each coding of a concept."""
    for one in listed(concept, "coding"):
        code = text(one, "code")
        if code is not None:
            yield text(one, "system") or "", code


def reference(value: object, *path: str | int) -> str | None:
    """Return what a reference names: `Encounter/12`, or the URN of an entry; None if it names nothing."""
    found = text(value, *path, "reference")
    if found is None or found.startswith("#"):
        return None
    if found.startswith("urn:"):
        return found
    named = _REFERENCE.fullmatch(found)
    if named is None:
        raise Unfit(f"{_told((*path, 'reference'))}: it names no resource")
    return named.group(1)


def decoded(value: object, *path: str | int) -> str:
    """Return the text that is kept in base 64. Raises Unfit."""
    try:
        return base64.b64decode(text(value, *path) or "", validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise Unfit(f"{_told(path)}: it is no text in base 64") from None
