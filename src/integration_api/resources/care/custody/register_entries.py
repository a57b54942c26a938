"""Entries in the register of a container: each stands on the balance that it was worked out from, or starts again."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.notices import tell_role
from integration_api.access.reads import StartAgain
from integration_api.access.references import referred_by, unseen_chart
from integration_api.access.revisions import Superseded
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.care.custody import statements as sql
from integration_api.resources.care.custody.rules import (
    NOT_REVERSED,
    WITNESS_DUE,
    WITNESS_WITHIN,
    ControlledDrug,
    EntryKind,
    Stock,
    after,
    change_of,
    entry_problems,
    from_milli,
    to_milli,
)
from integration_api.resources.care.custody.schemas import (
    CustodyAdminister,
    CustodyDispense,
    CustodyEntry,
    CustodyEntryCreate,
    CustodyReverse,
    CustodyWitness,
)
from integration_api.resources.care.custody.service import load_container, present_entry
from integration_api.resources.care.custody.statements import EntrySeen
from integration_api.resources.care.custody.tables import ContainerRow, EntryRow
from integration_api.resources.care.doses.service import load_dose
from integration_api.resources.people.patients.service import load_patient
from integration_api.web.errors import Conflict, Forbidden, Invalid, Member

MIN_BETWEEN_ENTRIES = timedelta(microseconds=1)
_ONCE = {"uq_custody_entries_clinic_id_of_id_kind": Superseded}
_ALARMING = (EntryKind.LOST, EntryKind.STOLEN)


class NotEnoughLeft(Conflict):
    """The container would hold less than nothing; `balance` is what its register says is in it."""

    code = "not-enough-left"
    title = "Not enough left"
    remedy = "Show the balance. If more is there, count it, and adjust with a reason and a witness before this entry."
    members = {"balance": Member(float, "The balance in the container's unit.", 0.5)}


class NotForHome(Conflict):
    """Esketamine is never dispensed for home use. Source: clinical.md section 1.2, label."""

    code = "not-for-home"
    title = "Not for home use"
    remedy = "Give it in the clinic, and record the dose and then what was taken for it."


class NotReversible(Conflict):
    """A count, a move, a reversal or a witness's confirmation is not reversed, but recorded again."""

    code = "not-reversible"
    title = "Not reversible"
    remedy = "Record another count, move or entry. To undo a reversal, record the entry again."


class NoWitnessDue(Conflict):
    """The entry needs no witness, or it is too late to be one."""

    code = "no-witness-due"
    title = "No witness due"
    remedy = (
        "Offer it until `witness_due_at`. After that, reverse the entry and record it again with a witness at hand."
    )


class OwnEntry(Forbidden):
    """You recorded the entry, so you are not its witness."""

    code = "own-entry"
    title = "Your own entry"
    remedy = "Ask somebody else of the staff who was there to confirm it, signed in as themselves."


class _Next(NamedTuple):
    """An entry with its container before it, and the stock and place of its container after it."""

    container: ContainerRow
    stock: Stock
    kept_at: str
    entry: EntryRow


async def record_custody_entry(work: Work, container_id: UUID, body: CustodyEntryCreate) -> CustodyEntry:
    """Record what happened to a container. Raises NotFound, NotEnoughLeft, IdTaken, Invalid."""
    kind, amount = EntryKind(body.kind), None if body.amount is None else to_milli(body.amount)
    facts = {"place": body.place, "reason": body.reason}
    if problems := entry_problems(
        kind,
        amount,
        goes_to_container=body.to_container_id is not None,
        has_place=body.place is not None,
        has_reason=body.reason is not None,
    ):
        raise Invalid(errors=problems)
    container = await load_container(work, container_id)
    one = _next(
        work,
        container,
        kind,
        change_of(kind, amount or 0),
        id=new_values(work, body)["id"],
        counted_milli=amount if kind is EntryKind.COUNTED else None,
        other_container_id=body.to_container_id,
        **facts,
    )
    others = []
    if body.to_container_id is not None:
        other = await _same_stock(work, container, body.to_container_id)
        link = {"of_id": one.entry.id, "other_container_id": container.id}
        others = [_next(work, other, EntryKind.TRANSFERRED_IN, amount or 0, **link, **facts)]
    elif kind is EntryKind.MOVED:
        one = one._replace(kept_at=body.place or container.kept_at)
    _collect(work, [one, *others])
    if kind in _ALARMING or (kind is EntryKind.COUNTED and one.stock.unexplained_milli):
        for role in (Role.CLINIC_ADMIN, Role.PRESCRIBER):  # R28 tells a prescriber, and this belongs to no chart
            tell_role(work, role, work.operation.recorded, container.id)
    work.record(container.id)
    return _told(work, one.entry)


