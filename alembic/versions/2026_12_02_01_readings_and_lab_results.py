"""Tasks of late readings, and lab results. End servers of the version before: they cannot read the new words."""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import add_words, remove_words

revision = "2026_12_02_01"
down_revision = "2026_12_01_99"
branch_labels = None
depends_on = None
serves_with = False

_TASKS, _ORIGINS, _FROM_LAB = "ck_tasks_task_kind", "ck_flags_flag_origin", ("lab_result",)
_NEW = ("monitoring_gap", "pressure_missed", "oxygen_missed", "sedation_not_gone", "dissociation_not_gone")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply. Sessions that are under way are watched from their next dose or reading on."""
    add_words("tasks", _TASKS, _NEW)
    add_words("flags", _ORIGINS, _FROM_LAB, column="origin")
    op.create_table(
        "lab_results",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "analyte",
            sa.Enum("alt", "ast", name="analyte", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("upper_limit", sa.Double(), nullable=False),
        sa.Column("taken_at", _TIME, nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", _TIME, nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("value >= 0", name=op.f("ck_lab_results_value")),
        sa.CheckConstraint("upper_limit > 0", name=op.f("ck_lab_results_upper_limit")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_lab_results_withdrawn_by")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name=op.f("ck_lab_results_withdrawn_reason")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_lab_results_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_lab_results_clinic_id_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_lab_results")),
    )
    op.create_index("ix_lab_results_chart", "lab_results", ["clinic_id", "patient_id", "taken_at", "id"])
    op.create_index("ix_lab_results_clinic", "lab_results", ["clinic_id", "taken_at", "id"])


def downgrade() -> None:
    """Undo. A flag of a lab result stays; its origin is `by_hand` from then on."""
    op.drop_table("lab_results")
    flags = sa.table("flags", sa.column("origin", sa.String()))
    op.execute(sa.update(flags).where(flags.c.origin.in_(_FROM_LAB)).values(origin="by_hand"))
    remove_words("flags", _ORIGINS, _FROM_LAB, column="origin")
    tasks = sa.table("tasks", sa.column("kind", sa.String()))
    op.execute(sa.delete(tasks).where(tasks.c.kind.in_(_NEW)))
    remove_words("tasks", _TASKS, _NEW)
