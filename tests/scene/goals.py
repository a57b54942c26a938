"""Goals and their ratings."""

from tests.factories.goals import rated
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _facts(s: Scene) -> Json:
    return {"title": s.word("text-goal"), "levels": [s.word("text-level") for _ in range(5)]}


async def _goal(s: Scene, **facts: object) -> Json:
    made: Json = await s.therapist.post("/goals", {"patient_id": s.chart, **_facts(s), **facts})
    return made


def _rating(s: Scene) -> Json:
    return {"level": 1, "rated_at": s.world.api.clock().isoformat(), "remark": s.word("text-remark")}


@planted
async def goal(s: Scene) -> None:
    """Add one that both sides rated, and one that was withdrawn."""
    gone = (await _goal(s))["id"]
    reason = {"reason": s.word("text-reason")}
    await s.therapist.post(f"/goals/{gone}/withdraw", reason, match=1, expect=200)
    entry = await s.patient.get(f"/reflections/{s.ids['reflection_id']}")
    made = await _goal(s, course_id=s.ids["course_id"], insight_id=entry["insights"][0]["id"])
    s.ids["goal_id"] = made["id"]
    await s.patient.post(f"/goals/{made['id']}/ratings", _rating(s))
    await rated(s.therapist, made["id"], 0, days_ago=3)


reads("list_goals", "therapist", "/goals?patient_id={patient_id}")
reads("list_goals (withdrawn)", "therapist", "/goals?patient_id={patient_id}&withdrawn=true")
reads("read_goal", "therapist", "/goals/{goal_id}")
reads("list_goal_ratings", "therapist", "/goals/{goal_id}/ratings")
reads("read_attainment", "therapist", "/patients/{patient_id}/attainment")


@operation("create_goal")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/goals", {"patient_id": s.chart, **_facts(s)})


@operation("create_goal (by the patient)")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/goals", {"patient_id": s.chart, **_facts(s)})


@operation("update_goal")
async def _(s: Scene) -> Request:
    path = f"/goals/{(await _goal(s))['id']}"
    return Request(s.therapist, "PATCH", path, {"title": s.word("text-goal")}, 1)


@operation("withdraw_goal")
async def _(s: Scene) -> Request:
    path = f"/goals/{(await _goal(s))['id']}/withdraw"
    return Request(s.therapist, "POST", path, {"reason": s.word("text-reason")}, 1)


@operation("rate_goal")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", f"/goals/{(await _goal(s))['id']}/ratings", _rating(s))
