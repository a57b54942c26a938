"""Sessions."""

from datetime import timedelta

from tests.factories import sessions
from tests.factories.discharges import discharge
from tests.factories.doses import dose
from tests.scene.requests import Operation, Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json, Person


@planted
async def meetings(s: Scene) -> None:
    """Add a planned session, one of next week, a completed one by a wrong clock, and a cancelled one."""
    setting: Json = {name: s.word(f"text-{name}") for name in ("expectation", "food", "room", "stance")}
    texts = {name: s.word(f"text-{name}") for name in ("playlist", "title")}
    played: Json = {"at": "2026-11-20T15:25:00Z", "change": "started", "chosen_by": "patient", "asked_by": "patient"}
    setting |= {"expectation_level": 6, "posture": "side", "eyeshade_use": "on", "music_events": [{**played, **texts}]}
    session = await sessions.session(
        s.therapist,
        s.chart,
        phase="dosing",
        course_id=s.ids["course_id"],
        people=[{"role": "therapist", "name": s.word("text-person"), "account_id": s.therapist.id}],
        intention=s.word("text-intention"),
        set_and_setting=setting,
    )
    await s.therapist.patch(f"/sessions/{session['id']}", {"modality": "telehealth"}, 1)
    next_week = (s.world.api.clock() + timedelta(days=7)).isoformat()
    await sessions.session(s.therapist, s.chart, planned_start_at=next_week)
    wrong = (s.world.api.clock() + timedelta(days=1)).isoformat()
    begun = await sessions.move(s.therapist, await sessions.session(s.therapist, s.chart), "start", started_at=wrong)
    await sessions.move(s.therapist, begun, "complete", ended_at=wrong)
    cancelled = await sessions.session(s.therapist, s.chart)
    await sessions.move(s.therapist, cancelled, "cancel", reason=s.word("text-cancel"))
    why = {"correction_reason": s.word("text-correction"), "no_dose_reason": s.word("text-no-dose")}
    await s.therapist.patch(f"/sessions/{cancelled['id']}", why, 2)
    await s.therapist.patch(f"/sessions/{cancelled['id']}", why, 3)
    s.ids["session_id"] = session["id"]


reads("list_sessions", "therapist", "/sessions?patient_id={patient_id}")
reads("list_sessions (team)", "supervisor", "/sessions")
reads("read_session", "therapist", "/sessions/{session_id}")
reads("list_session_versions", "therapist", "/sessions/{session_id}/versions")


def _session(s: Scene, *people: Person) -> Json:
    return {
        "patient_id": s.chart,
        "phase": "integration",
        "modality": "in_person",
        "planned_start_at": sessions.PLANNED_START,
        "people": [{"role": "therapist", "account_id": person.id} for person in people],
    }


@operation("create_session")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/sessions", _session(s, s.therapist))


@operation("create_session (three people, a course)")
async def _(s: Scene) -> Request:
    body = {**_session(s, s.therapist, s.other, s.supervisor), "course_id": s.ids["course_id"]}
    return Request(s.therapist, "POST", "/sessions", body)


@operation("update_session")
async def _(s: Scene) -> Request:
    made = await sessions.session(s.therapist, s.chart)
    return Request(s.therapist, "PATCH", f"/sessions/{made['id']}", {"modality": "telehealth"}, 1)


@operation("update_session (a correction)")
async def _(s: Scene) -> Request:
    made = await sessions.completed_session(s.therapist, s.chart)
    body = {"modality": "telehealth", "correction_reason": s.word("text-correction")}
    return Request(s.therapist, "PATCH", f"/sessions/{made['id']}", body, made["version"])


def _moves(step: str, *, from_started: bool = False) -> Operation:
    async def ask(s: Scene) -> Request:
        make = sessions.started_session if from_started else sessions.session
        made = await make(s.therapist, s.chart)
        return Request(s.therapist, "POST", f"/sessions/{made['id']}/{step}", None, made["version"])

    return ask


operation("start_session")(_moves("start"))
operation("complete_session")(_moves("complete", from_started=True))
operation("cancel_session")(_moves("cancel"))
operation("no_show_session")(_moves("no-show"))


@operation("complete_session (after a dose)")
async def _(s: Scene) -> Request:
    made = await s.ready_session()
    await dose(s.therapist, made)
    await discharge(s.therapist, made)
    path, reason = f"/sessions/{made['id']}/discharge/override", {"reason": s.word("text-override")}
    await s.people["prescriber"].post(path, reason, match=1, expect=200)
    return Request(s.therapist, "POST", f"/sessions/{made['id']}/complete", None, made["version"])
