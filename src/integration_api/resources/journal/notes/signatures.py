"""Signing a note: the author's signature, and a supervisor's under a trainee's."""

from datetime import timedelta
from uuid import UUID

from pydantic import MISSING

from integration_api.access.revisions import check_version
from integration_api.access.tables import AccountRow
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.group_sessions.member_names import check_names
from integration_api.resources.care.sessions.service import load_session
from integration_api.resources.journal.notes import statements as sql
from integration_api.resources.journal.notes.proofs import author_digest, cosigner_digest
from integration_api.resources.journal.notes.rules import (
    ATTESTATION,
    COSIGNER_ATTESTATION,
    SUCCESSOR_ATTESTATION,
    NoteStep,
    content_sha256,
    is_late,
    service_at,
    took_place,
)
from integration_api.resources.journal.notes.schemas import Note, NoteReason, NoteSign
from integration_api.resources.journal.notes.service import choose_cosign, open_to_sign, present
from integration_api.resources.journal.notes.steps import check_complete, load_layout, load_note
from integration_api.resources.journal.notes.tables import NoteRow, NoteState, NoteVersionRow
from integration_api.resources.people.accounts.licences import check_licence
from integration_api.resources.people.accounts.service import load_account
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.web.errors import Conflict


class LateEntryReasonNeeded(Conflict):
    """This is a late entry, by policy or for an author who left; say why."""

    code = "late-entry-reason-needed"
    title = "Late entry needs a reason"
    remedy = "Ask the author why the note is late, and sign again with `late_entry_reason`."


class SessionNotOver(Conflict):
    """The session is not over yet; until then its notes are drafts."""

    code = "session-not-over"
    title = "Session not over"
    remedy = "Complete or cancel the session, then sign."


class NoSupervisor(Conflict):
    """Nobody on the care team can co-sign; add a supervisor to it first."""

    code = "no-supervisor"
    title = "No supervisor on the team"
    remedy = "Add a supervisor to the care team, then sign again."


async def sign_note(work: Work, note_id: UUID, body: NoteSign, expected_version: int) -> Note:
    """Freeze a draft under its author's signature; final at once, or once a supervisor has co-signed.

    The account says whether a supervisor must; its author can ask for one beyond that. What a successor finishes is a
    late entry.

    Raises NotFound, NotTheAuthor, NoteSigned, StepUpRequired, StaleVersion, CosignNeeded, SectionsMissing,
    NamesAnother, SessionNotOver, LateEntryReasonNeeded, LicenceEnded, NoSupervisor.
    """
    row = await load_note(work, note_id, NoteStep.SIGN)
    policies = await signing_policies(work)
    check_version(row, expected_version)
    asked = row.needs_cosign if body.needs_cosign is MISSING else body.needs_cosign
    choose_cosign(row, needs_cosign=asked)
    check_complete(await load_layout(work, row.format, row.template_id), row.sections)
    session = await load_session(work, row.session_id)
    if session.group_session_id is not None:
        await check_names(work, session.id, row.patient_id, row.sections, is_confirmed=body.names_confirmed)
    if not took_place(session.state, session.planned_start_at, session.planned_end_at, work.now):
        raise SessionNotOver
    served_at = service_at(session.ended_at, session.planned_end_at, session.planned_start_at)
    is_successor = row.author_id != work.actor.id
    is_late_entry = is_successor or is_late(served_at, work.now, policy(policies, "late_entry_hours"))
    if is_late_entry and body.late_entry_reason is None:
        raise LateEntryReasonNeeded
    account = await load_account(work, work.actor.id)
    await check_licence(work, account)
    needs_cosign = asked or account.supervised_by is not None
    signed = work.revise(
        sql.SIGN_NOTE,
        row,
        {
            **author_signature(work, account, row, row.sections),
            "state": NoteState.PENDING_COSIGN if needs_cosign else NoteState.SIGNED,
            "needs_cosign": needs_cosign,
            "content_version": 0 if needs_cosign else 1,
            "service_at": served_at,
            "is_late_entry": is_late_entry,
            "late_entry_reason": body.late_entry_reason if is_late_entry else None,
        },
    )
    worklist.settle(work, row.patient_id, row.id)
    worklist.settle(work, row.patient_id, session.id, TaskKind.SESSION_TO_DOCUMENT)  # begun before the session was
    if needs_cosign:
        await _open_to_cosign(work, row, policy(policies, "cosign_days"))
    else:
        keep_version(work, signed)
    work.record(row.id, row.patient_id, digest=author_digest(signed))
    return await present(work, signed)


