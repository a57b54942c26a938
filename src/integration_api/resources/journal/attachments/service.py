"""Adding attachments part by part, reading them, and deleting them while their note or reflection is open."""

import asyncio
import base64
import binascii
from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.reads import StartAgain
from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.ledger.changes import Changed
from integration_api.ledger.events import REQUEST_REFUSED, Outcome
from integration_api.resources.journal.attachments import statements as sql
from integration_api.resources.journal.attachments.downloads import Download, SentFile
from integration_api.resources.journal.attachments.image_metadata import BrokenImage
from integration_api.resources.journal.attachments.rules import (
    EXTENSIONS,
    MAX_OF_PARENT,
    PART_BYTES,
    begins_as,
    fits_form,
    is_last_part,
    max_bytes,
    next_part_bytes,
    spare_announcements,
    wanted_range,
)
from integration_api.resources.journal.attachments.schemas import (
    Attachment,
    AttachmentCreate,
    AttachmentFilter,
    AttachmentPartCreate,
)
from integration_api.resources.journal.attachments.sealed_parts import Parts, WrongDigest, checked, new_content_key
from integration_api.resources.journal.attachments.upload_errors import (
    AttachmentsFull,
    ChartFull,
    DigestDiffers,
    ParentClosed,
    UnfitImage,
    UploadComplete,
    UploadIncomplete,
    UploadReceived,
)
from integration_api.resources.journal.notes import reader_statements as notes_audience
from integration_api.resources.journal.notes.rules import NoteStep
from integration_api.resources.journal.notes.steps import load_note
from integration_api.resources.journal.notes.tables import AttachmentRow, AttachmentState, AttachmentTable
from integration_api.resources.journal.reflections import reflection_reader_statements as reflection_readers
from integration_api.resources.journal.reflections.service import check_no_hold, load_reflection, open_reflection
from integration_api.resources.journal.reflections.tables import Sharing
from integration_api.resources.people.patients.holds import OnHold
from integration_api.resources.people.patients.service import load_patient
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.objects import ObjectsDown
from integration_api.web.errors import ApiError, FieldError, Invalid, Unavailable
from integration_api.web.paging import Page, Window


async def list_attachments(work: Work, window: Window, only: AttachmentFilter) -> Page[Attachment]:
    """List the attachments of one chart, or of every chart that the actor may see; newest first."""
    return await list_charts(work, sql.ATTACHMENTS, window, only, present, is_private=work.actor.is_patient)


async def read_attachment(work: Work, attachment_id: UUID) -> Attachment:
    """Return the facts of one attachment, which do not count as reading its reflection. Raises NotFound."""
    row = await work.get(sql.READ_ATTACHMENT, id=attachment_id)
    _record(work, row)
    return present(row)


async def create_note_attachment(work: Work, note_id: UUID, body: AttachmentCreate) -> Attachment:
    """Announce a file on a draft.

    Raises NotFound, NotTheAuthor, NoteSigned, NoteInError, Invalid, AttachmentsFull, ChartFull.
    """
    note = await load_note(work, note_id, NoteStep.UPDATE)
    return await _create(work, body, note.patient_id, note_id=note.id)


async def create_reflection_attachment(work: Work, reflection_id: UUID, body: AttachmentCreate) -> Attachment:
    """Announce a file on an entry that is not shared.

    Raises NotFound, ParentClosed, Invalid, AttachmentsFull, ChartFull.
    """
    reflection = await load_reflection(work, reflection_id)
    if reflection.sharing is Sharing.SHARED:
        raise ParentClosed
    fragment = reflection.content.get("fragment")
    if not fits_form(fragment["form"] if fragment else None, body.content_type):
        raise _invalid("body.content_type", "not_of_form", "a drawing takes images, and a voice takes sounds")
    return await _create(work, body, reflection.patient_id, reflection_id=reflection.id)


