"""The promise to answer a shared reflection. Servers of the version before may go on.

What is shared already has no promise. What older servers share or take back meanwhile has none, or keeps an old one.
"""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_62"
down_revision = "2026_11_30_61"
branch_labels = None
depends_on = None

_COLUMNS = ("promised_at", "next_due_at", "answered_at")
_TASKS = (
    "reflection_to_review",
    "note_to_sign",
    "note_to_cosign",
    "plan_to_answer",
    "plan_to_read",
    "reply_to_read",
    "practice_to_read",
    "medicines_to_read",
    "help_asked",
    "withholding_to_review",
    "plan_to_finish",
    "safety_plan_to_read",
    "adverse_event_to_review",
    "rems_form_to_send",
    "disagreement_to_read",
    "amendment_request_to_answer",
)
_NEW, _CHECK = "reply_missed", "ck_tasks_task_kind"


def upgrade() -> None:
    """Apply."""
    for name in _COLUMNS:
        op.add_column("reflections", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    allow_words("tasks", _CHECK, _TASKS, (*_TASKS, _NEW))


def downgrade() -> None:
    """Undo."""
    tasks = sa.table("tasks", sa.column("kind", sa.String()))
    op.execute(sa.delete(tasks).where(tasks.c.kind == _NEW))
    allow_words("tasks", _CHECK, (*_TASKS, _NEW), _TASKS)
    for name in _COLUMNS:
        op.drop_column("reflections", name)
