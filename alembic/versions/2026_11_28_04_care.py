"""Care: courses of treatment and their sessions"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_04"
down_revision = "2026_11_28_03"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "courses",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "active",
                "completed",
                "discontinued",
                name="course_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("indication", sa.LargeBinary(), nullable=True),
        sa.Column("intention", sa.LargeBinary(), nullable=True),
        sa.Column("planned_dosing_sessions", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("planned_dosing_sessions BETWEEN 0 AND 60", name=op.f("ck_courses_planned_dosing_sessions")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_courses_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_courses")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_courses_clinic_id_patient_id_id")),
        info={"key_owner": "patient_id"},
    )
    op.create_index("ix_courses_chart", "courses", ["clinic_id", "patient_id", "created_at", "id"])
    op.create_index("ix_courses_clinic", "courses", ["clinic_id", "created_at", "id"])
    op.create_table(
        "sessions",
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
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name=op.f("ck_sessions_actual_times")),
        sa.CheckConstraint(
            "planned_end_at IS NULL OR planned_end_at > planned_start_at", name=op.f("ck_sessions_planned_times")
        ),
        sa.CheckConstraint("(corrected_at IS NULL) = (corrected_by_id IS NULL)", name=op.f("ck_sessions_corrected_by")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "corrected_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_sessions_clinic_id_corrected_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_sessions_clinic_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "course_id"],
            ["courses.clinic_id", "courses.patient_id", "courses.id"],
            name=op.f("fk_sessions_clinic_id_patient_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_sessions_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_sessions_clinic_id_patient_id_id")),
        info={"key_owner": "patient_id"},
    )
    op.create_index("ix_sessions_calendar", "sessions", ["clinic_id", "planned_start_at", "id"])
    op.create_index("ix_sessions_chart", "sessions", ["clinic_id", "patient_id", "planned_start_at", "id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("sessions")
    op.drop_table("courses")
