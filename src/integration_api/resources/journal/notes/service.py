"""Reading notes, and what every change of one begins and ends with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from integration_api.access.work import Work
from integration_api.ledger.events import Event
from integration_api.resources.journal.notes import statements as sql
from integration_api.resources.journal.notes.rules import (
    SECTIONS,
    STEPS,
    By,
    NoteStep,
    allowed_actions,
    is_withheld,
    missing_sections,
)
from integration_api.resources.journal.notes.schemas import (
    Note,
    NoteAddendum,
    NoteItem,
    NoteReturned,
    NoteSharing,
    NoteSignature,
)
from integration_api.resources.journal.notes.tables import (
    NoteAddendumRow,
    NoteFormat,
    NoteRow,
    NoteState,
    SharingState,
    SignedFacts,
)
from integration_api.web.errors import Conflict, Forbidden, Invalid
from integration_api.web.paging import Page, Window


class NotTheAuthor(Forbidden):
    """Only the author of a note does this."""

    code = "not-the-author"
    title = "Not the author"


class OwnNote(Forbidden):
    """Nobody co-signs or returns their own note; ask another supervisor."""

    code = "own-note"
    title = "Your own note"


class NoteSigned(Conflict):
    """A signed note does not change; add an addendum or amend it. `allowed` names what can be done."""

    code = "note-signed"
    title = "Already signed"


class NoteNotSigned(Conflict):
    """This is for signed notes; sign it first, with its co-signature where it needs one."""

    code = "note-not-signed"
    title = "Not signed yet"


class NoteNotWaiting(Conflict):
    """This note does not wait for a co-signature."""

    code = "note-not-waiting"
    title = "Not waiting"


class NoteInError(Conflict):
    """This note was entered in error; nothing more can be done with it."""

    code = "note-in-error"
    title = "Entered in error"


class SectionsMissing(Conflict):
    """Signing needs every section of the format; `missing` names those that are absent or blank."""

    code = "sections-missing"
    title = "Sections are missing"


_REFUSALS: dict[NoteStep, type[Conflict]] = {
    NoteStep.UPDATE: NoteSigned,
    NoteStep.DELETE: NoteSigned,
    NoteStep.SIGN: NoteSigned,
    NoteStep.COSIGN: NoteNotWaiting,
    NoteStep.RETURN: NoteNotWaiting,
    NoteStep.ADD_ADDENDUM: NoteNotSigned,
    NoteStep.AMEND: NoteNotSigned,
    NoteStep.ENTER_IN_ERROR: NoteNotSigned,
    NoteStep.SET_SHARING: NoteInError,
}


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """Which notes a list shows; None means any."""

    patient_id: UUID | None = None
    session_id: UUID | None = None
    state: NoteState | None = None
    format: NoteFormat | None = None
    written_after: datetime | None = None
    written_before: datetime | None = None


async def list_notes(work: Work, window: Window, only: NoteFilter) -> Page[NoteItem]:
    """Notes of one chart, or of every chart the actor may see; newest first."""
    patient_id = only.patient_id or work.actor.patient_id
    found = await work.page(
        sql.LIST_NOTES if patient_id else sql.LIST_TEAM_NOTES,
        window,
        lambda row: (row.created_at, row.id),
        lambda row: NoteItem.of(row, **_shown(work, row)),
        until=only.written_before,
        patient_id=patient_id,
        session_id=only.session_id,
        state=only.state,
        format=only.format,
        written_after=only.written_after,
        written_before=only.written_before,
    )
    work.record_list(Event.NOTE_LISTED, [item.patient_id for item in found.items])
    return found


async def read_note(work: Work, note_id: UUID) -> Note:
    """One note with its addenda. Raises NotFound."""
    row = await work.get(sql.READ_NOTE, id=note_id)
    work.record(Event.NOTE_READ, row.id, row.patient_id)
    return await present(work, row)


async def load_note(work: Work, note_id: UUID, step: NoteStep) -> NoteRow:
    """A note with which the actor may take this step now.

    Raises NotFound; NotTheAuthor, OwnNote; NoteSigned, NoteNotSigned, NoteNotWaiting, NoteInError.
    """
    row = await work.get(sql.READ_NOTE, id=note_id)
    rule, is_author = STEPS[step], row.author_id == work.actor.id
    if rule.by is By.AUTHOR and not is_author:
        raise NotTheAuthor
    if rule.by is By.ANOTHER and is_author:
        raise OwnNote
    if row.state not in rule.states:
        refusal = _REFUSALS[step]
        if row.state is NoteState.ENTERED_IN_ERROR and refusal is not NoteSigned:
            refusal = NoteInError
        raise refusal(extra={"allowed": _allowed(work, row)})
    return row


def check_sections(note_format: NoteFormat, sections: Mapping[str, str | None]) -> None:
    """Raises Invalid where a key is no section of the format; it names the format's sections, not the key."""
    if not set(sections).issubset(SECTIONS[note_format]):
        known = ", ".join(SECTIONS[note_format])
        raise Invalid(
            errors=[
                {
                    "field": "body.sections",
                    "code": "unknown_section",
                    "message": f"a note of the format {note_format} has the sections {known}",
                }
            ]
        )


