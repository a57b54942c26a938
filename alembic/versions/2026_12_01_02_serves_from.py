"""The database says which servers may go on after a migration, and erased charts are found by an index.

A new index and a new column of the migration table, so servers of the version before may go on.
"""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.long_steps import build_index, drop_index

revision = "2026_12_01_02"
down_revision = "2026_11_30_99"
branch_labels = None
depends_on = None
serves_with = True


def upgrade() -> None:
    """Apply."""
    build_index("ix_patients_erased", "patients", ["clinic_id", "id"], "erased_at IS NOT NULL")
    op.add_column("alembic_version", sa.Column("serves_from", sa.String(32), nullable=True))


def downgrade() -> None:
    """Undo."""
    drop_index("ix_patients_erased", "patients")
    op.drop_column("alembic_version", "serves_from")
