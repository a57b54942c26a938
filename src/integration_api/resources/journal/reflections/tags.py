"""Tags by which a chart's reflections are found: blind indexes under the chart's own key."""

import unicodedata
from uuid import UUID

from integration_api.access.rows import chart_index
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.journal.reflections import statements as sql
from integration_api.resources.journal.reflections.contents import Content
from integration_api.resources.journal.reflections.tables import ReflectionRow, TagRow

PURPOSE = "tag"
"""Of the blind index that the tokens are."""
_NO_TOKEN = b""
"""The token of a chart without a key; no row has it."""


def folded(tag: str) -> str:
    """Return a tag as it is compared: whatever its case, width and blanks."""
    return " ".join(unicodedata.normalize("NFKC", tag).casefold().split())


async def token_of(work: Work, patient_id: UUID, tag: str) -> bytes:
    """Return the token by which a tag is found in one chart."""
    tokens = await chart_index(work, patient_id, PURPOSE, [folded(tag)])
    return tokens.get(folded(tag), _NO_TOKEN)


async def keep_tags(work: Work, row: ReflectionRow, before: Content | None = None) -> None:
    """Collect the changes by which the tokens of a reflection are those of its content."""
    old, new = _words(before), _words(row.content)
    if old == new:
        return
    tokens = await chart_index(work, row.patient_id, PURPOSE, old ^ new)
    for word in sorted(old - new):
        token = tokens.get(word, _NO_TOKEN)
        work.change(sql.DELETE_TAGS, rows=None, patient_id=row.patient_id, reflection_id=row.id, only_token=token)
    for word in sorted(new - old):
        made = TagRow(
            clinic_id=row.clinic_id,
            id=new_id(),
            patient_id=row.patient_id,
            reflection_id=row.id,
            happened_at=row.happened_at,
            token=tokens.get(word, _NO_TOKEN),
        )
        work.change(sql.INSERT_TAG, made)


def _words(content: Content | None) -> set[str]:
    return {folded(tag) for tag in content["tags"]} if content else set()
