"""The Statement that finds a dosing session which a patient has missed since the last dose (R30)."""

from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import in_clinic, visible
from integration_api.resources.care.sessions.tables import Phase, SessionState, SessionTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_sessions = table_of(SessionTable)


class MissedSession(BaseModel):
    """A dosing session that was missed."""

    id: UUID


MISSED_DOSING = Read(
    "missed_dosing_session",
    sa.select(_sessions.c.id)
    .where(
        in_clinic(_sessions),
        visible(_sessions.c.patient_id),
        _sessions.c.patient_id == param("patient_id", _sessions.c.patient_id),
        _sessions.c.phase == Phase.DOSING,
        _sessions.c.planned_start_at > param("last_dose_at", _sessions.c.planned_start_at),
        sa.or_(
            sa.and_(
                _sessions.c.state == SessionState.NO_SHOW,
                _sessions.c.planned_start_at <= param("happened_at", _sessions.c.planned_start_at),
            ),
            sa.and_(
                _sessions.c.state == SessionState.PLANNED,
                _sessions.c.planned_start_at <= param("not_begun_until", _sessions.c.planned_start_at),
            ),
        ),
    )
    .order_by(_sessions.c.planned_start_at.desc(), _sessions.c.id.desc())
    .limit(1),
    MissedSession,
    Scope.OWNER,
)
"""The patient did not come, or it was planned and nobody began it. One that staff called off was not missed."""
