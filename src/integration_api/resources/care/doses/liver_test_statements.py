"""The Statement that counts the sessions with a dose since a liver value (R27)."""

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import in_clinic, visible
from integration_api.resources.care.doses.tables import DoseTable
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_doses, _sessions = table_of(DoseTable), table_of(SessionTable)
_since = param("since", _doses.c.given_at)
_is_this = sa.case((_sessions.c.id == param("session_id", _sessions.c.id), 1), else_=0)


class DosedSessions(BaseModel):
    """The number of sessions with a dose, and whether one session is among them."""

    sessions: int
    is_counted: int


SESSIONS_DOSED = Read(
    "sessions_dosed_since",
    sa.select(
        sa.func.count().label("sessions"),
        sa.func.coalesce(sa.func.max(_is_this), 0).label("is_counted"),
    ).where(
        in_clinic(_sessions),
        visible(_sessions.c.patient_id),
        _sessions.c.patient_id == param("patient_id", _sessions.c.patient_id),
        sa.exists().where(
            in_clinic(_doses),
            _doses.c.patient_id == _sessions.c.patient_id,
            _doses.c.session_id == _sessions.c.id,
            _doses.c.withdrawn_at.is_(None),
            _doses.c.id != param("without_id", _doses.c.id),
            sa.or_(_since.is_(None), _doses.c.given_at > _since),
            _doses.c.given_at <= param("until", _doses.c.given_at),
        ),
    ),
    DosedSessions,
    Scope.OWNER,
)
