"""Every operation of the product, each as one request that succeeds in a clinic where everything exists once."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import uuid4

from integration_api.access.actor import Role
from tests.factories import notes, plans, reflections, sessions
from tests.support import Json, Person, World

__all__ = ["OPERATIONS", "Request", "Scene"]

PASSWORD = "quiet-otter-rows-upstream"


class Request(NamedTuple):
    """One request; `person` None means nobody is signed in, `status` what must come back (None: any 2xx)."""

    person: Person | None
    method: str
    path: str
    body: object = None
    match: int | None = None
    key: str | None = None
    headers: dict[str, str] | None = None
    status: int | None = None

    @property
    def names_a_thing(self) -> bool:
        """Whether it says by id what it is about: in its path or body, as no list does whose filter names a chart."""
        body = {k: v for k, v in self.body.items() if k != "id"} if isinstance(self.body, dict) else self.body
        return bool(_UUID.search(self.path.partition("?")[0]) or _UUID.search(json.dumps(body)))


_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass
class Scene:
    """One chart, its people, and one of each thing in it."""

    world: World
    therapist: Person
    supervisor: Person
    auditor: Person
    officer: Person
    other: Person
    patient: Person
    chart: str
    ids: dict[str, str]

    @classmethod
    async def build(cls, world: World) -> "Scene":
        """The chart with a session, a signed note, a shared reflection, an active plan and a practice."""
        therapist, other = await world.therapist(), await world.therapist()
        patient = await world.patient_of(therapist, email=f"{uuid4().hex}@example.org")
        chart = world.chart_id(patient)
        supervisor = await notes.supervisor_of(world, therapist, chart)
        course = await therapist.post("/courses", {"patient_id": chart})
        session = await sessions.session(therapist, chart)
        note = await notes.signed_note(therapist, chart)
        entry = await reflections.submitted(patient, share=True)
        plan = await plans.active(therapist, patient, chart)
        strategy = plan_strategy(await patient.get(f"/plans/{plan['id']}"))
        practice = await plans.practice(patient, strategy)
        ids = {
            "account_id": therapist.id,
            "patient_id": chart,
            "course_id": course["id"],
            "session_id": session["id"],
            "note_id": note["id"],
            "reflection_id": entry["id"],
            "plan_id": plan["id"],
            "strategy_id": strategy,
            "practice_id": practice["id"],
        }
        auditor, officer = await world.staff(Role.AUDITOR), await world.staff(Role.PRIVACY_OFFICER)
        return cls(world, therapist, supervisor, auditor, officer, other, patient, chart, ids)

    async def new_chart(self) -> Json:
        """A chart whose patient has no account yet."""
        made: Json = await self.other.post("/patients", {"name": "Rowan Sample", "email": f"{uuid4().hex}@example.org"})
        return made


def plan_strategy(plan: Json) -> str:
    """The id of a plan's first strategy."""
    return str(plan["strategies"][0]["id"])


Operation = Callable[[Scene], Awaitable[Request]]
OPERATIONS: dict[str, Operation] = {}

READS = {
    "read_liveness": ("nobody", "/health/live"),
    "read_readiness": ("nobody", "/health/ready"),
    "read_version": ("nobody", "/version"),
    "read_clinic": ("therapist", "/clinic"),
    "list_crisis_resources": ("patient", "/crisis-resources"),
    "read_me": ("therapist", "/me"),
    "list_notices": ("admin", "/notices"),
    "list_accounts": ("admin", "/accounts"),
    "read_account": ("admin", "/accounts/{account_id}"),
    "list_patients": ("supervisor", "/patients"),
    "read_patient": ("therapist", "/patients/{patient_id}"),
    "list_care_team": ("therapist", "/patients/{patient_id}/care-team"),
    "read_worklist": ("therapist", "/worklist"),
    "list_courses": ("therapist", "/courses?patient_id={patient_id}"),
    "read_course": ("therapist", "/courses/{course_id}"),
    "list_sessions": ("therapist", "/sessions?patient_id={patient_id}"),
    "list_sessions (team)": ("supervisor", "/sessions"),
    "read_session": ("therapist", "/sessions/{session_id}"),
    "list_notes": ("therapist", "/notes?patient_id={patient_id}"),
    "read_note": ("therapist", "/notes/{note_id}"),
    "list_note_versions": ("therapist", "/notes/{note_id}/versions"),
    "list_prompt_sets": ("patient", "/prompt-sets"),
    "list_reflections": ("therapist", "/reflections?patient_id={patient_id}"),
    "read_reflection": ("patient", "/reflections/{reflection_id}"),
    "list_reflection_replies": ("patient", "/reflections/{reflection_id}/replies"),
    "list_reflection_versions": ("patient", "/reflections/{reflection_id}/versions"),
    "list_strategy_library": ("patient", "/strategy-library"),
    "list_plans": ("therapist", "/plans?patient_id={patient_id}"),
    "read_plan": ("therapist", "/plans/{plan_id}"),
    "list_plan_versions": ("therapist", "/plans/{plan_id}/versions"),
    "list_strategies": ("therapist", "/plans/{plan_id}/strategies"),
    "list_practices": ("therapist", "/practices?patient_id={patient_id}"),
    "read_practice": ("therapist", "/practices/{practice_id}"),
    "read_timeline": ("therapist", "/patients/{patient_id}/timeline"),
    "list_ledger": ("auditor", "/ledger"),
}


