"""Statements of group sessions. Who sees one of its members' charts sees the group; of the others only their number."""

from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import (
    actor_is_current,
    at_version,
    chart_rows,
    clinic_rows,
    in_clinic,
    insert_for_clinic,
    visible,
)
from integration_api.resources.care.group_sessions.rules import MAX_MADE, MAX_MEMBERS
from integration_api.resources.care.group_sessions.tables import GroupSessionSeen, GroupSessionTable
from integration_api.resources.care.sessions.tables import SessionRow, SessionState, SessionTable
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.statements import Change, Read, Scope, any_for_row, next_version, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between, newest_first

_groups, _sessions, _patients = table_of(GroupSessionTable), table_of(SessionTable), table_of(PatientTable)
_seen, _made, _member, _own = (
    _sessions.alias(name) for name in ("seen_member", "made_session", "group_member", "own_session")
)
_stands = _made.c.state != SessionState.CANCELLED

_is_seen = any_for_row(
    sa.select(sa.literal_column("1")).where(
        in_clinic(_seen), _seen.c.group_session_id == _groups.c.id, visible(_seen.c.patient_id)
    )
)


def _count(*only: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count())
        .select_from(_made)
        .where(in_clinic(_made), _made.c.group_session_id == _groups.c.id, *only)
        .scalar_subquery()
    )


_group = clinic_rows(GroupSessionTable, _count(_stands).label("standing_count"), _count().label("made_count"))
_WHY = "a member's chart is one that the actor sees; of the other members only their number leaves"
READ_GROUP_SESSION = Read(
    "read_group_session",
    _group.where(_groups.c.id == param("id", _groups.c.id), _is_seen),
    GroupSessionSeen,
    Scope.CLINIC,
    _WHY,
)
LIST_GROUP_SESSIONS = Read(
    "list_group_sessions",
    newest_first(
        _group.where(_is_seen, between(_groups.c.planned_start_at, "starts_after", "starts_before")),
        _groups.c.planned_start_at,
        _groups.c.id,
    ),
    GroupSessionSeen,
    Scope.CLINIC,
    _WHY,
)
SESSIONS_OF_GROUP = Read(
    "sessions_of_group",
    chart_rows(SessionTable)
    .where(
        _sessions.c.group_session_id == param("group_session_id", _sessions.c.group_session_id),
        _sessions.c.state != SessionState.CANCELLED,
    )
    .limit(MAX_MEMBERS),
    SessionRow,
    Scope.OWNER,
)
"""Those that stand: a cancelled one is no part of the group any more."""
INSERT_GROUP_SESSION = Change("insert_group_session", insert_for_clinic(GroupSessionTable), Scope.CLINIC)
COUNT_MEMBER = Change(
    "count_group_member",
    sa.update(_groups)
    .where(in_clinic(_groups), actor_is_current(), *at_version(GroupSessionTable))
    .values(next_version(_groups, ("member_count",))),
    Scope.CLINIC,
)


class MemberChart(BaseModel):
    """The chart of somebody who is to take part."""

    id: UUID


MEMBER_IDS = tuple(f"member_{n}" for n in range(MAX_MEMBERS))
"""The parameters of MEMBERS_AMONG."""
MEMBERS_AMONG = Read(
    "members_among",
    sa.select(_patients.c.id).where(
        in_clinic(_patients),
        visible(_patients.c.id),
        _patients.c.id.in_([param(name, _patients.c.id) for name in MEMBER_IDS]),
    ),
    MemberChart,
    Scope.OWNER,
)
"""Which of these charts the actor may see, in no order."""


class MemberName(BaseModel):
    """The names of a member of a group."""

    id: UUID
    name: str
    preferred_name: str | None


NAMES_IN_GROUP = Read(
    "names_in_group",
    chart_rows(PatientTable)
    .join(_member, sa.and_(_member.c.clinic_id == _patients.c.clinic_id, _member.c.patient_id == _patients.c.id))
    .join(
        _own,
        sa.and_(_own.c.clinic_id == _member.c.clinic_id, _own.c.group_session_id == _member.c.group_session_id),
    )
    .where(
        in_clinic(_member),
        in_clinic(_own),
        visible(_own.c.patient_id),
        _own.c.id == param("session_id", _own.c.id),
    )
    .limit(MAX_MADE),
    MemberName,
    Scope.OWNER,
)
"""Of the group that a session is part of: the members whose charts the actor may see, and who were to be members."""
