"""The newest check of a session at home, and whether its patient has left: for the task of a missed check."""

from datetime import datetime

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import in_clinic, visible
from integration_api.resources.care.discharges.tables import DischargeTable
from integration_api.resources.care.remote_sessions.tables import ObserverCheckTable
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_sessions, _discharges, _checks = table_of(SessionTable), table_of(DischargeTable), table_of(ObserverCheckTable)


class LastLookRow(BaseModel):
    """When somebody looked last, and when the patient left."""

    last_check_at: datetime | None
    discharged_at: datetime | None


READ_LAST_LOOK = Read(
    "read_last_look",
    sa.select(
        sa.select(_checks.c.taken_at)
        .where(
            in_clinic(_checks),
            _checks.c.patient_id == _sessions.c.patient_id,
            _checks.c.session_id == _sessions.c.id,
        )
        .order_by(_checks.c.taken_at.desc(), _checks.c.id.desc())
        .limit(1)
        .correlate(_sessions)
        .scalar_subquery()
        .label("last_check_at"),
        sa.select(_discharges.c.discharged_at)
        .where(
            in_clinic(_discharges),
            _discharges.c.patient_id == _sessions.c.patient_id,
            _discharges.c.id == _sessions.c.id,
        )
        .correlate(_sessions)
        .scalar_subquery()
        .label("discharged_at"),
    ).where(in_clinic(_sessions), visible(_sessions.c.patient_id), _sessions.c.id == param("id", _sessions.c.id)),
    LastLookRow,
    Scope.OWNER,
)
