"""The audience of a row: through which channels of the change feed a change of it is told.

A slice declares the audience of a table once, beside its `readable` rule. A unit of work then names in its ledger row
each row of that table that it makes, changes or deletes. `readable` alone decides who may read the row *now*. The
audience decides who could have read it, and so is told that it is gone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

from sqlmodel import SQLModel

from integration_api.access.actor import Actor
from integration_api.core.ids import new_id
from integration_api.ledger.changes import MAX_CHANGES, NEVER, Changed, Channel, as_text
from integration_api.storage.statements import Change
from integration_api.storage.tables import table_of

Row = TypeVar("Row")
Of = Callable[[Row, Actor | None], Iterable[Changed]]


@dataclass(frozen=True, slots=True)
class Audience:
    """The audience of the rows of one table."""

    of: Callable[[Any, Actor | None], Iterable[Changed]]
    between: Callable[[Any, Any], Iterable[Changed]]
    is_strict: bool


class Identified(Protocol):
    """A row with an id."""

    id: UUID


class ChartRow(Identified, Protocol):
    """A row of a chart."""

    patient_id: UUID


def of_chart(kind: str) -> Callable[[ChartRow, Actor | None], Iterable[Changed]]:
    """Return the audience of what everybody sees who sees the chart."""
    return lambda row, _: (Changed(kind, row.id, Channel.CHART, row.patient_id),)


def of_clinic(kind: str) -> Callable[[Identified, Actor | None], Iterable[Changed]]:
    """Return the audience of what everybody of the clinic sees."""
    return lambda row, _: (Changed(kind, row.id, Channel.CLINIC),)


AUDIENCES: dict[str, Audience] = {}
"""By name of the table."""


def nothing_more(_before: object, _after: object) -> Iterable[Changed]:
    """Return no further change."""
    return ()


def declare(
    model: type[SQLModel],
    of: Of[Row],
    *,
    between: Callable[[Row | None, Row | None], Iterable[Changed]] = nothing_more,
    is_strict: bool = True,
) -> Of[Row]:
    """Declare the audience of a table: the things that a row is told as, each in its channel.

    `between` adds what follows from the difference of a row before and after. If it `is_strict`, a unit of work that
    changes the table without giving the row must name what it changed.
    """
    AUDIENCES[table_of(model).name] = Audience(of, cast(Callable[[Any, Any], Iterable[Changed]], between), is_strict)
    return of


def changes_of(audience: Audience, before: object | None, after: object | None, actor: Actor | None) -> list[Changed]:
    """Return what a change of a row is told as: to those who may see it after it, and to those who could before."""
    seen = {one.key: one for one in (audience.of(after, actor) if after is not None else ())}
    was_seen = audience.of(before, actor) if before is not None else ()
    gone = [replace(one, visible_from=NEVER, due_at=None) for one in was_seen if one.key not in seen]
    return [*seen.values(), *gone, *audience.between(before, after)]


class Telling:
    """The changes that one unit of work is to tell of."""

    def __init__(self) -> None:
        """Begin with none."""
        self._changes: dict[tuple[str, UUID, Channel, UUID | None], Changed] = {}
        self._untold: set[str] = set()
        self._must_be_told = False

    def collect(self, change: Change, before: object | None, after: object | None, actor: Actor | None) -> None:
        """Collect what this change of a row is told as; remember a table that changed without a row."""
        table = str(getattr(change.query, "table"))  # noqa: B009  every Change has one
        audience = AUDIENCES.get(table)
        if audience is None:
            return
        if before is None and after is None:
            if audience.is_strict:
                self._untold.add(table)
            return
        self._must_be_told |= audience.is_strict
        self.tell(*changes_of(audience, before, after, actor))

    def tell(self, *changes: Changed, of: type[SQLModel] | None = None) -> None:
        """Collect these; they are all that a change of the table `of` is told as, which was made without a row."""
        for one in changes:
            self._changes.pop(one.key, None)
            self._changes[one.key] = one
        if of is not None:
            self._untold.discard(table_of(of).name)

    def write(self, ledger: list[dict[str, object]]) -> None:
        """Write all of it into the last ledger row, and into copies of it if it is too much for one.

        Raises RuntimeError if there is no row, or if a table was changed that nothing is told of.
        """
        if self._untold or (self._must_be_told and not ledger):
            msg = f"changes of {sorted(self._untold) or [*self._changes]} are told to nobody"
            raise RuntimeError(msg)
        if not ledger:
            return
        told, last = [*self._changes.values()], ledger[-1]
        for at in range(0, len(told), MAX_CHANGES):
            subject_id, patient_id = cast(UUID | None, last["subject_id"]), cast(UUID | None, last["patient_id"])
            text = as_text(told[at : at + MAX_CHANGES], subject_id, patient_id)
            if at == 0:
                last["changed"] = text
            else:
                ledger.append({**last, "id": new_id(), "changed": text})
