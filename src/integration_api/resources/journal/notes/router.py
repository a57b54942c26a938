"""`/notes`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.conflicts import Gone, KeptBoth, KeptBy
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.group_sessions.member_names import NamesAnother
from integration_api.resources.journal.note_templates.service import TemplateNotInUse
from integration_api.resources.journal.notes import (
    amendments,
    disagreements,
    kept_drafts,
    note_diffs,
    operations,
    proofs,
    service,
    signatures,
)
from integration_api.resources.journal.notes.amendments import CosignedNote, TooManyAddenda
from integration_api.resources.journal.notes.disagreement_schemas import NoteDisagree
from integration_api.resources.journal.notes.disagreements import TooManyStatements
from integration_api.resources.journal.notes.note_diffs import NoteDiff, NoteNumbers
from integration_api.resources.journal.notes.proof_schemas import NoteProof
from integration_api.resources.journal.notes.proofs import NotProvable, NotSealedYet
from integration_api.resources.journal.notes.schemas import (
    Note,
    NoteAddendum,
    NoteAddendumCreate,
    NoteAmend,
    NoteCreate,
    NoteFilter,
    NoteItem,
    NoteReason,
    NoteSetSharing,
    NoteSign,
    NoteUpdate,
    NoteVersion,
)
from integration_api.resources.journal.notes.service import CosignNeeded
from integration_api.resources.journal.notes.signatures import LateEntryReasonNeeded, NoSupervisor, SessionNotOver
from integration_api.resources.journal.notes.steps import (
    NoteInError,
    NoteNotSigned,
    NoteNotWaiting,
    NoteSigned,
    NotTheAuthor,
    OwnNote,
    SectionsMissing,
)
from integration_api.resources.people.accounts.licences import LicenceEnded
from integration_api.web.errors import IdTaken, StepUpRequired
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/notes")
async def list_notes(
    only: Annotated[NoteFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_NOTES)],
) -> Page[NoteItem]:
    """List the notes you may read, newest first: patients see signed ones, staff drafts too."""
    return await service.list_notes(work, page, only)


@router.post("/notes", status_code=201, responses=problems(IdTaken, Gone, TemplateNotInUse))
async def create_note(body: NoteCreate, work: Annotated[Work, allow(operations.CREATE_NOTE)]) -> Note:
    """Begin a note about a session. You and your supervisor read it until you sign it."""
    return work.tagged(await service.create_note(work, body))


@router.get("/notes/{note_id}")
async def read_note(note_id: Id, work: Annotated[Work, allow(operations.READ_NOTE)]) -> Note:
    """Read one note with its addenda."""
    return work.tagged(await service.read_note(work, note_id))


@router.patch("/notes/{note_id}", responses=problems(NotTheAuthor, NoteSigned, CosignNeeded, KeptBoth))
async def update_note(
    note_id: Id,
    body: NoteUpdate,
    expected_version: IfMatch,
    kept_by: KeptBy,
    work: Annotated[Work, allow(operations.UPDATE_NOTE)],
) -> Note:
    """Save your draft; safe to send again and again. A version that is not the newest changes nothing."""
    return work.tagged(await kept_drafts.update_note(work, note_id, body, expected_version, kept_by))


@router.delete("/notes/{note_id}", status_code=204, responses=problems(NotTheAuthor, NoteSigned, CosignNeeded))
async def delete_note(
    note_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.DELETE_NOTE)]
) -> None:
    """Delete your draft."""
    await service.delete_note(work, note_id, expected_version)


@router.post(
    "/notes/{note_id}/sign",
    responses=problems(
        NotTheAuthor,
        NoteSigned,
        StepUpRequired,
        CosignNeeded,
        SectionsMissing,
        NamesAnother,
        SessionNotOver,
        LateEntryReasonNeeded,
        LicenceEnded,
        NoSupervisor,
    ),
)
async def sign_note(
    note_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.SIGN_NOTE)],
    body: NoteSign | None = None,
) -> Note:
    """Sign your draft. Its content does not change after that, and the patient sees it at once unless withheld."""
    return work.tagged(await signatures.sign_note(work, note_id, body or NoteSign(), expected_version))


@router.post(
    "/notes/{note_id}/cosign", responses=problems(OwnNote, StepUpRequired, LicenceEnded, NoteNotWaiting, NoteInError)
)
async def cosign_note(
    note_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.COSIGN_NOTE)]
) -> Note:
    """Sign, as supervisor, under a note that waits for you."""
    return work.tagged(await signatures.cosign_note(work, note_id, expected_version))


@router.post("/notes/{note_id}/return", responses=problems(OwnNote, NoteNotWaiting, NoteInError))
async def return_note(
    note_id: Id,
    body: NoteReason,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.RETURN_NOTE)],
) -> Note:
    """Give a note that waits for you back to its author, as a draft."""
    return work.tagged(await signatures.return_note(work, note_id, body, expected_version))


@router.post(
    "/notes/{note_id}/addenda",
    status_code=201,
    responses=problems(IdTaken, CosignedNote, LicenceEnded, NoteNotSigned, NoteInError, TooManyAddenda, NamesAnother),
)
async def add_note_addendum(
    note_id: Id, body: NoteAddendumCreate, work: Annotated[Work, allow(operations.ADD_NOTE_ADDENDUM)]
) -> NoteAddendum:
    """Add to a signed note. What was signed stays as it is, and so does the note's version."""
    return await amendments.add_note_addendum(work, note_id, body)


