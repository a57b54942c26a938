"""The Statement that reads which sessions of a chart had a dose, for what is asked of the patient afterwards."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import in_clinic, visible
from integration_api.resources.care.sessions.tables import SessionState, SessionTable
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_sessions, _patients = table_of(SessionTable), table_of(PatientTable)
_patient_id = param("patient_id", _sessions.c.patient_id)


class ArcDoseRow(BaseModel):
    """The clock that a patient lives by, and the first dose of one of their sessions; None without any."""

    time_zone: str
    session_id: UUID
    given_at: datetime | None
    state: SessionState


MAX_DOSED = 200
"""The newest sessions with a dose that a change of one looks at."""
LIST_ARC_DOSES = Read(
    "list_arc_doses",
    sa.select(
        sa.select(_patients.c.time_zone)
        .where(in_clinic(_patients), _patients.c.id == _patient_id)
        .scalar_subquery()
        .label("time_zone"),
        _sessions.c.id.label("session_id"),
        _sessions.c.first_dose_at.label("given_at"),
        _sessions.c.state,
    )
    .where(
        in_clinic(_sessions),
        visible(_sessions.c.patient_id),
        _sessions.c.patient_id == _patient_id,
        sa.or_(_sessions.c.first_dose_at.is_not(None), _sessions.c.id == param("session_id", _sessions.c.id)),
    )
    .order_by(_sessions.c.planned_start_at.desc(), _sessions.c.id.desc())
    .limit(MAX_DOSED),
    ArcDoseRow,
    Scope.OWNER,
)
"""The sessions of a chart with a dose, and the one that is named."""
