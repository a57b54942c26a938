"""Instruments of a clinic's own, and the wording that it imports. Servers of the version before may go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_75"
down_revision = "2026_11_30_73"
branch_labels = None
depends_on = None


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """Create a table of rows that belong to the clinic."""
    op.create_table(
        name,
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("instrument_id", sa.String(40), nullable=False),
        sa.Column("instrument_version", sa.SmallInteger(), nullable=False),
        *parts,
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"], name=op.f(f"fk_{name}_clinic_id")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f(f"fk_{name}_clinic_id_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f(f"pk_{name}")),
    )


def upgrade() -> None:
    """Apply."""
    _table(
        "own_instruments",
        sa.Column("definition", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("instrument_version >= 1", name=op.f("ck_own_instruments_from_one")),
        sa.UniqueConstraint("clinic_id", "instrument_id", "instrument_version", name="uq_own_instruments_version"),
    )
    _table(
        "instrument_wordings",
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("licence_note", sa.LargeBinary(), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=True),
        sa.Column("items", sa.LargeBinary(), nullable=False),
    )
    op.create_index(
        "ix_instrument_wordings_newest",
        "instrument_wordings",
        ["clinic_id", "instrument_id", "language", "created_at", "id"],
    )


def downgrade() -> None:
    """Undo."""
    for table in ("instrument_wordings", "own_instruments"):
        op.drop_table(table)
