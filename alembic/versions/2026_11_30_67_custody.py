"""Containers of controlled drugs, their registers, and home counts. End servers of the version before.

They cannot read the new kinds of tasks and of things that a patient is told.
"""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_67"
down_revision = "2026_11_30_66"
branch_labels = None
depends_on = None

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
    "disagreement_to_read",
    "amendment_request_to_answer",
    "reply_missed",
    "readiness_to_check",
    "session_to_document",
    "observer_check_missed",
    "observer_alarm",
    "link_lost",
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
    "amendment_request_answered",
)
_WORDS = {
    "tasks": ("ck_tasks_task_kind", _TASKS, ("home_count_to_read", "refill_to_decide")),
    "inbox_items": ("ck_inbox_items_inbox_kind", _INBOX, ("refill_decided",)),
}
_KINDS = (
    "received",
    "transferred_in",
    "transferred_out",
    "moved",
    "administered",
    "dispensed",
    "wasted",
    "destroyed",
    "returned",
    "lost",
    "stolen",
    "counted",
    "adjusted",
    "reversed",
    "witnessed",
)


def _enum(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _reference(table: str, names: list[str], to: list[str], name: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(names, to, name=op.f(name or f"fk_{table}_{'_'.join(names)}"))


def upgrade() -> None:
    """Apply."""
    for table, (check, old, new) in _WORDS.items():
        allow_words(table, check, old, (*old, *new))
    op.create_table(
        "custody_containers",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drug", _enum("controlled_drug", "ketamine", "esketamine", "other"), nullable=False),
        sa.Column("unit", _enum("stock_unit", "mg", "mL", "device", "tablet", "lozenge"), nullable=False),
        sa.Column("mg_per_unit_milli", sa.BigInteger(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("formulation", sa.LargeBinary(), nullable=False),
        sa.Column("strength", sa.LargeBinary(), nullable=False),
        sa.Column("lot", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.LargeBinary(), nullable=False),
        sa.Column("balance_milli", sa.BigInteger(), nullable=False),
        sa.Column("unexplained_milli", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("last_entry_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("balance_milli >= 0", name=op.f("ck_custody_containers_balance")),
        sa.CheckConstraint("mg_per_unit_milli > 0", name=op.f("ck_custody_containers_mg_per_unit")),
        _reference("custody_containers", ["clinic_id"], ["clinics.clinic_id"]),
        _reference("custody_containers", ["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_custody_containers")),
    )
    op.create_index("ix_custody_containers_list", "custody_containers", ["clinic_id", "created_at", "id"])
    op.create_table(
        "custody_entries",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("container_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", _enum("entry_kind", *_KINDS), nullable=False),
        sa.Column("change_milli", sa.BigInteger(), nullable=False),
        sa.Column("balance_milli", sa.BigInteger(), nullable=False),
        sa.Column("counted_milli", sa.BigInteger(), nullable=True),
        sa.Column("other_container_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("of_id", sa.Uuid(), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("dose_id", sa.Uuid(), nullable=True),
        sa.Column("days_supply", sa.SmallInteger(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("balance_milli >= 0", name=op.f("ck_custody_entries_balance")),
        sa.CheckConstraint("days_supply > 0", name=op.f("ck_custody_entries_days_supply")),
        sa.CheckConstraint(
            "kind NOT IN ('reversed', 'witnessed') OR of_id IS NOT NULL", name=op.f("ck_custody_entries_of")
        ),
        *(
            _reference(
                "custody_entries", ["clinic_id", name], ["custody_containers.clinic_id", "custody_containers.id"]
            )
            for name in ("container_id", "other_container_id")
        ),
        _reference("custody_entries", ["clinic_id", "of_id"], ["custody_entries.clinic_id", "custody_entries.id"]),
        _reference("custody_entries", ["clinic_id", "patient_id"], ["patients.clinic_id", "patients.id"]),
        _reference(
            "custody_entries",
            ["clinic_id", "patient_id", "dose_id"],
            ["doses.clinic_id", "doses.patient_id", "doses.id"],
            "fk_custody_entries_dose",
        ),
        _reference("custody_entries", ["clinic_id", "recorded_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_custody_entries")),
        sa.UniqueConstraint(
            "clinic_id", "container_id", "number", name=op.f("uq_custody_entries_clinic_id_container_id_number")
        ),
        sa.UniqueConstraint("clinic_id", "of_id", "kind", name=op.f("uq_custody_entries_clinic_id_of_id_kind")),
    )
    op.create_index(
        "ix_custody_entries_register", "custody_entries", ["clinic_id", "container_id", "recorded_at", "id"]
    )
    op.create_index("ix_custody_entries_chart", "custody_entries", ["clinic_id", "patient_id", "recorded_at", "id"])
    op.create_table(
        "home_counts",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_milli", sa.BigInteger(), nullable=False),
        sa.Column("expected_milli", sa.BigInteger(), nullable=False),
        sa.Column("seen_on_video", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.LargeBinary(), nullable=True),
        sa.Column("counted_by_id", sa.Uuid(), nullable=False),
        sa.Column("refill_state", _enum("refill_state", "requested", "approved", "declined"), nullable=True),
        sa.Column("earliest_refill_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("counted_milli >= 0", name=op.f("ck_home_counts_counted")),
        sa.CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name=op.f("ck_home_counts_decided_by")),
        sa.CheckConstraint("decided_at IS NULL OR refill_state <> 'requested'", name=op.f("ck_home_counts_decided")),
        _reference("home_counts", ["clinic_id", "patient_id"], ["patients.clinic_id", "patients.id"]),
        _reference("home_counts", ["clinic_id", "counted_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_home_counts")),
    )
    op.create_index("ix_home_counts_chart", "home_counts", ["clinic_id", "patient_id", "happened_at", "id"])
    op.create_index("ix_home_counts_clinic", "home_counts", ["clinic_id", "happened_at", "id"])


def downgrade() -> None:
    """Undo."""
    for table in ("home_counts", "custody_entries", "custody_containers"):
        op.drop_table(table)
    for table, (check, old, new) in _WORDS.items():
        rows = sa.table(table, sa.column("kind", sa.String()))
        op.execute(sa.delete(rows).where(rows.c.kind.in_(new)))
        allow_words(table, check, (*old, *new), old)
