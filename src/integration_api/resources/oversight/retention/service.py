"""Holding a chart, releasing it, and erasing it.

Erasure destroys the chart's data key. What is encrypted under it can be decrypted by nobody any more, here and in every
copy and backup of the database. The exception is a copy as old as the key, if the master key of then is still there
(`docs/keys.md`). Ids, times, states and the ledger stay.
"""

import secrets
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.notices import tell_role
from integration_api.access.reads import StartAgain
from integration_api.access.revisions import check_version
from integration_api.access.tables import AccountRow, AccountState, CareTeamTable
from integration_api.access.work import Work
from integration_api.resources.attention.worklist.tables import TaskTable
from integration_api.resources.journal.psychotherapy_notes.domain import domain_of
from integration_api.resources.journal.psychotherapy_notes.endings import tell_erased
from integration_api.resources.oversight.research_studies.statements import END_RESEARCH_EXPORTS_OF_CLINIC
from integration_api.resources.oversight.retention import statements as sql
from integration_api.resources.oversight.retention.operations import ACCOUNT_ENDED
from integration_api.resources.oversight.retention.rules import keep_until
from integration_api.resources.oversight.retention.schemas import Erasure, KeptContent, LegalHold, LegalHoldSet
from integration_api.resources.people.accounts import statements as accounts_sql
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.patients import hold_statements as holds_sql
from integration_api.resources.people.patients import statements as patients_sql
from integration_api.resources.people.patients.holds import OnHold
from integration_api.resources.people.patients.service import load_patient
from integration_api.resources.people.patients.tables import PatientRow, PatientTable
from integration_api.resources.people.service_accounts.statements import END_BULK_EXPORTS_OF_CLINIC
from integration_api.resources.people.sign_in import statements as sign_in_sql
from integration_api.web.errors import Conflict, Member, NotFound
from integration_api.web.paging import Page, Window

_INDEX_BYTES = 16


class StillKept(Conflict):
    """The chart must be kept until `keep_until`, by the clinic's retention policy."""

    code = "retention"
    title = "Must be kept"
    remedy = "Try again on the day in `keep_until`."
    members = {"keep_until": Member(date, "The day from which it may be erased.", "2036-11-28")}


async def read_patient_hold(work: Work, patient_id: UUID) -> LegalHold:
    """Return the hold on a chart. Raises NotFound, also if there is none."""
    row = await load_patient(work, patient_id)
    if row.held_at is None:
        raise NotFound
    work.record(row.id, row.id)
    return _present(row)


async def list_kept_contents(work: Work, patient_id: UUID, window: Window) -> Page[KeptContent]:
    """List what a legal hold kept of the actor's own texts in a chart, newest first. Raises NotFound."""
    found = await work.page(
        holds_sql.LIST_KEPT, window, lambda row: (row.kept_at, row.id), KeptContent.of, patient_id=patient_id
    )
    if not found.items:
        await load_patient(work, patient_id)
    work.record(patient_id=patient_id, is_private=work.actor.is_patient)
    return found


async def hold_patient(work: Work, patient_id: UUID, body: LegalHoldSet, expected_version: int) -> LegalHold:
    """Keep a chart from erasure; a hold that stands is replaced. Raises NotFound, StaleVersion."""
    row = await _load(work, patient_id, expected_version)
    held = {
        "hold_reason": body.reason,
        "hold_reference": body.reference,
        "hold_note": body.note,
        "held_at": work.now,
        "held_by_id": work.actor.id,
    }
    return _present(_change(work, row, held))


async def release_patient(work: Work, patient_id: UUID, expected_version: int) -> None:
    """End the hold on a chart. Raises NotFound, StaleVersion."""
    row = await _load(work, patient_id, expected_version)
    if row.held_at is None:
        raise NotFound
    names = ("hold_reason", "hold_reference", "hold_note", "held_at", "held_by_id")
    _change(work, row, dict.fromkeys(names))


