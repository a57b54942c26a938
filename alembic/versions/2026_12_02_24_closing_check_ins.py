"""Tasks about check-ins that are about to close. End servers of the version before: they cannot read the new kind."""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import add_words, remove_words

revision = "2026_12_02_24"
down_revision = "2026_12_02_14"
branch_labels = None
depends_on = None
serves_with = False

_KIND = ("check_in_closing",)


def upgrade() -> None:
    """Apply."""
    add_words("tasks", "ck_tasks_task_kind", _KIND)


def downgrade() -> None:
    """Undo: tasks of the kind are lost."""
    rows = sa.table("tasks", sa.column("kind", sa.String()))
    op.execute(sa.delete(rows).where(rows.c.kind.in_(_KIND)))
    remove_words("tasks", "ck_tasks_task_kind", _KIND)
