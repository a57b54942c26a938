"""Attachments: servers of the version before may go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_65"
down_revision = "2026_11_30_64"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_TYPES = (
    "image/jpeg",
    "image/png",
    "image/webp",
    "audio/mpeg",
    "audio/mp4",
    "audio/ogg",
    "audio/webm",
    "audio/wav",
    "application/pdf",
)
_INDEXES = {
    "ix_attachments_chart": ["clinic_id", "patient_id", "created_at", "id"],
    "ix_attachments_clinic": ["clinic_id", "created_at", "id"],
    "ix_attachments_reflection": ["clinic_id", "patient_id", "reflection_id"],
    "ix_attachments_state": ["clinic_id", "state", "created_at", "id"],
}


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "attachments",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("reflection_id", sa.Uuid(), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("content_type", _word("media_type", *_TYPES), nullable=False),
        sa.Column("state", _word("attachment_state", "uploading", "ready"), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("received_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("completed_at", _TIME, nullable=True),
        sa.Column("content_key", sa.LargeBinary(), nullable=False),
        sa.Column("objects", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_attachments_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "note_id"],
            ["notes.clinic_id", "notes.patient_id", "notes.id"],
            name="fk_attachments_note",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "reflection_id"],
            ["reflections.clinic_id", "reflections.patient_id", "reflections.id"],
            name="fk_attachments_reflection",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_attachments_clinic_id_created_by_id"),
        ),
        sa.CheckConstraint("(note_id IS NULL) <> (reflection_id IS NULL)", name=op.f("ck_attachments_parent")),
        sa.CheckConstraint("(state = 'ready') = (completed_at IS NOT NULL)", name=op.f("ck_attachments_completed")),
        sa.CheckConstraint("state <> 'ready' OR sha256 IS NOT NULL", name=op.f("ck_attachments_sha256")),
        sa.CheckConstraint("size_bytes > 0 AND received_bytes >= 0", name=op.f("ck_attachments_size")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_attachments")),
    )
    for name, columns in _INDEXES.items():
        op.create_index(name, "attachments", columns)


def downgrade() -> None:
    """Undo. The bytes stay in their folder or bucket, where nobody can read them any more."""
    op.drop_table("attachments")
