"""The rows of `changes` that a batch of ledger rows leads to, as further changes of the step that seals the batch."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from uuid import UUID

from integration_api.ledger import change_statements as sql
from integration_api.ledger.changes import MAX_CHANGES, Channel, Told, from_text
from integration_api.ledger.statements import RawRow
from integration_api.ledger.tables import ChangeRow
from integration_api.storage.database import Step


def change_steps(rows: Sequence[RawRow], first_position: int, clinic_id: UUID) -> list[Step]:
    """Return the changes of the rows of `changes`, for ledger rows that stand from this position on."""
    told = latest(rows, first_position)
    moved = [_moved(one.row_in(clinic_id), one.first_at) for one in told]
    return [*moved, *(_made(one.row_in(clinic_id)) for one in told)]


def latest(rows: Sequence[RawRow], first_position: int) -> Collection[Told]:
    """Return the latest change of each thing in each channel that these rows name, from this position on."""
    found: dict[tuple[str, UUID, Channel, UUID | None], Told] = {}
    for position, row in enumerate(rows, first_position):
        if row.changed is None:
            continue
        at = _time(row.at)
        for index, one in enumerate(from_text(row.changed, _uuid(row.subject_id), _uuid(row.patient_id))):
            told = Told(one, position * MAX_CHANGES + index, at, at)
            before = found.get(one.key)
            found[one.key] = before.followed_by(told) if before else told
    return found.values()


def _moved(row: ChangeRow, first_at: datetime) -> Step:
    return Step(sql.MOVE_CHANGE, {**row.__dict__, "first_at": first_at}, None)


def _made(row: ChangeRow) -> Step:
    return Step(sql.INSERT_CHANGE, row.__dict__, None)


def _uuid(value: object) -> UUID | None:
    """Return an id from the database's own form."""
    return value if value is None or isinstance(value, UUID) else UUID(str(value))


def _time(value: object) -> datetime:
    """Return a time from the database's own form."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
