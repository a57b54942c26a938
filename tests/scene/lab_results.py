"""Lab results."""

from datetime import timedelta

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene, value: float = 34) -> Json:
    taken_at = (s.world.api.clock() - timedelta(days=1)).isoformat()
    return {"patient_id": s.chart, "analyte": "alt", "value": value, "upper_limit": 40, "taken_at": taken_at}


async def _lab_result(s: Scene, value: float = 34) -> Json:
    made: Json = await s.therapist.post("/lab-results", _body(s, value))
    return made


@planted
async def lab_result(s: Scene) -> None:
    """Add one, and a high one that was withdrawn, whose flag stays."""
    await _lab_result(s)
    s.ids["lab_result_id"] = gone = (await _lab_result(s, 130))["id"]
    reason = {"reason": s.word("text-reason")}
    await s.therapist.post(f"/lab-results/{gone}/withdraw", reason, match=1, expect=200)


reads("list_lab_results", "therapist", "/lab-results?patient_id={patient_id}")
reads("list_lab_results (withdrawn)", "therapist", "/lab-results?patient_id={patient_id}&withdrawn=true")
reads("list_lab_results (team)", "supervisor", "/lab-results")
reads("read_lab_result", "therapist", "/lab-results/{lab_result_id}")


@operation("create_lab_result")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/lab-results", _body(s))


@operation("withdraw_lab_result")
async def _(s: Scene) -> Request:
    path = f"/lab-results/{(await _lab_result(s))['id']}/withdraw"
    return Request(s.therapist, "POST", path, {"reason": s.word("text-reason")}, 1)
