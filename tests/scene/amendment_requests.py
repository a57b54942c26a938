"""Amendment requests."""

from tests.factories import notes
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene) -> Json:
    return {"text": s.word("text-request"), "reason": s.word("text-reason")}


async def _request(s: Scene) -> Json:
    """Return a request of the patient about a signed note of its own."""
    note = await notes.signed_note(s.therapist, s.chart)
    made: Json = await s.patient.post(f"/notes/{note['id']}/amendment-requests", _body(s))
    return made


async def _path(s: Scene) -> str:
    return f"/amendment-requests/{(await _request(s))['id']}"


@planted
async def amendment_requests(s: Scene) -> None:
    """Add one that was denied after an extension, and one that was accepted."""
    s.ids["amendment_request_id"] = denied = (await _request(s))["id"]
    path = f"/amendment-requests/{denied}"
    await s.therapist.post(f"{path}/extend", {"reason": s.word("text-extension")}, match=1, expect=200)
    answer = {"answer": s.word("text-answer"), "basis": "accurate_and_complete"}
    await s.therapist.post(f"{path}/deny", answer, match=2, expect=200)
    await s.therapist.post(f"{await _path(s)}/accept", {"answer": s.word("text-answer")}, match=1, expect=200)


reads("list_amendment_requests", "therapist", "/amendment-requests?patient_id={patient_id}")
reads("list_amendment_requests (team)", "supervisor", "/amendment-requests?state=denied")
reads("read_amendment_request", "therapist", "/amendment-requests/{amendment_request_id}")


@operation("create_amendment_request")
async def _(s: Scene) -> Request:
    note = await notes.signed_note(s.therapist, s.chart)
    return Request(s.therapist, "POST", f"/notes/{note['id']}/amendment-requests", _body(s))


@operation("create_amendment_request (by the patient)")
async def _(s: Scene) -> Request:
    note = await notes.signed_note(s.therapist, s.chart)
    return Request(s.patient, "POST", f"/notes/{note['id']}/amendment-requests", _body(s))


@operation("accept_amendment_request")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", f"{await _path(s)}/accept", {"answer": s.word("text-answer")}, 1)


@operation("deny_amendment_request")
async def _(s: Scene) -> Request:
    body = {"answer": s.word("text-answer"), "basis": "not_created_here"}
    return Request(s.therapist, "POST", f"{await _path(s)}/deny", body, 1)


@operation("extend_amendment_request")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", f"{await _path(s)}/extend", {"reason": s.word("text-extension")}, 1)
