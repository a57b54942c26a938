"""Safety flags and their history. End servers of the version before: they cannot read the new words."""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_76"
down_revision = "2026_11_30_75"
branch_labels = None
depends_on = None

_TASKS, _NEW_TASKS = "ck_tasks_task_kind", ("flag_raised", "flag_to_follow", "flag_to_review")
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
    "measure_response_to_read",
    "check_in_missed",
    "check_in_to_read",
)
_TIME = sa.DateTime(timezone=True)
_DISPOSITIONS = (
    "safe_to_continue",
    "safety_plan_updated",
    "session_brought_forward",
    "prescriber_decided",
    "emergency_services",
    "hospital",
    "referred",
    "other",
)


def upgrade() -> None:
    """Apply."""
    allow_words("tasks", _TASKS, _TASK_KINDS, (*_TASK_KINDS, *_NEW_TASKS))
    op.create_index("ix_tasks_kind", "tasks", ["clinic_id", "kind", "opened_at", "id"])
    _flags()
    _events()


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _in_chart(table: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        ["clinic_id", "patient_id"],
        ["patients.clinic_id", "patients.id"],
        name=op.f(f"fk_{table}_clinic_id_patient_id"),
    )


def _by_account(table: str, column: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        ["clinic_id", column], ["accounts.clinic_id", "accounts.id"], name=op.f(f"fk_{table}_clinic_id_{column}")
    )


def _flags() -> None:
    op.create_table(
        "flags",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(8), nullable=False),
        sa.Column("rule_version", sa.String(16), nullable=False),
        sa.Column(
            "origin",
            _word(
                "flag_origin",
                *("help", "reflection", "check_in", "measure_response", "vital", "dose", "adverse_event", "session"),
                *("home_count", "arc_window", "by_hand"),
            ),
            nullable=False,
        ),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("severity_rank", sa.SmallInteger(), nullable=False),
        sa.Column(
            "state",
            _word(
                "flag_state",
                *("open", "acknowledged", "in_progress", "escalated", "awaiting_review", "resolved", "false_positive"),
            ),
            nullable=False,
        ),
        sa.Column("alerted_at", _TIME, nullable=False),
        sa.Column("acknowledge_due_at", _TIME, nullable=False),
        sa.Column("contact_due_at", _TIME, nullable=False),
        sa.Column("escalate_at", _TIME, nullable=True),
        sa.Column("escalations", sa.SmallInteger(), nullable=False),
        sa.Column("raised_by_id", sa.Uuid(), nullable=True),
        sa.Column("acknowledged_at", _TIME, nullable=True),
        sa.Column("acknowledged_by_id", sa.Uuid(), nullable=True),
        sa.Column("contacted_at", _TIME, nullable=True),
        sa.Column("disposition", _word("flag_disposition", *_DISPOSITIONS), nullable=True),
        sa.Column("is_false", sa.Boolean(), nullable=True),
        sa.Column("proposed_at", _TIME, nullable=True),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", _TIME, nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("severity_rank BETWEEN 0 AND 3", name=op.f("ck_flags_severity_rank")),
        sa.CheckConstraint(
            "(acknowledged_at IS NULL) = (acknowledged_by_id IS NULL)", name=op.f("ck_flags_acknowledged_by")
        ),
        sa.CheckConstraint("(proposed_at IS NULL) = (proposed_by_id IS NULL)", name=op.f("ck_flags_proposed_by")),
        sa.CheckConstraint("(proposed_at IS NULL) = (is_false IS NULL)", name=op.f("ck_flags_proposed_end")),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_flags_closed_by")),
        sa.CheckConstraint(
            "(state IN ('resolved', 'false_positive')) = (closed_at IS NOT NULL)", name=op.f("ck_flags_closed")
        ),
        sa.CheckConstraint("closed_at IS NULL OR escalate_at IS NULL", name=op.f("ck_flags_closed_is_quiet")),
        _in_chart("flags"),
        *(
            _by_account("flags", column)
            for column in ("raised_by_id", "acknowledged_by_id", "proposed_by_id", "closed_by_id")
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_flags")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_flags_clinic_id_patient_id_id")),
        sa.UniqueConstraint("clinic_id", "patient_id", "rule", "source_id", name="uq_flags_rule_source"),
    )
    for name, columns in (
        ("chart", ["clinic_id", "patient_id", "created_at", "id"]),
        ("clinic", ["clinic_id", "created_at", "id"]),
        ("source", ["clinic_id", "patient_id", "source_id"]),
        ("episode", ["clinic_id", "patient_id", "episode_id", "rule"]),
        ("overdue", ["clinic_id", "escalate_at", "id"]),
    ):
        op.create_index(f"ix_flags_{name}", "flags", columns)


def _events() -> None:
    op.create_table(
        "flag_events",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("flag_id", sa.Uuid(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column(
            "kind",
            _word(
                "flag_event_kind",
                *("raised", "re_alerted", "repeated", "acknowledged", "contact", "remark"),
                *("escalated", "proposed", "returned", "closed"),
            ),
            nullable=False,
        ),
        sa.Column("severity_rank", sa.SmallInteger(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column(
            "channel", _word("contact_channel", "phone", "video", "in_person", "message", "other"), nullable=True
        ),
        sa.Column("reached", _word("contact_result", "none", "voicemail", "patient", "proxy"), nullable=True),
        sa.Column("disposition", _word("flag_disposition", *_DISPOSITIONS), nullable=True),
        sa.Column("happened_at", _TIME, nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("severity_rank BETWEEN 0 AND 3", name=op.f("ck_flag_events_severity_rank")),
        sa.CheckConstraint("(channel IS NULL) = (reached IS NULL)", name=op.f("ck_flag_events_contact")),
        sa.CheckConstraint("(kind = 'contact') = (channel IS NOT NULL)", name=op.f("ck_flag_events_of_contact")),
        _in_chart("flag_events"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "flag_id"],
            ["flags.clinic_id", "flags.patient_id", "flags.id"],
            name=op.f("fk_flag_events_clinic_id_patient_id_flag_id"),
        ),
        _by_account("flag_events", "by_id"),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_flag_events")),
    )
    op.create_index("ix_flag_events_flag", "flag_events", ["clinic_id", "patient_id", "flag_id", "at", "id"])


def downgrade() -> None:
    """Undo. What waits as a flag waits no longer; help is asked for again by hand."""
    op.drop_table("flag_events")
    op.drop_table("flags")
    op.drop_index("ix_tasks_kind", "tasks")
    tasks = sa.table("tasks", sa.column("kind", sa.String()))
    op.execute(sa.delete(tasks).where(tasks.c.kind.in_(_NEW_TASKS)))
    allow_words("tasks", _TASKS, (*_TASK_KINDS, *_NEW_TASKS), _TASK_KINDS)
