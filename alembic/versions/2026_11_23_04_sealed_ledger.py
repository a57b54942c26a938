"""Where each row of the ledger stands, and the signed seals over them"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_04"
down_revision = "2026_11_23_03"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. What keeps rows from being changed on SQLite is made by `env.py`, after every migration."""
    op.create_table(
        "ledger_places",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seal_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_ledger_places")),
        sa.UniqueConstraint("clinic_id", "position", name=op.f("uq_ledger_places_clinic_id_position")),
    )
    op.create_table(
        "ledger_seals",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("encoding", sa.Integer(), nullable=False),
        sa.Column("first_position", sa.BigInteger(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("previous_head", sa.LargeBinary(length=32), nullable=False),
        sa.Column("head", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=8), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_ledger_seals")),
        sa.UniqueConstraint("clinic_id", "number", name=op.f("uq_ledger_seals_clinic_id_number")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("ledger_seals")
    op.drop_table("ledger_places")
