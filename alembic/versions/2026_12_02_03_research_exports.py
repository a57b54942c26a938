"""Research studies and their exports. Servers of the version before may go on, but must not sweep files meanwhile."""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.long_steps import build_index, drop_index

revision = "2026_12_02_03"
down_revision = "2026_12_02_01"
branch_labels = None
depends_on = None
serves_with = True


def upgrade() -> None:
    """Apply."""
    build_index("ix_consents_withdrawn", "consents", ["clinic_id", "purpose"], "withdrawn_at IS NOT NULL")
    op.create_table(
        "research_studies",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("pseudonym_key", sa.LargeBinary(), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_research_studies_closed_by")),
        sa.CheckConstraint("(closed_at IS NULL) = (pseudonym_key IS NOT NULL)", name=op.f("ck_research_studies_key")),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"], name=op.f("fk_research_studies_clinic_id")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_research_studies_clinic_id_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_research_studies")),
    )
    op.create_index("ix_research_studies_list", "research_studies", ["clinic_id", "created_at", "id"])
    op.create_table(
        "research_exports",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("sign_in_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "making",
                "ready",
                "failed",
                "expired",
                name="export_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("kept_days", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claim_number", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_mark", sa.Integer(), nullable=True),
        sa.Column("chart_count", sa.Integer(), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("content_key", sa.LargeBinary(), nullable=True),
        sa.Column("objects", sa.LargeBinary(), nullable=False),
        sa.Column(
            "failure",
            sa.Enum(
                "sign_in_ended",
                "too_few_patients",
                "not_possible",
                name="research_failure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'ready' OR (size_bytes IS NOT NULL AND sha256 IS NOT NULL AND content_key IS NOT NULL "
            "AND consent_mark IS NOT NULL AND chart_count IS NOT NULL "
            "AND ready_at IS NOT NULL AND expires_at IS NOT NULL)",
            name=op.f("ck_research_exports_ready"),
        ),
        sa.CheckConstraint(
            "(state IN ('making', 'ready')) = (due_at IS NOT NULL)", name=op.f("ck_research_exports_due")
        ),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name=op.f("ck_research_exports_failure")),
        sa.CheckConstraint("kept_days >= 1", name=op.f("ck_research_exports_kept_days")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "study_id"],
            ["research_studies.clinic_id", "research_studies.id"],
            name=op.f("fk_research_exports_clinic_id_study_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_research_exports_clinic_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_research_exports")),
    )
    making, due = sa.text("state = 'making'"), sa.text("due_at IS NOT NULL")
    op.create_index("ix_research_exports_study", "research_exports", ["clinic_id", "study_id", "created_at", "id"])
    op.create_index(
        "uq_research_exports_making",
        "research_exports",
        ["clinic_id", "study_id"],
        unique=True,
        postgresql_where=making,
        sqlite_where=making,
    )
    op.create_index(
        "ix_research_exports_due",
        "research_exports",
        ["clinic_id", "due_at", "id"],
        postgresql_where=due,
        sqlite_where=due,
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("research_exports")
    op.drop_table("research_studies")
    drop_index("ix_consents_withdrawn", "consents")
