"""Planning group sessions, reading them, and adding members."""

from collections.abc import Iterable
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.references import not_found, referred_by, unseen_chart
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.care.group_sessions import statements as sql
from integration_api.resources.care.group_sessions.rules import MAX_MADE, MAX_MEMBERS
from integration_api.resources.care.group_sessions.schemas import (
    GroupMemberAdd,
    GroupSession,
    GroupSessionCreate,
    GroupSessionFilter,
    GroupSessionWithMembers,
)
from integration_api.resources.care.group_sessions.tables import GroupSessionRow, GroupSessionSeen
from integration_api.resources.care.sessions.service import check_planned_times, plan_session
from integration_api.resources.care.sessions.service import present as present_session
from integration_api.resources.care.sessions.tables import PersonRole, SessionRow, SessionState
from integration_api.resources.people.accounts.service import check_staff
from integration_api.web.errors import ApiError, Conflict
from integration_api.web.paging import Page, Window

_SHARED = ("phase", "modality", "planned_start_at", "planned_end_at")
"""The facts of the group that the session of each member has."""


class GroupFull(Conflict):
    """A group session has at most 12 members, and 48 over time with those whose sessions were cancelled."""

    code = "group-full"
    title = "Group is full"
    remedy = "Plan another group session."


class AlreadyMember(Conflict):
    """This patient takes part already."""

    code = "already-member"
    title = "Already a member"
    remedy = "Show their session, which `sessions` of the group session names."


async def list_group_sessions(work: Work, window: Window, only: GroupSessionFilter) -> Page[GroupSession]:
    """List the group sessions of which the actor sees a member's chart; the latest planned start first."""
    found = await work.page(
        sql.LIST_GROUP_SESSIONS,
        window,
        lambda row: (row.planned_start_at, row.id),
        _present_item,
        until=only.starts_before,
        **vars(only),
    )
    work.record()
    return found


async def read_group_session(work: Work, group_session_id: UUID) -> GroupSessionWithMembers:
    """Return a group session with the standing sessions that the actor may see. Raises NotFound."""
    row = await work.get(sql.READ_GROUP_SESSION, id=group_session_id)
    sessions = await work.part(sql.SESSIONS_OF_GROUP, group_session_id=row.id)
    work.record(row.id)
    work.record_list(session.patient_id for session in sessions)
    return _present(work, row, row.standing_count, sessions)


async def create_group_session(work: Work, body: GroupSessionCreate) -> GroupSessionWithMembers:
    """Plan a group session, and a session in the chart of each member. Raises NotFound, Invalid, IdTaken."""
    check_planned_times(body.planned_start_at, body.planned_end_at)
    if body.facilitator_ids:
        await _check_members(work, body.patient_ids)
        with referred_by("facilitator_ids"):
            await check_staff(work, body.facilitator_ids)
    row = GroupSessionRow(**new_values(work, body), member_count=len(body.patient_ids), created_by_id=work.actor.id)
    work.create(sql.INSERT_GROUP_SESSION, row)
    people: list[dict[str, str | None]] = [
        {"role": PersonRole.THERAPIST.value, "name": None, "account_id": str(one)} for one in body.facilitator_ids
    ]
    sessions = [_planned(work, row, one, new_id(), people) for one in body.patient_ids]
    for session in sessions:
        plan_session(work, session, missed=_unseen_member)
    work.record(row.id)
    return _present(work, row, row.member_count, sessions)


async def _check_members(work: Work, patient_ids: list[UUID]) -> None:
    """Raise NotFound for a chart that the actor may not see, who then learns nothing of whom else they named."""
    padded = patient_ids + patient_ids[-1:] * (MAX_MEMBERS - len(patient_ids))
    seen = await work.all(sql.MEMBERS_AMONG, **dict(zip(sql.MEMBER_IDS, padded, strict=True)))
    if len(seen) != len(patient_ids):
        raise _unseen_member()


def _unseen_member() -> ApiError:
    return not_found("patient_ids")


async def add_group_member(work: Work, group_session_id: UUID, body: GroupMemberAdd) -> GroupSessionWithMembers:
    """Add somebody to a group session. Raises NotFound, GroupFull, AlreadyMember, IdTaken."""
    row = await work.get(sql.READ_GROUP_SESSION, id=group_session_id)
    known = await work.part(sql.SESSIONS_OF_GROUP, group_session_id=row.id)
    if any(one.patient_id == body.patient_id for one in known):
        raise AlreadyMember
    if row.standing_count >= MAX_MEMBERS or row.made_count >= MAX_MADE:
        raise GroupFull
    named = known[0].people if known else []
    people = [{**one, "name": None} for one in named if one["account_id"] is not None]  # staff: others are of one chart
    made = _planned(work, row, body.patient_id, new_values(work, body)["id"], people)
    count = row.standing_count + 1
    changed = work.revise(sql.COUNT_MEMBER, row, {"member_count": count}, missed=StartAgain)
    plan_session(work, made, missed=unseen_chart)
    work.record(row.id)
    return _present(work, changed, count, [*known, made])


def _planned(
    work: Work, group: GroupSessionRow, patient_id: UUID, session_id: UUID, people: list[dict[str, str | None]]
) -> SessionRow:
    """Return the session of one member. Nothing of it is of another member's chart."""
    return SessionRow(
        clinic_id=group.clinic_id,
        id=session_id,
        created_at=work.now,
        updated_at=work.now,
        patient_id=patient_id,
        group_session_id=group.id,
        people=people,
        state=SessionState.PLANNED,
        created_by_id=work.actor.id,
        **{name: getattr(group, name) for name in _SHARED},
    )


def _present_item(row: GroupSessionSeen) -> GroupSession:
    return GroupSession.of(row, member_count=row.standing_count)


def _present(work: Work, row: GroupSessionRow, count: int, sessions: Iterable[SessionRow]) -> GroupSessionWithMembers:
    in_order = sorted(sessions, key=lambda one: one.id)
    return GroupSessionWithMembers.of(
        row, member_count=count, sessions=[present_session(work, one) for one in in_order]
    )
