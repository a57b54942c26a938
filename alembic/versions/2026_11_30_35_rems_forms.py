"""REMS forms, and a kind of task more: end servers of the version before first."""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_35"
down_revision = "2026_11_30_34"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_TASKS = (
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
    "plan_to_finish",
    "safety_plan_to_read",
    "adverse_event_to_review",
)
_NEW_TASKS = ("rems_form_to_send",)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "rems_forms",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("submitted_at", _TIME, nullable=True),
        sa.Column("submitted_by_id", sa.Uuid(), nullable=True),
        sa.Column("confirmation", sa.LargeBinary(), nullable=True),
        sa.Column("updated_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (submitted_by_id IS NULL)", name=op.f("ck_rems_forms_submitted_by")
        ),
        sa.CheckConstraint("confirmation IS NULL OR submitted_at IS NOT NULL", name=op.f("ck_rems_forms_confirmation")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_rems_forms_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_rems_forms_session",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "updated_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_rems_forms_clinic_id_updated_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "submitted_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_rems_forms_clinic_id_submitted_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_rems_forms")),
    )
    allow_words("tasks", "ck_tasks_task_kind", _TASKS, (*_TASKS, *_NEW_TASKS))


def downgrade() -> None:
    """Undo."""
    tasks = sa.table("tasks", sa.column("kind", sa.String()))
    op.execute(sa.delete(tasks).where(tasks.c.kind.in_(_NEW_TASKS)))
    allow_words("tasks", "ck_tasks_task_kind", (*_TASKS, *_NEW_TASKS), _TASKS)
    op.drop_table("rems_forms")