def _read(who: str, path: str) -> Operation:
    async def ask(s: Scene) -> Request:
        person = {"nobody": None, "admin": s.world.admin}.get(who, getattr(s, who, None))
        return Request(person, "GET", path.format(**s.ids))

    return ask


OPERATIONS |= {name: _read(who, path) for name, (who, path) in READS.items()}


def operation(name: str) -> Callable[[Operation], Operation]:
    """Name a request after its operation; what is done before it is not counted."""

    def keep(made: Operation) -> Operation:
        OPERATIONS[name] = made
        return made

    return keep


@operation("read_note (unchanged)")
async def _(s: Scene) -> Request:
    tag = (await s.therapist.send("GET", f"/notes/{s.ids['note_id']}")).headers["etag"]
    headers = {"If-None-Match": tag}
    return Request(s.therapist, "GET", f"/notes/{s.ids['note_id']}", headers=headers, status=304)


@operation("read_note (not yours)")
async def _(s: Scene) -> Request:
    return Request(s.other, "GET", f"/notes/{s.ids['note_id']}", status=404)


@operation("read_note (not allowed)")
async def _(s: Scene) -> Request:
    return Request(s.world.admin, "GET", f"/notes/{s.ids['note_id']}", status=403)


@operation("list_notes (nothing there)")
async def _(s: Scene) -> Request:
    return Request(s.other, "GET", "/notes")


@operation("read_reflection (first by staff)")
async def _(s: Scene) -> Request:
    entry = await reflections.submitted(s.patient, share=True)
    return Request(s.therapist, "GET", f"/reflections/{entry['id']}")


# ── the clinic, accounts, charts ──


@operation("update_clinic")
async def _(s: Scene) -> Request:
    version = (await s.world.admin.get("/clinic"))["version"]
    return Request(s.world.admin, "PATCH", "/clinic", {"name": "Test House"}, version)


async def _account(s: Scene) -> Json:
    body = {"name": "Imani Vale", "email": f"{uuid4().hex}@example.org", "roles": ["therapist"]}
    made: Json = await s.world.admin.post("/accounts", body)
    return made


async def _code(s: Scene) -> tuple[str, str]:
    account = await _account(s)
    invitation = await s.world.admin.post("/invitations", {"account_id": account["id"]})
    return account["email"], invitation["code"]


async def _pair(s: Scene) -> tuple[Json, Json]:
    email, code = await _code(s)
    await s.world.api.send("POST", "/invitations/accept", json={"code": code, "password": PASSWORD})
    body = {"email": email, "password": PASSWORD}
    return body, (await s.world.api.send("POST", "/auth/tokens", json=body)).json()


@operation("sign_in")
async def _(s: Scene) -> Request:
    body, _ = await _pair(s)
    return Request(None, "POST", "/auth/tokens", body)


@operation("refresh_tokens")
async def _(s: Scene) -> Request:
    _, pair = await _pair(s)
    return Request(None, "POST", "/auth/tokens/refresh", {"refresh_token": pair["refresh_token"]})


@operation("sign_out")
async def _(s: Scene) -> Request:
    _, pair = await _pair(s)
    headers = {"Authorization": f"Bearer {pair['access_token']}"}
    return Request(None, "DELETE", "/auth/tokens/current", headers=headers)


@operation("create_account")
async def _(s: Scene) -> Request:
    body = {"name": "Imani Vale", "email": f"{uuid4().hex}@example.org", "roles": ["therapist"]}
    return Request(s.world.admin, "POST", "/accounts", body)


@operation("update_account")
async def _(s: Scene) -> Request:
    account = await _account(s)
    return Request(s.world.admin, "PATCH", f"/accounts/{account['id']}", {"name": "Imani Brook"}, 1)


@operation("accept_invitation")
async def _(s: Scene) -> Request:
    _, code = await _code(s)
    return Request(None, "POST", "/invitations/accept", {"code": code, "password": PASSWORD})


@operation("create_invitation")
async def _(s: Scene) -> Request:
    account = await _account(s)
    return Request(s.world.admin, "POST", "/invitations", {"account_id": account["id"]})


@operation("create_invitation (patient)")
async def _(s: Scene) -> Request:
    return Request(s.other, "POST", "/invitations", {"patient_id": (await s.new_chart())["id"]})


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
