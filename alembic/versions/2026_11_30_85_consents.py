"""Consent documents, consents, and what disclosures say of them.

End servers of the version before: they cannot read the new task, and would not ask for a consent.
"""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_85"
down_revision = "2026_11_30_83"
branch_labels = None
depends_on = None

_TASKS, _NEW_TASKS = "ck_tasks_task_kind", ("consent_withdrawn",)
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
    "flag_raised",
    "flag_to_follow",
    "flag_to_review",
)
_TIME = sa.DateTime(timezone=True)


def _purpose() -> sa.Enum:
    return _word("consent_purpose", "treatment", "sharing", "research")


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


def _by_account(table: str, column: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        ["clinic_id", column], ["accounts.clinic_id", "accounts.id"], name=op.f(f"fk_{table}_clinic_id_{column}")
    )


def upgrade() -> None:
    """Apply."""
    allow_words("tasks", _TASKS, _TASK_KINDS, (*_TASK_KINDS, *_NEW_TASKS))
    op.add_column("disclosures", sa.Column("is_permitted", sa.Boolean(), nullable=True))
    op.create_table(
        "consent_documents",
        *_versioned(),
        sa.Column("purpose", _purpose(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("needs_new_signature", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Integer(), nullable=False),
        sa.Column("digests", sa.Text(), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=False),
        sa.Column("retired_at", _TIME, nullable=True),
        sa.Column("retired_by_id", sa.Uuid(), nullable=True),
        sa.Column("texts", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number >= 1 AND valid_from BETWEEN 1 AND number", name=op.f("ck_consent_documents_number")),
        sa.CheckConstraint(
            "(retired_at IS NULL) = (retired_by_id IS NULL)", name=op.f("ck_consent_documents_retired_by")
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"], name=op.f("fk_consent_documents_clinic_id")),
        _by_account("consent_documents", "published_by_id"),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_consent_documents")),
        sa.UniqueConstraint("clinic_id", "purpose", "number", name="uq_consent_documents_number"),
    )
    op.create_index("ix_consent_documents_list", "consent_documents", ["clinic_id", "created_at", "id"])
    op.create_table(
        "consents",
        *_versioned(),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", _purpose(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("mode", _word("consent_mode", "signed_in", "paper"), nullable=False),
        sa.Column("signed_at", _TIME, nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", _TIME, nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("ordinal >= 1 AND number >= 1", name=op.f("ck_consents_ordinal")),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_consents_withdrawn_by")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_consents_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "document_id"],
            ["consent_documents.clinic_id", "consent_documents.id"],
            name=op.f("fk_consents_clinic_id_document_id"),
        ),
        _by_account("consents", "created_by_id"),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_consents")),
        sa.UniqueConstraint("clinic_id", "patient_id", "purpose", "ordinal", name="uq_consents_ordinal"),
    )
    op.create_index("ix_consents_chart", "consents", ["clinic_id", "patient_id", "signed_at", "id"])
    op.create_index("ix_consents_clinic", "consents", ["clinic_id", "signed_at", "id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("consents")
    op.drop_table("consent_documents")
    op.drop_column("disclosures", "is_permitted")
    tasks = sa.table("tasks", sa.column("kind", sa.String()))
    op.execute(sa.delete(tasks).where(tasks.c.kind.in_(_NEW_TASKS)))
    allow_words("tasks", _TASKS, (*_TASK_KINDS, *_NEW_TASKS), _TASK_KINDS)
