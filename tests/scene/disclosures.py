"""Disclosures."""

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene) -> Json:
    texts = {name: s.word(f"text-{name}") for name in ("recipient", "address", "content", "purpose")}
    return {"patient_id": s.chart, "basis": "court", "disclosed_at": "2026-11-20T15:40:00Z", **texts}


async def _disclosure(s: Scene, basis: str = "court") -> Json:
    made: Json = await s.therapist.post("/disclosures", {**_body(s), "basis": basis})
    return made


@planted
async def disclosure(s: Scene) -> None:
    """Add a disclosure for research, and one that was withdrawn."""
    await _disclosure(s, "research")
    s.ids["disclosure_id"] = gone = (await _disclosure(s))["id"]
    reason = {"reason": s.word("text-reason")}
    await s.therapist.post(f"/disclosures/{gone}/withdraw", reason, match=1, expect=200)


reads("list_disclosures", "therapist", "/disclosures?patient_id={patient_id}")
reads("list_disclosures (withdrawn)", "therapist", "/disclosures?patient_id={patient_id}&withdrawn=true")
reads("list_disclosures (team)", "supervisor", "/disclosures")
reads("read_disclosure", "therapist", "/disclosures/{disclosure_id}")


@operation("record_disclosure")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/disclosures", _body(s))


@operation("withdraw_disclosure")
async def _(s: Scene) -> Request:
    path = f"/disclosures/{(await _disclosure(s))['id']}/withdraw"
    return Request(s.therapist, "POST", path, {"reason": s.word("text-reason")}, 1)
