"""The number of attachments that were announced in a chart. Servers of the version before may go on.

What they announce meanwhile is not counted, so two at once may pass the limits by one.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_72"
down_revision = "2026_11_30_71"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("patients", sa.Column("attachments_announced", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("patients", "attachments_announced")
