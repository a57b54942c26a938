"""Two more kinds of things that wait. Servers of the version before must have ended: they cannot read the words."""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_64"
down_revision = "2026_11_30_63"
branch_labels = None
depends_on = None

_CHECK = "ck_tasks_task_kind"
_OLD = (
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
    "reply_missed",
)
_NEW = ("readiness_to_check", "session_to_document")


def upgrade() -> None:
    """Apply."""
    allow_words("tasks", _CHECK, _OLD, (*_OLD, *_NEW))


def downgrade() -> None:
    """Undo."""
    rows = sa.table("tasks", sa.column("kind", sa.String()))
    op.execute(sa.delete(rows).where(rows.c.kind.in_(_NEW)))
    allow_words("tasks", _CHECK, (*_OLD, *_NEW), _OLD)
