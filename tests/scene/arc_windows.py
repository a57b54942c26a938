"""Windows of the integration arc. Check-ins plant them."""

from tests.factories.discharges import discharge
from tests.factories.doses import dose
from tests.factories.readiness import ready_session
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene

reads("list_arc_windows", "therapist", "/arc-windows?patient_id={patient_id}")
reads("list_arc_windows (team)", "supervisor", "/arc-windows?state=open")
reads("read_arc_window", "therapist", "/arc-windows/{arc_window_id}")


@operation("complete_session (after a dose)")
async def _(s: Scene) -> Request:
    made = await ready_session(s.therapist, s.chart, s.people["prescriber"])
    await dose(s.therapist, made)
    await discharge(s.therapist, made)
    path, reason = f"/sessions/{made['id']}/discharge/override", {"reason": s.word("text-override")}
    await s.people["prescriber"].post(path, reason, match=1, expect=200)
    return Request(s.therapist, "POST", f"/sessions/{made['id']}/complete", None, made["version"])
