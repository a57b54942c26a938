"""Changes of note drafts that come too late: the text is kept as a second draft of the person who wrote it."""

from uuid import UUID

from integration_api.access.conflicts import kept_both
from integration_api.access.reads import StartAgain
from integration_api.access.rows import kept_id
from integration_api.access.work import Work
from integration_api.resources.care.sessions.service import load_session
from integration_api.resources.journal.notes import operations, service
from integration_api.resources.journal.notes import statements as sql
from integration_api.resources.journal.notes.rules import NoteStep
from integration_api.resources.journal.notes.schemas import Note, NoteUpdate
from integration_api.resources.journal.notes.steps import check_fits, check_step
from integration_api.resources.journal.notes.tables import NoteSeen, NoteState, SharingState

_KEPT = ("sections", "needs_cosign", "captured_at", "happened_at", "source", "carried_from_id", "template_id")


async def update_note(work: Work, note_id: UUID, body: NoteUpdate, expected_version: int, key: str | None) -> Note:
    """Save a draft; with a key, what comes too late becomes a second draft: also if the first was signed or deleted.

    Raises KeptBoth, and as `service.update_note`.
    """
    if key is None:
        return await service.update_note(work, note_id, body, expected_version)
    row = await work.one(sql.READ_NOTE, id=note_id)
    if row is not None and row.version == expected_version:
        check_step(work, row, NoteStep.UPDATE)
        return await service.change_note(work, row, body, missed=StartAgain)
    base = row or await _deleted(work, note_id)
    check_fits(work, base, NoteStep.UPDATE)
    given = await service.merged(work, base, body)
    if row is not None and all(getattr(row, name) == value for name, value in given.items()):
        work.record(row.id, row.patient_id, event=operations.READ_NOTE.recorded)
        return await service.present(work, row)
    session, writer = await load_session(work, base.session_id), await work.get(sql.NOTE_WRITER)
    fresh = {
        "id": kept_id(work, note_id, expected_version, key),
        "created_at": work.now,
        "updated_at": work.now,
        "version": 1,
        "conflict_of_id": note_id,
    }
    kept = {name: getattr(base, name) for name in _KEPT}
    second = NoteSeen(
        clinic_id=base.clinic_id,
        patient_id=base.patient_id,
        session_id=base.session_id,
        format=base.format,
        state=NoteState.DRAFT,
        author_id=work.actor.id,
        returns=[],
        sharing=SharingState.SHARED,
        is_mine=True,
        is_left=False,
        is_supervised=writer.is_supervised,
        licence_ends_on=writer.licence_ends_on,
        clinic_time_zone=writer.clinic_time_zone,
        **{**kept, **given, **fresh},
    )
    service.begin_draft(work, second, session, writer.policies)
    raise kept_both(note_id, second.id)


async def _deleted(work: Work, note_id: UUID) -> NoteSeen:
    """Return the actor's own draft that was deleted, without its text. Raises NotFound."""
    row = await work.get(sql.READ_DELETED_NOTE, id=note_id)
    return row.model_copy(update={"sections": {}})
