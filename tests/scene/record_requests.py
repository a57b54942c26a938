"""Record requests, and the copies that are made for them."""

from integration_api.fhir.chart_lines import chart_lines
from integration_api.resources.oversight.exports.exporter import Exporter
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json, Person


def _body(s: Scene) -> Json:
    return {"patient_id": s.chart, "text": s.word("text-request")}


async def _request(s: Scene) -> Json:
    made: Json = await s.patient.post("/record-requests", _body(s))
    return made


async def _path(s: Scene) -> str:
    return f"/record-requests/{(await _request(s))['id']}"


async def _copy(who: Person, path: str) -> Json:
    """Return a copy for a request that is ready."""
    made: Json = await who.post(f"{path}/copies", {}, expect=202)
    await Exporter(who.api.runtime, chart_lines).turn()
    return made


@planted
async def record_requests(s: Scene) -> None:
    """Add one that was denied after an extension, one that was fulfilled, and one that waits."""
    path = await _path(s)
    await s.therapist.post(f"{path}/extend", {"reason": s.word("text-extension")}, match=1, expect=200)
    answer = {"answer": s.word("text-answer"), "ground": "danger_to_life"}
    await s.therapist.post(f"{path}/deny", answer, match=2, expect=200)
    await _request(s)
    s.ids["record_request_id"] = fulfilled = (await _request(s))["id"]
    path = f"/record-requests/{fulfilled}"
    s.ids["record_copy_id"] = copy = (await _copy(s.therapist, path))["id"]
    await s.therapist.post(f"{path}/fulfil", {"copy_id": copy}, match=1, expect=200)


reads("list_record_requests", "therapist", "/record-requests?patient_id={patient_id}")
reads("list_record_requests (team)", "supervisor", "/record-requests?state=denied")
reads("read_record_request", "therapist", "/record-requests/{record_request_id}")
reads("list_record_copies", "therapist", "/record-requests/{record_request_id}/copies")
reads("read_record_copy", "therapist", "/record-copies/{record_copy_id}")
reads("read_record_copy_content", "therapist", "/record-copies/{record_copy_id}/content")


@operation("create_record_request")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/record-requests", _body(s))


@operation("create_record_request (by the patient)")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/record-requests", _body(s))


@operation("deny_record_request")
async def _(s: Scene) -> Request:
    body = {"answer": s.word("text-answer"), "ground": "not_held"}
    return Request(s.therapist, "POST", f"{await _path(s)}/deny", body, 1)


@operation("extend_record_request")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", f"{await _path(s)}/extend", {"reason": s.word("text-extension")}, 1)


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
    return Request(who, "POST", f"{path}/fulfil", {"copy_id": (await _copy(who, path))["id"]}, 1)
