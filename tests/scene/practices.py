"""Practices: uses of a strategy."""

from tests.factories import plans
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


@planted
async def practice(s: Scene) -> None:
    """Add a use of the plan's strategy, and a skip."""
    rated: Json = {"distress_before": 7, "distress_after": 4, "helpfulness": 3, "would_use_again": True}
    made = await plans.practice(s.patient, s.ids["strategy_id"], context=s.word("text-context"), **rated)
    await plans.practice(s.patient, s.ids["strategy_id"], skipped_reason="forgot")
    s.ids["practice_id"] = made["id"]


reads("list_practices", "therapist", "/practices?patient_id={patient_id}")
reads("read_practice", "therapist", "/practices/{practice_id}")


@operation("log_practice")
async def _(s: Scene) -> Request:
    used_at, context = s.world.api.clock().isoformat(), s.word("text-context")
    body = {"strategy_id": s.ids["strategy_id"], "used_at": used_at, "context": context}
    return Request(s.patient, "POST", "/practices", body)
