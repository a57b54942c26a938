"""Versions of the entries of strategy libraries. The servers before may go on: they list ended entries too."""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_01_03"
down_revision = "2026_12_01_02"
branch_labels = None
depends_on = None
serves_with = True


def upgrade() -> None:
    """Apply."""
    op.add_column("strategy_library", sa.Column("family_id", sa.Uuid(), nullable=True))
    op.add_column("strategy_library", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column("strategy_library", sa.Column("replaces_id", sa.Uuid(), nullable=True))
    op.add_column("strategy_library", sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("strategy_library", sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Undo: each version becomes an entry of its own, and what was retired is in use again."""
    op.drop_column("strategy_library", "retired_at")
    op.drop_column("strategy_library", "replaced_at")
    op.drop_column("strategy_library", "replaces_id")
    op.drop_column("strategy_library", "number")
    op.drop_column("strategy_library", "family_id")
