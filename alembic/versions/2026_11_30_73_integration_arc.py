"""Protocols, windows of the integration arc, check-ins, and the first dose of a session.

End servers of the version before: they cannot read the new words, and would not keep the first dose of a session.
"""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_73"
down_revision = "2026_11_30_72"
branch_labels = None
depends_on = None

_TASKS, _NEW_TASKS = "ck_tasks_task_kind", ("check_in_missed", "check_in_to_read")
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
)
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply."""
    for table in ("sessions", "session_versions"):
        op.add_column(table, sa.Column("first_dose_at", _TIME, nullable=True))
    _fill_first_doses()
    allow_words("tasks", _TASKS, _TASK_KINDS, (*_TASK_KINDS, *_NEW_TASKS))
    _protocols()
    _windows()
    _check_ins()


def _fill_first_doses() -> None:
    """Write the first dose that stands into each session that has one."""
    sessions = sa.table(
        "sessions", sa.column("clinic_id", sa.Uuid()), sa.column("id", sa.Uuid()), _time("first_dose_at")
    )
    doses = sa.table(
        "doses",
        sa.column("clinic_id", sa.Uuid()),
        sa.column("session_id", sa.Uuid()),
        _time("given_at"),
        _time("withdrawn_at"),
    )
    first = (
        sa.select(sa.func.min(doses.c.given_at))
        .where(
            doses.c.clinic_id == sessions.c.clinic_id,
            doses.c.session_id == sessions.c.id,
            doses.c.withdrawn_at.is_(None),
        )
        .correlate(sessions)
        .scalar_subquery()
    )
    op.execute(sa.update(sessions).values(first_dose_at=first))


def _time(name: str) -> "sa.ColumnClause[object]":
    return sa.column(name, _TIME)


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _versioned() -> list["sa.Column[object]"]:
    return [
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]


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


def _protocols() -> None:
    op.create_table(
        "arc_protocols",
        *_versioned(),
        sa.Column("steps", sa.LargeBinary(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"], name=op.f("fk_arc_protocols_clinic_id")),
        _by_account("arc_protocols", "created_by_id"),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_arc_protocols")),
        sa.UniqueConstraint("clinic_id", "version", name="uq_arc_protocols_version"),
    )


def _windows() -> None:
    op.create_table(
        "arc_windows",
        *_versioned(),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.String(8), nullable=False),
        sa.Column("kind", _word("arc_kind", "check_in", "surveillance"), nullable=False),
        sa.Column("step", sa.LargeBinary(), nullable=False),
        sa.Column("protocol_version", sa.Integer(), nullable=False),
        sa.Column("dose_at", _TIME, nullable=False),
        sa.Column("opens_at", _TIME, nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("closes_at", _TIME, nullable=False),
        sa.Column("state", _word("arc_state", "open", "answered", "missed", "cancelled", "superseded"), nullable=False),
        sa.Column("settled_at", _TIME, nullable=True),
        sa.CheckConstraint("opens_at <= due_at AND due_at < closes_at", name=op.f("ck_arc_windows_times")),
        sa.CheckConstraint("state <> 'missed'", name=op.f("ck_arc_windows_by_the_clock")),
        sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name=op.f("ck_arc_windows_settled")),
        _in_chart("arc_windows"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_arc_windows_session",
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_arc_windows")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_arc_windows_clinic_id_patient_id_id")),
        sa.UniqueConstraint("clinic_id", "session_id", "step_id", name="uq_arc_windows_step"),
    )
    op.create_index("ix_arc_windows_chart", "arc_windows", ["clinic_id", "patient_id", "due_at", "id"])
    op.create_index("ix_arc_windows_clinic", "arc_windows", ["clinic_id", "due_at", "id"])


def _check_ins() -> None:
    op.create_table(
        "check_ins",
        *_versioned(),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("arc_window_id", sa.Uuid(), nullable=True),
        sa.Column("item_version", sa.SmallInteger(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("contact_me", sa.Boolean(), nullable=False),
        sa.Column("ignored", sa.LargeBinary(), nullable=False),
        sa.Column("alarms", sa.LargeBinary(), nullable=False),
        sa.Column("mode", _word("response_mode", "self_completed", "interview", "telephone", "paper"), nullable=False),
        sa.Column("is_off_window", sa.Boolean(), nullable=False),
        sa.Column("completed_at", _TIME, nullable=False),
        sa.Column("happened_at", _TIME, nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", _TIME, nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_check_ins_withdrawn_by")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name=op.f("ck_check_ins_withdrawn_reason")
        ),
        sa.CheckConstraint("is_off_window = (arc_window_id IS NULL)", name=op.f("ck_check_ins_off_window")),
        _in_chart("check_ins"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "arc_window_id"],
            ["arc_windows.clinic_id", "arc_windows.patient_id", "arc_windows.id"],
            name="fk_check_ins_window",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "corrects_id"],
            ["check_ins.clinic_id", "check_ins.patient_id", "check_ins.id"],
            name="fk_check_ins_corrects",
        ),
        _by_account("check_ins", "created_by_id"),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_check_ins")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_check_ins_clinic_id_patient_id_id")),
        sa.UniqueConstraint("clinic_id", "corrects_id", name=op.f("uq_check_ins_clinic_id_corrects_id")),
    )
    for name, columns in (
        ("chart", ["clinic_id", "patient_id", "happened_at", "id"]),
        ("clinic", ["clinic_id", "happened_at", "id"]),
        ("window", ["clinic_id", "patient_id", "arc_window_id"]),
        ("corrects", ["clinic_id", "patient_id", "corrects_id"]),
    ):
        op.create_index(f"ix_check_ins_{name}", "check_ins", columns)


def downgrade() -> None:
    """Undo."""
    op.drop_table("check_ins")
    op.drop_table("arc_windows")
    op.drop_table("arc_protocols")
    tasks = sa.table("tasks", sa.column("kind", sa.String()))
    op.execute(sa.delete(tasks).where(tasks.c.kind.in_(_NEW_TASKS)))
    allow_words("tasks", _TASKS, (*_TASK_KINDS, *_NEW_TASKS), _TASK_KINDS)
    for table in ("session_versions", "sessions"):
        op.drop_column(table, "first_dose_at")
