"""`/psychotherapy-notes`, and `/patients/{patient_id}/psychotherapy-notes` for the first of them."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.conflicts import Gone
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.journal.psychotherapy_notes import operations, permissions, service
from integration_api.resources.journal.psychotherapy_notes.permissions import GrantStands, TooManyGrants
from integration_api.resources.journal.psychotherapy_notes.schemas import (
    PsychotherapyGrant,
    PsychotherapyGrantCreate,
    PsychotherapyGrantItem,
    PsychotherapyNote,
    PsychotherapyNoteCreate,
    PsychotherapyNoteFilter,
    PsychotherapyNoteItem,
    PsychotherapyNoteUpdate,
)
from integration_api.resources.journal.psychotherapy_notes.service import (
    NoMentalHealthLicence,
    PsychotherapyNoteSigned,
)
from integration_api.resources.people.accounts.licences import LicenceEnded
from integration_api.resources.people.patients.holds import OnHold
from integration_api.resources.people.patients.membership import NotOnCareTeam
from integration_api.web.errors import StepUpRequired
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)
_ONE = "/psychotherapy-notes/{psychotherapy_note_id}"


@router.post(
    "/patients/{patient_id}/psychotherapy-notes",
    status_code=201,
    responses=problems(Gone, NotOnCareTeam, NoMentalHealthLicence, LicenceEnded),
)
async def create_psychotherapy_note(
    patient_id: Id,
    body: PsychotherapyNoteCreate,
    work: Annotated[Work, allow(operations.CREATE_PSYCHOTHERAPY_NOTE)],
) -> PsychotherapyNoteItem:
    """Begin a note that you alone read. Read it at `/psychotherapy-notes/{id}`."""
    return work.tagged(await service.create_psychotherapy_note(work, patient_id, body))


@router.get("/psychotherapy-notes")
async def list_psychotherapy_notes(
    only: Annotated[PsychotherapyNoteFilter, Depends()],
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_PSYCHOTHERAPY_NOTES)],
) -> Page[PsychotherapyNoteItem]:
    """List your own psychotherapy notes, newest first, or those that you were granted."""
    return await service.list_psychotherapy_notes(work, page, only)


@router.get(_ONE)
async def read_psychotherapy_note(
    psychotherapy_note_id: Id, work: Annotated[Work, allow(operations.READ_PSYCHOTHERAPY_NOTE)]
) -> PsychotherapyNote:
    """Read one that is yours, or that you were granted."""
    return work.tagged(await service.read_psychotherapy_note(work, psychotherapy_note_id))


@router.patch(_ONE, responses=problems(PsychotherapyNoteSigned, OnHold))
async def update_psychotherapy_note(
    psychotherapy_note_id: Id,
    body: PsychotherapyNoteUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_PSYCHOTHERAPY_NOTE)],
) -> PsychotherapyNoteItem:
    """Save the draft of a psychotherapy note."""
    return work.tagged(await service.update_psychotherapy_note(work, psychotherapy_note_id, body, expected_version))


@router.delete(_ONE, status_code=204, responses=problems(PsychotherapyNoteSigned, OnHold))
async def delete_psychotherapy_note(
    psychotherapy_note_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.DELETE_PSYCHOTHERAPY_NOTE)],
) -> None:
    """Delete your draft, and its grants."""
    await service.delete_psychotherapy_note(work, psychotherapy_note_id, expected_version)


@router.post(
    f"{_ONE}/sign",
    responses=problems(PsychotherapyNoteSigned, NoMentalHealthLicence, LicenceEnded, StepUpRequired),
)
async def sign_psychotherapy_note(
    psychotherapy_note_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.SIGN_PSYCHOTHERAPY_NOTE)],
) -> PsychotherapyNoteItem:
    """Sign the draft of a psychotherapy note. It does not change after that."""
    return work.tagged(await service.sign_psychotherapy_note(work, psychotherapy_note_id, expected_version))


@router.post(
    f"{_ONE}/grants",
    status_code=201,
    responses=problems(GrantStands, TooManyGrants, StepUpRequired),
)
async def add_psychotherapy_note_grant(
    psychotherapy_note_id: Id,
    body: PsychotherapyGrantCreate,
    work: Annotated[Work, allow(operations.ADD_PSYCHOTHERAPY_NOTE_GRANT)],
) -> PsychotherapyGrantItem:
    """Let a supervisor read this note, for at most 90 days."""
    return await permissions.add_psychotherapy_note_grant(work, psychotherapy_note_id, body)


@router.get(f"{_ONE}/grants")
async def list_psychotherapy_note_grants(
    psychotherapy_note_id: Id,
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_PSYCHOTHERAPY_NOTE_GRANTS)],
) -> Page[PsychotherapyGrant]:
    """List the grants of your note, newest first, ended ones too."""
    return await permissions.list_psychotherapy_note_grants(work, psychotherapy_note_id, page)


@router.delete(f"{_ONE}/grants/{{grant_id}}", status_code=204)
async def revoke_psychotherapy_note_grant(
    psychotherapy_note_id: Id,
    grant_id: Id,
    work: Annotated[Work, allow(operations.REVOKE_PSYCHOTHERAPY_NOTE_GRANT)],
) -> None:
    """End a grant now."""
    await permissions.revoke_psychotherapy_note_grant(work, psychotherapy_note_id, grant_id)
