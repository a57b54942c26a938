"""Writing, reading and signing psychotherapy notes.

Writes answer without the text: a stored response is under the clinic's key, and the text is under its own alone.
"""

from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.references import not_found, referred_by
from integration_api.access.revisions import check_version
from integration_api.access.rows import changed_values, new_values
from integration_api.access.work import Work
from integration_api.resources.care.sessions.service import load_session
from integration_api.resources.journal.psychotherapy_notes import grant_statements as grants_sql
from integration_api.resources.journal.psychotherapy_notes import statements as sql
from integration_api.resources.journal.psychotherapy_notes.domain import domain_of, make_key
from integration_api.resources.journal.psychotherapy_notes.permissions import standing_grants
from integration_api.resources.journal.psychotherapy_notes.rules import is_mental_health_credential
from integration_api.resources.journal.psychotherapy_notes.schemas import (
    PsychotherapyNote,
    PsychotherapyNoteCreate,
    PsychotherapyNoteFilter,
    PsychotherapyNoteItem,
    PsychotherapyNoteUpdate,
)
from integration_api.resources.journal.psychotherapy_notes.statements import HeldNoteRow
from integration_api.resources.journal.psychotherapy_notes.tables import (
    PsychotherapyGrantTable,
    PsychotherapyNoteFactsRow,
    PsychotherapyNoteRow,
    PsychotherapyNoteState,
)
from integration_api.resources.people.accounts.licences import check_licence
from integration_api.resources.people.accounts.service import load_account
from integration_api.resources.people.patients.holds import OnHold
from integration_api.resources.people.patients.membership import NotOnCareTeam
from integration_api.web.errors import Conflict, Forbidden
from integration_api.web.paging import Page, Window


class NoMentalHealthLicence(Forbidden):
    """Psychotherapy notes need a licence of mental health, and `credential` of your account names none."""

    code = "no-mental-health-licence"
    title = "No mental health licence"
    remedy = "Write a progress note. If the person has such a licence, an admin enters it as `credential`."


class PsychotherapyNoteSigned(Conflict):
    """A signed psychotherapy note neither changes nor goes away."""

    code = "psychotherapy-note-signed"
    title = "Already signed"
    remedy = "Show it as it is, and write what is to be added as another psychotherapy note."


async def create_psychotherapy_note(
    work: Work, patient_id: UUID, body: PsychotherapyNoteCreate
) -> PsychotherapyNoteItem:
    """Begin a note. Raises NotFound, NotOnCareTeam, NoMentalHealthLicence, LicenceEnded."""
    domain_id = domain_of(work, patient_id)
    writer = await work.get(sql.READ_WRITER, id=patient_id, domain_id=domain_id)
    if not writer.is_member:
        raise NotOnCareTeam
    await _check_professional(work)
    if body.session_id is not None:
        with referred_by("session_id"):
            session = await load_session(work, body.session_id)
        if session.patient_id != patient_id:
            raise not_found("session_id")
    row = PsychotherapyNoteRow(
        **new_values(work, body), patient_id=patient_id, author_id=work.actor.id, domain_id=domain_id
    )
    if not writer.has_key:
        make_key(work, domain_id)
    work.create(sql.INSERT_NOTE, row)
    work.record(row.id)
    return present(row)


async def list_psychotherapy_notes(
    work: Work, window: Window, only: PsychotherapyNoteFilter
) -> Page[PsychotherapyNoteItem]:
    """List the actor's own notes, or those of others that were granted to them; newest first, without text."""
    if only.granted:
        found = await work.page(
            sql.LIST_GRANTED,
            window,
            lambda row: (row.granted_at, row.grant_id),
            PsychotherapyNoteItem.of,
            patient_id=only.patient_id,
        )
    else:
        found = await work.page(
            sql.LIST_OWN_OF_PATIENT if only.patient_id else sql.LIST_OWN,
            window,
            lambda row: (row.created_at, row.id),
            present,
            patient_id=only.patient_id,
        )
    work.record()
    return found


async def read_psychotherapy_note(work: Work, psychotherapy_note_id: UUID) -> PsychotherapyNote:
    """Return one note with its text. Raises NotFound."""
    row = await work.get(sql.READ_READABLE, id=psychotherapy_note_id)
    granted_until = None
    if row.author_id != work.actor.id:
        grant = await work.get(grants_sql.READ_OWN_GRANT, note_id=row.id)
        granted_until = grant.ends_at
    work.record(row.id)
    return PsychotherapyNote.of(row, granted_until=granted_until)


async def update_psychotherapy_note(
    work: Work, psychotherapy_note_id: UUID, body: PsychotherapyNoteUpdate, expected_version: int
) -> PsychotherapyNoteItem:
    """Save the actor's draft. Raises NotFound, PsychotherapyNoteSigned, OnHold, StaleVersion."""
    row = await _load_draft(work, psychotherapy_note_id, expected_version)
    if row.is_held:
        raise OnHold
    changed = work.revise(sql.UPDATE_NOTE, row, changed_values(body, vars(row)), missed=StartAgain)
    await _tell_grantees(work, row.id)
    work.record(row.id)
    return present(changed)


async def sign_psychotherapy_note(
    work: Work, psychotherapy_note_id: UUID, expected_version: int
) -> PsychotherapyNoteItem:
    """Freeze the actor's draft. Raises NotFound, PsychotherapyNoteSigned, StaleVersion, and as a create."""
    row = await _load_draft(work, psychotherapy_note_id, expected_version)
    await _check_professional(work)
    values = {"state": PsychotherapyNoteState.SIGNED, "signed_at": work.now}
    changed = work.revise(sql.SIGN_NOTE, row, values, missed=StartAgain)
    await _tell_grantees(work, row.id)
    work.record(row.id)
    return present(changed)


async def delete_psychotherapy_note(work: Work, psychotherapy_note_id: UUID, expected_version: int) -> None:
    """Delete the actor's draft with its grants. Raises NotFound, PsychotherapyNoteSigned, OnHold, StaleVersion."""
    row = await _load_draft(work, psychotherapy_note_id, expected_version)
    if row.is_held:
        raise OnHold
    work.change(grants_sql.DELETE_GRANTS, rows=None, note_id=row.id)
    work.telling.tell(of=PsychotherapyGrantTable)
    for grant in await standing_grants(work, row.id):
        work.telling.tell(*grants_sql.gone(grant))
    work.change(sql.DELETE_NOTE, row, missed=StartAgain, expected_version=expected_version)
    work.change(sql.BLANK_ANSWERS, rows=None, subject_id=row.id)
    work.record(row.id)


async def _load_draft(work: Work, note_id: UUID, expected_version: int) -> HeldNoteRow:
    """Return the actor's own draft. Raises NotFound, StaleVersion, PsychotherapyNoteSigned."""
    row = await work.get(sql.READ_OWN, id=note_id)
    if row.state is not PsychotherapyNoteState.DRAFT:
        raise PsychotherapyNoteSigned
    check_version(row, expected_version)
    return row


async def _check_professional(work: Work) -> None:
    """Raise NoMentalHealthLicence or LicenceEnded unless the actor has a licence of mental health that is valid."""
    account = await load_account(work, work.actor.id)
    if not is_mental_health_credential(account.credential):
        raise NoMentalHealthLicence
    await check_licence(work, account)


async def _tell_grantees(work: Work, note_id: UUID) -> None:
    for grant in await standing_grants(work, note_id):
        work.telling.tell(*grants_sql.to_grantee(grant))


def present(row: PsychotherapyNoteFactsRow) -> PsychotherapyNoteItem:
    return PsychotherapyNoteItem.of(row, granted_until=None)