async def add_attachment_part(
    work: Work, attachment_id: UUID, body: AttachmentPartCreate, expected_version: int
) -> Attachment:
    """Keep the next part.

    Raises NotFound, StaleVersion, UploadComplete, UploadReceived, Invalid, Unavailable, and as creating does.
    """
    row = await _load_upload(work, attachment_id, expected_version)
    await _open_parent(work, row)
    if row.received_bytes >= row.size_bytes:
        raise UploadReceived
    data = await asyncio.to_thread(_decoded, body.data)
    is_first, due = row.received_bytes == 0, next_part_bytes(row.size_bytes, row.received_bytes)
    if data is None or len(data) != due:
        raise _invalid("body.data", "not_the_next_part", f"must be the next {due} bytes, in base64")
    if is_first and not begins_as(row.content_type, data):
        raise _invalid("body.data", "not_of_type", "does not begin as a file of the announced media type")
    number, is_last = row.received_bytes // PART_BYTES, is_last_part(row.size_bytes, row.received_bytes)
    try:
        part_id = await Parts(row, work.runtime.objects).add(number, data, is_last=is_last)
    except ObjectsDown as error:
        raise _unavailable(error) from error
    kept = {"received_bytes": row.received_bytes + len(data), "objects": row.objects + part_id.bytes}
    changed = work.revise(sql.ADD_PART, row, kept, missed=StartAgain)
    _record(work, row)
    return present(changed)


async def complete_attachment(work: Work, attachment_id: UUID, expected_version: int) -> Attachment:
    """Check all that was sent, take the metadata out of an image, and show it to whoever may read its parent.

    What is refused is set back to nothing received, so that nobody has the same bytes checked again and again.
    Raises NotFound, StaleVersion, UploadComplete, UploadIncomplete, DigestDiffers, UnfitImage, Unavailable, and as
    creating does.
    """
    row = await _load_upload(work, attachment_id, expected_version)
    told = await _open_parent(work, row)
    if row.received_bytes < row.size_bytes:
        raise UploadIncomplete
    try:
        found = await checked(Parts(row, work.runtime.objects), row)
    except (WrongDigest, BrokenImage) as error:
        refusal = DigestDiffers() if isinstance(error, WrongDigest) else UnfitImage()
        work.revise(sql.ADD_PART, row, {"received_bytes": 0, "objects": b""}, missed=StartAgain)
        _record(work, row, refusal)
        raise refusal from error
    except ObjectsDown as error:
        raise _unavailable(error) from error
    whole = {
        "state": AttachmentState.READY,
        "size_bytes": found.size_bytes,
        "received_bytes": found.size_bytes,
        "sha256": found.sha256,
        "completed_at": work.now,
        "objects": found.objects,
    }
    changed = work.revise(sql.COMPLETE_ATTACHMENT, row, whole, missed=StartAgain)
    work.telling.tell(*told)
    _record(work, row)
    return present(changed)


async def read_attachment_content(work: Work, attachment_id: UUID, wanted: str | None) -> Download:
    """Return the bytes as a stream. Staff who are shown it have read its reflection.

    Raises NotFound, UploadIncomplete, Unavailable, DecryptionFailed.
    """
    row = await work.get(sql.READ_ATTACHMENT, id=attachment_id)
    if row.state is not AttachmentState.READY:
        raise UploadIncomplete
    if row.reflection_id is not None and not work.actor.is_patient:
        await open_reflection(work, row.reflection_id)
    sent = SentFile(row.content_type.value, f"{row.id}.{EXTENSIONS[row.content_type]}")
    download = Download(Parts(row, work.runtime.objects), wanted_range(wanted, row.size_bytes), sent=sent)
    try:
        await download.begin()
    except ObjectsDown as error:
        raise _unavailable(error) from error
    _record(work, row)
    return download


