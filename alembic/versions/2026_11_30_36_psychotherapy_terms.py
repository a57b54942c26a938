"""Text of psychotherapy notes bound to author and grant; grants numbered by note. End the servers before.

Text that is not bound so does not decrypt. No version with these tables was released, so tables with rows are refused.
A downgrade keeps the notes, and ends their grants: only servers from this version on can read them.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_36"
down_revision = "2026_11_30_35"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_ORDINAL = "uq_psychotherapy_grants_ordinal"


def upgrade() -> None:
    """Apply. Raises RuntimeError if there is a psychotherapy note."""
    if op.get_bind().execute(sa.text("SELECT 1 FROM psychotherapy_notes LIMIT 1")).first() is not None:
        msg = "psychotherapy notes of an unreleased version cannot be read by another; use the version that wrote them"
        raise RuntimeError(msg)
    _make_grants(_unique("clinic_id", "note_id", "ordinal"))
    of_patient = ["clinic_id", "patient_id", "id", "author_id"]
    op.create_index("ix_psychotherapy_notes_patient", "psychotherapy_notes", of_patient)


def downgrade() -> None:
    """Undo."""
    _make_grants(_unique("clinic_id", "note_id", "account_id", "ordinal"))
    op.drop_index("ix_psychotherapy_notes_patient", "psychotherapy_notes")


def _unique(*columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=_ORDINAL)


def _make_grants(ordinal: sa.UniqueConstraint) -> None:
    """Make the table anew, empty, with this constraint."""
    op.drop_table("psychotherapy_grants")
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
        ordinal,
    )
    op.create_index(
        "ix_psychotherapy_grants_account", "psychotherapy_grants", ["clinic_id", "account_id", "created_at", "id"]
    )
    op.create_index(
        "ix_psychotherapy_grants_note", "psychotherapy_grants", ["clinic_id", "note_id", "created_at", "id"]
    )
