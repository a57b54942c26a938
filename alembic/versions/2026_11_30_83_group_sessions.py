"""Group sessions. Servers of the version before may go on; a change of theirs keeps a session in its group."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_83"
down_revision = "2026_11_30_82"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_PHASES = ("screening", "preparation", "dosing", "integration", "follow_up")


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "group_sessions",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("topic", sa.LargeBinary(), nullable=True),
        sa.Column("phase", _words("phase", *_PHASES), nullable=False),
        sa.Column("modality", _words("modality", "in_person", "telehealth"), nullable=False),
        sa.Column("planned_start_at", _TIME, nullable=False),
        sa.Column("planned_end_at", _TIME, nullable=True),
        sa.Column("member_count", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("planned_end_at > planned_start_at", name=op.f("ck_group_sessions_planned_times")),
        sa.CheckConstraint("member_count BETWEEN 1 AND 12", name=op.f("ck_group_sessions_member_count")),
        sa.CheckConstraint("phase <> 'dosing'", name=op.f("ck_group_sessions_no_dose")),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"], name=op.f("fk_group_sessions_clinic_id")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_group_sessions_clinic_id_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_group_sessions")),
    )
    op.create_index("ix_group_sessions_list", "group_sessions", ["clinic_id", "planned_start_at", "id"])
    for table in ("sessions", "session_versions"):
        op.add_column(table, sa.Column("group_session_id", sa.Uuid(), nullable=True))
    op.create_index("ix_sessions_group", "sessions", ["clinic_id", "group_session_id", "patient_id"])


def downgrade() -> None:
    """Undo. The sessions of the members stay, each by itself."""
    op.drop_index("ix_sessions_group", "sessions")
    for table in ("session_versions", "sessions"):
        op.drop_column(table, "group_session_id")
    op.drop_table("group_sessions")
