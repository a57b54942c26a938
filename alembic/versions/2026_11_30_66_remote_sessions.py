"""Remote sessions, tokens of support persons, what they see; three kinds of tasks, five columns more in sessions.

Servers of the version before must have ended: they cannot read the words of the new tasks.
"""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_66"
down_revision = "2026_11_30_65"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_CHECK = "ck_tasks_task_kind"
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
)
_NEW = ("observer_check_missed", "observer_alarm", "link_lost")
_SESSION_COLUMNS = ("remote_settled_at", "video_lost_at", "observer_lost_at", "remote_written_at")


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _of_session(table: str) -> tuple[sa.Constraint, ...]:
    """Return the constraints that every table of a remote session has."""
    return (
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f(f"fk_{table}_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["remote_sessions.clinic_id", "remote_sessions.patient_id", "remote_sessions.id"],
            name=f"fk_{table}_session",
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f(f"pk_{table}")),
    )


def _by(table: str, column: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        ["clinic_id", column], ["accounts.clinic_id", "accounts.id"], name=op.f(f"fk_{table}_clinic_id_{column}")
    )


def _ids() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
    )


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "remote_sessions",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("emergency_address", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("local_emergency_number", sa.LargeBinary(), nullable=True),
        sa.Column("observer", sa.LargeBinary(), nullable=True),
        sa.Column("medical_on_call", sa.LargeBinary(), nullable=True),
        sa.Column("updated_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_remote_sessions_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_remote_sessions_session",
        ),
        _by("remote_sessions", "updated_by_id"),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_remote_sessions_clinic_id_patient_id_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_remote_sessions")),
    )
    op.create_table(
        "support_tokens",
        *_ids(),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.Column("revoked_at", _TIME, nullable=True),
        sa.Column("binding", sa.LargeBinary(), nullable=False),
        _by("support_tokens", "created_by_id"),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_support_tokens_time_box")),
        *_of_session("support_tokens"),
    )
    op.create_table(
        "observer_checks",
        *_ids(),
        sa.Column("token_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("taken_at", _TIME, nullable=False),
        sa.Column("claimed_taken_at", _TIME, nullable=True),
        sa.Column("responds", _words("responds", "yes", "to_voice", "to_touch", "no"), nullable=False),
        sa.Column("breathing", _words("breathing", "normal", "noisy", "slow", "none"), nullable=False),
        sa.Column("colour", _words("colour", "normal", "pale", "blue"), nullable=False),
        sa.Column("vomiting", sa.Boolean(), nullable=False),
        sa.Column("position", _words("position", "sitting", "reclined", "on_side", "on_back", "other"), nullable=False),
        sa.Column("distress", sa.SmallInteger(), nullable=True),
        sa.Column("pulse", sa.SmallInteger(), nullable=True),
        sa.Column("spo2", sa.SmallInteger(), nullable=True),
        sa.Column("systolic", sa.SmallInteger(), nullable=True),
        sa.Column("diastolic", sa.SmallInteger(), nullable=True),
        sa.Column("source", _words("observer_source", "self_read", "observer", "device"), nullable=False),
        sa.Column("ignored", sa.Text(), nullable=False),
        sa.CheckConstraint("distress BETWEEN 0 AND 10", name=op.f("ck_observer_checks_distress")),
        sa.CheckConstraint("pulse BETWEEN 20 AND 250", name=op.f("ck_observer_checks_pulse")),
        sa.CheckConstraint("spo2 BETWEEN 50 AND 100", name=op.f("ck_observer_checks_spo2")),
        sa.CheckConstraint(
            "systolic BETWEEN 40 AND 300 AND diastolic BETWEEN 20 AND 200", name=op.f("ck_observer_checks_pressure")
        ),
        sa.CheckConstraint("(systolic IS NULL) = (diastolic IS NULL)", name=op.f("ck_observer_checks_pressure_whole")),
        sa.CheckConstraint("diastolic < systolic", name=op.f("ck_observer_checks_pressure_order")),
        *_of_session("observer_checks"),
    )
    op.create_table(
        "link_events",
        *_ids(),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("claimed_at", _TIME, nullable=True),
        sa.Column("link", _words("link", "video", "observer"), nullable=False),
        sa.Column("change", _words("link_change", "connected", "lost", "restored"), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        _by("link_events", "recorded_by_id"),
        *_of_session("link_events"),
    )
    for table, at in (("support_tokens", "created_at"), ("observer_checks", "taken_at"), ("link_events", "at")):
        op.create_index(f"ix_{table}_session", table, ["clinic_id", "patient_id", "session_id", at, "id"])
    for table in ("sessions", "session_versions"):
        for name in _SESSION_COLUMNS:
            op.add_column(table, sa.Column(name, _TIME, nullable=True))
        op.add_column(table, sa.Column("links_noted", sa.Integer(), nullable=True))
    allow_words("tasks", _CHECK, _OLD, (*_OLD, *_NEW))


def downgrade() -> None:
    """Undo."""
    rows = sa.table("tasks", sa.column("kind", sa.String()))
    op.execute(sa.delete(rows).where(rows.c.kind.in_(_NEW)))
    allow_words("tasks", _CHECK, (*_OLD, *_NEW), _OLD)
    for table in ("session_versions", "sessions"):
        op.drop_column(table, "links_noted")
        for name in reversed(_SESSION_COLUMNS):
            op.drop_column(table, name)
    for table in ("link_events", "observer_checks", "support_tokens", "remote_sessions"):
        op.drop_table(table)
