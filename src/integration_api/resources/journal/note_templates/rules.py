"""Rules of note templates: the keys of their sections, and which of them a signature needs."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pydantic import JsonValue

MAX_SECTIONS = 12
SECTION_KEYS = tuple(f"section_{number}" for number in range(1, MAX_SECTIONS + 1))
"""The keys of a template's sections, in order. Notes of all templates have the same, so no key is anybody's text."""


class Layout(NamedTuple):
    """The sections that a note may have, in order, and those without which nobody signs it."""

    keys: tuple[str, ...]
    required: frozenset[str]


def keyed(sections: Iterable[Mapping[str, JsonValue]]) -> list[dict[str, JsonValue]]:
    """Return the sections of a template, each with its key."""
    return [{"key": key, **section} for key, section in zip(SECTION_KEYS, sections, strict=False)]


def layout_of(sections: Iterable[Mapping[str, JsonValue]]) -> Layout:
    """Return the layout of notes by a template."""
    known = keyed(sections)
    required = frozenset(str(section["key"]) for section in known if section["is_required"])
    return Layout(tuple(str(section["key"]) for section in known), required)
