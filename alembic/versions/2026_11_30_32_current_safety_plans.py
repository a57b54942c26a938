"""An index of the current versions of safety plans. Servers of the version before may go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_32"
down_revision = "2026_11_30_31"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index(
        "ix_safety_plans_current",
        "safety_plans",
        ["clinic_id", "patient_id", "number"],
        postgresql_where=sa.text("state <> 'replaced'"),
        sqlite_where=sa.text("state <> 'replaced'"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_safety_plans_current", "safety_plans")
