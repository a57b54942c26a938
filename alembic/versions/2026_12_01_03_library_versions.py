"""Versions of the entries of strategy libraries. The servers before may go on: they list ended entries too."""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_01_03"
down_revision = "2026_12_01_02"
branch_labels = None
depends_on = None
serves_with = True

_COLUMNS = {
    "family_id": sa.Uuid(),
    "number": sa.Integer(),
    "replaces_id": sa.Uuid(),
    "replaced_at": sa.DateTime(timezone=True),
    "retired_at": sa.DateTime(timezone=True),
}


def upgrade() -> None:
    """Apply."""
    for name, kind in _COLUMNS.items():
        op.add_column("strategy_library", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Undo: each version becomes an entry of its own, and what was retired is in use again."""
    for name in reversed(_COLUMNS):
        op.drop_column("strategy_library", name)
