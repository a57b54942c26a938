"""Remote sessions, the observer's token, and what it sends."""

from tests.factories.readiness import dosing_session, holds_of
from tests.factories.remote_sessions import RECORD, link, look, support_token
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene) -> Json:
    observer = {**RECORD["observer"], "name": s.word("text-observer"), "phone": s.word("text-phone")}
    on_call = {**RECORD["medical_on_call"], "name": s.word("text-call")}
    texts = {"emergency_address": s.word("text-address"), "phone": s.word("text-number")}
    return {**texts, "local_emergency_number": s.word("text-911"), "observer": observer, "medical_on_call": on_call}


async def _recorded(s: Scene) -> Json:
    """Return a session with a remote record."""
    made = await s.ready_session()
    await s.therapist.put(f"/sessions/{made['id']}/remote", _body(s), match=0)
    return made


async def _send(s: Scene, token: str) -> Json:
    now = s.world.api.clock()
    seen = look(now, pulse=82, spo2=97, systolic=128, diastolic=82)
    return {"token": token, "checks": [seen], "link_events": [link("lost", now)]}


@planted
async def remote_session(s: Scene) -> None:
    """Add a record that was changed, checks of an observer whose clock was wrong once, and a link that staff saw."""
    path = f"/sessions/{s.ids['session_id']}"
    for version in (0, 1):
        await s.therapist.put(f"{path}/remote", _body(s), match=version)
    token = await support_token(s.therapist, {"id": s.ids["session_id"]})
    for body in (await _send(s, token), {"token": token, "checks": [look("2090-01-01T00:00:00Z", responds="no")]}):
        answer = await s.world.api.send("POST", "/observer-checks", json=body)
        assert answer.status_code == 200, answer.text
    for hold in await holds_of(s.therapist, {"id": s.ids["session_id"]}):
        if hold["rule"] == "R10":  # it would hold each later dose of the chart
            reason = {"reason": s.word("team-release")}
            await s.people["prescriber"].post(f"{path}/holds/{hold['id']}/release", reason, match=1, expect=200)
    seen = {"items": [link("lost", s.world.api.clock(), "observer")]}
    await s.therapist.post(f"{path}/link-events", seen, expect=200)
    await s.therapist.delete(f"{path}/support-token")


async def record_in_part(s: Scene, session_id: str) -> None:
    """Add a record that lacks something to a session that goes on; for those who look, and take no step."""
    await s.therapist.put(f"/sessions/{session_id}/remote", {**_body(s), "medical_on_call": None}, match=0)


reads("read_remote_session", "therapist", "/sessions/{session_id}/remote")
reads("list_remote_session_versions", "therapist", "/sessions/{session_id}/remote/versions")
reads("read_observer_watch", "therapist", "/sessions/{session_id}/observer-watch")


@operation("read_remote_session (nobody wrote it)")
async def _(s: Scene) -> Request:
    made = await s.ready_session()
    return Request(s.therapist, "GET", f"/sessions/{made['id']}/remote")


@operation("update_remote_session")
async def _(s: Scene) -> Request:
    made = await s.ready_session()
    return Request(s.therapist, "PUT", f"/sessions/{made['id']}/remote", _body(s), 0)


@operation("update_remote_session (again)")
async def _(s: Scene) -> Request:
    made = await _recorded(s)
    return Request(s.therapist, "PUT", f"/sessions/{made['id']}/remote", _body(s), 1)


@operation("create_support_token")
async def _(s: Scene) -> Request:
    made = await _recorded(s)
    return Request(s.therapist, "POST", f"/sessions/{made['id']}/support-token", {"minutes": 60})


@operation("delete_support_token")
async def _(s: Scene) -> Request:
    made = await _recorded(s)
    await support_token(s.therapist, made)
    return Request(s.therapist, "DELETE", f"/sessions/{made['id']}/support-token")


@operation("record_link_events")
async def _(s: Scene) -> Request:
    made = await _recorded(s)
    items = [link("lost", s.world.api.clock()), link("restored", s.world.api.clock())]
    return Request(s.therapist, "POST", f"/sessions/{made['id']}/link-events", {"items": items})


@operation("record_observer_checks")
async def _(s: Scene) -> Request:
    token = await support_token(s.therapist, await _recorded(s))
    return Request(None, "POST", "/observer-checks", await _send(s, token))


@operation("record_observer_checks (an alarming one)")
async def _(s: Scene) -> Request:
    made = await dosing_session(s.other, (await s.new_chart())["id"])  # its hold is of another chart's doses
    await s.other.put(f"/sessions/{made['id']}/remote", _body(s), match=0)
    token = await support_token(s.other, made)
    alarming = {**await _send(s, token), "checks": [look(s.world.api.clock(), responds="no")]}
    return Request(None, "POST", "/observer-checks", alarming)
