"""The Statement by which an observer's checks settle what the clock waits for (R12, R25)."""

import sqlalchemy as sa

from integration_api.resources.attention.worklist.tables import TaskKind, TaskTable
from integration_api.resources.care.remote_sessions.support_statements import STANDS
from integration_api.storage.statements import Change, Scope, param
from integration_api.storage.tables import table_of

_tasks = table_of(TaskTable)
_SEEN = {
    "has_pressure": TaskKind.PRESSURE_MISSED,
    "has_oxygen": TaskKind.OXYGEN_MISSED,
    "is_awake": TaskKind.SEDATION_NOT_GONE,
}
SETTLE_SEEN = Change(
    "settle_readings_of_token",
    sa.delete(_tasks).where(
        _tasks.c.clinic_id == param("clinic_id", _tasks.c.clinic_id),
        _tasks.c.patient_id == param("patient_id", _tasks.c.patient_id),
        _tasks.c.subject_id == param("session_id", _tasks.c.subject_id),
        sa.or_(
            *(sa.and_(_tasks.c.kind == kind, sa.bindparam(name, type_=sa.Boolean())) for name, kind in _SEEN.items())
        ),
        STANDS,
    ),
    Scope.SYSTEM,
    "a support person, who has no account: guarded by the token, and of its session alone",
)
