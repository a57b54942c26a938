"""Record requests."""

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene) -> Json:
    return {"patient_id": s.chart, "text": s.word("text-request")}


async def _request(s: Scene) -> Json:
    made: Json = await s.patient.post("/record-requests", _body(s))
    return made


async def _path(s: Scene) -> str:
    return f"/record-requests/{(await _request(s))['id']}"


@planted
async def record_requests(s: Scene) -> None:
    """Add one that was denied after an extension, one that waits, and one that will be fulfilled."""
    path = await _path(s)
    await s.therapist.post(f"{path}/extend", {"reason": s.word("text-extension")}, match=1, expect=200)
    answer = {"answer": s.word("text-answer"), "ground": "danger_to_life"}
    await s.therapist.post(f"{path}/deny", answer, match=2, expect=200)
    await _request(s)
    s.ids["record_request_id"] = (await _request(s))["id"]


reads("list_record_requests", "therapist", "/record-requests?patient_id={patient_id}")
reads("list_record_requests (team)", "supervisor", "/record-requests?state=denied")
reads("read_record_request", "therapist", "/record-requests/{record_request_id}")


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
