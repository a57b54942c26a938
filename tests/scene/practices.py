"""Practices: uses of a strategy."""

from tests.factories import plans
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


@planted
async def practice(s: Scene) -> None:
    """Add a use of the plan's strategy, and a skip."""
    rated: Json = {"distress_before": 7, "distress_after": 4, "helpfulness": 3, "would_use_again": True}
    first = await plans.practice(s.patient, s.ids["strategy_id"], context=s.word("text-context"))
    rated["replaces_id"] = first["id"]
    made = await plans.practice(s.patient, s.ids["strategy_id"], context=s.word("text-context"), **rated)
    await plans.practice(s.patient, s.ids["strategy_id"], skipped_reason="forgot")
    s.ids["practice_id"] = made["id"]


reads("list_practices", "therapist", "/practices?patient_id={patient_id}")
reads("read_practice", "therapist", "/practices/{practice_id}")
reads("read_plan_effects", "therapist", "/plans/{plan_id}/effects")


def _body(s: Scene) -> Json:
    used_at, context = s.world.api.clock().isoformat(), s.word("text-context")
    return {"strategy_id": s.ids["strategy_id"], "used_at": used_at, "context": context}


@operation("log_practice")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/practices", _body(s))


@operation("log_practice (a correction)")
async def _(s: Scene) -> Request:
    made = await s.patient.post("/practices", _body(s))
    return Request(s.patient, "POST", "/practices", {**_body(s), "replaces_id": made["id"]})


@operation("withdraw_practice")
async def _(s: Scene) -> Request:
    made = await s.patient.post("/practices", _body(s))
    return Request(s.patient, "POST", f"/practices/{made['id']}/withdraw", None, 1)
