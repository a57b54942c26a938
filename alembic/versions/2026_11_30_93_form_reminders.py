"""Tasks of a REMS form that time opens. End servers of the version before: they cannot read the new tasks."""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_93"
down_revision = "2026_11_30_92"
branch_labels = None
depends_on = None

_TASKS, _NEW_TASKS = "ck_tasks_task_kind", ("rems_form_reminder", "rems_form_overdue")
_TASK_KINDS = (
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
    "readiness_to_check",
    "session_to_document",
    "observer_check_missed",
    "observer_alarm",
    "link_lost",
    "home_count_to_read",
    "refill_to_decide",
    "goal_to_read",
    "measure_response_to_read",
    "check_in_missed",
    "check_in_to_read",
    "flag_raised",
    "flag_to_follow",
    "flag_to_review",
    "consent_withdrawn",
)


def upgrade() -> None:
    """Apply. Forms that wait already get no reminder; they stay on the worklist."""
    allow_words("tasks", _TASKS, _TASK_KINDS, (*_TASK_KINDS, *_NEW_TASKS))


def downgrade() -> None:
    """Undo."""
    tasks = sa.table("tasks", sa.column("kind", sa.String()))
    op.execute(sa.delete(tasks).where(tasks.c.kind.in_(_NEW_TASKS)))
    allow_words("tasks", _TASKS, (*_TASK_KINDS, *_NEW_TASKS), _TASK_KINDS)
