"""Versions of remote records; when the observer and the patient left. Servers of the version before may go on.

What they write meanwhile keeps no version, and notes nobody as gone. Sessions of before have nobody noted as gone.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_71"
down_revision = "2026_11_30_69"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_TEXTS = ("emergency_address", "phone", "local_emergency_number", "observer", "medical_on_call")
_SESSION_COLUMNS = ("observer_left_at", "patient_left_at")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "remote_session_versions",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.LargeBinary(), nullable=True) for name in _TEXTS),
        sa.Column("updated_by_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("kept_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_remote_session_versions_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["remote_sessions.clinic_id", "remote_sessions.patient_id", "remote_sessions.id"],
            name="fk_remote_session_versions_session",
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_remote_session_versions")),
        sa.UniqueConstraint("clinic_id", "session_id", "version", name="uq_remote_session_versions_version"),
    )
    op.create_index(
        "ix_remote_session_versions_session",
        "remote_session_versions",
        ["clinic_id", "patient_id", "session_id", "kept_at", "id"],
    )
    for table in ("sessions", "session_versions"):
        for name in _SESSION_COLUMNS:
            op.add_column(table, sa.Column(name, _TIME, nullable=True))


def downgrade() -> None:
    """Undo. What was kept of remote records is lost."""
    for table in ("session_versions", "sessions"):
        for name in reversed(_SESSION_COLUMNS):
            op.drop_column(table, name)
    op.drop_table("remote_session_versions")
