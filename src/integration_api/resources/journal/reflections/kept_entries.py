"""Changes of reflections that come too late: the text is kept as a second draft, private as every draft is."""

from uuid import UUID

from integration_api.access.conflicts import kept_both
from integration_api.access.reads import StartAgain
from integration_api.access.rows import kept_id
from integration_api.access.tombstones import READ_TOMBSTONE
from integration_api.access.work import Work
from integration_api.resources.journal.reflections import operations, service
from integration_api.resources.journal.reflections import statements as sql
from integration_api.resources.journal.reflections.contents import Content, outline_of
from integration_api.resources.journal.reflections.schemas import Reflection, ReflectionUpdate
from integration_api.resources.journal.reflections.tables import (
    LoadedReflectionRow,
    ReflectionKind,
    ReflectionState,
    ReflectionTable,
    Sharing,
)

_NOTHING: Content = {
    "text": None,
    "prompt_set": None,
    "prompt_set_version": None,
    "answers": [],
    "ratings": None,
    "tags": [],
    "insights": [],
    "safety": None,
    "contact_me": False,
}


async def update_reflection(
    work: Work, reflection_id: UUID, body: ReflectionUpdate, expected_version: int, key: str | None
) -> Reflection:
    """Change a reflection; with a key, what comes too late becomes a second draft.

    Raises KeptBoth, and as `service.update_reflection`.
    """
    if key is None:
        return await service.update_reflection(work, reflection_id, body, expected_version)
    row = await work.one(sql.READ_REFLECTION, id=reflection_id)
    if row is not None and row.version == expected_version:
        return await service.change_reflection(work, row, body, missed=StartAgain)
    base = row or await _deleted(work, reflection_id, body)
    changed = await service.merged(work, base, body)
    if row is not None and _says_the_same(row, changed):
        service.record(work, row, operations.READ_REFLECTION.recorded)
        return service.present(work, row)
    second = LoadedReflectionRow(
        clinic_id=base.clinic_id,
        id=kept_id(work, reflection_id, expected_version, key),
        created_at=work.now,
        updated_at=work.now,
        patient_id=base.patient_id,
        session_id=changed.session_id,
        kind=base.kind,
        state=ReflectionState.DRAFT,
        sharing=Sharing.PRIVATE,
        captured_at=base.captured_at,
        happened_at=base.happened_at,
        outline=changed.outline,
        content=changed.content,
        conflict_of_id=reflection_id,
        elaborates_id=base.elaborates_id,
    )
    await service.begin_draft(work, second)
    raise kept_both(reflection_id, second.id)


async def _deleted(work: Work, reflection_id: UUID, body: ReflectionUpdate) -> LoadedReflectionRow:
    """Return an empty reflection in the place of one that was deleted. Raises NotFound if there was none."""
    was = await work.get(READ_TOMBSTONE, kind=ReflectionTable.__tablename__, id=reflection_id)
    is_prompted = any(body.model_dump(include={"answers", "prompt_set", "prompt_set_version"}).values())
    return LoadedReflectionRow(
        clinic_id=was.clinic_id,
        id=was.id,
        created_at=work.now,
        updated_at=work.now,
        patient_id=was.patient_id,
        kind=ReflectionKind.PROMPTED if is_prompted else ReflectionKind.TEXT,
        state=ReflectionState.DRAFT,
        sharing=Sharing.PRIVATE,
        happened_at=work.now,
        outline=outline_of(_NOTHING),
        content=_NOTHING,
    )


def _says_the_same(row: LoadedReflectionRow, changed: LoadedReflectionRow) -> bool:
    """Return whether a change leaves the reflection as it is; a new insight has no id yet to compare."""
    return row.session_id == changed.session_id and _words(row.content) == _words(changed.content)


def _words(content: Content) -> Content:
    return {**content, "insights": [{"id": "", "text": insight["text"]} for insight in content["insights"]]}