async def erase_patient(work: Work, patient_id: UUID, expected_version: int) -> Erasure:
    """Destroy a chart's key, and end the account of the patient. Raises NotFound, StaleVersion, OnHold, StillKept."""
    row = await _load(work, patient_id, expected_version)
    if row.held_at is not None:
        raise OnHold
    kept_until = await _kept_until(work, row)
    if work.now.date() < kept_until:
        raise StillKept(extra={"keep_until": kept_until.isoformat()})
    work.change(sql.ERASE_PATIENT, id=row.id, expected_version=expected_version)
    work.change(sql.DESTROY_KEY, clinic_id=row.clinic_id, key_owner_id=row.id)
    for owner_id in _further_key_owners(work, row):
        work.change(sql.DESTROY_KEY, rows=None, clinic_id=row.clinic_id, key_owner_id=owner_id)
    for change in (
        sql.DELETE_NAME_PARTS,
        sql.DELETE_STORED_RESPONSES,
        sql.DELETE_CHART_TASKS,
        sql.FORGET_OBJECTS,
    ):
        work.change(change, rows=None, patient_id=row.id)
    work.change(END_BULK_EXPORTS_OF_CLINIC, rows=None)
    work.change(END_RESEARCH_EXPORTS_OF_CLINIC, rows=None)
    work.telling.tell(*patients_sql.audience(row), of=PatientTable)
    work.telling.tell(of=TaskTable)
    await _end_team(work, row)
    await tell_erased(work, row.id)
    account = await work.one(patients_sql.ACCOUNT_OF_PATIENT, patient_id=row.id)
    if account is not None:
        _end_account(work, account)
        work.change(sign_in_sql.END_SIGN_INS, rows=None, account_id=account.id)
        work.change(accounts_sql.END_INVITATIONS, rows=None, account_id=account.id)
    _tell(work, row)
    work.patient_id = None  # a stored response is encrypted under the clinic's key: the chart's is gone
    return Erasure(patient_id=row.id, erased_at=work.now)


async def _end_team(work: Work, row: PatientRow) -> None:
    """Collect the end of every membership, and tell each member that the chart is closed."""
    members = await work.all(sql.OPEN_MEMBERS, patient_id=row.id)
    work.change(sql.END_TEAM, rows=len(members), missed=StartAgain, patient_id=row.id)
    for member in members:
        work.telling.tell(*patients_sql.membership(member.model_copy(update={"ended_at": work.now})))
    work.telling.tell(of=CareTeamTable)


def _end_account(work: Work, row: AccountRow) -> None:
    """Collect the end of a patient's account. Its address is found no more: the index becomes a random number."""
    ended = {"state": AccountState.DISABLED, "epoch": row.epoch + 1, "password_hash": None}
    renewed = work.runtime.bindings.renewed("accounts", row, ended)
    changed = row.model_copy(update={**renewed, "email_index": unfindable_index()})
    work.change(sql.END_ACCOUNT, changed, missed=StartAgain, expected_version=row.version)
    work.record(row.id, row.patient_id, event=ACCOUNT_ENDED, digest=changed.binding)


def unfindable_index() -> bytes:
    """Return a random index in the place of an address that is found no more."""
    return secrets.token_bytes(_INDEX_BYTES)


def _further_key_owners(work: Work, row: PatientRow) -> tuple[UUID, ...]:
    """Return the owners of keys that encrypt text about this patient beside the chart's, if there are such keys."""
    return (domain_of(work, row.id),)


async def _load(work: Work, patient_id: UUID, expected_version: int) -> PatientRow:
    row = await load_patient(work, patient_id)
    check_version(row, expected_version)
    return row


async def _kept_until(work: Work, row: PatientRow) -> date:
    clinic, last = await load_clinic(work), await work.one(sql.LAST_SESSION, patient_id=row.id)
    return keep_until(
        max(row.created_at, last.planned_start_at if last else row.created_at).date(),
        date.fromisoformat(row.birth_on) if row.birth_on else None,
        retention_years=policy(clinic.policies, "retention_years"),
        majority_years=policy(clinic.policies, "majority_years"),
    )


def _change(work: Work, row: PatientRow, facts: Mapping[str, object]) -> PatientRow:
    """Change these facts of the chart, and notify the privacy officers."""
    changed = work.revise(patients_sql.UPDATE_PATIENT, row, facts)
    _tell(work, row)
    return changed


def _tell(work: Work, row: PatientRow) -> None:
    work.record(row.id, row.id)
    tell_role(work, Role.PRIVACY_OFFICER, work.operation.recorded, row.id, row.id)


def _present(row: PatientRow) -> LegalHold:
    return LegalHold.of(row, reason=row.hold_reason, reference=row.hold_reference, note=row.hold_note)
