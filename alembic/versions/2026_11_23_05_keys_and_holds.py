"""Keys are found by their master key; legal holds and erasure of charts"""

from alembic import op

revision = "2026_11_23_05"
down_revision = "2026_11_23_01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_vault_keys_wrapped_key", "vault_keys", ["wrapped_key"])


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_vault_keys_wrapped_key", "vault_keys")
