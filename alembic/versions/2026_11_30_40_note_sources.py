"""The source of a note, and the note that it carries on. End servers of the version before: they lose a source."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_40"
down_revision = "2026_11_30_39"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("notes", sa.Column("source", sa.LargeBinary(), nullable=True))
    op.add_column("notes", sa.Column("carried_from_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("notes", "carried_from_id")
    op.drop_column("notes", "source")
