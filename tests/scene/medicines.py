"""Medicines."""

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


async def _medicine(s: Scene) -> Json:
    made: Json = await s.therapist.post("/medicines", _body(s))
    return made


def _body(s: Scene) -> Json:
    return {
        "patient_id": s.chart,
        "name": s.word("text-medicine"),
        "kind": "prescribed",
        "dose": s.word("text-dose"),
        "started_on": "2026-03-02",
        "ended_on": "2030-11-20",
    }


@planted
async def medicine(s: Scene) -> None:
    """Add a medicine, and one that was withdrawn."""
    await _medicine(s)
    s.ids["medicine_id"] = gone = (await _medicine(s))["id"]
    reason = {"reason": s.word("text-reason")}
    await s.therapist.post(f"/medicines/{gone}/withdraw", reason, match=1, expect=200)


reads("list_medicines", "therapist", "/medicines?patient_id={patient_id}")
reads("list_medicines (withdrawn)", "therapist", "/medicines?patient_id={patient_id}&withdrawn=true")
reads("read_medicine", "therapist", "/medicines/{medicine_id}")


@operation("create_medicine")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/medicines", _body(s))


@operation("update_medicine")
async def _(s: Scene) -> Request:
    path = f"/medicines/{(await _medicine(s))['id']}"
    return Request(s.therapist, "PATCH", path, {"dose": s.word("text-dose")}, 1)


@operation("withdraw_medicine")
async def _(s: Scene) -> Request:
    path = f"/medicines/{(await _medicine(s))['id']}/withdraw"
    return Request(s.therapist, "POST", path, {"reason": s.word("text-reason")}, 1)


@operation("create_medicine (by the patient)")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/medicines", _body(s))
