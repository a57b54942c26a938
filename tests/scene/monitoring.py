"""Vitals."""

from tests.factories.monitoring import pressure, reading, upload
from tests.factories.readiness import holds_of
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json

_AT = "2026-11-20T15:40:00Z"


def _items(s: Scene) -> list[Json]:
    seen = reading("observation", None, _AT, text=s.word("text-observation"))
    return [{**pressure(185, 112, _AT), "text": s.word("text-reading")}, seen, reading("moaas", 4, _AT)]


def _file(s: Scene) -> Json:
    return {"device": s.word("text-device"), "text": f"taken_at,spo2\n{_AT},97\n"}


@planted
async def monitoring(s: Scene) -> None:
    """Add readings of a session with a dose and of one that is planned; in each, one was withdrawn."""
    made = await s.ready_session()
    facts = {"route": "im", "amount": 60, "weight_kg": 70, "given_at": "2026-11-20T15:20:00Z"}
    await s.therapist.post(f"/sessions/{made['id']}/doses", facts)
    for session in (made, {"id": s.ids["session_id"]}):
        told = await upload(s.therapist, session, *_items(s))
        standing = await upload(s.therapist, session, *_items(s))
        s.ids["vital_id"] = standing["items"][0]["id"]
        path = f"/sessions/{session['id']}/vitals/{told['items'][0]['id']}/withdraw"
        await s.therapist.post(path, {"reason": s.word("text-reason")}, match=1, expect=200)
    critical = await upload(s.therapist, {"id": s.ids["session_id"]}, reading("spo2", 85, _AT))
    s.ids["critical_vital_id"] = critical["items"][0]["id"]
    for session_id in (made["id"], s.ids["session_id"]):
        await s.therapist.post(f"/sessions/{session_id}/vitals/monitor-file", _file(s), expect=200)
    for hold in await holds_of(s.therapist, made):
        path = f"/sessions/{made['id']}/holds/{hold['id']}/release"
        await s.people["prescriber"].post(path, {"reason": s.word("team-release")}, match=hold["version"], expect=200)


reads("list_vitals", "therapist", "/sessions/{session_id}/vitals")
reads("read_vital", "therapist", "/sessions/{session_id}/vitals/{vital_id}")
reads("read_vital (critical)", "therapist", "/sessions/{session_id}/vitals/{critical_vital_id}")
reads("list_vitals (withdrawn)", "therapist", "/sessions/{session_id}/vitals?withdrawn=true")
reads("list_vitals (of one field)", "therapist", "/sessions/{session_id}/vitals?field=moaas")


@operation("record_vitals")
async def _(s: Scene) -> Request:
    made = await s.ready_session()
    return Request(s.therapist, "POST", f"/sessions/{made['id']}/vitals", {"items": _items(s)})


@operation("upload_vitals")
async def _(s: Scene) -> Request:
    made = await s.ready_session()
    return Request(s.therapist, "POST", f"/sessions/{made['id']}/vitals/monitor-file", _file(s))


@operation("withdraw_vital")
async def _(s: Scene) -> Request:
    made = await s.ready_session()
    told = await upload(s.therapist, made, *_items(s))
    path = f"/sessions/{made['id']}/vitals/{told['items'][0]['id']}/withdraw"
    return Request(s.therapist, "POST", path, {"reason": s.word("text-reason")}, 1)
