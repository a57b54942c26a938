"""Capture links, and the entries written by one. Servers of the version before may go on: they refuse its token."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_92"
down_revision = "2026_11_30_88"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply."""
    op.add_column("reflections", sa.Column("capture_link_id", sa.Uuid(), nullable=True))
    op.create_table(
        "capture_links",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sign_in_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.Column("entries", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_capture_links_time_box")),
        sa.CheckConstraint("entries BETWEEN 0 AND 100", name=op.f("ck_capture_links_entries")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_capture_links_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name=op.f("fk_capture_links_session"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_capture_links_clinic_id_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_capture_links")),
        sa.UniqueConstraint("clinic_id", "patient_id", "sign_in_id", name="uq_capture_links_sign_in"),
    )
    op.create_index(
        "ix_capture_links_session", "capture_links", ["clinic_id", "patient_id", "session_id", "created_at", "id"]
    )


def downgrade() -> None:
    """Undo. The tokens of links are tokens of nothing then; what was written by them stays."""
    op.drop_table("capture_links")
    op.drop_column("reflections", "capture_link_id")
