"""Records that come from files of other systems, and where from. Servers of the version before may go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_01_98"
down_revision = "2026_12_01_03"
branch_labels = None
depends_on = None
serves_with = True

_TIME = sa.DateTime(timezone=True)
_KINDS = ("patient", "session", "note", "measure_response", "score_total", "reflection", "plan", "goal")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "imported_records",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*_KINDS, name="imported_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "shown_to",
            sa.Enum(
                "chart",
                "team",
                "patient",
                name="imported_for",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("identifier", sa.LargeBinary(), nullable=False),
        sa.Column("file_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("content_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("imported_by", sa.LargeBinary(), nullable=False),
        sa.Column("total", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(kind = 'score_total') = (subject_id IS NULL)", name=op.f("ck_imported_records_subject")),
        sa.CheckConstraint("(kind = 'score_total') = (total IS NOT NULL)", name=op.f("ck_imported_records_total")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_imported_records_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_imported_records")),
    )
    op.create_index("ix_imported_records_chart", "imported_records", ["clinic_id", "patient_id", "created_at", "id"])
    op.create_index("ix_imported_records_clinic", "imported_records", ["clinic_id", "created_at", "id"])


def downgrade() -> None:
    """Undo: imported things stay, and where they came from is lost."""
    op.drop_table("imported_records")
