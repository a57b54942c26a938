"""Optimistic locking: a row changes only at the version that the caller read, and counts that change.

A service checks the version, so that a stale request is told so, then makes the change with `Work.revise`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from integration_api.storage.statements import Change
from integration_api.storage.tables import VersionedRow
from integration_api.web.errors import Conflict, StaleVersion

Versioned = TypeVar("Versioned", bound=VersionedRow)


class Superseded(Conflict):
    """This entry was corrected or withdrawn; it is kept as it was."""

    code = "superseded"
    title = "No longer the present entry"
    remedy = "Show it as kept, if at all. Correct the entry that took its place, or make a new one."


def check_version(row: VersionedRow, expected_version: int) -> None:
    """Raise StaleVersion if the row is not at the version that the caller read."""
    if row.version != expected_version:
        raise StaleVersion


def revised(change: Change, row: Versioned, now: datetime, values: Mapping[str, object]) -> Versioned:
    """Return the row with these values, at its next version.

    Raises TypeError for a value that the change would not write: the response would show a value that is not stored.
    """
    if unwritten := values.keys() - _written(change):
        msg = f"{change.name} does not write {', '.join(sorted(unwritten))}"
        raise TypeError(msg)
    return row.model_copy(update={**values, "updated_at": now, "version": row.version + 1})


def _written(change: Change) -> frozenset[str]:
    """Return the names of the columns that an UPDATE writes."""
    columns = getattr(change.query, "_values", None) or ()  # by name, or the column itself
    return frozenset(str(getattr(column, "name", column)) for column in columns)
