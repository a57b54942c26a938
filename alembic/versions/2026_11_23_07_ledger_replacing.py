"""On SQLite no row of the ledger, its places or its seals is replaced by a new one"""

revision = "2026_11_23_07"
down_revision = "2026_11_23_06"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. Nothing here: `env.py` makes the triggers that are missing after every migration, so it needs one."""


def downgrade() -> None:
    """Undo. Nothing here either: the triggers go with their tables. The code before them adds no row twice."""
