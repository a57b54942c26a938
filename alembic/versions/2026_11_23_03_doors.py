"""Throttles, and service accounts"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_03"
down_revision = "2026_11_23_01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "throttles",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("spent_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_throttles")),
    )
    op.create_index("ix_throttles_spent", "throttles", ["clinic_id", "spent_until"])
    with op.batch_alter_table("accounts") as batch_op:
        batch_op.add_column(sa.Column("scopes", sa.Text(), nullable=True))
    op.create_table(
        "service_accounts",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("secret_digest", sa.LargeBinary(), nullable=False),
        sa.Column("previous_digest", sa.LargeBinary(), nullable=True),
        sa.Column("previous_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id", "id"], ["accounts.clinic_id", "accounts.id"], name=op.f("fk_service_accounts_clinic_id_id")
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_service_accounts")),
    )
    op.create_index("ix_service_accounts_created_at", "service_accounts", ["clinic_id", "created_at", "id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("service_accounts")
    with op.batch_alter_table("accounts") as batch_op:
        batch_op.drop_column("scopes")
    op.drop_table("throttles")
