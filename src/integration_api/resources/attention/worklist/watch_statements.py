"""Statements of the tasks by which the clock watches a session after its first dose."""

import sqlalchemy as sa

from integration_api.access.visible import in_clinic, visible
from integration_api.resources.attention.worklist.tables import OF_DOSED_SESSION, TaskTable
from integration_api.storage.statements import Change, Scope, param
from integration_api.storage.tables import table_of

_tasks = table_of(TaskTable)

END_WATCH = Change(
    "end_watch_of_session",
    sa.delete(_tasks).where(
        in_clinic(_tasks),
        visible(_tasks.c.patient_id),
        _tasks.c.patient_id == param("patient_id", _tasks.c.patient_id),
        _tasks.c.subject_id == param("session_id", _tasks.c.subject_id),
        sa.or_(*(_tasks.c.kind == kind for kind in OF_DOSED_SESSION)),
    ),
    Scope.OWNER,
)
"""All of them at once. What the clock has turned into a flag already is a task of that flag, and stays."""
