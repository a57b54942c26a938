"""Copies for record requests, and the requests that they answer."""

from integration_api.fhir.chart_lines import chart_lines
from integration_api.resources.oversight.exports.exporter import Exporter
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json, Person


async def ready_copy(who: Person, path: str) -> Json:
    """Return a copy for a request that is ready."""
    made: Json = await who.post(f"{path}/copies", {}, expect=202)
    await Exporter(who.api.runtime, chart_lines).turn()
    return made


@planted
async def record_copies(s: Scene) -> None:
    """Add one, and fulfil its request with it."""
    path = f"/record-requests/{s.ids['record_request_id']}"
    s.ids["record_copy_id"] = copy = (await ready_copy(s.therapist, path))["id"]
    await s.therapist.post(f"{path}/fulfil", {"copy_id": copy}, match=1, expect=200)


reads("list_record_copies", "therapist", "/record-requests/{record_request_id}/copies")
reads("read_record_copy", "therapist", "/record-copies/{record_copy_id}")
reads("read_record_copy_content", "therapist", "/record-copies/{record_copy_id}/content")


async def _of_new_chart(s: Scene) -> tuple[Person, str]:
    """Return a therapist, and the path of a request in a chart of its own: copies of one are few a day."""
    chart = await s.new_chart()
    made = await s.other.post("/record-requests", {"patient_id": chart["id"], "text": s.word("text-request")})
    return s.other, f"/record-requests/{made['id']}"


@operation("create_record_copy")
async def _(s: Scene) -> Request:
    who, path = await _of_new_chart(s)
    return Request(who, "POST", f"{path}/copies", {"chart_order": "oldest_first"})


@operation("fulfil_record_request")
async def _(s: Scene) -> Request:
    who, path = await _of_new_chart(s)
    return Request(who, "POST", f"{path}/fulfil", {"copy_id": (await ready_copy(who, path))["id"]}, 1)
