"""Home supplies, and counts of what is left of them."""

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _count(s: Scene, **facts: object) -> Json:
    now = s.world.api.clock().isoformat()
    return {"patient_id": s.chart, "counted_mg": 150, "counted_at": now, "remark": s.word("text-remark"), **facts}


async def _asked(s: Scene) -> Json:
    made: Json = await s.patient.post("/home-counts", _count(s, asks_refill=True))
    return made


def _decision(s: Scene) -> Json:
    return {"decision": "declined", "reason": s.word("text-decision")}


@planted
async def home_counts(s: Scene) -> None:
    """Add a count with a refill that was declined."""
    asked = await _asked(s)
    path = f"/home-counts/{asked['id']}/decide-refill"
    await s.people["prescriber"].post(path, _decision(s), match=1, expect=200)
    s.ids["home_count_id"] = asked["id"]


reads("read_home_supply", "patient", "/patients/{patient_id}/home-supply")
reads("list_home_counts", "therapist", "/home-counts?patient_id={patient_id}")
reads("list_home_counts (team)", "supervisor", "/home-counts")
reads("read_home_count", "therapist", "/home-counts/{home_count_id}")


@operation("create_home_count")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/home-counts", _count(s, asks_refill=True))


@operation("create_home_count (by the therapist)")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/home-counts", _count(s))


@operation("decide_refill")
async def _(s: Scene) -> Request:
    path = f"/home-counts/{(await _asked(s))['id']}/decide-refill"
    return Request(s.people["prescriber"], "POST", path, _decision(s), 1)
