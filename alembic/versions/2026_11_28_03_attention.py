"""Attention: notices and tasks"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_03"
down_revision = "2026_11_28_02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "notices",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("to_role", sa.String(length=20), nullable=True),
        sa.Column("to_account_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(to_role IS NULL) <> (to_account_id IS NULL)", name=op.f("ck_notices_has_one_audience")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "actor_id"], ["accounts.clinic_id", "accounts.id"], name=op.f("fk_notices_clinic_id_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "to_account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_notices_clinic_id_to_account_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_notices")),
    )
    op.create_index("ix_notices_at", "notices", ["clinic_id", "at", "id"])
    op.create_table(
        "tasks",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reflection_to_review",
                "note_to_sign",
                "note_to_cosign",
                "plan_to_answer",
                "plan_to_read",
                "reply_to_read",
                "practice_to_read",
                "medicines_to_read",
                "help_asked",
                "withholding_to_review",
                name="task_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("urgency_rank", sa.SmallInteger(), nullable=False),
        sa.Column("is_beyond_team", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("urgency_rank BETWEEN 0 AND 3", name=op.f("ck_tasks_urgency_rank")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_tasks_clinic_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_tasks_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_tasks")),
        sa.UniqueConstraint(
            "clinic_id", "account_id", "kind", "subject_id", name=op.f("uq_tasks_clinic_id_account_id_kind_subject_id")
        ),
        info={"key_owner": "patient_id"},
    )
    op.create_index("ix_tasks_account", "tasks", ["clinic_id", "account_id", "urgency_rank", "due_at", "id"])
    op.create_index("ix_tasks_chart", "tasks", ["clinic_id", "patient_id", "urgency_rank", "due_at", "id"])
    op.create_index("ix_tasks_subject", "tasks", ["clinic_id", "subject_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("tasks")
    op.drop_table("notices")
