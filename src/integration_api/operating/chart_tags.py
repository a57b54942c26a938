"""The tokens of a chart's tags, which are derived from its data key, made anew while that key is exchanged."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa
from pydantic_core import from_json

from integration_api.resources.journal.reflections.tables import ReflectionTable, TagTable
from integration_api.resources.journal.reflections.tags import PURPOSE, folded
from integration_api.storage.tables import table_of
from integration_api.storage.vault import DataKey

TAGGED, _TAGS = table_of(ReflectionTable), table_of(TagTable)
Words = tuple[int, set[str]]
"""The version of a reflection, and the tags in its content."""


def words_of(content: bytes) -> set[str]:
    """Return the tags of a content, as they are compared."""
    return {folded(tag) for tag in from_json(content)["tags"]}


def renew_tags(
    connection: sa.Connection, clinic_id: UUID, patient_id: UUID, of_page: Mapping[UUID, Words], key: DataKey
) -> None:
    """Put the tokens of the new key in place of those of the old one, for the reflections of a page."""
    if key.older is None or not of_page:
        return
    of_chart = sa.and_(_TAGS.c.clinic_id == clinic_id, _TAGS.c.patient_id == patient_id)
    found = sa.select(_TAGS.c.reflection_id, _TAGS.c.token).where(of_chart, _TAGS.c.reflection_id.in_(of_page))
    stored = defaultdict[UUID, set[bytes]](set)
    for reflection_id, token in connection.execute(found):
        stored[reflection_id].add(token)
    for reflection_id, tokens in stored.items():
        version, words = of_page[reflection_id]
        new, old = key.blind_index(PURPOSE, words), key.older.blind_index(PURPOSE, words)
        if tokens != {*new.values()}:
            its = sa.and_(of_chart, _TAGS.c.reflection_id == reflection_id)
            for word in words:
                if old[word] in tokens and new[word] not in tokens:
                    change = sa.update(_TAGS).where(its, _TAGS.c.token == old[word])
                    connection.execute(change.where(~_there(new[word])).values(token=new[word]))
            connection.execute(sa.delete(_TAGS).where(its, _TAGS.c.token.not_in(new.values()), _at(version)))


def _there(token: bytes) -> sa.Exists:
    """Match if the reflection has this token: a server was first."""
    other = _TAGS.alias()
    same = (other.c[name] == _TAGS.c[name] for name in ("clinic_id", "patient_id", "reflection_id"))
    return sa.exists().where(*same, other.c.token == token)


def _at(version: int) -> sa.Exists:
    """Match if the reflection is as it was read: what a server has put there since is not removed."""
    same = (TAGGED.c.clinic_id == _TAGS.c.clinic_id, TAGGED.c.id == _TAGS.c.reflection_id)
    return sa.exists().where(*same, TAGGED.c.version == version)
