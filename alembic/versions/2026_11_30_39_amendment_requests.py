"""Amendment requests, disclosures, disagreements. End servers of the version before: they would lose a disagreement."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_39"
down_revision = "2026_11_30_38"
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
    "rems_form_to_send",
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
    "safety_plan_to_confirm",
)
_NEW: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "tasks": ("ck_tasks_task_kind", _TASKS, ("disagreement_to_read", "amendment_request_to_answer")),
    "inbox_items": ("ck_inbox_items_inbox_kind", _INBOX, ("amendment_request_answered",)),
}
"""By table: the name of the CHECK of its `kind`, the words so far, and those that are new."""


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
    ]


def _of_chart(table: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f(f"fk_{table}_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f(f"pk_{table}")),
    ]


def _by_account(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["clinic_id", column], ["accounts.clinic_id", "accounts.id"], name=op.f(f"fk_{table}_clinic_id_{column}")
    )


def _amendment_requests() -> None:
    table = "amendment_requests"
    op.create_table(
        table,
        *_columns(),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("state", _enum("amendment_state", "open", "accepted", "denied"), nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("extended_at", _TIME, nullable=True),
        sa.Column("extension_reason", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", _TIME, nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column(
            "denial_basis",
            _enum(
                "denial_basis",
                "not_created_here",
                "not_part_of_record",
                "not_open_to_inspection",
                "accurate_and_complete",
            ),
            nullable=True,
        ),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        *_of_chart(table),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "note_id"],
            ["notes.clinic_id", "notes.patient_id", "notes.id"],
            name="fk_amendment_requests_note",
        ),
        _by_account(table, "answered_by_id"),
        _by_account(table, "created_by_id"),
        sa.CheckConstraint("(state = 'open') = (answered_at IS NULL)", name=op.f(f"ck_{table}_answered")),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name=op.f(f"ck_{table}_answered_by")),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name=op.f(f"ck_{table}_answer")),
        sa.CheckConstraint("(state = 'denied') = (denial_basis IS NOT NULL)", name=op.f(f"ck_{table}_denied")),
        sa.CheckConstraint("(extended_at IS NULL) = (extension_reason IS NULL)", name=op.f(f"ck_{table}_extension")),
    )
    op.create_index("ix_amendment_requests_chart", table, ["clinic_id", "patient_id", "created_at", "id"])
    op.create_index("ix_amendment_requests_clinic", table, ["clinic_id", "created_at", "id"])


def _disclosures() -> None:
    table = "disclosures"
    op.create_table(
        table,
        *_columns(),
        sa.Column("disclosed_at", _TIME, nullable=False),
        sa.Column("recipient", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.LargeBinary(), nullable=False),
        sa.Column(
            "basis",
            _enum(
                "disclosure_basis",
                "required_by_law",
                "public_health",
                "abuse_or_neglect",
                "oversight",
                "court",
                "law_enforcement",
                "deceased",
                "research",
                "serious_threat",
                "government",
                "workers_compensation",
                "by_mistake",
                "other",
            ),
            nullable=False,
        ),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", _TIME, nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.LargeBinary(), nullable=True),
        *_of_chart(table),
        _by_account(table, "created_by_id"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f(f"ck_{table}_withdrawn_by")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name=op.f(f"ck_{table}_withdrawn_reason")
        ),
    )
    op.create_index("ix_disclosures_chart", table, ["clinic_id", "patient_id", "disclosed_at", "id"])
    op.create_index("ix_disclosures_clinic", table, ["clinic_id", "disclosed_at", "id"])


def upgrade() -> None:
    """Apply."""
    op.add_column("notes", sa.Column("disagreements", sa.LargeBinary(), nullable=True))
    _amendment_requests()
    _disclosures()
    for table, (check, old, new) in _NEW.items():
        allow_words(table, check, old, (*old, *new))


def downgrade() -> None:
    """Undo."""
    for table, (check, old, new) in _NEW.items():
        rows = sa.table(table, sa.column("kind", sa.String()))
        op.execute(sa.delete(rows).where(rows.c.kind.in_(new)))
        allow_words(table, check, (*old, *new), old)
    op.drop_table("disclosures")
    op.drop_table("amendment_requests")
    op.drop_column("notes", "disagreements")
