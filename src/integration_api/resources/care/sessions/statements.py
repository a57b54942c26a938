"""Statements of sessions."""

from datetime import UTC, datetime

import sqlalchemy as sa

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.visible import (
    chart_rows,
    in_clinic,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
    visible,
)
from integration_api.resources.care.sessions.schemas import SessionUpdate
from integration_api.resources.care.sessions.tables import (
    Phase,
    SessionRow,
    SessionState,
    SessionTable,
    SessionVersionRow,
    SessionVersionTable,
)
from integration_api.resources.people.consent_documents.purpose_statements import shown_to_programs
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between, oldest_first

_sessions, _versions = table_of(SessionTable), table_of(SessionVersionTable)
_shown = shown_to_programs(_sessions.c.patient_id)
_filters = (
    _shown,
    optional(_sessions.c.course_id),
    optional(_sessions.c.phase),
    optional(_sessions.c.state),
    optional(_sessions.c.created_by_id, "planned_by_id"),
)
_doses_recorded = sa.func.coalesce(_sessions.c.doses_recorded, 0)
_is_as_read = _doses_recorded == param("doses_before", _sessions.c.doses_recorded)
_doses_as_read = _doses_recorded == sa.func.coalesce(param("doses_recorded", _sessions.c.doses_recorded), 0)
_links_noted = sa.func.coalesce(_sessions.c.links_noted, 0)
LINKS_AS_READ = _links_noted == param("links_noted_before", _sessions.c.links_noted)
"""Matches a session of whose links no event came between since they were read."""
LINKS = {
    **{name: param(name, _sessions.c[name]) for name in ("video_lost_at", "observer_lost_at")},
    "links_noted": _links_noted + 1,
}
"""The values of the links after an event."""
_EVER = sa.literal(datetime(1, 1, 2, tzinfo=UTC), _sessions.c.remote_written_at.type)


def _as_read(name: str, read_as: str | None = None) -> sa.ColumnElement[bool]:
    """Match if a time of the session is what was read; null is equal to null."""
    column = _sessions.c[name]
    return sa.func.coalesce(column, _EVER) == sa.func.coalesce(param(read_as or name, column), _EVER)


_remote_as_read = _as_read("remote_written_at")
_observer_as_read, _patient_as_read = _as_read("observer_left_at"), _as_read("patient_left_at")
_state_as_read = _sessions.c.state == param("state", _sessions.c.state)
_is_open = sa.or_(*(_sessions.c.state == state for state in (SessionState.PLANNED, SessionState.IN_PROGRESS)))
_newest = (*_filters, between(_sessions.c.planned_start_at, "starts_after", "starts_before"))
_oldest = (*_filters, between(_sessions.c.planned_start_at, "starts_after", "starts_before", is_ascending=True))

