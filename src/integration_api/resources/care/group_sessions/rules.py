"""Rules of group sessions: how many take part, and whether a text names somebody of another chart."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from integration_api.resources.people.patients.rules import name_parts

MIN_MEMBERS, MAX_MEMBERS = 2, 12
MAX_MADE = 48
"""The sessions that are ever made of one group session, cancelled ones too."""
_MIN_LETTERS = 3
"""A shorter part of a name, as an initial, is not looked for."""


class Named(NamedTuple):
    """A member of a group, as their chart names them."""

    patient_id: UUID
    names: tuple[str | None, ...]


def naming(texts: Mapping[str, str], members: Iterable[Named], own_id: UUID) -> list[str]:
    """Return the keys of the texts that have a word of another member's name, in any script and case.

    Words of the own name are nobody else's, as in a family.
    """
    own: set[str] = set()
    others: set[str] = set()
    for member in members:
        words = {word for name in member.names if name for word in name_parts(name) if len(word) >= _MIN_LETTERS}
        (own if member.patient_id == own_id else others).update(words)
    looked_for = others - own
    return [key for key, text in texts.items() if not looked_for.isdisjoint(name_parts(text))]
