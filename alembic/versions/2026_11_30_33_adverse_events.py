"""Adverse events, and a kind of task more: end servers of the version before first."""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_33"
down_revision = "2026_11_30_29"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_KINDS = (
    "dissociation",
    "sedation",
    "dizziness",
    "nausea",
    "vomiting",
    "headache",
    "anxiety",
    "blood_pressure_rise",
    "tachycardia",
    "respiratory_depression",
    "loss_of_consciousness",
    "emergence_agitation",
    "confusion",
    "vertigo",
    "blurred_vision",
    "dysarthria",
    "hypoaesthesia",
    "injection_site_reaction",
    "laryngospasm",
    "urinary_symptoms",
    "psychotic_symptoms",
    "mania",
    "suicidality",
    "derealisation",
    "craving",
    "fall",
    "aspiration",
    "allergic_reaction",
    "anaphylaxis",
    "liver",
    "cognition",
    "hospital_transfer",
    "other",
)
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
)
_NEW_TASKS = ("adverse_event_to_review",)


def _enum(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _enum("adverse_event_kind", *_KINDS), nullable=False),
        sa.Column("onset_at", _TIME, nullable=False),
        sa.Column("ended_at", _TIME, nullable=True),
        sa.Column("known_at", _TIME, nullable=False),
        sa.Column(
            "severity",
            _enum("event_severity", "mild", "moderate", "severe", "life_threatening", "fatal"),
            nullable=False,
        ),
        sa.Column("serious_because", sa.LargeBinary(), nullable=False),
        sa.Column("is_expected", sa.Boolean(), nullable=True),
        sa.Column(
            "relatedness",
            _enum("relatedness", "unrelated", "unlikely", "possible", "probable", "definite"),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            _enum("event_outcome", "recovered", "recovering", "not_recovered", "sequelae", "fatal", "unknown"),
            nullable=False,
        ),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("action", sa.LargeBinary(), nullable=True),
        sa.Column("treatment", sa.LargeBinary(), nullable=True),
        sa.Column("reporter", _enum("event_reporter", "patient", "observer", "staff"), nullable=False),
        sa.Column("reported_to", sa.LargeBinary(), nullable=False),
        sa.Column("review_due_at", _TIME, nullable=True),
        sa.Column("reviewed_at", _TIME, nullable=True),
        sa.Column("reviewed_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", _TIME, nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.LargeBinary(), nullable=True),
    ]


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "adverse_events",
        *_columns(),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= onset_at", name=op.f("ck_adverse_events_times")),
        sa.CheckConstraint("(severity = 'fatal') = (outcome = 'fatal')", name=op.f("ck_adverse_events_death")),
        sa.CheckConstraint(
            "(reviewed_at IS NULL) = (reviewed_by_id IS NULL)", name=op.f("ck_adverse_events_reviewed_by")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_adverse_events_withdrawn_by")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name=op.f("ck_adverse_events_withdrawn_reason")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_adverse_events_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_adverse_events_session",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_adverse_events_clinic_id_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_adverse_events")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_adverse_events_clinic_id_patient_id_id")),
    )
    op.create_index("ix_adverse_events_chart", "adverse_events", ["clinic_id", "patient_id", "onset_at", "id"])
    op.create_index("ix_adverse_events_clinic", "adverse_events", ["clinic_id", "onset_at", "id"])
    op.create_table(
        "adverse_event_versions",
        *_columns(),
        sa.Column("adverse_event_id", sa.Uuid(), nullable=False),
        sa.Column("kept_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_adverse_event_versions_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "adverse_event_id"],
            ["adverse_events.clinic_id", "adverse_events.patient_id", "adverse_events.id"],
            name="fk_adverse_event_versions_adverse_event",
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_adverse_event_versions")),
        sa.UniqueConstraint(
            "clinic_id",
            "adverse_event_id",
            "version",
            name="uq_adverse_event_versions_version",
        ),
    )
    op.create_index(
        "ix_adverse_event_versions_one",
        "adverse_event_versions",
        ["clinic_id", "patient_id", "adverse_event_id", "kept_at", "id"],
    )
    allow_words("tasks", "ck_tasks_task_kind", _TASKS, (*_TASKS, *_NEW_TASKS))


def downgrade() -> None:
    """Undo."""
    tasks = sa.table("tasks", sa.column("kind", sa.String()))
    op.execute(sa.delete(tasks).where(tasks.c.kind.in_(_NEW_TASKS)))
    allow_words("tasks", "ck_tasks_task_kind", (*_TASKS, *_NEW_TASKS), _TASKS)
    op.drop_table("adverse_event_versions")
    op.drop_table("adverse_events")
