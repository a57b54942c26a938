"""Entries and notes that a channel saw and no longer sees are marked. Servers of the version before do not mark them.

A row of `changes` stays where a thing was taken back. What was taken back before this day is marked where it stands.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "2026_12_02_26"
down_revision = "2026_12_02_25"
branch_labels = None
depends_on = None
serves_with = False

_TAKEN_BACK, _AT_ONCE = datetime(1, 1, 3, tzinfo=UTC), datetime(1, 1, 2, tzinfo=UTC)
_TIME = sa.DateTime(timezone=True)
_INDEX = "ix_webhook_deliveries_thing"


def upgrade() -> None:
    """Apply."""
    op.create_index(_INDEX, "webhook_deliveries", ["clinic_id", "webhook_id", "thing_id", "created_at", "id"])
    now = datetime.now(UTC)
    entries = _table("reflections", sa.column("sharing", sa.String()), sa.column("release_at", _TIME))
    is_released = sa.or_(entries.c.release_at.is_(None), entries.c.release_at <= now)
    _mark("reflection", "team", entries, sa.and_(entries.c.sharing == "shared", is_released))
    notes = _table(
        "notes",
        *(sa.column(name, sa.String()) for name in ("state", "sharing")),
        *(sa.column(name, _TIME) for name in ("withheld_until", "deleted_at")),
    )
    is_signed = sa.or_(notes.c.state == "signed", notes.c.state == "amended")
    is_shown = sa.or_(notes.c.sharing == "shared", notes.c.withheld_until <= now)
    _mark("note", "patient", notes, sa.and_(is_signed, is_shown, notes.c.deleted_at.is_(None)))


def downgrade() -> None:
    """Undo."""
    changes = _changes()
    seen = sa.update(changes).where(changes.c.visible_from == _TAKEN_BACK)
    op.execute(seen.values(visible_from=sa.literal(_AT_ONCE, _TIME)))
    op.drop_index(_INDEX, "webhook_deliveries")


def _table(name: str, *columns: sa.ColumnClause[object]) -> sa.TableClause:
    ids = (sa.column(one, sa.Uuid()) for one in ("clinic_id", "id"))
    return sa.table(name, *ids, *columns)


def _changes() -> sa.TableClause:
    return sa.table(
        "changes",
        *(sa.column(one, sa.Uuid()) for one in ("clinic_id", "thing_id")),
        *(sa.column(one, sa.String()) for one in ("kind", "channel")),
        *(sa.column(one, _TIME) for one in ("visible_from", "at")),
    )


def _mark(kind: str, channel: str, things: sa.TableClause, is_seen: sa.ColumnElement[bool]) -> None:
    """Mark what a channel could see and cannot see now."""
    changes = _changes()
    found = sa.select(sa.literal_column("1")).where(
        things.c.clinic_id == changes.c.clinic_id, things.c.id == changes.c.thing_id, is_seen
    )
    op.execute(
        sa.update(changes)
        .where(
            changes.c.kind == kind,
            changes.c.channel == channel,
            changes.c.visible_from <= changes.c["at"],
            ~found.exists(),
        )
        .values(visible_from=sa.literal(_TAKEN_BACK, _TIME))
    )
