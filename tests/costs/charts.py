"""Charts, care teams, holds and emergencies."""

from tests.costs.operations import OPERATIONS, Operation, Request, Scene, operation
from tests.factories import sessions
from tests.support import Json, Person


@operation("create_patient")
async def _(s: Scene) -> Request:
    return Request(s.other, "POST", "/patients", {"name": "Rowan Sample"})


@operation("search_patients")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/patients/search", {"name_part": "sample"})


@operation("update_patient")
async def _(s: Scene) -> Request:
    chart = await s.new_chart()
    return Request(s.other, "PATCH", f"/patients/{chart['id']}", {"phone": "+1 555 0100"}, 1)


async def _held_chart(s: Scene) -> Json:
    path = f"/patients/{(await s.new_chart())['id']}/legal-hold"
    made: Json = await s.world.admin.put(path, {"reason": "audit", "reference": "r"}, 1)
    return made


@operation("read_patient_hold")
async def _(s: Scene) -> Request:
    return Request(s.world.admin, "GET", f"/patients/{(await _held_chart(s))['id']}/legal-hold")


@operation("hold_patient")
async def _(s: Scene) -> Request:
    body = {"reason": "audit", "reference": "r", "note": "n"}
    return Request(s.world.admin, "PUT", f"/patients/{(await s.new_chart())['id']}/legal-hold", body, 1)


@operation("release_patient")
async def _(s: Scene) -> Request:
    return Request(s.world.admin, "DELETE", f"/patients/{(await _held_chart(s))['id']}/legal-hold", None, 2)


@operation("erase_patient")
async def _(s: Scene) -> Request:
    chart = await s.new_chart()
    await s.other.post("/invitations", {"patient_id": chart["id"]})
    clinic = await s.world.admin.get("/clinic")
    await s.world.admin.patch("/clinic", {"policies": {"retention_years": 0}}, clinic["version"])
    return Request(s.world.admin, "POST", f"/patients/{chart['id']}/erasure", None, 1)


@operation("update_patient (name)")
async def _(s: Scene) -> Request:
    chart = await s.new_chart()
    return Request(s.other, "PATCH", f"/patients/{chart['id']}", {"name": "Rowan Example"}, 1)


@operation("add_care_team_member")
async def _(s: Scene) -> Request:
    member = await s.world.therapist()
    body = {"account_id": member.id, "role": "therapist"}
    return Request(s.therapist, "POST", f"/patients/{s.chart}/care-team", body)


@operation("end_care_team_member")
async def _(s: Scene) -> Request:
    body = {"account_id": (await s.world.therapist()).id, "role": "therapist"}
    added = await s.therapist.post(f"/patients/{s.chart}/care-team", body)
    return Request(s.therapist, "DELETE", f"/patients/{s.chart}/care-team/{added['id']}", None, added["version"])


async def _opened(s: Scene) -> Json:
    body = {"reason_code": "crisis_call", "reason": "They called and nobody of their team was there."}
    made: Json = await (await s.world.therapist()).post(f"/patients/{s.chart}/emergency-access", body)
    return made


@operation("open_emergency_access")
async def _(s: Scene) -> Request:
    body = {"reason_code": "crisis_call", "reason": "They called and nobody of their team was there."}
    return Request(await s.world.therapist(), "POST", f"/patients/{s.chart}/emergency-access", body)


@operation("list_emergency_accesses")
async def _(s: Scene) -> Request:
    await _opened(s)
    return Request(s.officer, "GET", "/emergency-accesses")


@operation("review_emergency_access")
async def _(s: Scene) -> Request:
    path = f"/emergency-accesses/{(await _opened(s))['id']}/review"
    return Request(s.officer, "POST", path, {"outcome": "justified"}, 1)


@operation("review_emergency_access (not justified)")
async def _(s: Scene) -> Request:
    path = f"/emergency-accesses/{(await _opened(s))['id']}/review"
    return Request(s.officer, "POST", path, {"outcome": "not_justified"}, 1)


@operation("create_course")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/courses", {"patient_id": s.chart})


@operation("update_course")
async def _(s: Scene) -> Request:
    course = await s.therapist.post("/courses", {"patient_id": s.chart})
    return Request(s.therapist, "PATCH", f"/courses/{course['id']}", {"intention": "i"}, 1)


# ── sessions ──


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


def _moves(step: str, *, from_started: bool = False) -> Operation:
    async def ask(s: Scene) -> Request:
        make = sessions.started_session if from_started else sessions.session
        made = await make(s.therapist, s.chart)
        return Request(s.therapist, "POST", f"/sessions/{made['id']}/{step}", None, made["version"])

    return ask


OPERATIONS |= {
    "start_session": _moves("start"),
    "complete_session": _moves("complete", from_started=True),
    "cancel_session": _moves("cancel"),
    "no_show_session": _moves("no-show"),
}
