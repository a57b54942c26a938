"""Ends of flags that waited for a review before have a due time. Servers of the version before must end."""

from alembic import op

revision = "2026_12_01_99"
down_revision = "2026_12_01_98"
branch_labels = None
depends_on = None
serves_with = False


def upgrade() -> None:
    """Apply: each is due when its patient was to be reached, as one that is proposed today."""
    op.execute(
        "UPDATE flags SET escalate_at = contact_due_at, escalations = 0"
        " WHERE state = 'awaiting_review' AND escalate_at IS NULL"
    )


def downgrade() -> None:
    """Undo: the times stay; the version before keeps them too."""
