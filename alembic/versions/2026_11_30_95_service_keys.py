"""Public keys of service accounts. Servers of the version before may go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_95"
down_revision = "2026_11_30_93"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "service_keys",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_texts", sa.Text(), nullable=False),
        sa.Column("binding", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "id"],
            ["service_accounts.clinic_id", "service_accounts.id"],
            name=op.f("fk_service_keys_clinic_id_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_service_keys")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("service_keys")
