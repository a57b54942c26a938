"""Emergency access to a chart."""

from integration_api.access.actor import Role
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json, Person


async def open_chart(s: Scene, person: Person, chart: str) -> Json:
    """Open a chart in an emergency."""
    made: Json = await person.post(f"/patients/{chart}/emergency-access", _body(s))
    return made


def _body(s: Scene) -> Json:
    return {"reason_code": "crisis_call", "reason": s.word("emergency-reason")}


@planted
async def emergency(s: Scene) -> None:
    """Let a therapist who is not on the care team open the chart."""
    s.people["emergency"] = await s.world.staff(Role.THERAPIST, name=s.word("staff-emergency"))
    s.ids["emergency_id"] = (await open_chart(s, s.people["emergency"], s.chart))["id"]


@operation("open_emergency_access")
async def _(s: Scene) -> Request:
    return Request(await s.world.therapist(), "POST", f"/patients/{s.chart}/emergency-access", _body(s))


reads("list_emergency_accesses", "officer", "/emergency-accesses")


async def _reviewed(s: Scene, outcome: str) -> Request:
    opened = await open_chart(s, await s.world.therapist(), s.chart)
    return Request(s.officer, "POST", f"/emergency-accesses/{opened['id']}/review", {"outcome": outcome}, 1)


@operation("review_emergency_access")
async def _(s: Scene) -> Request:
    return await _reviewed(s, "justified")


@operation("review_emergency_access (not justified)")
async def _(s: Scene) -> Request:
    return await _reviewed(s, "not_justified")


@operation("lift_emergency_bar")
async def _(s: Scene) -> Request:
    opened = await open_chart(s, await s.world.therapist(), s.chart)
    path = f"/emergency-accesses/{opened['id']}"
    await s.officer.post(f"{path}/review", {"outcome": "not_justified"}, match=1, expect=200)
    return Request(s.officer, "POST", f"{path}/lift-bar", None, 2)