READ_SESSION = Read(
    "read_session",
    chart_rows(SessionTable).where(_sessions.c.id == param("id", _sessions.c.id), _shown),
    SessionRow,
    Scope.OWNER,
)
LIST_SESSIONS = Read(
    "list_sessions", list_by_chart(SessionTable, "planned_start_at", *_newest), SessionRow, Scope.OWNER
)
LIST_TEAM_SESSIONS = Read(
    "list_team_sessions", list_by_team(SessionTable, "planned_start_at", *_newest), SessionRow, Scope.OWNER
)
LIST_SESSIONS_ASCENDING = Read(
    "list_sessions_ascending",
    list_by_chart(SessionTable, "planned_start_at", *_oldest, in_order=oldest_first),
    SessionRow,
    Scope.OWNER,
)
LIST_TEAM_SESSIONS_ASCENDING = Read(
    "list_team_sessions_ascending",
    list_by_team(SessionTable, "planned_start_at", *_oldest, in_order=oldest_first),
    SessionRow,
    Scope.OWNER,
)
SESSIONS_BY_IDS = Read("sessions_by_ids", rows_by_ids(SessionTable, _shown), SessionRow, Scope.OWNER)
SESSIONS = ChartList(LIST_SESSIONS, LIST_TEAM_SESSIONS, SESSIONS_BY_IDS, at="planned_start_at", bound="starts_before")
SESSIONS_ASCENDING = ChartList(
    LIST_SESSIONS_ASCENDING,
    LIST_TEAM_SESSIONS_ASCENDING,
    SESSIONS_BY_IDS,
    at="planned_start_at",
    bound="starts_after",
    ascending=True,
)
LIST_VERSIONS = Read(
    "list_session_versions",
    list_by_chart(
        SessionVersionTable, "kept_at", _versions.c.session_id == param("session_id", _versions.c.session_id)
    ),
    SessionVersionRow,
    Scope.OWNER,
)
INSERT_VERSION = Change("insert_session_version", insert_for_chart(SessionVersionTable), Scope.OWNER)
INSERT_SESSION = Change("insert_session", insert_for_chart(SessionTable), Scope.OWNER)
UPDATE_SESSION = Change(
    "update_session",
    update_in_chart(SessionTable, (*SessionUpdate.model_fields, "corrected_at", "corrected_by_id"), _doses_as_read),
    Scope.OWNER,
)
"""The number of doses is a guard: a correction asks for a dosing record, and the reason for no dose is one."""
MOVE_SESSION = Change(
    "move_session",
    update_in_chart(
        SessionTable, ("state", "started_at", "ended_at", "claimed_started_at", "claimed_ended_at", "end_reason")
    ),
    Scope.OWNER,
)
COMPLETE_SESSION = Change(
    "complete_session",
    update_in_chart(
        SessionTable,
        ("state", "ended_at", "claimed_ended_at"),
        sa.or_(_sessions.c.phase != Phase.DOSING, _doses_recorded > 0, _sessions.c.no_dose_reason.is_not(None)),
        sa.or_(_doses_recorded == 0, _sessions.c.discharge_settled_at.is_not(None)),
        _doses_as_read,
        _as_read("first_dose_at"),
    ),
    Scope.OWNER,
)
"""The doses are as read: the windows after them are opened in the same step."""
CANCEL_SESSION = Change(
    "cancel_session",
    update_in_chart(
        SessionTable,
        ("state", "ended_at", "end_reason"),
        _doses_as_read,
        _as_read("first_dose_at"),
        _patient_as_read,
    ),
    Scope.OWNER,
)
"""The doses are as read, and whether the patient has left: the windows open, and the watch goes on, in this step."""
COUNT_DOSE = Change(
    "count_dose",
    sa.update(_sessions)
    .where(
        in_clinic(_sessions),
        visible(_sessions.c.patient_id),
        _sessions.c.patient_id == param("patient_id", _sessions.c.patient_id),
        _sessions.c.id == param("id", _sessions.c.id),
        sa.or_(_sessions.c.started_at.is_not(None), param("more_doses", _sessions.c.doses_recorded) <= 0),
        _remote_as_read,
        _observer_as_read,
        _patient_as_read,
        _is_as_read,
        _state_as_read,
        _as_read("first_dose_at", "first_dose_before"),
        sa.or_(
            _sessions.c.state != SessionState.COMPLETED,
            _doses_recorded + param("more_doses", _sessions.c.doses_recorded) > 0,
            _sessions.c.no_dose_reason.is_not(None),
        ),
    )
    .values(
        doses_recorded=_doses_recorded + param("more_doses", _sessions.c.doses_recorded),
        first_dose_at=param("first_dose_at", _sessions.c.first_dose_at),
        discharge_settled_at=sa.case(
            (_sessions.c.state == SessionState.COMPLETED, _sessions.c.discharge_settled_at), else_=sa.null()
        ),
    ),
    Scope.OWNER,
)
"""A completed session keeps its dosing record: its last dose is not taken away. The version stays.

The number before, the first dose and the state are guards: neither another dose nor the end came between. Before a
session is completed, a discharge does not stand for doses that it did not know.
"""
SETTLE_DISCHARGE = Change(
    "settle_discharge",
    sa.update(_sessions)
    .where(
        in_clinic(_sessions),
        visible(_sessions.c.patient_id),
        _sessions.c.patient_id == param("patient_id", _sessions.c.patient_id),
        _sessions.c.id == param("id", _sessions.c.id),
        _is_as_read,
    )
    .values(
        discharge_settled_at=sa.case(
            (_sessions.c.state == SessionState.COMPLETED, _sessions.c.discharge_settled_at),
            else_=param("settled_at", _sessions.c.discharge_settled_at),
        ),
        patient_left_at=param("left_at", _sessions.c.patient_left_at),
    ),
    Scope.OWNER,
)
"""The version stays. No dose came between since the discharge was judged."""
UNSETTLE_DISCHARGE = Change(
    "unsettle_discharge",
    sa.update(_sessions)
    .where(
        in_clinic(_sessions),
        visible(_sessions.c.patient_id),
        _sessions.c.patient_id == param("patient_id", _sessions.c.patient_id),
        _sessions.c.id == param("id", _sessions.c.id),
        _sessions.c.state != SessionState.COMPLETED,
    )
    .values(discharge_settled_at=sa.null()),
    Scope.OWNER,
)
"""The version stays. A reading came that holds the discharge; the end of the session did not."""

SETTLE_REMOTE = Change(
    "settle_remote_session",
    sa.update(_sessions)
    .where(
        in_clinic(_sessions),
        visible(_sessions.c.patient_id),
        _sessions.c.patient_id == param("patient_id", _sessions.c.patient_id),
        _sessions.c.id == param("id", _sessions.c.id),
        _doses_as_read,
        _patient_as_read,
        _is_open,
    )
    .values(
        remote_settled_at=param("settled_at", _sessions.c.remote_settled_at),
        remote_written_at=param("now", _sessions.c.remote_written_at),
    ),
    Scope.OWNER,
)
"""Neither a dose nor the end came between since the record was judged. The version stays: what it lacks is no plan."""
NOTE_OBSERVER = Change(
    "note_observer",
    sa.update(_sessions)
    .where(
        in_clinic(_sessions),
        visible(_sessions.c.patient_id),
        _sessions.c.patient_id == param("patient_id", _sessions.c.patient_id),
        _sessions.c.id == param("id", _sessions.c.id),
        _state_as_read,
        _doses_as_read,
        _patient_as_read,
    )
    .values(observer_left_at=param("left_at", _sessions.c.observer_left_at)),
    Scope.OWNER,
)
"""The version stays. Neither a dose, the patient's leaving nor the end came between since the session was read."""
NOTE_LINKS = Change(
    "note_links",
    sa.update(_sessions)
    .where(
        in_clinic(_sessions),
        visible(_sessions.c.patient_id),
        _sessions.c.patient_id == param("patient_id", _sessions.c.patient_id),
        _sessions.c.id == param("id", _sessions.c.id),
        LINKS_AS_READ,
    )
    .values(LINKS),
    Scope.OWNER,
)
"""The version stays. No event of a link came between since the session was read."""

declare(SessionTable, of_chart("session"))
