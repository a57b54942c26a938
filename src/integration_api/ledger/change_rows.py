"""The rows of `changes` that a batch of ledger rows leads to, written in the step that seals the batch."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from integration_api.core.tasks import in_turns
from integration_api.ledger.change_statements import KEEP_CHANGE
from integration_api.ledger.changes import AT_ONCE, MAX_CHANGES, NEVER, Changed, Channel, Told, from_text
from integration_api.ledger.due import ACTION
from integration_api.ledger.events import PSYCHOTHERAPY_GRANT_LAPSED
from integration_api.ledger.statements import RawRow
from integration_api.storage.database import Rows

TURN_ROWS = 25
"""Of the ledger, looked at in one turn of the event loop: less than a millisecond."""
_Key = tuple[str, UUID, Channel, UUID | None]


async def change_rows(rows: Sequence[RawRow], first_position: int, clinic_id: UUID) -> Rows:
    """Return the latest change of each thing in each channel that these rows name, from this position on."""
    found: dict[_Key, Told] = {}

    def add(placed: tuple[int, RawRow]) -> None:
        for told in _told(*placed):
            before = found.get(told.change.key)
            found[told.change.key] = before.followed_by(told) if before else told

    await in_turns(list(enumerate(rows, first_position)), add, TURN_ROWS)
    return Rows(KEEP_CHANGE, await in_turns(found.values(), lambda told: told.values_in(clinic_id), TURN_ROWS))


def _told(position: int, row: RawRow) -> Iterator[Told]:
    if row.changed is not None:
        at = _time(row.at)
        for index, one in enumerate(from_text(row.changed, _uuid(row.subject_id), _uuid(row.patient_id))):
            sequence = position * MAX_CHANGES + index
            yield _of_time(row, one, sequence, at) if _is_of_time(row, one) else Told.of(one, sequence, at)


def _is_of_time(row: RawRow, one: Changed) -> bool:
    """Return whether it is the due change itself; the row of one may name others, which follow from it."""
    return row.action == ACTION and one.visible_from == NEVER


def _of_time(row: RawRow, one: Changed, sequence: int, at: datetime) -> Told:
    """Return what time has changed: it takes a lapsed grant's note back, and hides nothing else."""
    since = NEVER if row.event == PSYCHOTHERAPY_GRANT_LAPSED else AT_ONCE
    return Told(replace(one, visible_from=since), sequence, at, is_of_time=True)


def _uuid(value: object) -> UUID | None:
    """Return an id from the database's own form."""
    return value if value is None or isinstance(value, UUID) else UUID(str(value))


def _time(value: object) -> datetime:
    """Return a time from the database's own form."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
