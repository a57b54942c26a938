"""Read, write and withdraw medicines."""

from datetime import date
from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.references import unseen_chart
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import changed_values, new_values
from integration_api.access.work import Work
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.medicines import statements as sql
from integration_api.resources.care.medicines.rules import period_problems
from integration_api.resources.care.medicines.schemas import (
    Medicine,
    MedicineCreate,
    MedicineFacts,
    MedicineFilter,
    MedicineUpdate,
)
from integration_api.resources.care.medicines.tables import MedicineRow
from integration_api.resources.people.patients.alerts import tell_of_write
from integration_api.resources.people.patients.holds import keep_if_held
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.tables import KeptKind
from integration_api.web.errors import Invalid
from integration_api.web.paging import Page, Window
from integration_api.web.schemas import Withdraw


async def list_medicines(work: Work, window: Window, only: MedicineFilter) -> Page[Medicine]:
    """List the medicines of one chart, or of every chart that the actor may see; newest first."""
    return await list_charts(work, sql.MEDICINES, window, only, present)


async def read_medicine(work: Work, medicine_id: UUID) -> Medicine:
    """Return one medicine. Raises NotFound."""
    row = await _load(work, medicine_id)
    work.record(row.id, row.patient_id)
    return present(row)


async def create_medicine(work: Work, body: MedicineCreate) -> Medicine:
    """Add a medicine to a chart that the actor may see. Raises NotFound, IdTaken, Invalid."""
    _check_period(body.started_on, body.ended_on)
    row = MedicineRow(**new_values(work, body), created_by_id=work.actor.id)
    work.create(sql.INSERT_MEDICINE, row, missed=unseen_chart)
    work.record(row.id, row.patient_id)
    return present(row, await _tell(work, row))


async def update_medicine(work: Work, medicine_id: UUID, body: MedicineUpdate, expected_version: int) -> Medicine:
    """Change what is given. Raises NotFound, StaleVersion, Superseded, Invalid."""
    row = await _load_current(work, medicine_id, expected_version)
    given = changed_values(body, vars(row))
    if any(getattr(row, name) != value for name, value in given.items()):
        before = row.model_dump(mode="json", include=set(MedicineFacts.model_fields))
        keep_if_held(work, KeptKind.MEDICINE, row.id, row.patient_id, row.created_by_id, before)
    changed = work.revise(sql.UPDATE_MEDICINE, row, given)
    _check_period(changed.started_on, changed.ended_on)
    work.record(row.id, row.patient_id)
    return present(changed, await _tell(work, row))


async def withdraw_medicine(work: Work, medicine_id: UUID, body: Withdraw, expected_version: int) -> Medicine:
    """Keep one that was entered in error, as withdrawn. Raises NotFound, StaleVersion, Superseded."""
    row = await _load_current(work, medicine_id, expected_version)
    withdrawn = {"withdrawn_at": work.now, "withdrawn_by_id": work.actor.id, "withdrawn_reason": body.reason}
    changed = work.revise(sql.WITHDRAW_MEDICINE, row, withdrawn)
    work.record(row.id, row.patient_id)
    return present(changed, await _tell(work, row))


async def _load_current(work: Work, medicine_id: UUID, expected_version: int) -> MedicineRow:
    """Return one that was not withdrawn, at the version that was read. Raises NotFound, StaleVersion, Superseded."""
    row = await _load(work, medicine_id)
    check_version(row, expected_version)
    if row.withdrawn_at is not None:
        raise Superseded
    return row


async def _load(work: Work, medicine_id: UUID) -> MedicineRow:
    return await work.get(sql.READ_MEDICINE, id=medicine_id)


def _check_period(started_on: date | None, ended_on: date | None) -> None:
    if problems := period_problems(started_on, ended_on):
        raise Invalid(errors=problems)


async def _tell(work: Work, row: MedicineRow) -> Monitoring | None:
    """Let the care team read the list again if the patient changed it; it waits once, whichever medicine it was."""
    return await tell_of_write(work, row.patient_id, TaskKind.MEDICINES_TO_READ, row.patient_id)


def present(row: MedicineRow, monitoring: Monitoring | None = None) -> Medicine:
    return Medicine.of(row, monitoring=monitoring)
