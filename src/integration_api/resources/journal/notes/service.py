"""Reading and writing notes: a draft changes until its author signs it."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from pydantic import MISSING, JsonValue

from integration_api.access.chart_lists import list_charts
from integration_api.access.references import not_found, referred_by
from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Refusal, Work
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.sessions.service import load_session
from integration_api.resources.care.sessions.session_tasks import wait_for_note
from integration_api.resources.care.sessions.tables import SessionRow
from integration_api.resources.journal.note_templates.rules import Layout, layout_of
from integration_api.resources.journal.note_templates.service import TemplateNotInUse, load_template
from integration_api.resources.journal.note_templates.tables import NoteTemplateState
from integration_api.resources.journal.notes import operations
from integration_api.resources.journal.notes import statements as sql
from integration_api.resources.journal.notes.attached_statements import (
    BURY_ATTACHMENTS_OF_DRAFT,
    DELETE_ATTACHMENTS_OF_DRAFT,
)
from integration_api.resources.journal.notes.layouts import LAYOUTS, PLAN, SECTIONS, in_order
from integration_api.resources.journal.notes.rules import NoteStep, service_at
from integration_api.resources.journal.notes.schemas import (
    Note,
    NoteAddendum,
    NoteCreate,
    NoteFilter,
    NoteItem,
    NoteUpdate,
)
from integration_api.resources.journal.notes.shown_notes import shown
from integration_api.resources.journal.notes.sources import (
    NoteSourceGiven,
    merged_source,
    source_problems,
)
from integration_api.resources.journal.notes.steps import check_sections, load_layout, load_note
from integration_api.resources.journal.notes.tables import (
    NoteAddendumRow,
    NoteFormat,
    NoteRow,
    NoteSeen,
    NoteState,
    NoteTable,
    SharingState,
)
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.patients.holds import keep_if_held
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.tables import KeptKind
from integration_api.web.errors import Conflict, Invalid, StaleVersion
from integration_api.web.instants import credible_time
from integration_api.web.paging import Page, Window, first_rows


class CosignNeeded(Conflict):
    """A supervisor returned this note, so it goes back to a supervisor."""

    code = "cosign-needed"
    title = "Co-signature needed"
    remedy = "Keep `needs_cosign` true, and keep the note: mend what the supervisor asked for, then sign it again."


async def list_notes(work: Work, window: Window, only: NoteFilter) -> Page[NoteItem]:
    """List the notes of one chart, or of every chart that the actor may see; newest first."""
    return await list_charts(work, sql.NOTES, window, only, lambda row: _present_item(work, row))


async def read_note(work: Work, note_id: UUID) -> Note:
    """Return one note with its addenda. Raises NotFound."""
    row = await work.get(sql.READ_NOTE, id=note_id)
    work.record(row.id, row.patient_id)
    return await present(work, row)


async def create_note(work: Work, body: NoteCreate) -> Note:
    """Begin a draft about a session of the patient, and a task to sign it. Raises NotFound, Invalid, IdTaken."""
    with referred_by("session_id"):
        session = await load_session(work, body.session_id)
    if body.patient_id not in {None, session.patient_id}:
        raise not_found("patient_id")
    layout = await _layout_of_new(work, body)
    check_sections(body.format, layout, body.sections)
    _check_source(body.source)
    carried = await _last_plan(work, session.patient_id, body) if body.carry_forward else None
    plan = {PLAN: carried.sections[PLAN]} if carried else {}
    sections = in_order(layout, {**plan, **body.sections})
    writer = await work.get(sql.NOTE_WRITER)
    row = NoteSeen(
        **new_values(work, body, patient_id=session.patient_id, sections=sections, source=_stored(body.source)),
        carried_from_id=carried.id if carried else None,
        happened_at=credible_time(body.captured_at, work.now),
        state=NoteState.DRAFT,
        author_id=work.actor.id,
        returns=[],
        sharing=SharingState.SHARED,
        is_mine=True,
        is_left=False,
        is_supervised=writer.is_supervised,
        licence_ends_on=writer.licence_ends_on,
        clinic_time_zone=writer.clinic_time_zone,
    )
    begin_draft(work, row, session, writer.policies)
    return await present(work, row)


async def _layout_of_new(work: Work, body: NoteCreate) -> Layout:
    """Return the sections of a new note. Raises Invalid, NotFound, TemplateNotInUse."""
    if (body.format is NoteFormat.TEMPLATE) != (body.template_id is not None):
        message = "goes with the format template, and with no other"
        raise Invalid(errors=[{"field": "body.template_id", "code": "not_with_format", "message": message}])
    if body.template_id is None:
        return LAYOUTS[body.format]
    with referred_by("template_id"):
        template = await load_template(work, body.template_id)
    if template.state is not NoteTemplateState.ACTIVE:
        raise TemplateNotInUse
    return layout_of(template.sections)


async def _last_plan(work: Work, patient_id: UUID, body: NoteCreate) -> NoteRow | None:
    """Return the last signed note with a plan, and record that it was read. Raises Invalid if none can be carried."""
    if PLAN not in SECTIONS.get(body.format, ()) or PLAN in body.sections:
        message = "needs a format with a section plan, and none in sections"
        raise Invalid(errors=[{"field": "body.carry_forward", "code": "no_place", "message": message}])
    found = await work.all(sql.LAST_PLAN, **first_rows(1), patient_id=patient_id)
    for row in found:
        work.record(row.id, row.patient_id, event=operations.READ_NOTE.recorded)
    return found[0] if found else None


def _check_source(source: NoteSourceGiven | None) -> None:
    if problems := source_problems(source):
        raise Invalid(errors=problems)


def _stored(source: NoteSourceGiven | None) -> dict[str, JsonValue] | None:
    return source.model_dump(mode="json") if source else None


def begin_draft(work: Work, row: NoteSeen, session: SessionRow, policies: Mapping[str, int]) -> None:
    """Collect a new draft, and the task to sign it."""
    work.create(sql.INSERT_NOTE, row)
    worklist.take(work, row.patient_id, session.id, TaskKind.SESSION_TO_DOCUMENT)
    open_to_sign(work, row, session, policies)
    work.record(row.id, row.patient_id, event=operations.CREATE_NOTE.recorded)


async def update_note(work: Work, note_id: UUID, body: NoteUpdate, expected_version: int) -> Note:
    """Save a draft: what is given changes. Raises NotFound, NotTheAuthor, NoteSigned, StaleVersion, Invalid."""
    row = await load_note(work, note_id, NoteStep.UPDATE)
    check_version(row, expected_version)
    return await change_note(work, row, body)


async def change_note(work: Work, row: NoteSeen, body: NoteUpdate, missed: Refusal = StaleVersion) -> Note:
    """Change what is given of a draft as it was read. Raises Invalid, and `missed` if it changed meanwhile."""
    given = await merged(work, row, body)
    if body.needs_cosign is not MISSING:
        choose_cosign(row, needs_cosign=body.needs_cosign)
    if given.get("sections", row.sections) != row.sections:
        before: dict[str, JsonValue] = {**row.sections}
        keep_if_held(work, KeptKind.NOTE, row.id, row.patient_id, row.author_id, before)
    changed = work.revise(sql.UPDATE_DRAFT, row, given, missed)
    work.record(row.id, row.patient_id)
    return await present(work, changed)


async def merged(work: Work, row: NoteSeen, body: NoteUpdate) -> dict[str, object]:
    """Return the values that a PATCH gives a note. Raises Invalid."""
    given: dict[str, object] = body.model_dump()
    if body.sections is not MISSING:
        layout = await load_layout(work, row.format, row.template_id)
        check_sections(row.format, layout, body.sections)
        sections = {**row.sections, **body.sections}
        given["sections"] = in_order(layout, {key: text for key, text in sections.items() if text is not None})
    if body.source is not MISSING:
        source = merged_source(body.source, row.source)
        _check_source(source)
        given["source"] = _stored(source)
    if body.captured_at is not MISSING and body.captured_at != row.captured_at:
        given["happened_at"] = credible_time(body.captured_at, work.now, arrived=row.created_at)
    return given


async def delete_note(work: Work, note_id: UUID, expected_version: int) -> None:
    """Take a draft away, with its attachments. Its row stays, unreadable to all.

    Raises NotFound, NotTheAuthor, NoteSigned, StaleVersion, CosignNeeded.
    """
    row = await load_note(work, note_id, NoteStep.DELETE)
    check_version(row, expected_version)
    if row.returns:
        raise CosignNeeded
    work.revise(sql.DELETE_DRAFT, row, {"deleted_at": work.now})
    work.leave_tombstone(NoteTable.__tablename__, row, row.patient_id)
    for change in (BURY_ATTACHMENTS_OF_DRAFT, DELETE_ATTACHMENTS_OF_DRAFT):
        work.change(change, rows=None, patient_id=row.patient_id, note_id=row.id)
    worklist.settle(work, row.patient_id, row.id)
    await wait_for_another(work, row)
    work.record(row.id, row.patient_id)


async def wait_for_another(work: Work, row: NoteSeen) -> None:
    """Open the task to write a note about the session again, if the actor sees no other note about it."""
    if await work.one(sql.OTHER_NOTE, patient_id=row.patient_id, session_id=row.session_id, id=row.id) is None:
        session = await load_session(work, row.session_id)
        if session.started_at is not None:
            await wait_for_note(work, session)


def choose_cosign(row: NoteSeen, *, needs_cosign: bool) -> None:
    """Raise CosignNeeded if the author would pass by the supervisor who returned the note."""
    if row.returns and not needs_cosign:
        raise CosignNeeded


def open_to_sign(work: Work, row: NoteSeen, session: SessionRow, policies: Mapping[str, int]) -> None:
    """Open a task due before the draft would be a late entry: for its author, or the successor."""
    hours = policy(policies, "late_entry_hours")
    served_at = service_at(session.ended_at, session.planned_end_at, session.planned_start_at)
    due_at = served_at + timedelta(hours=hours)
    author_id = work.actor.id if row.is_left else row.signed_by_id or row.author_id
    worklist.open_for(work, author_id, row.patient_id, TaskKind.NOTE_TO_SIGN, row.id, due_at)


async def present(work: Work, row: NoteSeen, monitoring: Monitoring | None = None) -> Note:
    """Return a note with its addenda, as the actor sees it."""
    addenda: list[NoteAddendumRow] = []
    if row.addenda_count:
        addenda = await work.all(sql.LIST_ADDENDA, patient_id=row.patient_id, note_id=row.id)
    told = [NoteAddendum.of(addendum) for addendum in addenda]
    return Note.of(row, addenda=told, monitoring=monitoring, **shown(work, row))


def _present_item(work: Work, row: NoteSeen) -> NoteItem:
    return NoteItem.of(row, **shown(work, row))
