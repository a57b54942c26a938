"""Charts that come from other deployments. End servers of the version before.

They would count a consent that was given to another clinic.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_97"
down_revision = "2026_11_30_96"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "chart_imports",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("imported_at", _TIME, nullable=False),
        sa.Column("manifest_sha256", sa.String(64), nullable=False),
        sa.Column("rows_inserted", sa.Integer(), nullable=False),
        sa.Column("rows_skipped", sa.Integer(), nullable=False),
        sa.Column("origin", sa.LargeBinary(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("rows_inserted >= 0 AND rows_skipped >= 0", name=op.f("ck_chart_imports_counts")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_chart_imports_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_chart_imports")),
    )
    op.create_index("ix_chart_imports_chart", "chart_imports", ["clinic_id", "patient_id", "imported_at", "id"])
    op.create_index("ix_tombstones_chart", "tombstones", ["clinic_id", "patient_id"])
    op.add_column("notes", sa.Column("imported_at", _TIME, nullable=True))
    op.add_column("notes", sa.Column("imported_proof", sa.LargeBinary(), nullable=True))
    op.add_column("consents", sa.Column("imported_at", _TIME, nullable=True))
    op.add_column("consent_documents", sa.Column("imported_number", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Undo: proofs of other deployments are lost, and consents that came from there are read as given here."""
    op.drop_column("consent_documents", "imported_number")
    op.drop_column("consents", "imported_at")
    op.drop_column("notes", "imported_proof")
    op.drop_column("notes", "imported_at")
    op.drop_index("ix_tombstones_chart", "tombstones")
    op.drop_table("chart_imports")
