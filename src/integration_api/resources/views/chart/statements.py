"""Statements of the parts of a chart that no list answers as it stands."""

import sqlalchemy as sa

from integration_api.access.visible import chart_rows, in_clinic, is_member_now, visible
from integration_api.resources.attention.worklist.statements import ORDER
from integration_api.resources.attention.worklist.tables import RANKS, TaskKind, TaskRow, TaskTable, Urgency
from integration_api.resources.care.medicines.tables import MedicineRow, MedicineTable
from integration_api.resources.care.sessions.tables import SessionRow, SessionState, SessionTable
from integration_api.resources.journal.reflections import reflection_reader_statements as reflections
from integration_api.resources.journal.reflections.tables import ReflectionTable
from integration_api.storage.statements import Read, Scope, any_for_row, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS, newest_first

_tasks, _medicines, _sessions = table_of(TaskTable), table_of(MedicineTable), table_of(SessionTable)
_reflections = table_of(ReflectionTable)
_OVER = (SessionState.COMPLETED, SessionState.CANCELLED, SessionState.NO_SHOW)


class AlertRow(TaskRow):
    """An urgent task, and whether the actor may read what it is about now."""

    is_readable: bool


_is_readable = sa.or_(
    _tasks.c.kind != TaskKind.REFLECTION_TO_REVIEW,
    any_for_row(
        sa.select(sa.literal_column("1")).where(
            in_clinic(_reflections),
            _reflections.c.patient_id == _tasks.c.patient_id,
            _reflections.c.id == _tasks.c.subject_id,
            reflections.readable(_reflections),
        )
    ),
).label("is_readable")
CHART_ALERTS = Read(
    "chart_alerts",
    sa.select(*_tasks.c, _is_readable)
    .where(
        in_clinic(_tasks),
        visible(_tasks.c.patient_id),
        is_member_now(_tasks.c.patient_id),
        _tasks.c.patient_id == param("patient_id", _tasks.c.patient_id),
        _tasks.c.urgency_rank < RANKS.index(Urgency.ROUTINE),
        _tasks.c.opened_at <= param("now", _tasks.c.opened_at),
    )
    .order_by(*ORDER)
    .limit(PAGE_ROWS),
    AlertRow,
    Scope.OWNER,
)
"""The urgent tasks in one chart, the most urgent first: one row for each account that has one.

Only members of the care team are told, not those who look in by emergency access.
"""

CURRENT_MEDICINES = Read(
    "current_medicines",
    newest_first(
        chart_rows(MedicineTable).where(
            _medicines.c.patient_id == param("patient_id", _medicines.c.patient_id),
            _medicines.c.withdrawn_at.is_(None),
            sa.or_(_medicines.c.ended_on.is_(None), _medicines.c.ended_on >= param("today", _medicines.c.ended_on)),
        ),
        _medicines.c.created_at,
        _medicines.c.id,
    ),
    MedicineRow,
    Scope.OWNER,
)
LAST_SESSIONS = Read(
    "last_sessions",
    newest_first(
        chart_rows(SessionTable).where(
            _sessions.c.patient_id == param("patient_id", _sessions.c.patient_id),
            sa.or_(*(_sessions.c.state == state for state in _OVER)),
        ),
        _sessions.c.planned_start_at,
        _sessions.c.id,
    ),
    SessionRow,
    Scope.OWNER,
)
