"""Answers to instruments, and their scores. End servers of the version before: they cannot read the new words."""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_69"
down_revision = "2026_11_30_68"
branch_labels = None
depends_on = None

_TASKS, _NEW_TASK = "ck_tasks_task_kind", "measure_response_to_read"
_TASK_KINDS = (
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
    "rems_form_to_send",
    "disagreement_to_read",
    "amendment_request_to_answer",
    "reply_missed",
    "readiness_to_check",
    "session_to_document",
    "observer_check_missed",
    "observer_alarm",
    "link_lost",
    "home_count_to_read",
    "refill_to_decide",
    "goal_to_read",
)
_KEPT, _NEW_KEPT = "ck_kept_contents_kept_kind", ("goal", "measure_response")
_KEPT_KINDS = ("reflection", "note", "plan", "strategy", "course", "medicine", "readiness")


def upgrade() -> None:
    """Apply."""
    allow_words("tasks", _TASKS, _TASK_KINDS, (*_TASK_KINDS, _NEW_TASK))
    allow_words("kept_contents", _KEPT, _KEPT_KINDS, (*_KEPT_KINDS, *_NEW_KEPT))
    _responses()
    _scores()


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _in_chart(table: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        ["clinic_id", "patient_id"],
        ["patients.clinic_id", "patients.id"],
        name=op.f(f"fk_{table}_clinic_id_patient_id"),
    )


def _responses() -> None:
    op.create_table(
        "measure_responses",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("instrument_id", sa.String(40), nullable=False),
        sa.Column("instrument_version", sa.SmallInteger(), nullable=False),
        sa.Column("state", _word("response_state", "draft", "completed"), nullable=False),
        sa.Column("respondent", _word("respondent", "patient", "caregiver", "clinician"), nullable=False),
        sa.Column("mode", _word("response_mode", "self_completed", "interview", "telephone", "paper"), nullable=False),
        sa.Column("language", sa.String(35), nullable=True),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("scores", sa.LargeBinary(), nullable=False),
        sa.Column("is_off_window", sa.Boolean(), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(state = 'completed') = (completed_at IS NOT NULL)", name=op.f("ck_measure_responses_completed")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_measure_responses_withdrawn_by")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("ck_measure_responses_withdrawn_reason"),
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR state = 'completed'", name=op.f("ck_measure_responses_withdrawn_completed")
        ),
        _in_chart("measure_responses"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_measure_responses_session",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_measure_responses_clinic_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "corrects_id"],
            ["measure_responses.clinic_id", "measure_responses.patient_id", "measure_responses.id"],
            name="fk_measure_responses_corrects",
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_measure_responses")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_measure_responses_clinic_id_patient_id_id")),
        sa.UniqueConstraint("clinic_id", "corrects_id", name=op.f("uq_measure_responses_clinic_id_corrects_id")),
    )
    for name, columns in (
        ("chart", ["clinic_id", "patient_id", "happened_at", "id"]),
        ("clinic", ["clinic_id", "happened_at", "id"]),
        ("corrects", ["clinic_id", "patient_id", "corrects_id"]),
        ("instrument", ["clinic_id", "patient_id", "instrument_id", "happened_at", "id"]),
    ):
        op.create_index(f"ix_measure_responses_{name}", "measure_responses", columns)


def _scores() -> None:
    op.create_table(
        "measure_scores",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("instrument_id", sa.String(40), nullable=False),
        sa.Column("score_id", sa.String(40), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("ceiling", sa.Double(), nullable=True),
        sa.Column("max_possible", sa.Integer(), nullable=True),
        _in_chart("measure_scores"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "response_id"],
            ["measure_responses.clinic_id", "measure_responses.patient_id", "measure_responses.id"],
            name="fk_measure_scores_response",
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_measure_scores")),
    )
    op.create_index("ix_measure_scores_chart", "measure_scores", ["clinic_id", "patient_id", "happened_at", "id"])
    op.create_index("ix_measure_scores_response", "measure_scores", ["clinic_id", "patient_id", "response_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("measure_scores")
    op.drop_table("measure_responses")
    kept, tasks = (sa.table(name, sa.column("kind", sa.String())) for name in ("kept_contents", "tasks"))
    op.execute(sa.delete(kept).where(kept.c.kind.in_(_NEW_KEPT)))
    op.execute(sa.delete(tasks).where(tasks.c.kind == _NEW_TASK))
    allow_words("kept_contents", _KEPT, (*_KEPT_KINDS, *_NEW_KEPT), _KEPT_KINDS)
    allow_words("tasks", _TASKS, (*_TASK_KINDS, _NEW_TASK), _TASK_KINDS)
