"""Journal: notes, reflections, plans with their strategies, practices"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_05"
down_revision = "2026_11_28_04"
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
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
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
        sa.CheckConstraint("is_shared OR state IN ('draft', 'archived')", name=op.f("ck_plans_private")),
        sa.CheckConstraint("replaces_id <> id", name=op.f("ck_plans_replaces")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "replaces_id"],
            ["plans.clinic_id", "plans.patient_id", "plans.id"],
            name=op.f("fk_plans_clinic_id_patient_id_replaces_id"),
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
    op.create_index("ix_plans_chart", "plans", ["clinic_id", "patient_id", "created_at", "id"])
    op.create_index("ix_plans_replaces", "plans", ["clinic_id", "patient_id", "replaces_id"])
    op.create_index("ix_plans_clinic", "plans", ["clinic_id", "created_at", "id"])
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
    op.create_index("ix_strategy_library_category", "strategy_library", ["clinic_id", "category", "created_at", "id"])
    op.create_index("ix_strategy_library_list", "strategy_library", ["clinic_id", "created_at", "id"])
    op.create_table(
        "notes",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Uuid(), nullable=True),
        sa.Column("signer_name", sa.LargeBinary(), nullable=True),
        sa.Column("signer_credential", sa.LargeBinary(), nullable=True),
        sa.Column("attestation", sa.String(length=200), nullable=True),
        sa.Column("cosigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cosigned_by_id", sa.Uuid(), nullable=True),
        sa.Column("cosigner_name", sa.LargeBinary(), nullable=True),
        sa.Column("cosigner_credential", sa.LargeBinary(), nullable=True),
        sa.Column("cosigner_attestation", sa.String(length=200), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "soap",
                "dap",
                "birp",
                "girp",
                "pirp",
                "narrative",
                "kap_preparation",
                "kap_dosing",
                "kap_integration",
                name="note_format",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "pending_cosign",
                "signed",
                "amended",
                "entered_in_error",
                "filed_unsigned",
                name="note_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sections", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("needs_cosign", sa.Boolean(), nullable=False),
        sa.Column("returns", sa.LargeBinary(), nullable=False),
        sa.Column("content_version", sa.Integer(), nullable=False),
        sa.Column("service_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_late_entry", sa.Boolean(), nullable=False),
        sa.Column("late_entry_reason", sa.LargeBinary(), nullable=True),
        sa.Column("entered_in_error_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error_reason", sa.LargeBinary(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filed_by_id", sa.Uuid(), nullable=True),
        sa.Column("filed_reason", sa.LargeBinary(), nullable=True),
        sa.Column(
            "sharing",
            sa.Enum("shared", "withheld", name="sharing_state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "withhold_reason",
            sa.Enum(
                "danger_to_life",
                "danger_to_another",
                "requested_by_patient",
                "litigation",
                "other_legal",
                name="withhold_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("withheld_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("addenda_count", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(sharing = 'withheld') = (withheld_until IS NOT NULL)", name=op.f("ck_notes_withheld_until")
        ),
        sa.CheckConstraint(
            "(sharing = 'withheld') = (withhold_reason IS NOT NULL)", name=op.f("ck_notes_withhold_reason_given")
        ),
        sa.CheckConstraint(
            "(state = 'draft' OR filed_at IS NOT NULL) = (content_sha256 IS NULL)", name=op.f("ck_notes_signed_content")
        ),
        sa.CheckConstraint(
            "(state IN ('filed_unsigned', 'entered_in_error') AND content_sha256 IS NULL) = (filed_at IS NOT NULL)",
            name=op.f("ck_notes_filed"),
        ),
        sa.CheckConstraint("(filed_at IS NULL) = (filed_by_id IS NULL)", name=op.f("ck_notes_filed_by")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "filed_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_notes_clinic_id_filed_by_id"),
        ),
        sa.CheckConstraint(
            "(state = 'entered_in_error') = (entered_in_error_at IS NOT NULL)", name=op.f("ck_notes_in_error")
        ),
        sa.CheckConstraint(
            "(state IN ('draft', 'pending_cosign') OR filed_at IS NOT NULL) = (content_version = 0)",
            name=op.f("ck_notes_content_version"),
        ),
        sa.CheckConstraint("deleted_at IS NULL OR state = 'draft'", name=op.f("ck_notes_deleted_drafts")),
        sa.CheckConstraint("(content_sha256 IS NULL) = (signed_at IS NULL)", name=op.f("ck_notes_signed_at")),
        sa.CheckConstraint("(content_sha256 IS NULL) = (signed_by_id IS NULL)", name=op.f("ck_notes_signed_by")),
        sa.CheckConstraint("(cosigned_at IS NULL) = (cosigned_by_id IS NULL)", name=op.f("ck_notes_cosigned_by")),
        sa.CheckConstraint("addenda_count BETWEEN 0 AND 100", name=op.f("ck_notes_addenda_count")),
        sa.CheckConstraint("cosigned_by_id NOT IN (author_id, signed_by_id)", name=op.f("ck_notes_cosigner")),
        sa.CheckConstraint("is_late_entry = (late_entry_reason IS NOT NULL)", name=op.f("ck_notes_late_entry")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "author_id"], ["accounts.clinic_id", "accounts.id"], name=op.f("fk_notes_clinic_id_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "cosigned_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_notes_clinic_id_cosigned_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name=op.f("fk_notes_clinic_id_patient_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_notes_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "signed_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_notes_clinic_id_signed_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_notes")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_notes_clinic_id_patient_id_id")),
        info={"key_owner": "patient_id"},
    )
    op.create_index("ix_notes_chart", "notes", ["clinic_id", "patient_id", "happened_at", "id"])
    op.create_index("ix_notes_clinic", "notes", ["clinic_id", "happened_at", "id"])
    op.create_index("ix_notes_session", "notes", ["clinic_id", "session_id"])
    op.create_table(
        "plan_versions",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column(
            "proposed_by",
            sa.Enum("patient", "clinician", name="plan_side", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decline_reason", sa.LargeBinary(), nullable=True),
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
    op.create_index(
        "ix_plan_versions_plan", "plan_versions", ["clinic_id", "patient_id", "plan_id", "created_at", "id"]
    )
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
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_id", sa.Uuid(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_number", sa.Integer(), nullable=False),
        sa.Column("reply_count", sa.Integer(), nullable=False),
        sa.Column("last_reply_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outline", sa.LargeBinary(), nullable=False),
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
        sa.CheckConstraint("(reply_count = 0) = (last_reply_at IS NULL)", name=op.f("ck_reflections_replies")),
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
    op.create_index("ix_reflections_chart", "reflections", ["clinic_id", "patient_id", "happened_at", "id"])
    op.create_index("ix_reflections_clinic", "reflections", ["clinic_id", "happened_at", "id"])
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
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("duration_minutes", sa.Integer(), nullable=True),
        sa.Column("barriers", sa.LargeBinary(), nullable=False),
        sa.Column("supports", sa.LargeBinary(), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("importance", sa.Integer(), nullable=True),
        sa.Column("library_id", sa.Uuid(), nullable=True),
        sa.Column("continues_id", sa.Uuid(), nullable=True),
        sa.Column("rehearsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rehearsal_happened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("confidence BETWEEN 0 AND 10", name=op.f("ck_strategies_confidence")),
        sa.CheckConstraint("duration_minutes BETWEEN 1 AND 480", name=op.f("ck_strategies_duration_minutes")),
        sa.CheckConstraint("importance BETWEEN 0 AND 10", name=op.f("ck_strategies_importance")),
        sa.CheckConstraint("schedule IS NULL OR starts_on IS NOT NULL", name=op.f("ck_strategies_schedule_starts")),
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
    op.create_index("ix_strategies_plan", "strategies", ["clinic_id", "patient_id", "plan_id", "created_at", "id"])
    op.create_table(
        "note_addenda",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.LargeBinary(), nullable=True),
        sa.Column("author_credential", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id", "author_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_note_addenda_clinic_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "note_id"],
            ["notes.clinic_id", "notes.patient_id", "notes.id"],
            name=op.f("fk_note_addenda_clinic_id_patient_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_note_addenda_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_note_addenda")),
        info={"key_owner": "patient_id"},
    )
    op.create_index("ix_note_addenda_note", "note_addenda", ["clinic_id", "patient_id", "note_id", "created_at", "id"])
    op.create_table(
        "note_versions",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Uuid(), nullable=True),
        sa.Column("signer_name", sa.LargeBinary(), nullable=True),
        sa.Column("signer_credential", sa.LargeBinary(), nullable=True),
        sa.Column("attestation", sa.String(length=200), nullable=True),
        sa.Column("cosigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cosigned_by_id", sa.Uuid(), nullable=True),
        sa.Column("cosigner_name", sa.LargeBinary(), nullable=True),
        sa.Column("cosigner_credential", sa.LargeBinary(), nullable=True),
        sa.Column("cosigner_attestation", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sections", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(number = 1) = (reason IS NULL)", name=op.f("ck_note_versions_reason")),
        sa.CheckConstraint(
            "content_sha256 IS NOT NULL AND signed_at IS NOT NULL AND signed_by_id IS NOT NULL",
            name=op.f("ck_note_versions_signed"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_note_versions_clinic_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "note_id"],
            ["notes.clinic_id", "notes.patient_id", "notes.id"],
            name=op.f("fk_note_versions_clinic_id_patient_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_note_versions_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_note_versions")),
        sa.UniqueConstraint("clinic_id", "note_id", "number", name=op.f("uq_note_versions_clinic_id_note_id_number")),
        info={"key_owner": "patient_id"},
    )
    op.create_index(
        "ix_note_versions_note", "note_versions", ["clinic_id", "patient_id", "note_id", "created_at", "id"]
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
        sa.Column(
            "state",
            sa.Enum(
                "logged",
                "corrected",
                "withdrawn",
                name="practice_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
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
            name="fk_practices_strategy",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_practices_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "replaces_id"],
            ["practices.clinic_id", "practices.patient_id", "practices.id"],
            name=op.f("fk_practices_clinic_id_patient_id_replaces_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_practices")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_practices_clinic_id_patient_id_id")),
        info={"key_owner": "patient_id"},
    )
    op.create_index("ix_practices_chart", "practices", ["clinic_id", "patient_id", "happened_at", "id"])
    op.create_index("ix_practices_clinic", "practices", ["clinic_id", "happened_at", "id"])
    op.create_index("ix_practices_plan", "practices", ["clinic_id", "patient_id", "plan_id", "happened_at", "id"])
    op.create_index(
        "ix_practices_strategy", "practices", ["clinic_id", "patient_id", "strategy_id", "happened_at", "id"]
    )
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
            name="fk_reflection_replies_reflection",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_reflection_replies_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_reflection_replies")),
        info={"key_owner": "patient_id"},
    )
    op.create_index(
        "ix_reflection_replies_reflection",
        "reflection_replies",
        ["clinic_id", "patient_id", "reflection_id", "created_at", "id"],
    )
    op.create_table(
        "reflection_tags",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "reflection_id"],
            ["reflections.clinic_id", "reflections.patient_id", "reflections.id"],
            name="fk_reflection_tags_reflection",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_reflection_tags_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_reflection_tags")),
        sa.UniqueConstraint("clinic_id", "patient_id", "reflection_id", "token", name="uq_reflection_tags_reflection"),
        info={"key_owner": "patient_id"},
    )
    op.create_index(
        "ix_reflection_tags_token",
        "reflection_tags",
        ["clinic_id", "patient_id", "token", "happened_at", "reflection_id"],
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
            name="fk_reflection_versions_reflection",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_reflection_versions_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_reflection_versions")),
        sa.UniqueConstraint("clinic_id", "reflection_id", "number", name="uq_reflection_versions_number"),
        info={"key_owner": "patient_id"},
    )
    op.create_index(
        "ix_reflection_versions_reflection",
        "reflection_versions",
        ["clinic_id", "patient_id", "reflection_id", "saved_at", "id"],
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("reflection_versions")
    op.drop_table("reflection_tags")
    op.drop_table("reflection_replies")
    op.drop_table("practices")
    op.drop_table("note_versions")
    op.drop_table("note_addenda")
    op.drop_table("strategies")
    op.drop_table("reflections")
    op.drop_table("plan_versions")
    op.drop_table("notes")
    op.drop_table("strategy_library")
    op.drop_table("plans")
