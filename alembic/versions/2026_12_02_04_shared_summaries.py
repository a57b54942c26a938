"""Summaries that both sides write and endorse. End servers of the version before: they cannot read the new kinds."""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import add_words, remove_words

revision = "2026_12_02_04"
down_revision = "2026_12_02_03"
branch_labels = None
depends_on = None
serves_with = False

_TIME = sa.DateTime(timezone=True)
_KIND = ("summary_to_read",)
_WORDS = (("tasks", "ck_tasks_task_kind"), ("inbox_items", "ck_inbox_items_inbox_kind"))
_SIDES = ("patient", "clinician")


def _text() -> tuple[sa.Column[object], ...]:
    """Return the columns of one revision."""
    side = sa.Enum(*_SIDES, name="plan_side", native_enum=False, create_constraint=True, length=32)
    return (
        sa.Column("covers_from", sa.Date(), nullable=True),
        sa.Column("covers_until", sa.Date(), nullable=True),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("written_by", side, nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", _TIME, nullable=False),
        sa.Column("patient_endorsed_at", _TIME, nullable=True),
        sa.Column("patient_endorsed_by_id", sa.Uuid(), nullable=True),
        sa.Column("clinician_endorsed_at", _TIME, nullable=True),
        sa.Column("clinician_endorsed_by_id", sa.Uuid(), nullable=True),
    )


def _by(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_clinic_id_{column}")
    return sa.ForeignKeyConstraint(["clinic_id", column], ["accounts.clinic_id", "accounts.id"], name=name)


def _chart(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_clinic_id_patient_id")
    return sa.ForeignKeyConstraint(["clinic_id", "patient_id"], ["patients.clinic_id", "patients.id"], name=name)


def _within(name: str, column: str, above: str) -> sa.ForeignKeyConstraint:
    columns = ["clinic_id", "patient_id", column]
    return sa.ForeignKeyConstraint(columns, [f"{above}.{one}" for one in ("clinic_id", "patient_id", "id")], name=name)


def _endorsed(table: str) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(
            f"({side}_endorsed_at IS NULL) = ({side}_endorsed_by_id IS NULL)", name=op.f(f"ck_{table}_{side}_endorsed")
        )
        for side in _SIDES
    ]


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "shared_summaries",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_text(),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", _TIME, nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(session_id IS NULL) <> (course_id IS NULL)", name=op.f("ck_shared_summaries_about")),
        sa.CheckConstraint("covers_from <= covers_until", name=op.f("ck_shared_summaries_covers")),
        *_endorsed("shared_summaries"),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_shared_summaries_withdrawn_by")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name=op.f("ck_shared_summaries_withdrawn_reason")
        ),
        _chart("shared_summaries"),
        _within("fk_shared_summaries_course", "course_id", "courses"),
        _within("fk_shared_summaries_session", "session_id", "sessions"),
        _by("shared_summaries", "created_by_id"),
        _by("shared_summaries", "written_by_id"),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_shared_summaries")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_shared_summaries_clinic_id_patient_id_id")),
    )
    op.create_index("ix_shared_summaries_chart", "shared_summaries", ["clinic_id", "patient_id", "created_at", "id"])
    op.create_index("ix_shared_summaries_clinic", "shared_summaries", ["clinic_id", "created_at", "id"])
    op.create_index("ix_shared_summaries_session", "shared_summaries", ["clinic_id", "session_id"])
    op.create_table(
        "shared_summary_versions",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *_text(),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("summary_id", sa.Uuid(), nullable=False),
        *_endorsed("shared_summary_versions"),
        _chart("shared_summary_versions"),
        _within("fk_shared_summary_versions_summary", "summary_id", "shared_summaries"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "written_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name="fk_shared_summary_versions_writer",
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_shared_summary_versions")),
        sa.UniqueConstraint("clinic_id", "summary_id", "revision", name="uq_shared_summary_versions_revision"),
    )
    op.create_index(
        "ix_shared_summary_versions_summary",
        "shared_summary_versions",
        ["clinic_id", "patient_id", "summary_id", "created_at", "id"],
    )
    for table, check in _WORDS:
        add_words(table, check, _KIND)


def downgrade() -> None:
    """Undo: the summaries, and what was told of them, are lost."""
    for table, check in _WORDS:
        rows = sa.table(table, sa.column("kind", sa.String()))
        op.execute(sa.delete(rows).where(rows.c.kind.in_(_KIND)))
        remove_words(table, check, _KIND)
    op.drop_table("shared_summary_versions")
    op.drop_table("shared_summaries")
