"""Throttles"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_03"
down_revision = "2026_11_23_01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "throttles",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("spent_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_throttles")),
    )
    op.create_index("ix_throttles_spent", "throttles", ["clinic_id", "spent_until"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("throttles")
