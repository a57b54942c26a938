"""Session versions: a new table, so servers of the version before may go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_09"
down_revision = "2026_11_28_08"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "session_versions",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column(
            "phase",
            sa.Enum(
                "screening",
                "preparation",
                "dosing",
                "integration",
                "follow_up",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "in_progress",
                "completed",
                "cancelled",
                "no_show",
                name="session_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "modality",
            sa.Enum("in_person", "telehealth", name="modality", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("planned_start_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_end_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("people", sa.LargeBinary(), nullable=False),
        sa.Column("intention", sa.LargeBinary(), nullable=True),
        sa.Column("set_and_setting", sa.LargeBinary(), nullable=True),
        sa.Column("end_reason", sa.LargeBinary(), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrected_by_id", sa.Uuid(), nullable=True),
        sa.Column("correction_reason", sa.LargeBinary(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_session_versions_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_session_versions_session",
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_session_versions")),
        sa.UniqueConstraint(
            "clinic_id", "session_id", "version", name=op.f("uq_session_versions_clinic_id_session_id_version")
        ),
    )
    op.create_index(
        "ix_session_versions_session",
        "session_versions",
        ["clinic_id", "patient_id", "session_id", "kept_at", "id"],
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("session_versions")
