"""Discharges, and a column more in sessions: servers of the version before may go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_34"
down_revision = "2026_11_30_33"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "discharges",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("met", sa.LargeBinary(), nullable=False),
        sa.Column("discharged_at", _TIME, nullable=True),
        sa.Column("aldrete_score", sa.Integer(), nullable=True),
        sa.Column("padss_score", sa.Integer(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("overridden_at", _TIME, nullable=True),
        sa.Column("overridden_by_id", sa.Uuid(), nullable=True),
        sa.Column("override_reason", sa.LargeBinary(), nullable=True),
        sa.Column("updated_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("aldrete_score BETWEEN 0 AND 10", name=op.f("ck_discharges_aldrete")),
        sa.CheckConstraint("padss_score BETWEEN 0 AND 10", name=op.f("ck_discharges_padss")),
        sa.CheckConstraint(
            "(overridden_at IS NULL) = (overridden_by_id IS NULL)", name=op.f("ck_discharges_overridden_by")
        ),
        sa.CheckConstraint(
            "(overridden_at IS NULL) = (override_reason IS NULL)", name=op.f("ck_discharges_override_reason")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_discharges_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_discharges_session",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "updated_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_discharges_clinic_id_updated_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "overridden_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_discharges_clinic_id_overridden_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_discharges")),
    )
    for table in ("sessions", "session_versions"):
        op.add_column(table, sa.Column("discharge_settled_at", _TIME, nullable=True))


def downgrade() -> None:
    """Undo."""
    for table in ("session_versions", "sessions"):
        op.drop_column(table, "discharge_settled_at")
    op.drop_table("discharges")
