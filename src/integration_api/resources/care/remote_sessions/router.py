"""`/sessions/{session_id}/remote`, `/sessions/{session_id}/support-token`, and `/observer-checks`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.readiness.evaluation import NotDosing
from integration_api.resources.care.remote_sessions import observer_batches, operations, service
from integration_api.resources.care.remote_sessions.schemas import (
    RemoteRecord,
    RemoteSession,
    RemoteSessionVersion,
    SupportToken,
    SupportTokenCreate,
)
from integration_api.resources.care.remote_sessions.support_errors import (
    WITH_LINES,
    NoRemoteRecord,
    SupportEnded,
    SupportWaits,
)
from integration_api.resources.care.remote_sessions.watch_schemas import (
    LinkEventBatch,
    ObserverAnswer,
    ObserverBatch,
    ObserverWatch,
)
from integration_api.resources.care.sessions.corrections import SessionClosed
from integration_api.web.errors import IdTaken, ShownOnce
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)
_UNWATCHED = (NotDosing, NoRemoteRecord)


@router.get("/sessions/{session_id}/remote", responses=problems(NotDosing))
async def read_remote_session(
    session_id: Id, work: Annotated[Work, allow(operations.READ_REMOTE_SESSION)]
) -> RemoteSession:
    """Read the remote record of a dosing session, and what it still lacks."""
    return work.tagged(await service.read_remote_session(work, session_id))


@router.get("/sessions/{session_id}/remote/versions", responses=problems(NotDosing))
async def list_remote_session_versions(
    session_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_REMOTE_SESSION_VERSIONS)]
) -> Page[RemoteSessionVersion]:
    """Show the remote record as it was before each change, newest first."""
    return await service.list_remote_session_versions(work, session_id, page)


@router.put("/sessions/{session_id}/remote", responses=problems(NotDosing, SessionClosed))
async def update_remote_session(
    session_id: Id,
    body: RemoteRecord,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_REMOTE_SESSION)],
) -> RemoteSession:
    """Write the remote record: where help is sent, who is beside the patient, and who is on call.

    What stood is kept. Once the session is over, the record stays as it is.
    """
    return work.tagged(await service.update_remote_session(work, session_id, body, expected_version))


@router.post(
    "/sessions/{session_id}/support-token", status_code=201, responses=problems(ShownOnce, SessionClosed, *_UNWATCHED)
)
async def create_support_token(
    session_id: Id, body: SupportTokenCreate, work: Annotated[Work, allow(operations.CREATE_SUPPORT_TOKEN)]
) -> SupportToken:
    """Issue the token of the observer, for this session alone; the one before ends at once."""
    return await service.create_support_token(work, session_id, body)


@router.delete("/sessions/{session_id}/support-token", status_code=204, responses=problems(*_UNWATCHED))
async def delete_support_token(session_id: Id, work: Annotated[Work, allow(operations.DELETE_SUPPORT_TOKEN)]) -> None:
    """End the observer's token. Its next request is refused."""
    await service.delete_support_token(work, session_id)


@router.get("/sessions/{session_id}/observer-watch", responses=problems(*_UNWATCHED))
async def read_observer_watch(
    session_id: Id, work: Annotated[Work, allow(operations.READ_OBSERVER_WATCH)]
) -> ObserverWatch:
    """Read the checks of the observer, the links, and what was missed."""
    return await service.read_observer_watch(work, session_id)


@router.post("/sessions/{session_id}/link-events", responses=problems(IdTaken, *_UNWATCHED))
async def record_link_events(
    session_id: Id, body: LinkEventBatch, work: Annotated[Work, allow(operations.RECORD_LINK_EVENTS)]
) -> ObserverWatch:
    """Record that the video or the observer was connected, lost or restored. The same id changes nothing."""
    return await service.record_link_events(work, session_id, body)


@router.post("/observer-checks", responses=problems(SupportEnded, SupportWaits, *WITH_LINES))
async def record_observer_checks(
    body: ObserverBatch, work: Annotated[Work, allow(operations.RECORD_OBSERVER_CHECKS)]
) -> ObserverAnswer:
    """Record checks as the observer, by the support token in the body. A check that is stored changes nothing.

    They may come late and together. If one is alarming, the answer says what to do now, whatever is wrong with it.
    """
    return await observer_batches.record_observer_checks(work, body)