@router.post(
    "/notes/{note_id}/amendments",
    responses=problems(
        NotTheAuthor,
        LicenceEnded,
        NoteNotSigned,
        NoteInError,
        StepUpRequired,
        CosignedNote,
        SectionsMissing,
        NamesAnother,
    ),
)
async def amend_note(
    note_id: Id,
    body: NoteAmend,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.AMEND_NOTE)],
) -> Note:
    """Put new content in the place of what you signed, and sign it. Every earlier content is kept."""
    return work.tagged(await amendments.amend_note(work, note_id, body, expected_version))


@router.post("/notes/{note_id}/enter-in-error", responses=problems(NotTheAuthor, NoteNotSigned, NoteInError))
async def enter_note_in_error(
    note_id: Id,
    body: NoteReason,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.ENTER_NOTE_IN_ERROR)],
) -> Note:
    """Declare that a signed or filed note should never have been. It is kept, and hidden from the patient."""
    return work.tagged(await amendments.enter_note_in_error(work, note_id, body, expected_version))


@router.post("/notes/{note_id}/file-unsigned", responses=problems(NotTheAuthor, NoteSigned, NoteInError))
async def file_note_unsigned(
    note_id: Id,
    body: NoteReason,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.FILE_NOTE_UNSIGNED)],
) -> Note:
    """File the draft of an author who is gone, unsigned; the patient does not see it."""
    return work.tagged(await amendments.file_note_unsigned(work, note_id, body, expected_version))


@router.post("/notes/{note_id}/disagreement", responses=problems(NoteNotSigned, TooManyStatements))
async def add_note_disagreement(
    note_id: Id,
    body: NoteDisagree,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.ADD_NOTE_DISAGREEMENT)],
) -> Note:
    """Add your statement of disagreement to a note about you. It goes wherever the note goes."""
    return work.tagged(await disagreements.add_note_disagreement(work, note_id, body, expected_version))


@router.get("/notes/{note_id}/diff")
async def read_note_diff(
    note_id: Id, numbers: Annotated[NoteNumbers, Depends()], work: Annotated[Work, allow(operations.READ_NOTE_DIFF)]
) -> NoteDiff:
    """Read what changed between two signed contents of a note, in words."""
    return await note_diffs.read_note_diff(work, note_id, numbers)


@router.get("/notes/{note_id}/versions")
async def list_note_versions(
    note_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_NOTE_VERSIONS)]
) -> Page[NoteVersion]:
    """List every content of the note that was finally signed, newest first."""
    return await amendments.list_note_versions(work, note_id, page)


@router.get("/notes/{note_id}/proof", responses=problems(NoteNotSigned, NotSealedYet, NotProvable))
async def read_note_proof(note_id: Id, work: Annotated[Work, allow(operations.READ_NOTE_PROOF)]) -> NoteProof:
    """Show the proof that the note was signed so, by whom and when: checkable offline with `ledger check-proof`."""
    return await proofs.read_note_proof(work, note_id)


@router.put("/notes/{note_id}/sharing", responses=problems(NotTheAuthor, NoteInError))
async def set_note_sharing(
    note_id: Id,
    body: NoteSetSharing,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.SET_NOTE_SHARING)],
) -> Note:
    """Share the note with the patient, or withhold it for a time. A draft may be withheld before it is signed."""
    return work.tagged(await amendments.set_note_sharing(work, note_id, body, expected_version))
