"""Medicines: what a patient takes"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_06"
down_revision = "2026_11_28_05"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "medicines",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("dose", sa.LargeBinary(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "prescribed",
                "over_the_counter",
                "supplement",
                "substance",
                name="medicine_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_medicines_withdrawn_by")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name=op.f("ck_medicines_withdrawn_reason")
        ),
        sa.CheckConstraint("started_on <= ended_on", name=op.f("ck_medicines_period")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_medicines_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_medicines")),
    )
    op.create_index("ix_medicines_chart", "medicines", ["clinic_id", "patient_id", "created_at", "id"])
    op.create_index("ix_medicines_clinic", "medicines", ["clinic_id", "created_at", "id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("medicines")
