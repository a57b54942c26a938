"""Changes: what each reader of a chart is told of. Servers of the version before must not go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_29_01"
down_revision = "2026_11_28_09"
branch_labels = None
depends_on = None


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
