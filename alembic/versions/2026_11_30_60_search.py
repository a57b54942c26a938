"""Indexes by chart of what search looks through. Servers of the version before may go on."""

from alembic import op

revision = "2026_11_30_60"
down_revision = "2026_11_30_41"
branch_labels = None
depends_on = None

_TABLES = ("note_addenda", "reflection_replies", "strategies")


def upgrade() -> None:
    """Apply."""
    for table in _TABLES:
        op.create_index(f"ix_{table}_chart", table, ["clinic_id", "patient_id", "created_at", "id"])


def downgrade() -> None:
    """Undo."""
    for table in _TABLES:
        op.drop_index(f"ix_{table}_chart", table)
