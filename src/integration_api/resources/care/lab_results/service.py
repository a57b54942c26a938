"""Keep, read and withdraw lab results. None is ever changed."""

from datetime import datetime
from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.references import unseen_chart
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.attention.flags.raised_flags import Origin, raise_flags
from integration_api.resources.attention.flags.rules import FlagOrigin
from integration_api.resources.care.lab_results import statements as sql
from integration_api.resources.care.lab_results.rules import hits_of_result, hits_of_withdrawal, is_high
from integration_api.resources.care.lab_results.schemas import LabResult, LabResultCreate, LabResultFilter
from integration_api.resources.care.lab_results.tables import LabResultRow
from integration_api.web.instants import check_not_in_future
from integration_api.web.paging import Page, Window
from integration_api.web.schemas import Withdraw

_NONE = UUID(int=0)


async def list_lab_results(work: Work, window: Window, only: LabResultFilter) -> Page[LabResult]:
    """List the lab results of one chart, or of every chart that the actor may see; the latest first."""
    return await list_charts(work, sql.LAB_RESULTS, window, only, present)


async def read_lab_result(work: Work, lab_result_id: UUID) -> LabResult:
    """Return one lab result. Raises NotFound."""
    row = await work.get(sql.READ_LAB_RESULT, id=lab_result_id)
    work.record(row.id, row.patient_id)
    return present(row)


async def create_lab_result(work: Work, body: LabResultCreate) -> LabResult:
    """Keep a liver value, and raise the flag of one that is high (R27). Raises NotFound, IdTaken, Invalid."""
    check_not_in_future("body.taken_at", body.taken_at, work.now)
    row = LabResultRow(**new_values(work, body), created_by_id=work.actor.id)
    work.create(sql.INSERT_LAB_RESULT, row, missed=unseen_chart)
    origin = Origin(FlagOrigin.LAB_RESULT, row.id)
    await raise_flags(work, row.patient_id, origin, hits_of_result(row.value, row.upper_limit))
    work.record(row.id, row.patient_id)
    return present(row)


async def withdraw_lab_result(work: Work, lab_result_id: UUID, body: Withdraw, expected_version: int) -> LabResult:
    """Keep one that was entered in error, as withdrawn; its flag is closed by people alone.

    If too many sessions had a dose since the value before it, that is told (R27).

    Raises NotFound, StaleVersion, Superseded.
    """
    row = await work.get(sql.READ_LAB_RESULT, id=lab_result_id)
    check_version(row, expected_version)
    if row.withdrawn_at is not None:
        raise Superseded
    withdrawn = {"withdrawn_at": work.now, "withdrawn_by_id": work.actor.id, "withdrawn_reason": body.reason}
    changed = work.revise(sql.WITHDRAW_LAB_RESULT, row, withdrawn)
    await _tell_due(work, row)
    work.record(row.id, row.patient_id)
    return present(changed)


async def _tell_due(work: Work, gone: LabResultRow) -> None:
    """Raise R27 if a liver value is due without one that is withdrawn."""
    last = await last_liver_test(work, gone.patient_id, work.now)
    left = await last_liver_test(work, gone.patient_id, work.now, gone.id)
    if last == left:
        return
    before = await work.get(sql.SESSIONS_SINCE, patient_id=gone.patient_id, since=last)
    sessions = await work.get(sql.SESSIONS_SINCE, patient_id=gone.patient_id, since=left)
    origin = Origin(FlagOrigin.LAB_RESULT, gone.id)
    await raise_flags(
        work, gone.patient_id, origin, hits_of_withdrawal(before.sessions, sessions.sessions), is_new=False
    )


async def last_liver_test(work: Work, patient_id: UUID, until: datetime, without_id: UUID = _NONE) -> datetime | None:
    """Return when the last liver value until then was measured, but for one; None if there is none."""
    found = await work.one(sql.LAST_LIVER_TEST, patient_id=patient_id, given_at=until, without_id=without_id)
    return found.taken_at if found is not None else None


def present(row: LabResultRow) -> LabResult:
    """Return a lab result with what is derived of it."""
    return LabResult.of(row, is_high=is_high(row.value, row.upper_limit))
