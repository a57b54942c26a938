"""Coping plans, strategies, practices, strategy library"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_06"
down_revision = "2026_11_22_05"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "plans",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("insight_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "proposed",
                "active",
                "paused",
                "completed",
                "archived",
                name="plan_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("aim", sa.LargeBinary(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("strategy_count", sa.Integer(), nullable=False),
        sa.Column(
            "proposed_by",
            sa.Enum("patient", "clinician", name="plan_side", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_revision", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by_id", sa.Uuid(), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decline_reason", sa.LargeBinary(), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state <> 'proposed' OR proposed_by IS NOT NULL AND proposed_by_id IS NOT NULL AND proposed_at IS NOT NULL",
            name=op.f("ck_plans_proposal"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('active', 'paused', 'completed') OR COALESCE(agreed_revision, 0) = revision",
            name=op.f("ck_plans_agreed"),
        ),
        sa.CheckConstraint(
            "(agreed_revision IS NULL) = (agreed_at IS NULL) AND (agreed_at IS NULL) = (agreed_by_id IS NULL)",
            name=op.f("ck_plans_agreement"),
        ),
        sa.CheckConstraint(
            "revision >= 1 AND COALESCE(agreed_revision, 1) BETWEEN 1 AND revision", name=op.f("ck_plans_revision")
        ),
        sa.CheckConstraint("strategy_count BETWEEN 0 AND 50", name=op.f("ck_plans_strategy_count")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "agreed_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_plans_clinic_id_agreed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_plans_clinic_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "course_id"],
            ["courses.clinic_id", "courses.patient_id", "courses.id"],
            name=op.f("fk_plans_clinic_id_patient_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_plans_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "proposed_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_plans_clinic_id_proposed_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_plans")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_plans_clinic_id_patient_id_id")),
        info={"key_owner": "patient_id"},
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.create_index("ix_plans_chart", ["clinic_id", "patient_id", "created_at", "id"], unique=False)
        batch_op.create_index("ix_plans_clinic", ["clinic_id", "created_at", "id"], unique=False)

    op.create_table(
        "strategy_library",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "grounding_sensory",
                "paced_breathing",
                "progressive_relaxation",
                "mindfulness_meditation",
                "self_compassion",
                "cognitive_reframing",
                "defusion",
                "emotion_labeling",
                "distress_tolerance",
                "behavioural_activation",
                "sleep_hygiene",
                "movement_exercise",
                "yoga_somatic",
                "nutrition_hydration",
                "nature_contact",
                "creative_expression",
                "music",
                "journaling",
                "social_connection",
                "professional_support",
                "spiritual_ritual",
                "values_action",
                "graded_exposure",
                "boundary_setting",
                "substance_avoidance",
                "digital_hygiene",
                "problem_solving",
                "means_safety",
                "other",
                name="strategy_category",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("description", sa.LargeBinary(), nullable=True),
        sa.Column("if_cue", sa.LargeBinary(), nullable=False),
        sa.Column("then_action", sa.LargeBinary(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_strategy_library_clinic_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"], name=op.f("fk_strategy_library_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_strategy_library")),
    )
    with op.batch_alter_table("strategy_library", schema=None) as batch_op:
        batch_op.create_index(
            "ix_strategy_library_category", ["clinic_id", "category", "created_at", "id"], unique=False
        )
        batch_op.create_index("ix_strategy_library_list", ["clinic_id", "created_at", "id"], unique=False)

    op.create_table(
        "plan_versions",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "proposed",
                "active",
                "paused",
                "completed",
                "archived",
                name="plan_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column(
            "proposed_by",
            sa.Enum("patient", "clinician", name="plan_side", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by_id", sa.Uuid(), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decline_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(agreed_at IS NULL) = (agreed_by_id IS NULL)", name=op.f("ck_plan_versions_agreement")),
        sa.CheckConstraint("agreed_at IS NULL OR declined_at IS NULL", name=op.f("ck_plan_versions_answer")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "plan_id"],
            ["plans.clinic_id", "plans.patient_id", "plans.id"],
            name=op.f("fk_plan_versions_clinic_id_patient_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_plan_versions_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_plan_versions")),
        sa.UniqueConstraint(
            "clinic_id", "plan_id", "revision", name=op.f("uq_plan_versions_clinic_id_plan_id_revision")
        ),
        info={"key_owner": "patient_id"},
    )
    with op.batch_alter_table("plan_versions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_plan_versions_plan", ["clinic_id", "patient_id", "plan_id", "created_at", "id"], unique=False
        )

    op.create_table(
        "strategies",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "grounding_sensory",
                "paced_breathing",
                "progressive_relaxation",
                "mindfulness_meditation",
                "self_compassion",
                "cognitive_reframing",
                "defusion",
                "emotion_labeling",
                "distress_tolerance",
                "behavioural_activation",
                "sleep_hygiene",
                "movement_exercise",
                "yoga_somatic",
                "nutrition_hydration",
                "nature_contact",
                "creative_expression",
                "music",
                "journaling",
                "social_connection",
                "professional_support",
                "spiritual_ritual",
                "values_action",
                "graded_exposure",
                "boundary_setting",
                "substance_avoidance",
                "digital_hygiene",
                "problem_solving",
                "means_safety",
                "other",
                name="strategy_category",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("description", sa.LargeBinary(), nullable=True),
        sa.Column("if_cue", sa.LargeBinary(), nullable=True),
        sa.Column("then_action", sa.LargeBinary(), nullable=True),
        sa.Column("schedule", sa.String(length=200), nullable=True),
        sa.Column("duration_minutes", sa.Integer(), nullable=True),
        sa.Column("barriers", sa.LargeBinary(), nullable=False),
        sa.Column("supports", sa.LargeBinary(), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("importance", sa.Integer(), nullable=True),
        sa.Column("library_id", sa.Uuid(), nullable=True),
        sa.Column("rehearsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("confidence BETWEEN 0 AND 10", name=op.f("ck_strategies_confidence")),
        sa.CheckConstraint("duration_minutes BETWEEN 1 AND 480", name=op.f("ck_strategies_duration_minutes")),
        sa.CheckConstraint("importance BETWEEN 0 AND 10", name=op.f("ck_strategies_importance")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_strategies_clinic_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "plan_id"],
            ["plans.clinic_id", "plans.patient_id", "plans.id"],
            name=op.f("fk_strategies_clinic_id_patient_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_strategies_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_strategies")),
        sa.UniqueConstraint(
            "clinic_id", "patient_id", "plan_id", "id", name=op.f("uq_strategies_clinic_id_patient_id_plan_id_id")
        ),
        info={"key_owner": "patient_id"},
    )
    with op.batch_alter_table("strategies", schema=None) as batch_op:
        batch_op.create_index(
            "ix_strategies_plan", ["clinic_id", "patient_id", "plan_id", "created_at", "id"], unique=False
        )

    op.create_table(
        "practices",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("strategy_id", sa.Uuid(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("context", sa.LargeBinary(), nullable=True),
        sa.Column("distress_before", sa.Integer(), nullable=True),
        sa.Column("distress_after", sa.Integer(), nullable=True),
        sa.Column("helpfulness", sa.Integer(), nullable=True),
        sa.Column("would_use_again", sa.Boolean(), nullable=True),
        sa.Column(
            "skipped_reason",
            sa.Enum(
                "forgot",
                "no_time",
                "too_distressed",
                "too_tired",
                "did_not_want_to",
                "not_needed",
                "obstacle",
                "other",
                name="skipped_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("distress_after BETWEEN 0 AND 10", name=op.f("ck_practices_distress_after")),
        sa.CheckConstraint("distress_before BETWEEN 0 AND 10", name=op.f("ck_practices_distress_before")),
        sa.CheckConstraint("helpfulness BETWEEN 0 AND 4", name=op.f("ck_practices_helpfulness")),
        sa.CheckConstraint(
            "skipped_reason IS NULL OR COALESCE(distress_before, distress_after, helpfulness) IS NULL",
            name=op.f("ck_practices_skip_has_no_ratings"),
        ),
        sa.CheckConstraint(
            "skipped_reason IS NULL OR would_use_again IS NULL", name=op.f("ck_practices_skip_has_no_verdict")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "plan_id", "strategy_id"],
            ["strategies.clinic_id", "strategies.patient_id", "strategies.plan_id", "strategies.id"],
            name=op.f("fk_practices_clinic_id_patient_id_plan_id_strategy_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_practices_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_practices")),
        info={"key_owner": "patient_id"},
    )
    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.create_index("ix_practices_chart", ["clinic_id", "patient_id", "used_at", "id"], unique=False)
        batch_op.create_index("ix_practices_clinic", ["clinic_id", "used_at", "id"], unique=False)
        batch_op.create_index(
            "ix_practices_plan", ["clinic_id", "patient_id", "plan_id", "used_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_practices_strategy", ["clinic_id", "patient_id", "strategy_id", "used_at", "id"], unique=False
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.drop_index("ix_practices_strategy")
        batch_op.drop_index("ix_practices_plan")
        batch_op.drop_index("ix_practices_chart")
        batch_op.drop_index("ix_practices_clinic")

    op.drop_table("practices")
    with op.batch_alter_table("strategies", schema=None) as batch_op:
        batch_op.drop_index("ix_strategies_plan")

    op.drop_table("strategies")
    with op.batch_alter_table("plan_versions", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_versions_plan")

    op.drop_table("plan_versions")
    with op.batch_alter_table("strategy_library", schema=None) as batch_op:
        batch_op.drop_index("ix_strategy_library_list")
        batch_op.drop_index("ix_strategy_library_category")

    op.drop_table("strategy_library")
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_index("ix_plans_chart")
        batch_op.drop_index("ix_plans_clinic")

    op.drop_table("plans")