def check_complete(note_format: NoteFormat, sections: dict[str, str]) -> None:
    """Raises SectionsMissing."""
    missing = missing_sections(note_format, sections)
    if missing:
        raise SectionsMissing(extra={"missing": missing})


async def present(work: Work, row: NoteRow) -> Note:
    """A note with its addenda, as the actor sees it."""
    addenda: list[NoteAddendumRow] = []
    if row.addenda_count:
        addenda = await work.all(sql.LIST_ADDENDA, patient_id=row.patient_id, note_id=row.id)
    return Note.of(row, addenda=[present_addendum(addendum) for addendum in addenda], **_shown(work, row))


def present_addendum(row: NoteAddendumRow) -> NoteAddendum:
    """An addendum."""
    return NoteAddendum.of(row)


def signatures(facts: SignedFacts) -> tuple[NoteSignature | None, NoteSignature | None]:
    """The author's and the co-signer's signature."""
    return (
        _signature(facts.signed_at, facts.signed_by_id, facts.signer_name, facts.signer_credential, facts.attestation),
        _signature(
            facts.cosigned_at,
            facts.cosigned_by_id,
            facts.cosigner_name,
            facts.cosigner_credential,
            facts.cosigner_attestation,
        ),
    )


def _signature(
    at: datetime | None, account_id: UUID | None, name: str | None, credential: str | None, attestation: str | None
) -> NoteSignature | None:
    if at is None or account_id is None or attestation is None:
        return None
    return {"at": at, "account_id": account_id, "name": name, "credential": credential, "attestation": attestation}


def _shown(work: Work, row: NoteRow) -> dict[str, object]:
    """What an answer says beyond the row, and what it holds back from the patient."""
    signature, cosignature = signatures(row)
    returns: list[NoteReturned] = [
        {
            "at": datetime.fromisoformat(item["at"]),
            "account_id": UUID(item["account_id"]),
            "reason": item["reason"],
        }
        for item in row.returns
        if not work.actor.is_patient
    ]
    withheld = is_withheld(row.sharing, row.withheld_until, work.now)
    sharing: NoteSharing = {
        "state": SharingState.WITHHELD if withheld else SharingState.SHARED,
        "reason_code": row.withhold_reason if withheld else None,
        "until": row.withheld_until if withheld else None,
    }
    return {
        "signature": signature,
        "cosignature": cosignature,
        "returns": returns,
        "sharing": sharing,
        "allowed_actions": _allowed(work, row),
    }


def _allowed(work: Work, row: NoteRow) -> list[NoteStep]:
    is_author = row.author_id == work.actor.id
    return list(
        allowed_actions(
            row.state,
            is_author=is_author,
            is_cosigned=row.cosigned_at is not None,
            roles=work.actor.roles,
        )
    )
