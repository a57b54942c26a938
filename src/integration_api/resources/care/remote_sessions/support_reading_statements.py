"""Statements by which the checks of an observer settle what the clock waits for, and what is stored beside them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from integration_api.resources.attention.worklist.tables import TaskKind, TaskTable
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.dose_clock_statements import clock_columns
from integration_api.resources.care.doses.dose_clocks import ClockedRow
from integration_api.resources.care.doses.tables import DoseTable, VitalTable
from integration_api.resources.care.remote_sessions.support_statements import STANDS
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

_tasks, _sessions, _vitals = table_of(TaskTable), table_of(SessionTable), table_of(VitalTable)
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


class SedationRow(ClockedRow):
    """The doses of a session that can end last, and the last sedation score since the last one."""

    sedation_at: datetime | None
    sedation: float | None


def _of_session(table: sa.FromClause) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        table.c.clinic_id == param("clinic_id", _sessions.c.clinic_id),
        table.c.patient_id == _sessions.c.patient_id,
        table.c.session_id == _sessions.c.id,
        table.c.withdrawn_at.is_(None),
    )


def _last_dose_at() -> sa.ScalarSelect[Any]:
    doses = table_of(DoseTable).alias("last_dose")
    found = sa.select(doses.c.given_at).where(*_of_session(doses))
    last = found.order_by(doses.c.given_at.desc(), doses.c.id.desc()).limit(1)
    return last.correlate(_sessions).scalar_subquery()


def _sedation(column: str) -> sa.ScalarSelect[Any]:
    found = sa.select(_vitals.c[column]).where(
        *_of_session(_vitals),
        _vitals.c.field == VitalField.MOAAS,
        _vitals.c.taken_at >= _last_dose_at(),
    )
    last = found.order_by(_vitals.c.taken_at.desc(), _vitals.c.id.desc()).limit(1)
    return last.correlate(_sessions).scalar_subquery()


SEDATION_OF_SESSION = Read(
    "sedation_of_supported_session",
    sa.select(
        *clock_columns(param("clinic_id", _sessions.c.clinic_id)),
        _sedation("taken_at").label("sedation_at"),
        _sedation("value").label("sedation"),
    ).where(
        _sessions.c.clinic_id == param("clinic_id", _sessions.c.clinic_id),
        _sessions.c.patient_id == param("patient_id", _sessions.c.patient_id),
        _sessions.c.id == param("session_id", _sessions.c.id),
    ),
    SedationRow,
    Scope.SYSTEM,
    "a support person, who has no account: what the checks of the session are compared with; none of it is told",
)
