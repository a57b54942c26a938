"""`/sessions`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.sessions import operations, service, transitions
from integration_api.resources.care.sessions.corrections import NotComplete, SessionClosed
from integration_api.resources.care.sessions.schemas import (
    Session,
    SessionCancel,
    SessionComplete,
    SessionCreate,
    SessionFilter,
    SessionNoShow,
    SessionStart,
    SessionUpdate,
)
from integration_api.resources.care.sessions.transitions import IllegalSessionStep
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import OrderQuery, Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/sessions")
async def list_sessions(
    only: Annotated[SessionFilter, Depends()],
    page: ChartPageQuery,
    order: OrderQuery,
    work: Annotated[Work, allow(operations.LIST_SESSIONS)],
) -> Page[Session]:
    """List the sessions you may see, latest start first. What comes next: `order=asc` and `starts_after` now."""
    return await service.list_sessions(work, page, only, order)


@router.post("/sessions", status_code=201, responses=problems(IdTaken))
async def create_session(body: SessionCreate, work: Annotated[Work, allow(operations.CREATE_SESSION)]) -> Session:
    """Plan a session."""
    return work.tagged(await service.create_session(work, body))


@router.get("/sessions/{session_id}")
async def read_session(session_id: Id, work: Annotated[Work, allow(operations.READ_SESSION)]) -> Session:
    """Read one session."""
    return work.tagged(await service.read_session(work, session_id))


@router.patch("/sessions/{session_id}", responses=problems(SessionClosed, NotComplete))
async def update_session(
    session_id: Id,
    body: SessionUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_SESSION)],
) -> Session:
    """Change a session: all but its patient and phase. Once it is over, correct it, with `correction_reason`."""
    return work.tagged(await service.update_session(work, session_id, body, expected_version))


@router.get("/sessions/{session_id}/versions")
async def list_session_versions(
    session_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_SESSION_VERSIONS)]
) -> Page[Session]:
    """Show the session as it was before each change, newest first."""
    return await service.list_session_versions(work, session_id, page)


@router.post("/sessions/{session_id}/start", responses=problems(IllegalSessionStep))
async def start_session(
    session_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.START_SESSION)],
    body: SessionStart | None = None,
) -> Session:
    """Begin a planned session."""
    return work.tagged(await transitions.start_session(work, session_id, body or SessionStart(), expected_version))


@router.post("/sessions/{session_id}/complete", responses=problems(IllegalSessionStep, NotComplete))
async def complete_session(
    session_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.COMPLETE_SESSION)],
    body: SessionComplete | None = None,
) -> Session:
    """End a session. What it still lacks is named in `blocking`."""
    return work.tagged(
        await transitions.complete_session(work, session_id, body or SessionComplete(), expected_version)
    )


@router.post("/sessions/{session_id}/cancel", responses=problems(IllegalSessionStep))
async def cancel_session(
    session_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.CANCEL_SESSION)],
    body: SessionCancel | None = None,
) -> Session:
    """Call a planned session off, or break one off that is in progress."""
    return work.tagged(await transitions.cancel_session(work, session_id, body or SessionCancel(), expected_version))


@router.post("/sessions/{session_id}/no-show", responses=problems(IllegalSessionStep))
async def no_show_session(
    session_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.NO_SHOW_SESSION)],
    body: SessionNoShow | None = None,
) -> Session:
    """Say that the patient did not come to a planned session."""
    return work.tagged(await transitions.no_show_session(work, session_id, body or SessionNoShow(), expected_version))
