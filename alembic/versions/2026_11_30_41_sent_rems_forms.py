"""REMS forms as they were sent. Servers of the version before may go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_41"
down_revision = "2026_11_30_40"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("rems_forms", sa.Column("sent", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("rems_forms", "sent")
