"""`/events`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.delivery.changes.service import CursorExpired
from integration_api.resources.delivery.stream import operations, service
from integration_api.resources.delivery.stream.schemas import LastEventId
from integration_api.resources.delivery.stream.service import TooManyStreams
from integration_api.web.event_stream import EventStream
from integration_api.web.openapi import problems

router = APIRouter(route_class=ActionRoute)

_EXAMPLE = (
    "id: AQAAAAAAAAZk\n"
    'data: {"kind":"session","id":"019ab0de-0000-7000-8000-000000000004",'
    '"patient_id":"019ab0de-0000-7000-8000-000000000003","change":"changed","at":"2026-11-20T15:00:00Z","until":null}\n\n'
)
_STREAM: dict[int | str, dict[str, object]] = {200: {"content": {EventStream.media_type: {"example": _EXAMPLE}}}}


@router.get(
    "/events",
    response_model=None,
    response_class=EventStream,
    responses=_STREAM | problems(CursorExpired, TooManyStreams),
)
async def stream_events(
    work: Annotated[Work, allow(operations.STREAM_EVENTS)], last_event_id: LastEventId = None
) -> EventStream:
    """Stream what changes among what you may see: server-sent events whose `data` is an item of `/changes`.

    It ends with `event: end` and a `reason`: `docs/stream.md`.
    """
    return await service.stream_events(work, last_event_id)
