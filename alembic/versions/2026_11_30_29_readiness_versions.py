"""Versions of readiness. End servers of the version before first: they would close the holds of readings."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_29"
down_revision = "2026_11_30_28"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "readiness_versions",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "held",
                "released",
                "ready",
                name="readiness_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("items", sa.LargeBinary(), nullable=False),
        sa.Column("contraindications", sa.LargeBinary(), nullable=False),
        sa.Column("unmet", sa.LargeBinary(), nullable=False),
        sa.Column("updated_by_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_readiness_versions_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_readiness_versions_session",
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_readiness_versions")),
        sa.UniqueConstraint("clinic_id", "session_id", "version", name="uq_readiness_versions_version"),
    )
    op.create_index(
        "ix_readiness_versions_session",
        "readiness_versions",
        ["clinic_id", "patient_id", "session_id", "kept_at", "id"],
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("readiness_versions")
