"""Tasks of readings that are late after a dose. End servers of the version before: they cannot read the new tasks."""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import add_words, remove_words

revision = "2026_12_02_01"
down_revision = "2026_12_01_99"
branch_labels = None
depends_on = None
serves_with = False

_TASKS = "ck_tasks_task_kind"
_NEW = ("monitoring_gap", "pressure_missed", "oxygen_missed", "sedation_not_gone", "dissociation_not_gone")


def upgrade() -> None:
    """Apply. Sessions that are under way are watched from their next dose or reading on."""
    add_words("tasks", _TASKS, _NEW)


def downgrade() -> None:
    """Undo. What the clock has turned into a flag stays."""
    tasks = sa.table("tasks", sa.column("kind", sa.String()))
    op.execute(sa.delete(tasks).where(tasks.c.kind.in_(_NEW)))
    remove_words("tasks", _TASKS, _NEW)