async def delete_attachment(work: Work, attachment_id: UUID, expected_version: int) -> None:
    """Delete what its note or reflection still leaves open; its key goes at once, its bytes with the next sweep.

    Raises NotFound, StaleVersion, OnHold, AlteredStateHold, and as creating does.
    """
    row = await work.get(sql.READ_ATTACHMENT, id=attachment_id)
    check_version(row, expected_version)
    told = await _open_parent(work, row, is_deleting=True)
    if (await load_patient(work, row.patient_id)).held_at is not None:
        raise OnHold
    work.leave_tombstone(AttachmentTable.__tablename__, row, row.patient_id)
    work.change(sql.DELETE_ATTACHMENT, row, expected_version=row.version, missed=StartAgain)
    work.telling.tell(*told)
    work.forget_responses(row.patient_id, row.id)
    _record(work, row)


async def _create(
    work: Work,
    body: AttachmentCreate,
    patient_id: UUID,
    note_id: UUID | None = None,
    reflection_id: UUID | None = None,
) -> Attachment:
    if body.size_bytes > max_bytes(body.content_type):
        message = f"must be at most {max_bytes(body.content_type)} for this media type"
        raise _invalid("body.size_bytes", "too_large", message)
    usage = await work.get(sql.ATTACHMENT_USAGE, patient_id=patient_id, parent_id=note_id or reflection_id)
    spare = spare_announcements(usage.of_parent, usage.chart_bytes, body.size_bytes)
    if spare < 0:
        raise AttachmentsFull if usage.of_parent >= MAX_OF_PARENT else ChartFull
    row = AttachmentRow(
        **new_values(work, body),
        patient_id=patient_id,
        note_id=note_id,
        reflection_id=reflection_id,
        created_by_id=work.actor.id,
        state=AttachmentState.UPLOADING,
        content_key=new_content_key(),
    )
    at_most = usage.announced + spare
    work.change(sql.COUNT_ANNOUNCED, missed=StartAgain, patient_id=patient_id, announced_at_most=at_most)
    work.telling.tell(of=PatientTable)  # it tells nobody anything
    work.create(sql.INSERT_ATTACHMENT, row, missed=StartAgain)
    _record(work, row)
    return present(row)


async def _load_upload(work: Work, attachment_id: UUID, expected_version: int) -> AttachmentRow:
    """Return an upload of the actor's own. Raises NotFound, StaleVersion, UploadComplete."""
    row = await work.get(sql.READ_ATTACHMENT, id=attachment_id)
    check_version(row, expected_version)
    if row.state is not AttachmentState.UPLOADING:
        raise UploadComplete
    return row


async def _open_parent(work: Work, row: AttachmentRow, *, is_deleting: bool = False) -> list[Changed]:
    """Check that its note or reflection is open, and return what a change of that is told as.

    Raises NotFound, NotTheAuthor, NoteSigned, NoteInError, ParentClosed; AlteredStateHold if it would be deleted.
    """
    if row.note_id is not None:
        note = await load_note(work, row.note_id, NoteStep.UPDATE)
        return list(notes_audience.audience(note, None))
    if row.reflection_id is None:
        return []
    reflection = await load_reflection(work, row.reflection_id)
    if reflection.sharing is Sharing.SHARED:
        raise ParentClosed
    if is_deleting:
        check_no_hold(reflection)
    return list(reflection_readers.audience(reflection, None))


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _invalid(field: str, code: str, message: str) -> Invalid:
    error: FieldError = {"field": field, "code": code, "message": message}
    return Invalid(errors=[error])


def _unavailable(error: ObjectsDown) -> Unavailable:
    logs.event("objects_down", logs.WARNING, failed=error)
    return Unavailable()


def _record(work: Work, row: AttachmentRow, refusal: ApiError | None = None) -> None:
    """Record the operation's Event, or its refusal. An auditor does not see what patients do with their own entries."""
    is_private = work.actor.is_patient and row.reflection_id is not None
    if refusal is None:
        work.record(row.id, row.patient_id, is_private=is_private)
        return
    work.record(
        row.id,
        row.patient_id,
        event=REQUEST_REFUSED,
        is_private=is_private,
        outcome=Outcome.DENIED,
        reason=refusal.code,
    )


def present(row: AttachmentRow) -> Attachment:
    """Return an attachment without its key."""
    return Attachment.of(row, part_bytes=PART_BYTES)
