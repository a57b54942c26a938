"""`/group-sessions`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.group_sessions import operations, service
from integration_api.resources.care.group_sessions.schemas import (
    GroupMemberAdd,
    GroupSession,
    GroupSessionCreate,
    GroupSessionFilter,
    GroupSessionWithMembers,
)
from integration_api.resources.care.group_sessions.service import AlreadyMember, GroupFull
from integration_api.web.errors import IdTaken
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/group-sessions")
async def list_group_sessions(
    only: Annotated[GroupSessionFilter, Depends()],
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_GROUP_SESSIONS)],
) -> Page[GroupSession]:
    """List the group sessions of which you see a member's chart, the latest planned start first."""
    return await service.list_group_sessions(work, page, only)


@router.post("/group-sessions", status_code=201, responses=problems(IdTaken))
async def create_group_session(
    body: GroupSessionCreate, work: Annotated[Work, allow(operations.CREATE_GROUP_SESSION)]
) -> GroupSessionWithMembers:
    """Plan a group session: each member gets a session in their own chart, which names no other member."""
    return work.tagged(await service.create_group_session(work, body))


@router.get("/group-sessions/{group_session_id}")
async def read_group_session(
    group_session_id: Id, work: Annotated[Work, allow(operations.READ_GROUP_SESSION)]
) -> GroupSessionWithMembers:
    """Read a group session, with the session of each member whose chart you may see."""
    return work.tagged(await service.read_group_session(work, group_session_id))


@router.post("/group-sessions/{group_session_id}/members", responses=problems(IdTaken, GroupFull, AlreadyMember))
async def add_group_member(
    group_session_id: Id, body: GroupMemberAdd, work: Annotated[Work, allow(operations.ADD_GROUP_MEMBER)]
) -> GroupSessionWithMembers:
    """Add a member, who gets a session in their own chart. To take one out, cancel that session."""
    return work.tagged(await service.add_group_member(work, group_session_id, body))
