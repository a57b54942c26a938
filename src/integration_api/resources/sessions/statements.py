"""Statements of sessions."""

from integration_api.access.visible import chart_rows
from integration_api.core.statements import Read, Scope, param
from integration_api.core.tables import table_of
from integration_api.resources.sessions.tables import SessionRow, SessionTable

_sessions = table_of(SessionTable)

READ_SESSION = Read(
    "read_session",
    chart_rows(SessionTable).where(_sessions.c.id == param("id", _sessions.c.id)),
    SessionRow,
    Scope.CHART,
)