async def administer_from_container(work: Work, container_id: UUID, body: CustodyAdminister) -> CustodyEntry:
    """Record what was taken for a dose. Raises NotFound, Superseded, NotEnoughLeft, IdTaken."""
    with referred_by("dose_id"):
        dose = await load_dose(work, body.dose_id)
    if dose.withdrawn_at is not None:
        raise Superseded
    container = await load_container(work, container_id)
    change = change_of(EntryKind.ADMINISTERED, to_milli(body.amount))
    facts = {"id": new_values(work, body)["id"], "patient_id": dose.patient_id, "dose_id": dose.id}
    one = _next(work, container, EntryKind.ADMINISTERED, change, **facts)
    _collect(work, [one])
    work.record(one.entry.id, dose.patient_id)
    return _told(work, one.entry)


async def dispense_from_container(work: Work, container_id: UUID, body: CustodyDispense) -> CustodyEntry:
    """Record what a patient is given for home. Raises NotFound, NotForHome, NotEnoughLeft, IdTaken."""
    with referred_by("patient_id"):
        patient = await load_patient(work, body.patient_id)
    container = await load_container(work, container_id)
    if container.drug is ControlledDrug.ESKETAMINE:
        raise NotForHome
    change = change_of(EntryKind.DISPENSED, to_milli(body.amount))
    facts = {"id": new_values(work, body)["id"], "patient_id": patient.id, "days_supply": body.days_supply}
    one = _next(work, container, EntryKind.DISPENSED, change, **facts)
    _collect(work, [one])
    work.record(one.entry.id, patient.id)
    return _told(work, one.entry)


async def reverse_custody_entry(work: Work, container_id: UUID, entry_id: UUID, body: CustodyReverse) -> CustodyEntry:
    """Take back an entry by another one; of a transfer between containers, both halves.

    Raises NotFound, Superseded, NotReversible, NotEnoughLeft, IdTaken.
    """
    row = await work.get(sql.READ_OPEN_ENTRY, container_id=container_id, id=entry_id)
    if row.reversed_by_id is not None:
        raise Superseded
    if row.kind in NOT_REVERSED:
        raise NotReversible
    container = await load_container(work, container_id)
    found = [_reversal(work, container, row, body, new_values(work, body)["id"])]
    if row.other_container_id is not None:
        other, pair = await load_container(work, row.other_container_id), await _other_half(work, row)
        found.append(_reversal(work, other, pair, body, new_id()))
    _collect(work, found)
    work.record(found[0].entry.id, row.patient_id)
    return _told(work, found[0].entry)


async def witness_custody_entry(work: Work, container_id: UUID, entry_id: UUID, body: CustodyWitness) -> CustodyEntry:
    """Confirm an entry that somebody else recorded. Raises NotFound, OwnEntry, Superseded, NoWitnessDue, IdTaken."""
    row = await work.get(sql.READ_ENTRY, container_id=container_id, id=entry_id)
    if row.recorded_by_id == work.actor.id:
        raise OwnEntry
    if row.witnessed_at is not None:
        raise Superseded
    if row.kind not in WITNESS_DUE or row.recorded_at + WITNESS_WITHIN <= work.now:
        raise NoWitnessDue
    container = await load_container(work, container_id)
    one = _next(
        work, container, EntryKind.WITNESSED, 0, id=new_values(work, body)["id"], of_id=row.id, reason=body.reason
    )
    _collect(work, [one])
    work.record(row.id)
    return _told(work, one.entry)


