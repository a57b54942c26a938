"""Which monitor a reading is of. Readings of before have none. Servers of the version before may go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_02_25"
down_revision = "2026_12_02_24"
branch_labels = None
depends_on = None
serves_with = True


def upgrade() -> None:
    """Apply."""
    op.add_column("vitals", sa.Column("device", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Undo: which monitor a reading is of is lost."""
    op.drop_column("vitals", "device")
