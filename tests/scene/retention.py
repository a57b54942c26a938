"""Legal holds and erasure."""

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
    """Hold the chart."""
    await _hold(s, s.chart)


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
