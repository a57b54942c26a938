"""Record requests, and copies that are made for them. End servers of the version before.

Their job would read a copy for the clinic as if its patient had asked, and their list would show it to the patient.
"""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import add_words, remove_words

revision = "2026_11_30_99"
down_revision = "2026_11_30_97"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_GROUNDS = (
    *("kept_apart", "legal_proceeding", "inmate", "research_in_progress", "privacy_act", "confidential_source"),
    *("not_held", "danger_to_life", "harm_to_another", "representative"),
)
_TASK, _ITEM = ("record_request_to_answer",), ("record_request_answered",)
_WORDS = (("tasks", "ck_tasks_task_kind", _TASK), ("inbox_items", "ck_inbox_items_inbox_kind", _ITEM))
_MAKING = ["clinic_id", "patient_id"]
_REQUEST = ["clinic_id", "record_request_id"]


def _word(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)


def _index(name: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, "exports", columns, unique=unique, postgresql_where=condition, sqlite_where=condition)


def _by_account(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["clinic_id", column],
        ["accounts.clinic_id", "accounts.id"],
        name=op.f(f"fk_record_requests_clinic_id_{column}"),
    )


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "record_requests",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("state", _word("record_request_state", "open", "fulfilled", "denied"), nullable=False),
        sa.Column("received_at", _TIME, nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("extended_at", _TIME, nullable=True),
        sa.Column("extension_reason", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", _TIME, nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("denial_ground", _word("access_denial_ground", *_GROUNDS), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (answered_at IS NULL)", name=op.f("ck_record_requests_answered")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_record_requests_answered_by")
        ),
        sa.CheckConstraint("(state = 'denied') = (answer IS NOT NULL)", name=op.f("ck_record_requests_answer")),
        sa.CheckConstraint("(state = 'denied') = (denial_ground IS NOT NULL)", name=op.f("ck_record_requests_denied")),
        sa.CheckConstraint(
            "(extended_at IS NULL) = (extension_reason IS NULL)", name=op.f("ck_record_requests_extension")
        ),
        sa.CheckConstraint("received_at < due_at", name=op.f("ck_record_requests_due")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_record_requests_clinic_id_patient_id"),
        ),
        _by_account("answered_by_id"),
        _by_account("created_by_id"),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_record_requests")),
    )
    op.create_index("ix_record_requests_chart", "record_requests", ["clinic_id", "patient_id", "created_at", "id"])
    op.create_index("ix_record_requests_clinic", "record_requests", ["clinic_id", "created_at", "id"])
    op.add_column("exports", sa.Column("record_request_id", sa.Uuid(), nullable=True))
    op.add_column("exports", sa.Column("handed_over_at", _TIME, nullable=True))
    op.drop_index("uq_exports_making", "exports")
    _index("uq_exports_making", _MAKING, "state = 'making' AND record_request_id IS NULL", unique=True)
    _index("uq_exports_copying", _REQUEST, "state = 'making' AND record_request_id IS NOT NULL", unique=True)
    _index("ix_exports_request", [*_REQUEST, "created_at", "id"], "record_request_id IS NOT NULL")
    for table, check, words in _WORDS:
        add_words(table, check, words)


def downgrade() -> None:
    """Undo: requests, their copies, and what was told of them are lost."""
    for table, check, words in _WORDS:
        rows = sa.table(table, sa.column("kind", sa.String()))
        op.execute(sa.delete(rows).where(rows.c.kind.in_(words)))
        remove_words(table, check, words)
    copies = sa.table("exports", sa.column("record_request_id", sa.Uuid()))
    op.execute(sa.delete(copies).where(copies.c.record_request_id.is_not(None)))
    for index in ("ix_exports_request", "uq_exports_copying", "uq_exports_making"):
        op.drop_index(index, "exports")
    op.drop_column("exports", "handed_over_at")
    op.drop_column("exports", "record_request_id")
    _index("uq_exports_making", _MAKING, "state = 'making'", unique=True)
    op.drop_table("record_requests")
