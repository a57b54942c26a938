"""Containers of controlled drugs and their registers: registering, listing, reading."""

from uuid import UUID

from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.care.custody import statements as sql
from integration_api.resources.care.custody.rules import (
    MILLI,
    WITNESS_DUE,
    WITNESS_WITHIN,
    EntryKind,
    StockUnit,
    count_findings,
    from_milli,
    to_milli,
    witness_findings,
)
from integration_api.resources.care.custody.schemas import (
    ContainerFilter,
    CustodyContainer,
    CustodyContainerCreate,
    CustodyEntry,
    CustodyRegister,
)
from integration_api.resources.care.custody.statements import EntrySeen
from integration_api.resources.care.custody.tables import ContainerRow, EntryRow
from integration_api.web.errors import Invalid
from integration_api.web.paging import Page, Window


async def list_custody_containers(work: Work, window: Window, only: ContainerFilter) -> Page[CustodyContainer]:
    """List the containers of the clinic, newest first."""
    found = await work.page(
        sql.LIST_CONTAINERS, window, lambda row: (row.created_at, row.id), present_container, **vars(only)
    )
    work.record()
    return found


async def create_custody_container(work: Work, body: CustodyContainerCreate) -> CustodyContainer:
    """Register a container; what is in it is the first entry. Raises IdTaken, Invalid."""
    mg_per_unit, opening = to_milli(body.mg_per_unit), to_milli(body.opening_amount)
    if body.unit is StockUnit.MG and mg_per_unit != MILLI:
        raise Invalid(errors=[{"field": "body.mg_per_unit", "code": "not_of_unit", "message": "must be 1 mg in a mg"}])
    values = new_values(work, body)
    row = ContainerRow(
        **{name: value for name, value in values.items() if name not in ("mg_per_unit", "opening_amount")},
        mg_per_unit_milli=mg_per_unit,
        balance_milli=opening,
        unexplained_milli=0,
        entries=1,
        last_entry_at=work.now,
        created_by_id=work.actor.id,
    )
    first = EntryRow(
        clinic_id=row.clinic_id,
        id=new_id(),
        container_id=row.id,
        number=1,
        recorded_at=work.now,
        kind=EntryKind.RECEIVED,
        change_milli=opening,
        balance_milli=opening,
        recorded_by_id=work.actor.id,
    )
    work.create(sql.INSERT_CONTAINER, row)
    work.create(sql.INSERT_ENTRY, first)
    work.record(row.id)
    return present_container(row)


async def read_custody_container(work: Work, container_id: UUID) -> CustodyContainer:
    """Return one container. Raises NotFound."""
    row = await load_container(work, container_id)
    work.record(row.id)
    return present_container(row)


async def read_custody_register(work: Work, container_id: UUID, window: Window) -> CustodyRegister:
    """Return a page of a register, the oldest entry first. Raises NotFound."""
    row = await load_container(work, container_id)
    found = await work.page(
        sql.READ_REGISTER,
        window,
        lambda entry: (entry.recorded_at, entry.id),
        lambda entry: present_entry(work, entry),
        ascending=True,
        container_id=row.id,
    )
    named = {entry.patient_id for entry in found.items if entry.patient_id is not None}
    if named:
        work.record_list(sorted(named), named=named)
    work.record(row.id)
    return CustodyRegister.of(found, container=present_container(row))


async def load_container(work: Work, container_id: UUID) -> ContainerRow:
    """Return a container of the clinic. Raises NotFound."""
    return await work.get(sql.READ_CONTAINER, id=container_id)


def present_container(row: ContainerRow) -> CustodyContainer:
    """Return a container with its amounts in its unit."""
    return CustodyContainer.of(
        row,
        mg_per_unit=from_milli(row.mg_per_unit_milli),
        balance=from_milli(row.balance_milli),
        unexplained=from_milli(row.unexplained_milli),
        findings=count_findings(row.unexplained_milli, row.unit),
    )


def present_entry(work: Work, row: EntrySeen) -> CustodyEntry:
    """Return an entry as the actor sees it: whose it was shows to the care team alone."""
    is_due = row.kind in WITNESS_DUE
    findings = witness_findings(row.kind, row.recorded_at, row.witnessed_at, work.now)
    if row.counted_milli is not None:
        findings += count_findings(row.counted_milli - row.balance_milli, "units")
    return CustodyEntry.of(
        row,
        change=from_milli(row.change_milli),
        balance=from_milli(row.balance_milli),
        counted=None if row.counted_milli is None else from_milli(row.counted_milli),
        patient_id=row.patient_id if row.sees_patient else None,
        dose_id=row.dose_id if row.sees_patient else None,
        witness_due_at=row.recorded_at + WITNESS_WITHIN if is_due else None,
        findings=findings,
    )
