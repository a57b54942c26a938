"""Psychotherapy notes, and grants to read them. Servers of the version before may go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_25"
down_revision = "2026_11_30_24"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "psychotherapy_notes",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("domain_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "signed",
                name="psychotherapy_note_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("signed_at", _TIME, nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(state = 'signed') = (signed_at IS NOT NULL)", name=op.f("ck_psychotherapy_notes_signed_at")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_psychotherapy_notes_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_psychotherapy_notes_session",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "author_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_psychotherapy_notes_clinic_id_author_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_psychotherapy_notes")),
    )
    of_author = ["clinic_id", "author_id", "created_at", "id"]
    op.create_index("ix_psychotherapy_notes_author", "psychotherapy_notes", of_author)
    of_patient = ["clinic_id", "author_id", "patient_id", "created_at", "id"]
    op.create_index("ix_psychotherapy_notes_of_patient", "psychotherapy_notes", of_patient)
    op.create_table(
        "psychotherapy_grants",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("domain_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("ends_at", _TIME, nullable=False),
        sa.Column("revoked_at", _TIME, nullable=True),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("ordinal > 0", name=op.f("ck_psychotherapy_grants_ordinal")),
        sa.CheckConstraint("account_id <> author_id", name=op.f("ck_psychotherapy_grants_another")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "note_id"],
            ["psychotherapy_notes.clinic_id", "psychotherapy_notes.id"],
            name=op.f("fk_psychotherapy_grants_clinic_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "author_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_psychotherapy_grants_clinic_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_psychotherapy_grants_clinic_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_psychotherapy_grants")),
        sa.UniqueConstraint("clinic_id", "note_id", "account_id", "ordinal", name="uq_psychotherapy_grants_ordinal"),
    )
    of_account = ["clinic_id", "account_id", "created_at", "id"]
    op.create_index("ix_psychotherapy_grants_account", "psychotherapy_grants", of_account)
    op.create_index(
        "ix_psychotherapy_grants_note", "psychotherapy_grants", ["clinic_id", "note_id", "created_at", "id"]
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("psychotherapy_grants")
    op.drop_table("psychotherapy_notes")
