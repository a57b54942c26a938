"""Changes around a signed note: add to it, amend it, declare it an error, share or withhold it."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.attention.inbox import service as inbox
from integration_api.resources.attention.inbox.tables import InboxKind
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.group_sessions.member_names import check_names
from integration_api.resources.journal.notes import statements as sql
from integration_api.resources.journal.notes.disagreement_schemas import NoteDisagreement
from integration_api.resources.journal.notes.layouts import in_order
from integration_api.resources.journal.notes.proofs import author_digest
from integration_api.resources.journal.notes.reader_statements import audience
from integration_api.resources.journal.notes.rules import (
    MAX_ADDENDA,
    NoteStep,
    is_withheld,
    review_at,
    text_sha256,
)
from integration_api.resources.journal.notes.schemas import (
    Note,
    NoteAddendum,
    NoteAddendumCreate,
    NoteAmend,
    NoteReason,
    NoteSetSharing,
    NoteVersion,
)
from integration_api.resources.journal.notes.service import present, wait_for_another
from integration_api.resources.journal.notes.shown_notes import disagreements, signatures
from integration_api.resources.journal.notes.signatures import author_signature, keep_version, signing_policies
from integration_api.resources.journal.notes.steps import (
    NoteNotSigned,
    check_complete,
    check_sections,
    load_layout,
    load_note,
    load_note_to_add,
)
from integration_api.resources.journal.notes.tables import (
    NoteAddendumRow,
    NoteSeen,
    NoteState,
    NoteTable,
    NoteVersionRow,
    SharingState,
)
from integration_api.resources.people.accounts.licences import check_licence
from integration_api.resources.people.accounts.service import load_account
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.web.errors import Conflict, FieldError, Invalid
from integration_api.web.paging import Page, Window


class CosignedNote(Conflict):
    """A supervisor answers for this note or for you, so you cannot change the note alone."""

    code = "cosigned-note"
    title = "Under supervision"
    remedy = (
        "Write an addendum. If the account has `supervised_by`, write a new note about the session, to be co-signed."
    )


class TooManyAddenda(Conflict):
    """A note has at most 100 addenda."""

    code = "too-many-addenda"
    title = "Too many addenda"
    remedy = "Write a new note."


async def add_note_addendum(work: Work, note_id: UUID, body: NoteAddendumCreate) -> NoteAddendum:
    """Add to a signed note, whoever of the team may and is not supervised. The note's own version stays.

    Raises NotFound, NoteNotSigned, NoteInError, TooManyAddenda, CosignedNote, LicenceEnded, NamesAnother, IdTaken.
    """
    note = await load_note_to_add(work, note_id, NoteStep.ADD_ADDENDUM)
    if note.addenda_count >= MAX_ADDENDA:
        raise TooManyAddenda
    account = await load_account(work, work.actor.id)
    if account.supervised_by is not None:
        raise CosignedNote
    await check_licence(work, account)
    if note.group_session_id is not None:
        texts = {"text": body.text}
        await check_names(work, note.session_id, note.patient_id, texts, is_confirmed=body.names_confirmed)
    row = NoteAddendumRow(
        **new_values(work, body),
        patient_id=note.patient_id,
        note_id=note.id,
        text_sha256=text_sha256(body.text),
        author_id=account.id,
        author_name=account.name,
        author_credential=account.credential,
    )
    work.change(sql.COUNT_ADDENDUM, missed=NoteNotSigned, patient_id=note.patient_id, note_id=note.id)
    work.telling.tell(*audience(note, work.actor), of=NoteTable)
    work.create(sql.INSERT_ADDENDUM, row)
    work.record(note.id, note.patient_id)
    return NoteAddendum.of(row)


async def amend_note(work: Work, note_id: UUID, body: NoteAmend, expected_version: int) -> Note:
    """Put new content in the place of the signed, and sign it; the old stays among the versions.

    Raises NotFound, NotTheAuthor, NoteNotSigned, NoteInError, StepUpRequired, CosignedNote, LicenceEnded,
    StaleVersion, Invalid, SectionsMissing, NamesAnother.
    """
    row = await load_note_to_add(work, note_id, NoteStep.AMEND)
    await signing_policies(work)
    account = await load_account(work, work.actor.id)
    if row.cosigned_at is not None or account.supervised_by is not None:
        raise CosignedNote
    await check_licence(work, account)
    check_version(row, expected_version)
    layout = await load_layout(work, row.format, row.template_id)
    check_sections(row.format, layout, body.sections)
    sections = in_order(layout, body.sections)
    check_complete(layout, sections)
    if row.group_session_id is not None:
        await check_names(work, row.session_id, row.patient_id, sections, is_confirmed=body.names_confirmed)
    amended = work.revise(
        sql.AMEND_NOTE,
        row,
        {
            **author_signature(work, account, row, sections),
            "state": NoteState.AMENDED,
            "sections": sections,
            "content_version": row.content_version + 1,
        },
    )
    keep_version(work, amended, body.reason)
    work.record(row.id, row.patient_id, digest=author_digest(amended))
    return await present(work, amended)


async def enter_note_in_error(work: Work, note_id: UUID, body: NoteReason, expected_version: int) -> Note:
    """Declare that a note should never have been; it stays for staff, and the patient sees it no more.

    A patient who could read it is told, so that they know why it is gone.

    Raises NotFound, NotTheAuthor, NoteNotSigned, NoteInError, StaleVersion.
    """
    row = await load_note(work, note_id, NoteStep.ENTER_IN_ERROR)
    check_version(row, expected_version)
    changed = work.revise(
        sql.ENTER_IN_ERROR,
        row,
        {"state": NoteState.ENTERED_IN_ERROR, "entered_in_error_at": work.now, "error_reason": body.reason},
    )
    worklist.settle(work, row.patient_id, row.id)
    await wait_for_another(work, row)
    if row.filed_at is None and not is_withheld(row.sharing, row.withheld_until, work.now):
        inbox.tell_patient(work, row.patient_id, InboxKind.NOTE_WITHDRAWN, row.id)
    work.record(row.id, row.patient_id)
    return await present(work, changed)


async def file_note_unsigned(work: Work, note_id: UUID, body: NoteReason, expected_version: int) -> Note:
    """Put the draft of an author who is gone into the record as it is: nobody has signed it, and nobody will.

    Raises NotFound, NotTheAuthor, NoteSigned, NoteInError, StaleVersion.
    """
    row = await load_note(work, note_id, NoteStep.FILE_UNSIGNED)
    check_version(row, expected_version)
    filed = {"filed_at": work.now, "filed_by_id": work.actor.id, "filed_reason": body.reason}
    changed = work.revise(sql.FILE_UNSIGNED, row, {"state": NoteState.FILED_UNSIGNED, **filed})
    worklist.settle(work, row.patient_id, row.id)
    work.record(row.id, row.patient_id)
    return await present(work, changed)


async def list_note_versions(work: Work, note_id: UUID, window: Window) -> Page[NoteVersion]:
    """List every content of a note that was finally signed, newest first. Raises NotFound."""
    note = await work.get(sql.READ_NOTE, id=note_id)
    found = await work.page(
        sql.LIST_VERSIONS,
        window,
        lambda row: (row.created_at, row.id),
        partial(_present_version, said=disagreements(note.disagreements)),
        patient_id=note.patient_id,
        note_id=note.id,
    )
    work.record(note.id, note.patient_id)
    return found


async def set_note_sharing(work: Work, note_id: UUID, body: NoteSetSharing, expected_version: int) -> Note:
    """Share a note with the patient, or withhold it until an instant to come, which is reviewed ahead.

    Raises NotFound, NotTheAuthor, NoteInError, StaleVersion, Invalid.
    """
    row = await load_note(work, note_id, NoteStep.SET_SHARING)
    check_version(row, expected_version)
    _check_sharing(work, body)
    if body.until is None:
        worklist.settle(work, row.patient_id, row.id, TaskKind.WITHHOLDING_TO_REVIEW)
    else:
        await _put_up_for_review(work, row, body.until)
    changed = work.revise(
        sql.SET_SHARING, row, {"sharing": body.state, "withhold_reason": body.reason_code, "withheld_until": body.until}
    )
    work.record(row.id, row.patient_id)
    return await present(work, changed)


async def _put_up_for_review(work: Work, row: NoteSeen, until: datetime) -> None:
    """Open the review of withholding ahead of its end. Raises Invalid if it ends later than the clinic's policy."""
    days = policy((await load_clinic(work)).policies, "withhold_days")
    if until > work.now + timedelta(days=days):
        message = f"must be within {days} days; withhold it again at its review"
        raise Invalid(errors=[{"field": "body.until", "code": "too_far", "message": message}])
    await worklist.open_for_team(
        work,
        row.patient_id,
        TaskKind.WITHHOLDING_TO_REVIEW,
        row.id,
        until,
        opened_at=review_at(until, work.now),
        is_moved=True,
    )


def _check_sharing(work: Work, body: NoteSetSharing) -> None:
    """Check that withholding has a reason and an end to come, and sharing neither. Raises Invalid."""
    withheld = body.state is SharingState.WITHHELD
    errors: list[FieldError] = []
    for name, value in (("reason_code", body.reason_code), ("until", body.until)):
        if withheld and value is None:
            errors.append({"field": f"body.{name}", "code": "missing", "message": "needed to withhold a note"})
        elif not withheld and value is not None:
            errors.append({"field": f"body.{name}", "code": "not_withheld", "message": "only for a withheld note"})
    if withheld and body.until is not None and body.until <= work.now:
        errors.append({"field": "body.until", "code": "not_in_future", "message": "must be an instant to come"})
    if errors:
        raise Invalid(errors=errors)


def _present_version(row: NoteVersionRow, said: list[NoteDisagreement]) -> NoteVersion:
    signature, cosignature = signatures(row)
    return NoteVersion.of(row, signature=signature, cosignature=cosignature, disagreements=said)
