"""Bulk exports of FHIR. Servers of the version before may go on, but must not sweep attachments meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_96"
down_revision = "2026_11_30_95"
branch_labels = None
depends_on = None


def _word(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "bulk_exports",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("sign_in_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("is_of_patients", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", _word("export_state", "making", "ready", "failed", "expired"), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("made_count", sa.Integer(), nullable=False),
        sa.Column("failure", _word("export_failure", "sign_in_ended", "not_possible"), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state IN ('making', 'ready')) = (due_at IS NOT NULL)", name=op.f("ck_bulk_exports_due")),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name=op.f("ck_bulk_exports_failure")),
        sa.CheckConstraint(
            "state <> 'ready' OR (ready_at IS NOT NULL AND expires_at IS NOT NULL)", name=op.f("ck_bulk_exports_ready")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_bulk_exports_clinic_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_bulk_exports")),
    )
    making, due = sa.text("state = 'making'"), sa.text("due_at IS NOT NULL")
    op.create_index(
        "uq_bulk_exports_making",
        "bulk_exports",
        ["clinic_id", "account_id"],
        unique=True,
        postgresql_where=making,
        sqlite_where=making,
    )
    op.create_index(
        "ix_bulk_exports_due", "bulk_exports", ["clinic_id", "due_at", "id"], postgresql_where=due, sqlite_where=due
    )
    op.create_table(
        "bulk_files",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("export_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("content_key", sa.LargeBinary(), nullable=False),
        sa.Column("objects", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number >= 0 AND count >= 1 AND size_bytes >= 1", name=op.f("ck_bulk_files_number")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "export_id"],
            ["bulk_exports.clinic_id", "bulk_exports.id"],
            name=op.f("fk_bulk_files_clinic_id_export_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_bulk_files")),
        sa.UniqueConstraint("clinic_id", "export_id", "number", name=op.f("uq_bulk_files_clinic_id_export_id_number")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("bulk_files")
    op.drop_table("bulk_exports")
