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


class ArcDoseRow(BaseModel):
    """The clock that a patient lives by, and the first dose of one of their sessions; None without any."""

    time_zone: str
    session_id: UUID | None
    given_at: datetime | None
    state: SessionState | None


MAX_DOSED = 200
"""The newest sessions with a dose that a change of one looks at."""
LIST_ARC_DOSES = Read(
    "list_arc_doses",
    sa.select(
        _patients.c.time_zone,
        _sessions.c.id.label("session_id"),
        _sessions.c.first_dose_at.label("given_at"),
        _sessions.c.state,
    )
    .select_from(_patients)
    .outerjoin(
        _sessions,
        sa.and_(
            in_clinic(_sessions),
            _sessions.c.patient_id == param("patient_id", _patients.c.id),
            _sessions.c.first_dose_at.is_not(None),
        ),
    )
    .where(in_clinic(_patients), visible(_patients.c.id), _patients.c.id == param("patient_id", _patients.c.id))
    .order_by(_sessions.c.first_dose_at.desc(), _sessions.c.id.desc())
    .limit(MAX_DOSED),
    ArcDoseRow,
    Scope.OWNER,
)
