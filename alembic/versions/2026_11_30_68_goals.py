"""Goals and links to them. End servers of the version before: they cannot read the new kind of task."""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_68"
down_revision = "2026_11_30_67"
branch_labels = None
depends_on = None

_CHECK, _NEW = "ck_tasks_task_kind", ("goal_to_read",)
_OLD = (
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
)


def upgrade() -> None:
    """Apply."""
    allow_words("tasks", _CHECK, _OLD, (*_OLD, *_NEW))
    op.add_column("plans", sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "goals",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("insight_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("levels", sa.LargeBinary(), nullable=False),
        sa.Column("baseline_level", sa.SmallInteger(), nullable=False),
        sa.Column("weight", sa.SmallInteger(), nullable=False),
        sa.Column("first_rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("baseline_level BETWEEN -2 AND 2", name=op.f("ck_goals_baseline_level")),
        sa.CheckConstraint("weight BETWEEN 1 AND 9", name=op.f("ck_goals_weight")),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_goals_withdrawn_by")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name=op.f("ck_goals_withdrawn_reason")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_goals_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "course_id"],
            ["courses.clinic_id", "courses.patient_id", "courses.id"],
            name=op.f("fk_goals_clinic_id_patient_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_goals_clinic_id_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_goals")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_goals_clinic_id_patient_id_id")),
    )
    op.create_index("ix_goals_chart", "goals", ["clinic_id", "patient_id", "created_at", "id"])
    op.create_index("ix_goals_clinic", "goals", ["clinic_id", "created_at", "id"])
    op.create_table(
        "goal_ratings",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("patient", "clinician", name="goal_side", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("rated_by_id", sa.Uuid(), nullable=False),
        sa.Column("remark", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("level BETWEEN -2 AND 2", name=op.f("ck_goal_ratings_level")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_goal_ratings_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "goal_id"],
            ["goals.clinic_id", "goals.patient_id", "goals.id"],
            name=op.f("fk_goal_ratings_clinic_id_patient_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "rated_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_goal_ratings_clinic_id_rated_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_goal_ratings")),
    )
    op.create_index("ix_goal_ratings_goal", "goal_ratings", ["clinic_id", "patient_id", "goal_id", "happened_at", "id"])
    op.create_index("ix_goal_ratings_chart", "goal_ratings", ["clinic_id", "patient_id", "happened_at", "id"])
    for name in ("insight_id", "goal_id"):
        op.add_column("strategies", sa.Column(name, sa.Uuid(), nullable=True))


def downgrade() -> None:
    """Undo."""
    for name in ("goal_id", "insight_id"):
        op.drop_column("strategies", name)
    op.drop_column("plans", "resumed_at")
    op.drop_table("goal_ratings")
    op.drop_table("goals")
    rows = sa.table("tasks", sa.column("kind", sa.String()))
    op.execute(sa.delete(rows).where(rows.c.kind.in_(_NEW)))
    allow_words("tasks", _CHECK, (*_OLD, *_NEW), _OLD)
