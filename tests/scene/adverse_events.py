"""Adverse events."""

from tests.factories.readiness import dosing_session, holds_of
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene) -> Json:
    """One that nobody has to review, so it holds no dose."""
    return {
        "kind": "nausea",
        "onset_at": "2026-11-20T16:00:00Z",
        "ended_at": "2026-11-20T16:05:00Z",
        "severity": "moderate",
        "is_expected": False,
        "relatedness": "possible",
        "outcome": "recovering",
        "text": s.word("text-event"),
        "action": s.word("text-action"),
        "treatment": s.word("text-treatment"),
        "reported_to": ["rems"],
    }


async def _adverse_event(s: Scene, **facts: object) -> Json:
    """Record one; if it holds doses, a prescriber lets them start all the same."""
    session = await dosing_session(s.therapist, s.chart)
    made: Json = await s.therapist.post(f"/sessions/{session['id']}/adverse-events", {**_body(s), **facts})
    for hold in await holds_of(s.therapist, session):
        path = f"/sessions/{session['id']}/holds/{hold['id']}/release"
        await s.people["prescriber"].post(path, {"reason": s.word("team-release")}, match=hold["version"], expect=200)
    return made


@planted
async def adverse_event(s: Scene) -> None:
    """Add one that was changed and reviewed, and one that was withdrawn."""
    made = await _adverse_event(s, serious_because=["hospitalisation"])
    path = f"/adverse-events/{made['id']}"
    await s.therapist.patch(path, {"text": s.word("text-event")}, 1)
    await s.people["prescriber"].post(f"{path}/review", match=2, expect=200)
    s.ids["adverse_event_id"] = gone = (await _adverse_event(s))["id"]
    reason = {"reason": s.word("text-reason")}
    await s.therapist.post(f"/adverse-events/{gone}/withdraw", reason, match=1, expect=200)


reads("list_adverse_events", "therapist", "/adverse-events?patient_id={patient_id}")
reads("list_adverse_events (withdrawn)", "therapist", "/adverse-events?patient_id={patient_id}&withdrawn=true")
reads("list_adverse_events (team)", "supervisor", "/adverse-events?kind=nausea")
reads("read_adverse_event", "therapist", "/adverse-events/{adverse_event_id}")
reads("list_adverse_event_versions", "therapist", "/adverse-events/{adverse_event_id}/versions")


@operation("create_adverse_event")
async def _(s: Scene) -> Request:
    made = await dosing_session(s.therapist, s.chart)
    return Request(s.therapist, "POST", f"/sessions/{made['id']}/adverse-events", _body(s))


@operation("update_adverse_event")
async def _(s: Scene) -> Request:
    path = f"/adverse-events/{(await _adverse_event(s))['id']}"
    return Request(s.therapist, "PATCH", path, {"text": s.word("text-event"), "severity": "severe"}, 1)


@operation("review_adverse_event")
async def _(s: Scene) -> Request:
    path = f"/adverse-events/{(await _adverse_event(s, kind='fall'))['id']}/review"
    return Request(s.people["prescriber"], "POST", path, None, 1)


@operation("withdraw_adverse_event")
async def _(s: Scene) -> Request:
    path = f"/adverse-events/{(await _adverse_event(s))['id']}/withdraw"
    return Request(s.therapist, "POST", path, {"reason": s.word("text-reason")}, 1)