def _reversal(work: Work, container: ContainerRow, row: EntryRow, body: CustodyReverse, entry_id: UUID) -> _Next:
    return _next(
        work,
        container,
        EntryKind.REVERSED,
        -row.change_milli,
        id=entry_id,
        of_id=row.id,
        reason=body.reason,
        other_container_id=row.other_container_id,
        patient_id=row.patient_id,
        dose_id=row.dose_id,
        days_supply=row.days_supply,
    )


async def _other_half(work: Work, row: EntryRow) -> EntryRow:
    if row.kind is EntryKind.TRANSFERRED_IN:
        return await work.get(sql.READ_ENTRY, container_id=row.other_container_id, id=row.of_id)
    return await work.get(sql.OTHER_HALF, of_id=row.id)


async def _same_stock(work: Work, container: ContainerRow, other_id: UUID) -> ContainerRow:
    """Return the container that a transfer goes to. Raises NotFound, Invalid."""
    with referred_by("to_container_id"):
        other = await load_container(work, other_id)
    same = ("drug", "unit", "mg_per_unit_milli")
    if other.id == container.id or any(getattr(other, name) != getattr(container, name) for name in same):
        message = "must be another container of the same drug, unit and mg per unit"
        raise Invalid(errors=[{"field": "body.to_container_id", "code": "another_stock", "message": message}])
    return other


def _next(work: Work, container: ContainerRow, kind: EntryKind, change_milli: int, **facts: object) -> _Next:
    """Return the next entry of a register. Raises NotEnoughLeft."""
    counted = facts.get("counted_milli")
    stock = after(
        Stock(container.balance_milli, container.unexplained_milli),
        kind,
        change_milli,
        counted if isinstance(counted, int) else None,
    )
    if stock is None:
        raise NotEnoughLeft(extra={"balance": from_milli(container.balance_milli)})
    at = max(work.now, container.last_entry_at + MIN_BETWEEN_ENTRIES)  # so that the order by time is that by number
    entry = EntryRow(
        clinic_id=container.clinic_id,
        id=new_id(),
        container_id=container.id,
        number=container.entries + 1,
        recorded_at=at,
        kind=kind,
        change_milli=change_milli,
        balance_milli=stock.balance_milli,
        recorded_by_id=work.actor.id,
    ).model_copy(update=facts)
    return _Next(container, stock, container.kept_at, entry)


def _collect(work: Work, entries: Sequence[_Next]) -> None:
    """Collect the entries, and their containers in one order: two transfers at once never wait for each other."""
    for one in sorted(entries, key=lambda one: one.container.id):
        _move_on(work, one.container, one.stock, one.kept_at, one.entry)
    for one in entries:
        _add(work, one.entry)


def _move_on(work: Work, container: ContainerRow, stock: Stock, kept_at: str, entry: EntryRow) -> None:
    values = {
        "kept_at": kept_at,
        "balance_milli": stock.balance_milli,
        "unexplained_milli": stock.unexplained_milli,
        "entries": entry.number,
        "last_entry_at": entry.recorded_at,
        "last_counted_at": entry.recorded_at if entry.kind is EntryKind.COUNTED else container.last_counted_at,
    }
    work.revise(sql.MOVE_ON_CONTAINER, container, values, missed=StartAgain)


def _add(work: Work, entry: EntryRow) -> None:
    if entry.patient_id is None:
        work.create(sql.INSERT_ENTRY, entry, _ONCE)
    else:
        work.create(sql.INSERT_CHART_ENTRY, entry, _ONCE, missed=unseen_chart)


def _told(work: Work, entry: EntryRow) -> CustodyEntry:
    return present_entry(work, EntrySeen(**entry.model_dump(), sees_patient=True))
