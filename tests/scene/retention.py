"""Legal holds and erasure."""

from tests.factories import plans
from tests.factories.reflections import draft
from tests.factories.retention import keep_nothing
from tests.scene.requests import Request, operation
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene) -> Json:
    return {"reason": "audit", "reference": s.word("hold-reference"), "note": s.word("hold-note")}


async def _hold(s: Scene, chart: str) -> str:
    path = f"/patients/{chart}"
    version = (await s.world.admin.get(path))["version"]
    await s.world.admin.put(f"{path}/legal-hold", _body(s), version)
    return f"{path}/legal-hold"


@planted
async def hold(s: Scene) -> None:
    """Hold the chart, and overwrite a private entry and a private plan in it."""
    await _hold(s, s.chart)
    entry = await draft(s.patient, text=s.word("private-kept"))
    await s.patient.patch(f"/reflections/{entry['id']}", {"text": s.word("private-after")}, 1)
    facts = {"title": s.word("begun-title"), "aim": s.word("begun-kept"), "is_shared": False}
    plan = await plans.plan(s.therapist, s.chart, **facts)
    await s.therapist.patch(f"/plans/{plan['id']}", {"aim": s.word("begun-after")}, 1)


@operation("list_kept_contents")
async def _(s: Scene) -> Request:
    return Request(s.patient, "GET", f"/patients/{s.chart}/legal-hold/contents")


@operation("list_kept_contents (of staff)")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "GET", f"/patients/{s.chart}/legal-hold/contents")


@operation("read_patient_hold")
async def _(s: Scene) -> Request:
    return Request(s.world.admin, "GET", await _hold(s, s.chart))


@operation("hold_patient")
async def _(s: Scene) -> Request:
    chart = await s.new_chart()
    return Request(s.world.admin, "PUT", f"/patients/{chart['id']}/legal-hold", _body(s), 1)


@operation("release_patient")
async def _(s: Scene) -> Request:
    chart = await s.new_chart()
    return Request(s.world.admin, "DELETE", await _hold(s, chart["id"]), None, 2)


@operation("erase_patient")
async def _(s: Scene) -> Request:
    chart = await s.new_chart()
    await s.other.post("/invitations", {"patient_id": chart["id"]})
    await keep_nothing(s.world)
    return Request(s.world.admin, "POST", f"/patients/{chart['id']}/erasure", None, 1)
