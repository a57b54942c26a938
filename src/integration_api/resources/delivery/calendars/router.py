"""`/me/calendar` and `/calendars`."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.delivery.calendars import operations, service
from integration_api.resources.delivery.calendars.schemas import CalendarAddress, CalendarStatus
from integration_api.web.errors import NotFound, ShownOnce, StepUpRequired, TooManyRequests
from integration_api.web.openapi import problems

router = APIRouter(route_class=ActionRoute)


class CalendarFile(Response):
    """A calendar, with an ETag of its bytes."""

    media_type = "text/calendar"

    def __init__(self, content: bytes = b"", status_code: int = 200) -> None:
        """Take the bytes. FastAPI documents the default of `status_code`; there is no other."""
        tag = hashlib.blake2b(content, digest_size=16).hexdigest()
        super().__init__(content, status_code, {"ETag": f'"{tag}"'})


_FILE: dict[int | str, dict[str, object]] = {
    200: {
        "x-etag": True,
        "content": {CalendarFile.media_type: {"example": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"}},
    }
}


@router.get("/me/calendar")
async def read_calendar(work: Annotated[Work, allow(operations.READ_CALENDAR)]) -> CalendarStatus:
    """Read whether you have a calendar address, and when it was made."""
    return await service.read_calendar(work)


@router.post("/me/calendar", status_code=201, responses=problems(ShownOnce, StepUpRequired))
async def create_calendar(work: Annotated[Work, allow(operations.CREATE_CALENDAR)]) -> CalendarAddress:
    """Make a secret address for your calendar program; the one before stops working at once.

    It ends with a new password, other roles, the account, or when you sign out everywhere.
    """
    return await service.create_calendar(work)


@router.delete("/me/calendar", status_code=204)
async def delete_calendar(work: Annotated[Work, allow(operations.DELETE_CALENDAR)]) -> None:
    """End your calendar address."""
    await service.delete_calendar(work)


@router.get(
    "/calendars/{secret}.ics",
    response_model=None,
    response_class=CalendarFile,
    responses=_FILE | problems(NotFound, TooManyRequests),
)
async def fetch_calendar(
    secret: Annotated[str, Path(max_length=200, description="The secret.", examples=["AZq"])],
    work: Annotated[Work, allow(operations.FETCH_CALENDAR)],
) -> CalendarFile:
    """Fetch a calendar (iCalendar): times of appointments and practices, and neutral words."""
    return CalendarFile(await service.fetch_calendar(work, secret))
