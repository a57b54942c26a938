"""The mark of a sandbox. Servers of the version before may go on: no database is one yet."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_24"
down_revision = "2026_11_30_23"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "sandbox",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_us", sa.BigInteger(), nullable=False),
        sa.Column("clinic_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("moved_us >= 0", name=op.f("ck_sandbox_moved_us")),
        sa.CheckConstraint("clinic_count >= 0", name=op.f("ck_sandbox_clinic_count")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_sandbox")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("sandbox")
