"""Assessments and their versions: servers of the version before may go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_38"
down_revision = "2026_11_30_37"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_DECISIONS = ("go", "concern", "hold")


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(*_DECISIONS, name="assessment_decision", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("reasons", sa.LargeBinary(), nullable=False),
        sa.Column("updated_by_id", sa.Uuid(), nullable=False),
    ]


def _of_chart(table: str, session: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f(f"fk_{table}_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", session],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name=f"fk_{table}_session",
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "assessments",
        *_columns(),
        *_of_chart("assessments", "id"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "updated_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_assessments_clinic_id_updated_by_id"),
        ),
    )
    op.create_table(
        "assessment_versions",
        *_columns(),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("kept_at", _TIME, nullable=False),
        *_of_chart("assessment_versions", "session_id"),
        sa.UniqueConstraint("clinic_id", "session_id", "version", name="uq_assessment_versions_version"),
    )
    op.create_index(
        "ix_assessment_versions_session",
        "assessment_versions",
        ["clinic_id", "patient_id", "session_id", "kept_at", "id"],
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("assessment_versions")
    op.drop_table("assessments")
