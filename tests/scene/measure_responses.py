"""Answers to instruments."""

from tests.factories.measure_responses import answered
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


async def _draft(s: Scene) -> Json:
    return await answered(s.therapist, s.chart, state="draft")


async def _own_draft(s: Scene) -> Json:
    return await answered(s.patient, state="draft")


@planted
async def measures(s: Scene) -> None:
    """Answer as both, withdraw the answers of one, and correct those of the other."""
    gone = (await answered(s.therapist, s.chart))["id"]
    reason = {"reason": s.word("text-reason")}
    await s.therapist.post(f"/measure-responses/{gone}/withdraw", reason, match=1, expect=200)
    facts: Json = {"session_id": s.ids["session_id"], "language": "en-US"}
    corrects: Json = {
        "corrects_id": (await answered(s.patient, **facts))["id"],
        "correction_reason": s.word("text-reason"),
    }
    s.ids["measure_response_id"] = (await answered(s.patient, **facts, **corrects))["id"]


reads("list_measure_responses", "therapist", "/measure-responses?patient_id={patient_id}")
reads("list_measure_responses (withdrawn)", "therapist", "/measure-responses?patient_id={patient_id}&withdrawn=true")
reads("read_measure_response", "therapist", "/measure-responses/{measure_response_id}")


@operation("create_measure_response")
async def _(s: Scene) -> Request:
    body = {"patient_id": s.chart, "instrument_id": "gad7", "answers": {"gad7.1": 1}}
    return Request(s.therapist, "POST", "/measure-responses", body)


@operation("update_measure_response")
async def _(s: Scene) -> Request:
    path = f"/measure-responses/{(await _draft(s))['id']}"
    return Request(s.therapist, "PATCH", path, {"answers": {"phq9.1": 0}}, 1)


@operation("update_measure_response (by the patient)")
async def _(s: Scene) -> Request:
    path = f"/measure-responses/{(await _own_draft(s))['id']}"
    return Request(s.patient, "PATCH", path, {"answers": {"phq9.1": 0}}, 1)


@operation("complete_measure_response")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", f"/measure-responses/{(await _draft(s))['id']}/complete", {}, 1)


@operation("complete_measure_response (by the patient)")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", f"/measure-responses/{(await _own_draft(s))['id']}/complete", {}, 1)


@operation("delete_measure_response")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "DELETE", f"/measure-responses/{(await _draft(s))['id']}", None, 1)


@operation("delete_measure_response (by the patient)")
async def _(s: Scene) -> Request:
    return Request(s.patient, "DELETE", f"/measure-responses/{(await _own_draft(s))['id']}", None, 1)


@operation("withdraw_measure_response")
async def _(s: Scene) -> Request:
    made = await answered(s.therapist, s.chart)
    path = f"/measure-responses/{made['id']}/withdraw"
    return Request(s.therapist, "POST", path, {"reason": s.word("text-reason")}, 1)
