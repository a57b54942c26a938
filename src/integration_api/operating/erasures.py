"""Erasures after the fact: the charts that were erased, and erasing them again in a database that was restored."""

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

from integration_api.access.bindings import Bindings
from integration_api.access.tables import AccountState
from integration_api.core.ids import new_id
from integration_api.ledger.append import INSERT_LEDGER
from integration_api.ledger.events import SIGN_INS_ENDED, Event, Outcome
from integration_api.ledger.restores import ACTION
from integration_api.ledger.tables import LedgerRow
from integration_api.resources.journal.psychotherapy_notes.domain import domain_in
from integration_api.resources.oversight.retention import again_statements as sql
from integration_api.resources.oversight.retention.operations import ACCOUNT_ENDED, ERASE_PATIENT
from integration_api.resources.oversight.retention.service import unfindable_index
from integration_api.resources.oversight.retention.statements import DESTROY_KEY
from integration_api.storage.database import Database, Step

PAGE_ROWS = 500
_FIRST_ID = UUID(int=0)


async def erased_charts(database: Database, clinic_id: UUID) -> AsyncIterator[sql.ErasedRow]:
    """Yield every chart of a clinic that was erased. Raises DatabaseDown."""
    last_id = _FIRST_ID
    while rows := await database.all(
        sql.LIST_ERASED, {"clinic_id": clinic_id, "last_id": last_id, "page_rows": PAGE_ROWS}
    ):
        for row in rows:
            yield row
        last_id = rows[-1].id


async def is_to_erase(database: Database, clinic_id: UUID, patient_id: UUID) -> bool:
    """Return whether a chart is there, and was not erased in this database. Raises DatabaseDown."""
    return await _chart_to_erase(database, clinic_id, patient_id) is not None


async def erase_again(database: Database, clinic_id: UUID, patient_id: UUID, now: datetime) -> bool:
    """Erase a chart that was erased in the database that this one replaces. False if there is nothing to erase.

    It is one step, as the first time: the key goes, with all that the chart's row holds and lets people in by.
    Raises DatabaseDown. Raises Missed if somebody changes the chart or the account meanwhile; then nothing is done.
    """
    chart = await _chart_to_erase(database, clinic_id, patient_id)
    if chart is None:
        return False
    of_chart = {"clinic_id": clinic_id, "patient_id": patient_id, "now": now}
    steps = [Step(sql.ERASE_AGAIN, {**of_chart, "expected_version": chart.version})]
    steps += [Step(change, of_chart, rows=None) for change in sql.CLEAR_CHART]
    for ending in (sql.END_BULK_EXPORTS_AGAIN, sql.END_RESEARCH_EXPORTS_AGAIN):
        steps.append(Step(ending, {"clinic_id": clinic_id, "now": now}, rows=None))
    for owner_id in (patient_id, domain_in(database.vault, clinic_id, patient_id)):
        steps.append(Step(DESTROY_KEY, {"clinic_id": clinic_id, "key_owner_id": owner_id}, rows=None))
    steps += await _end_account(database, clinic_id, patient_id, now)
    steps.append(_recorded(clinic_id, now, ERASE_PATIENT.recorded, patient_id, patient_id))
    await database.apply(steps)
    return True


async def end_sign_ins(database: Database, clinic_id: UUID, now: datetime) -> None:
    """End every sign-in of a clinic. Raises DatabaseDown."""
    ending = Step(sql.END_SIGN_INS_OF_CLINIC, {"clinic_id": clinic_id, "now": now}, rows=None)
    await database.apply([ending, _recorded(clinic_id, now, SIGN_INS_ENDED)])


async def _chart_to_erase(database: Database, clinic_id: UUID, patient_id: UUID) -> sql.ChartRow | None:
    return await database.one(sql.CHART_TO_ERASE, {"clinic_id": clinic_id, "patient_id": patient_id})


async def _end_account(database: Database, clinic_id: UUID, patient_id: UUID, now: datetime) -> list[Step]:
    """Return the steps that end the account of the patient, if there is one."""
    account = await database.one(sql.ACCOUNT_OF_CHART, {"clinic_id": clinic_id, "patient_id": patient_id})
    if account is None:
        return []
    epoch = account.epoch + 1
    ended = {"state": AccountState.DISABLED, "epoch": epoch, "password_hash": None}
    binding = Bindings(database.vault.derive("binding")).renewed("accounts", account, ended)["binding"]
    changed = {
        "clinic_id": clinic_id,
        "account_id": account.id,
        "expected_version": account.version,
        "now": now,
        "state": AccountState.DISABLED,
        "epoch": epoch,
        "email_index": unfindable_index(),
        "binding": binding,
    }
    of_account = {"clinic_id": clinic_id, "account_id": account.id, "now": now}
    ends = [Step(change, of_account, rows=None) for change in sql.END_ACCESS]
    recorded = _recorded(clinic_id, now, ACCOUNT_ENDED, account.id, patient_id, binding)
    return [Step(sql.END_ACCOUNT_AGAIN, changed), *ends, recorded]


def _recorded(
    clinic_id: UUID,
    now: datetime,
    event: Event,
    subject_id: UUID | None = None,
    patient_id: UUID | None = None,
    digest: bytes | None = None,
) -> Step:
    row = LedgerRow(
        clinic_id=clinic_id,
        id=new_id(),
        at=now,
        event=event,
        action=ACTION,
        outcome=Outcome.DONE,
        subject_id=subject_id,
        patient_id=patient_id,
        digest=digest,
        request_id=ACTION,
    )
    return Step(INSERT_LEDGER, row.__dict__)
