"""Vitals. Servers of the version before may go on beside the new table."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_28"
down_revision = "2026_11_30_27"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "vitals",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "blood_pressure",
                "heart_rate",
                "spo2",
                "respiratory_rate",
                "temperature",
                "weight",
                "height",
                "moaas",
                "cadss",
                "cadss_6",
                "dissociation",
                "vas_high",
                "vas_nausea",
                "vas_anxiety",
                "vas_pain",
                "observation",
                name="vital_field",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("diastolic", sa.Double(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(field = 'observation') = (value IS NULL)", name=op.f("ck_vitals_value")),
        sa.CheckConstraint("(field = 'blood_pressure') = (diastolic IS NOT NULL)", name=op.f("ck_vitals_diastolic")),
        sa.CheckConstraint("diastolic < value", name=op.f("ck_vitals_pressure")),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_vitals_withdrawn_by")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name=op.f("ck_vitals_withdrawn_reason")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_vitals_clinic_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_vitals_session",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_vitals_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_vitals")),
    )
    op.create_index("ix_vitals_field", "vitals", ["clinic_id", "session_id", "field", "taken_at", "id"])
    op.create_index("ix_vitals_session", "vitals", ["clinic_id", "patient_id", "session_id", "taken_at", "id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("vitals")
