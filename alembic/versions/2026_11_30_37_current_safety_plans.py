"""An index of the current versions of safety plans. Servers of the version before may go on."""

from alembic import op

revision = "2026_11_30_37"
down_revision = "2026_11_30_36"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    of_state = ["clinic_id", "patient_id", "state", "id"]
    op.create_index("ix_safety_plans_current", "safety_plans", of_state)


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_safety_plans_current", "safety_plans")
