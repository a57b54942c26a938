"""Rules of custody: how an entry changes a balance, what it needs, and what is remarked (R28). Pure.

Amounts are whole thousandths of a unit (`_milli`), so that a balance is the exact sum of its entries.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from integration_api.resources.care.doses.rules import DoseFinding, finding
from integration_api.web.errors import FieldError

MILLI = 1000
MAX_AMOUNT = 1_000_000
MAX_DAYS_SUPPLY = 365
WITNESS_WITHIN = timedelta(hours=24)
"""POLICY: clinical.md section 1.8 asks for a witness and names no time."""


class ControlledDrug(StrEnum):
    """The drugs that are kept; `formulation` says which one `other` is."""

    KETAMINE = "ketamine"
    ESKETAMINE = "esketamine"
    OTHER = "other"


class StockUnit(StrEnum):
    """The unit in which a container is counted."""

    MG = "mg"
    ML = "mL"
    DEVICE = "device"
    TABLET = "tablet"
    LOZENGE = "lozenge"


class EntryKind(StrEnum):
    """The kinds of entries in a register. Source: clinical.md section 1.8."""

    RECEIVED = "received"
    TRANSFERRED_IN = "transferred_in"
    TRANSFERRED_OUT = "transferred_out"
    MOVED = "moved"
    ADMINISTERED = "administered"
    DISPENSED = "dispensed"
    WASTED = "wasted"
    DESTROYED = "destroyed"
    RETURNED = "returned"
    LOST = "lost"
    STOLEN = "stolen"
    COUNTED = "counted"
    ADJUSTED = "adjusted"
    REVERSED = "reversed"
    WITNESSED = "witnessed"


_COMES = frozenset({EntryKind.RECEIVED, EntryKind.TRANSFERRED_IN})
_STAYS = frozenset({EntryKind.MOVED, EntryKind.COUNTED, EntryKind.WITNESSED})
_EXPLAINS = frozenset({EntryKind.ADJUSTED, EntryKind.LOST, EntryKind.STOLEN, EntryKind.REVERSED})
WITNESS_DUE = frozenset(
    {
        EntryKind.WASTED,
        EntryKind.DESTROYED,
        EntryKind.LOST,
        EntryKind.STOLEN,
        EntryKind.ADJUSTED,
        EntryKind.REVERSED,
    }
)
"""Kinds that somebody else of the staff confirms. Source: clinical.md section 1.8; corrections, POLICY."""
_NEEDS_REASON = frozenset({*WITNESS_DUE, EntryKind.RETURNED})
NOT_REVERSED = frozenset({EntryKind.MOVED, EntryKind.COUNTED, EntryKind.REVERSED, EntryKind.WITNESSED})
"""Kinds that no entry reverses: they are recorded again."""


def to_milli(amount: float) -> int:
    """Return an amount of at most three decimals in thousandths."""
    return round(amount * MILLI)


def from_milli(amount: int) -> float:
    """Return thousandths as a number with three decimals: the nearest one, so that JSON has it exactly."""
    return amount / MILLI


def change_of(kind: EntryKind, amount_milli: int) -> int:
    """Return by how much an entry changes the balance. Only `adjusted` has a sign of its own."""
    if kind in _STAYS:
        return 0
    return amount_milli if kind in _COMES or kind is EntryKind.ADJUSTED else -amount_milli


class Stock(NamedTuple):
    """A container as the next entry finds it."""

    balance_milli: int
    unexplained_milli: int = 0
    """The difference of the last count from the balance, less what later entries explained of it."""


def after(stock: Stock, kind: EntryKind, change_milli: int, counted_milli: int | None = None) -> Stock | None:
    """Return the container after an entry; None if the balance would be below zero."""
    balance = stock.balance_milli + change_milli
    if balance < 0:
        return None
    if counted_milli is not None:
        return Stock(balance, counted_milli - balance)
    return Stock(balance, stock.unexplained_milli - (change_milli if kind in _EXPLAINS else 0))


def entry_problems(
    kind: EntryKind, amount_milli: int | None, *, goes_to_container: bool, has_place: bool, has_reason: bool
) -> list[FieldError]:
    """Return the fields that an entry lacks, and those that do not go with its kind."""
    return list(_problems(kind, amount_milli, goes_to_container, has_place, has_reason))


def _problems(
    kind: EntryKind, amount_milli: int | None, goes_to_container: bool, has_place: bool, has_reason: bool
) -> Iterator[FieldError]:
    is_transfer, is_moved = kind is EntryKind.TRANSFERRED_OUT, kind is EntryKind.MOVED
    if (amount_milli is None) is not is_moved:
        yield _error("amount", "missing" if amount_milli is None else "not_of_kind", f"of `{kind}`")
    elif amount_milli is not None and kind is EntryKind.ADJUSTED and amount_milli == 0:
        yield _error("amount", "zero", "an adjustment must change the balance")
    elif amount_milli is not None and kind is EntryKind.COUNTED and amount_milli < 0:
        yield _error("amount", "negative", "a count must not be below 0")
    elif amount_milli is not None and kind not in (EntryKind.ADJUSTED, EntryKind.COUNTED) and amount_milli <= 0:
        yield _error("amount", "not_positive", "must be above 0; only an adjustment has a sign")
    if goes_to_container and not is_transfer:
        yield _error("to_container_id", "not_of_kind", "goes with `transferred_out`")
    if is_transfer and goes_to_container is has_place:
        yield _error("to_container_id", "missing", "give either to_container_id, or the place outside the clinic")
    if is_moved and not has_place:
        yield _error("place", "missing", "say where it is kept now")
    if kind in _NEEDS_REASON and not has_reason:
        yield _error("reason", "missing", f"is needed for `{kind}`")


def witness_findings(
    kind: EntryKind, recorded_at: datetime, witnessed_at: datetime | None, now: datetime
) -> list[DoseFinding]:
    """Return the remark that nobody witnessed an entry in time (R28)."""
    if kind not in WITNESS_DUE or witnessed_at is not None or now < recorded_at + WITNESS_WITHIN:
        return []
    return [finding("R28", "high", f"{kind} without a witness")]


def count_findings(difference_milli: int, unit: str) -> list[DoseFinding]:
    """Return the remark that a count does not match (R28). The difference is what was counted less what should be."""
    if difference_milli == 0:
        return []
    return [finding("R28", "high", f"count mismatch: {from_milli(difference_milli):+g} {unit}")]


def _error(field: str, code: str, message: str) -> FieldError:
    return {"field": f"body.{field}", "code": code, "message": message}