async def cosign_note(work: Work, note_id: UUID, expected_version: int) -> Note:
    """Sign as a supervisor of the team under the author; with that the note is final.

    Raises NotFound, OwnNote, NoteNotWaiting, StepUpRequired, StaleVersion, LicenceEnded.
    """
    row = await load_note(work, note_id, NoteStep.COSIGN)
    await signing_policies(work)
    check_version(row, expected_version)
    account = await load_account(work, work.actor.id)
    await check_licence(work, account)
    cosigned = work.revise(
        sql.COSIGN_NOTE,
        row,
        {
            "state": NoteState.SIGNED,
            "content_version": 1,
            "cosigned_at": work.now,
            "cosigned_by_id": account.id,
            "cosigner_name": account.name,
            "cosigner_credential": account.credential,
            "cosigner_attestation": COSIGNER_ATTESTATION,
        },
    )
    worklist.settle(work, row.patient_id, row.id)
    keep_version(work, cosigned)
    work.record(row.id, row.patient_id, digest=cosigner_digest(cosigned))
    return await present(work, cosigned)


async def return_note(work: Work, note_id: UUID, body: NoteReason, expected_version: int) -> Note:
    """Give a note back to its author: a draft again, without the signature. The reasons of all returns are kept.

    Raises NotFound, OwnNote, NoteNotWaiting, StaleVersion.
    """
    row = await load_note(work, note_id, NoteStep.RETURN)
    check_version(row, expected_version)
    session = await load_session(work, row.session_id)
    returned = {"at": work.now.isoformat(), "account_id": str(work.actor.id), "reason": body.reason}
    draft = work.revise(
        sql.RETURN_NOTE,
        row,
        {
            "state": NoteState.DRAFT,
            "returns": [*row.returns, returned],
            "content_sha256": None,
            "signed_at": None,
            "signed_by_id": None,
            "signer_name": None,
            "signer_credential": None,
            "attestation": None,
            "service_at": None,
            "is_late_entry": False,
            "late_entry_reason": None,
        },
    )
    worklist.settle(work, row.patient_id, row.id)
    open_to_sign(work, row, session, (await load_clinic(work)).policies)
    work.record(row.id, row.patient_id)
    return await present(work, draft)


async def signing_policies(work: Work) -> dict[str, int]:
    """Return the clinic's policies. Raises StepUpRequired if they ask for a fresh proof of who signs."""
    policies = (await load_clinic(work)).policies
    if policy(policies, "sign_step_up"):
        work.require_fresh()
    return policies


def author_signature(work: Work, account: AccountRow, row: NoteRow, sections: dict[str, str]) -> dict[str, object]:
    """Return what changes in a note when its author, as their account is now, signs this content."""
    digest = content_sha256(
        note_id=row.id,
        note_format=row.format,
        sections=sections,
        session_id=row.session_id,
        patient_id=row.patient_id,
        author_id=row.author_id,
        template_id=row.template_id,
    )
    return {
        "content_sha256": digest,
        "signed_at": work.now,
        "signed_by_id": account.id,
        "signer_name": account.name,
        "signer_credential": account.credential,
        "attestation": ATTESTATION if row.author_id == account.id else SUCCESSOR_ATTESTATION,
    }


def keep_version(work: Work, row: NoteRow, reason: str | None = None) -> None:
    """Keep the content that has become final, whatever comes after it."""
    facts = {name: getattr(row, name) for name in NoteVersionRow.model_fields if name in type(row).model_fields}
    kept = NoteVersionRow(
        **facts
        | {
            "id": new_id(),
            "created_at": work.now,
            "note_id": row.id,
            "number": row.content_version,
            "reason": reason,
            "created_by_id": work.actor.id,
        }
    )
    work.create(sql.INSERT_VERSION, kept)


async def _open_to_cosign(work: Work, row: NoteRow, cosign_days: int) -> None:
    due_at = work.now + timedelta(days=cosign_days)
    if not await worklist.open_for_supervisors(
        work, row.patient_id, TaskKind.NOTE_TO_COSIGN, row.id, due_at, without=row.author_id
    ):
        raise NoSupervisor
