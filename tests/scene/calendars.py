"""A calendar address, and what is fetched by it. Each person has at most one."""

from tests.scene.requests import Request, operation
from tests.scene.scene import Scene, planted


@planted
async def calendar(s: Scene) -> None:
    """The patient's address."""
    made = await s.patient.post("/me/calendar")
    s.ids["secret"] = made["path"].removeprefix("/v1/calendars/").removesuffix(".ics")


@operation("read_calendar")
async def _(s: Scene) -> Request:
    await s.patient.post("/me/calendar")  # anew: signing out everywhere ends it
    return Request(s.patient, "GET", "/me/calendar")


@operation("create_calendar")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/me/calendar")


@operation("delete_calendar")
async def _(s: Scene) -> Request:
    await s.other.post("/me/calendar")
    return Request(s.other, "DELETE", "/me/calendar")


@operation("fetch_calendar")
async def _(s: Scene) -> Request:
    made = await s.supervisor.post("/me/calendar")
    return Request(None, "GET", made["path"].removeprefix("/v1"))
