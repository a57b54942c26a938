"""Safety plans, reading tokens, and two words more: end servers of the version before first."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_26"
down_revision = "2026_11_30_25"
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
)
_INBOX = (
    "plan_to_answer",
    "plan_shared",
    "plan_accepted",
    "plan_declined",
    "plan_paused",
    "plan_resumed",
    "plan_ended",
    "reply_to_read",
    "note_withdrawn",
)
_NEW: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "tasks": ("ck_tasks_task_kind", _TASKS, ("safety_plan_to_read",)),
    "inbox_items": ("ck_inbox_items_inbox_kind", _INBOX, ("safety_plan_to_confirm",)),
}
"""By table: the name of the CHECK of its `kind`, the words so far, and those that are new."""
_STEPS = ("warning_signs", "internal_coping", "distraction", "people_to_ask", "professionals", "means_safety")


def _enum(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "safety_plans",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", _enum("safety_plan_state", "draft", "in_force", "replaced"), nullable=False),
        *(sa.Column(step, sa.LargeBinary(), nullable=False) for step in _STEPS),
        sa.Column("reason_for_living", sa.LargeBinary(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("written_by", _enum("safety_plan_side", "patient", "clinician"), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed_at", _TIME, nullable=True),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_safety_plans_number")),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name=op.f("ck_safety_plans_confirmed_by")
        ),
        sa.CheckConstraint("state <> 'in_force' OR confirmed_at IS NOT NULL", name=op.f("ck_safety_plans_in_force")),
        sa.CheckConstraint("state <> 'draft' OR confirmed_at IS NULL", name=op.f("ck_safety_plans_draft")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_safety_plans_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "written_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_safety_plans_clinic_id_written_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "confirmed_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_safety_plans_clinic_id_confirmed_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_safety_plans")),
        sa.UniqueConstraint("clinic_id", "patient_id", "number", name="uq_safety_plans_number"),
    )
    op.create_index("ix_safety_plans_chart", "safety_plans", ["clinic_id", "patient_id", "created_at", "id"])
    op.create_index("ix_safety_plans_clinic", "safety_plans", ["clinic_id", "created_at", "id"])
    op.create_table(
        "reading_tokens",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.SmallInteger(), nullable=False),
        sa.Column("sign_in_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("binding", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("slot BETWEEN 1 AND 3", name=op.f("ck_reading_tokens_slot")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_reading_tokens_clinic_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_reading_tokens")),
        sa.UniqueConstraint("clinic_id", "account_id", "action", "slot", name="uq_reading_tokens_slot"),
    )
    for table, (name, known, new) in _NEW.items():
        allow_words(table, name, known, (*known, *new))


def downgrade() -> None:
    """Undo."""
    for table, (name, known, new) in _NEW.items():
        kinds = sa.table(table, sa.column("kind", sa.String()))
        op.execute(sa.delete(kinds).where(kinds.c.kind.in_(new)))
        allow_words(table, name, (*known, *new), known)
    op.drop_table("reading_tokens")
    op.drop_table("safety_plans")
