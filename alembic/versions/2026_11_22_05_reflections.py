"""Reflections, their versions and replies"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_05"
down_revision = "2026_11_22_04"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "reflections",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("text", "prompted", name="reflection_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "submitted", name="reflection_state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "sharing",
            sa.Enum("private", "shared", name="sharing", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("release_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_id", sa.Uuid(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("monitoring", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(sharing = 'shared') = (shared_at IS NOT NULL)", name=op.f("ck_reflections_shared_at")),
        sa.CheckConstraint(
            "(state = 'submitted') = (submitted_at IS NOT NULL)", name=op.f("ck_reflections_submitted_at")
        ),
        sa.CheckConstraint(
            "sharing = 'private' OR state = 'submitted'", name=op.f("ck_reflections_shared_is_submitted")
        ),
        sa.CheckConstraint("sharing = 'shared' OR first_read_at IS NULL", name=op.f("ck_reflections_read_is_shared")),
        sa.CheckConstraint("sharing = 'shared' OR release_at IS NULL", name=op.f("ck_reflections_release_is_shared")),
        sa.CheckConstraint("(reviewed_at IS NULL) = (reviewed_by_id IS NULL)", name=op.f("ck_reflections_reviewed_by")),
        sa.CheckConstraint(
            "first_read_at IS NOT NULL OR reviewed_at IS NULL", name=op.f("ck_reflections_reviewed_is_read")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name=op.f("fk_reflections_clinic_id_patient_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_reflections_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "reviewed_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_reflections_clinic_id_reviewed_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_reflections")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_reflections_clinic_id_patient_id_id")),
        info={"key_owner": "patient_id"},
    )
    with op.batch_alter_table("reflections", schema=None) as batch_op:
        batch_op.create_index("ix_reflections_chart", ["clinic_id", "patient_id", "created_at", "id"], unique=False)
        batch_op.create_index("ix_reflections_clinic", ["clinic_id", "created_at", "id"], unique=False)

    op.create_table(
        "reflection_replies",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("is_patient", sa.Boolean(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "author_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_reflection_replies_clinic_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "reflection_id"],
            ["reflections.clinic_id", "reflections.patient_id", "reflections.id"],
            name=op.f("fk_reflection_replies_clinic_id_patient_id_reflection_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_reflection_replies_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_reflection_replies")),
        info={"key_owner": "patient_id"},
    )
    with op.batch_alter_table("reflection_replies", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reflection_replies_reflection",
            ["clinic_id", "patient_id", "reflection_id", "created_at", "id"],
            unique=False,
        )

    op.create_table(
        "reflection_versions",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("monitoring", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "reflection_id"],
            ["reflections.clinic_id", "reflections.patient_id", "reflections.id"],
            name=op.f("fk_reflection_versions_clinic_id_patient_id_reflection_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_reflection_versions_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_reflection_versions")),
        sa.UniqueConstraint(
            "clinic_id", "reflection_id", "number", name=op.f("uq_reflection_versions_clinic_id_reflection_id_number")
        ),
        info={"key_owner": "patient_id"},
    )
    with op.batch_alter_table("reflection_versions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reflection_versions_reflection",
            ["clinic_id", "patient_id", "reflection_id", "saved_at", "id"],
            unique=False,
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("reflection_versions", schema=None) as batch_op:
        batch_op.drop_index("ix_reflection_versions_reflection")

    op.drop_table("reflection_versions")
    with op.batch_alter_table("reflection_replies", schema=None) as batch_op:
        batch_op.drop_index("ix_reflection_replies_reflection")

    op.drop_table("reflection_replies")
    with op.batch_alter_table("reflections", schema=None) as batch_op:
        batch_op.drop_index("ix_reflections_chart")
        batch_op.drop_index("ix_reflections_clinic")

    op.drop_table("reflections")
