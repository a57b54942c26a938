"""Changes: what each reader of a chart is told of. Servers of the version before must not go on.

The table is filled from what there is, a page of rows at a time, before all that the ledger is going to tell: with
negative sequences. Channels and ids are those of `ledger/changes.py` as it was on this day.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "2026_11_29_01"
down_revision = "2026_11_28_09"
branch_labels = None
depends_on = None

_PAGE_ROWS = 1_000
_AT_ONCE, _NEVER = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
_IDS = ("clinic_id", "id", "patient_id", "account_id", "author_id", "created_by_id", "to_account_id", "subject_id")
_TIMES = ("created_at", "at", "opened_at", "ends_at", "ended_at", "release_at", "withheld_until", "deleted_at")
_Told = tuple[str, UUID, str, UUID | None, UUID | None, datetime, datetime | None]
"""Kind, id, channel, patient, account, from when it can be seen, and when it is due."""


def upgrade() -> None:
    """Apply."""
    op.add_column("ledger", sa.Column("changed", sa.String(), nullable=True))
    op.create_table(
        "changes",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visible_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_changes")),
    )
    _fill(op.get_bind())
    op.create_index("ix_changes_channel", "changes", ["clinic_id", "channel_id", "channel", "sequence"])
    op.create_index(
        "ix_changes_due",
        "changes",
        ["clinic_id", "due_at", "id"],
        postgresql_where=sa.text("due_at IS NOT NULL"),
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("changes")
    op.drop_column("ledger", "changed")


def _fill(connection: sa.Connection) -> None:
    """Insert a row for each thing that there is, in each of its channels. The last one has the sequence -1."""
    now = datetime.now(UTC)
    tables = {name: (_table(name, *columns), told) for name, (columns, told) in _TOLD.items()}
    rows = sum(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table, _ in tables.values())
    numbers = count(-4 * rows - 1)  # at most four channels each
    made = _table("changes", *_COLUMNS)
    seen: set[UUID] = set()
    for table, told in tables.values():
        for page in _pages(connection, table):
            found = [_row(next(numbers), row, one, now) for row in page for one in told(row)]
            fresh = [row for row in found if row["id"] not in seen and not seen.add(row["id"])]
            if fresh:
                connection.execute(sa.insert(made), fresh)
            if table.name not in ("tasks", "inbox_items", "care_team"):
                seen.clear()  # only of these, several rows are told as one thing


def _table(name: str, *columns: str) -> sa.TableClause:
    kinds: dict[str, sa.types.TypeEngine[Any]] = {
        **dict.fromkeys((*_IDS, "channel_id", "thing_id"), sa.Uuid()),
        **dict.fromkeys((*_TIMES, "visible_from", "due_at"), sa.DateTime(timezone=True)),
        "sequence": sa.BigInteger(),
        "is_shared": sa.Boolean(),
        "is_beyond_team": sa.Boolean(),
    }
    return sa.table(name, *(sa.column(column, kinds.get(column, sa.String())) for column in columns))


def _pages(connection: sa.Connection, table: sa.TableClause) -> Iterator[list[Any]]:
    """Yield the rows of a table, a page at a time, in the order of its key."""
    key, last = sa.tuple_(table.c.clinic_id, table.c.id), (UUID(int=0), UUID(int=0))
    while True:
        after = key > sa.tuple_(*(sa.literal(value, sa.Uuid()) for value in last))
        query = sa.select(table).where(after).order_by(table.c.clinic_id, table.c.id).limit(_PAGE_ROWS)
        rows = list(connection.execute(query))
        if not rows:
            return
        yield rows
        last = (rows[-1].clinic_id, rows[-1].id)


def _row(number: int, row: Any, told: _Told, now: datetime) -> dict[str, Any]:
    kind, thing_id, channel, patient_id, account_id, since, due_at = told
    channel_id = row.clinic_id
    if channel in ("chart", "patient", "team", "drafts", "supervisors"):
        channel_id = patient_id
    elif channel == "account":
        channel_id = account_id
    named = b"".join((channel_id.bytes, thing_id.bytes, f"{channel} {kind}".encode()))
    is_grant = (kind, channel) == ("chart", "account")
    return {
        "clinic_id": row.clinic_id,
        "id": thing_id if is_grant else UUID(bytes=hashlib.sha256(named).digest()[:16]),
        "channel": channel,
        "channel_id": channel_id,
        "kind": kind,
        "thing_id": thing_id,
        "patient_id": patient_id,
        "account_id": account_id,
        "sequence": number,
        "at": now,
        "visible_from": since,
        "due_at": since if now < since < _NEVER else due_at,
    }


def _utc(at: datetime | None) -> datetime | None:
    """Return a time with its zone, which SQLite does not give."""
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def _chart(kind: str) -> Callable[[Any], Iterator[_Told]]:
    def told(row: Any) -> Iterator[_Told]:
        yield kind, row.id, "chart", row.patient_id, None, _AT_ONCE, None

    return told


def _clinic(kind: str) -> Callable[[Any], Iterator[_Told]]:
    def told(row: Any) -> Iterator[_Told]:
        yield kind, row.id, "clinic", None, None, _AT_ONCE, None

    return told


def _patient(row: Any) -> Iterator[_Told]:
    yield "patient", row.id, "chart", row.id, None, _AT_ONCE, None
    yield "patient", row.id, "admins", row.id, None, _AT_ONCE, None


def _membership(row: Any) -> Iterator[_Told]:
    patient_id = row.patient_id
    yield "care_team", patient_id, "chart", patient_id, None, _AT_ONCE, None
    yield "care_team", patient_id, "admins", patient_id, None, _AT_ONCE, None
    ends_at = _utc(row.ends_at) if row.ended_at is None else None
    yield "chart", row.id, "account", patient_id, row.account_id, _AT_ONCE, ends_at


def _note(row: Any) -> Iterator[_Told]:
    patient_id = row.patient_id
    if row.deleted_at is not None:
        return
    if row.state in ("draft", "pending_cosign"):
        yield "note", row.id, "drafts", patient_id, row.author_id, _AT_ONCE, None
        if row.state == "pending_cosign":
            yield "note", row.id, "supervisors", patient_id, None, _AT_ONCE, None
        return
    yield "note", row.id, "team", patient_id, None, _AT_ONCE, None
    since = _AT_ONCE if row.sharing == "shared" else _utc(row.withheld_until)
    if row.state in ("signed", "amended") and since is not None:
        yield "note", row.id, "patient", patient_id, None, since, None


def _reflection(row: Any) -> Iterator[_Told]:
    yield "reflection", row.id, "patient", row.patient_id, None, _AT_ONCE, None
    if row.sharing == "shared":
        yield "reflection", row.id, "team", row.patient_id, None, _utc(row.release_at) or _AT_ONCE, None


def _plan(row: Any) -> Iterator[_Told]:
    """An unshared one is told to both sides: of them, only its author's reads it, and it is never told as gone."""
    if row.is_shared:
        yield "plan", row.id, "chart", row.patient_id, None, _AT_ONCE, None
    else:
        yield "plan", row.id, "patient", row.patient_id, None, _NEVER, None
        yield "plan", row.id, "drafts", row.patient_id, row.created_by_id, _AT_ONCE, None


