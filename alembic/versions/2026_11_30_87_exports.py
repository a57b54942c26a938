"""Exports that patients ask for. Servers of the version before may go on, but must not sweep attachments meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_87"
down_revision = "2026_11_30_86"
branch_labels = None
depends_on = None


def _word(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "exports",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("sign_in_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("state", _word("export_state", "making", "ready", "failed", "expired"), nullable=False),
        sa.Column("chart_order", _word("export_order", "newest_first", "oldest_first"), nullable=False),
        sa.Column("kept_days", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("content_key", sa.LargeBinary(), nullable=True),
        sa.Column("objects", sa.LargeBinary(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("failure", _word("export_failure", "sign_in_ended", "not_possible"), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'ready' OR (size_bytes IS NOT NULL AND sha256 IS NOT NULL AND content_key IS NOT NULL "
            "AND ready_at IS NOT NULL AND expires_at IS NOT NULL)",
            name=op.f("ck_exports_ready"),
        ),
        sa.CheckConstraint("(state IN ('making', 'ready')) = (due_at IS NOT NULL)", name=op.f("ck_exports_due")),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name=op.f("ck_exports_failure")),
        sa.CheckConstraint("kept_days >= 1", name=op.f("ck_exports_kept_days")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_exports_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_exports_clinic_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_exports")),
    )
    op.create_index("ix_exports_chart", "exports", ["clinic_id", "patient_id", "created_at", "id"])
    making, due = sa.text("state = 'making'"), sa.text("due_at IS NOT NULL")
    op.create_index(
        "uq_exports_making",
        "exports",
        ["clinic_id", "patient_id"],
        unique=True,
        postgresql_where=making,
        sqlite_where=making,
    )
    op.create_index("ix_exports_due", "exports", ["clinic_id", "due_at", "id"], postgresql_where=due, sqlite_where=due)


def downgrade() -> None:
    """Undo."""
    op.drop_table("exports")
