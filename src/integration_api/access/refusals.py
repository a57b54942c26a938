"""Collected changes, and what it means if the database refuses one of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from integration_api.storage.database import Duplicate, Missed, Step
from integration_api.web.errors import Conflict, IdTaken, NotFound
from integration_api.web.idempotency import UNIQUE_KEY


@dataclass(slots=True)
class Pending:
    """A collected change, and what to raise if it cannot be applied."""

    step: Step
    missed: Callable[[], Exception]
    conflicts: Mapping[str, Callable[[], Exception]]


class Made(NamedTuple):
    """A row that a step was to make: its table and its id."""

    kind: str
    id: object


def refused_row(pending: Sequence[Pending], error: Missed | Duplicate) -> Made | None:
    """Return the new row that the database refused; None if it refused something else."""
    for at, item in enumerate(pending):
        query = item.step.change.query
        if isinstance(query, sa.Insert):
            kind = str(query.table.description)
            is_it = at == error.step if isinstance(error, Missed) else error.constraint == f"pk_{kind}"
            if is_it:
                return Made(kind, item.step.values.get("id"))
    return None


def refusal(pending: Sequence[Pending], error: Missed | Duplicate) -> Exception:
    """Return the refusal that a slice named for a missed guard or a conflict; Duplicate for a stored response."""
    if isinstance(error, Missed):
        if error.step < len(pending):
            return pending[error.step].missed()
        return NotFound()  # the stored response has no key: there is no such chart
    for item in pending:
        if error.constraint in item.conflicts:
            return item.conflicts[error.constraint]()
    if error.constraint.startswith("pk_"):
        return IdTaken()
    return error if error.constraint == UNIQUE_KEY else Conflict()