def _account(row: Any) -> Iterator[_Told]:
    yield "account", row.id, "account", None, row.id, _AT_ONCE, None
    if row.patient_id is None and row.scopes is None:
        yield "account", row.id, "staff", None, None, _AT_ONCE, None


def _notice(row: Any) -> Iterator[_Told]:
    if row.to_account_id is not None:
        yield "notice", row.id, "account", None, row.to_account_id, _AT_ONCE, None
    else:
        channel = "privacy" if row.to_role == "privacy_officer" else "admins"
        yield "notice", row.id, channel, None, None, _AT_ONCE, None


def _task(row: Any) -> Iterator[_Told]:
    since = _utc(row.opened_at) or _AT_ONCE
    if row.is_beyond_team and row.account_id is not None:
        yield "worklist", row.account_id, "account", None, row.account_id, since, None
    is_of_one = row.kind in ("note_to_sign", "note_to_cosign")
    channel, account_id = ("drafts", row.account_id) if is_of_one else ("team", None)
    yield "worklist", row.subject_id, channel, row.patient_id, account_id, since, None


def _inbox(row: Any) -> Iterator[_Told]:
    yield "inbox", row.patient_id, "patient", row.patient_id, None, _AT_ONCE, None


_COLUMNS = (
    *("clinic_id", "id", "channel", "channel_id", "kind", "thing_id", "patient_id", "account_id"),
    *("sequence", "at", "visible_from", "due_at"),
)
_KEY, _OF_CHART = ("clinic_id", "id"), ("clinic_id", "id", "patient_id")
_TOLD: dict[str, tuple[tuple[str, ...], Callable[[Any], Iterator[_Told]]]] = {
    "clinics": (_KEY, _clinic("clinic")),
    "accounts": ((*_OF_CHART, "scopes"), _account),
    "notices": ((*_KEY, "to_account_id", "to_role"), _notice),
    "strategy_library": (_KEY, _clinic("strategy_library")),
    "care_team": ((*_OF_CHART, "account_id", "ends_at", "ended_at"), _membership),
    "patients": (_KEY, _patient),
    "courses": (_OF_CHART, _chart("course")),
    "sessions": (_OF_CHART, _chart("session")),
    "medicines": (_OF_CHART, _chart("medicine")),
    "notes": ((*_OF_CHART, "state", "sharing", "withheld_until", "deleted_at", "author_id"), _note),
    "reflections": ((*_OF_CHART, "sharing", "release_at"), _reflection),
    "plans": ((*_OF_CHART, "is_shared", "created_by_id"), _plan),
    "practices": (_OF_CHART, _chart("practice")),
    "tasks": ((*_OF_CHART, "account_id", "kind", "subject_id", "is_beyond_team", "opened_at"), _task),
    "inbox_items": (_OF_CHART, _inbox),
}
"""For each table, the columns that say who is told of a row, and what."""
