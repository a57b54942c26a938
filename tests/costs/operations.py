"""Every operation of the product, each as one request that succeeds in a clinic where everything exists once."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import uuid4

from integration_api.access.actor import Role
from integration_api.app import sealer_of
from tests.factories import notes, plans, reflections, sessions
from tests.support import Json, Person, World, new_source

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
        sealer = sealer_of(world.api.runtime)
        await sealer.seal(world.clinic_id)
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
        await sealer.seal(world.clinic_id)
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
    "list_sign_ins": ("therapist", "/me/sign-ins"),
    "read_patient_account": ("therapist", "/patients/{patient_id}/account"),
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
    "read_note_proof": ("patient", "/notes/{note_id}/proof"),
    "read_access_log": ("patient", "/me/access-log"),
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


async def pair_of(s: Scene) -> tuple[Json, Json]:
    """What somebody new signs in with, and a sign-in of theirs."""
    s.world.api.source = new_source()
    email, code = await _code(s)
    await s.world.api.send("POST", "/invitations/accept", json={"code": code, "password": PASSWORD})
    body = {"email": email, "password": PASSWORD}
    return body, (await s.world.api.send("POST", "/auth/tokens", json=body)).json()


@operation("sign_in")
async def _(s: Scene) -> Request:
    body, _ = await pair_of(s)
    return Request(None, "POST", "/auth/tokens", body)


@operation("sign_in (from a known device)")
async def _(s: Scene) -> Request:
    body, pair = await pair_of(s)
    return Request(None, "POST", "/auth/tokens", {**body, "device_token": pair["device_token"]})


@operation("refresh_tokens")
async def _(s: Scene) -> Request:
    _, pair = await pair_of(s)
    return Request(None, "POST", "/auth/tokens/refresh", {"refresh_token": pair["refresh_token"]})


@operation("sign_out")
async def _(s: Scene) -> Request:
    _, pair = await pair_of(s)
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


@operation("set_external_identity")
async def _(s: Scene) -> Request:
    account, body = await _account(s), {"subject": uuid4().hex}
    return Request(s.world.admin, "PUT", f"/accounts/{account['id']}/external-identity", body, 1)


@operation("remove_external_identity")
async def _(s: Scene) -> Request:
    path = f"/accounts/{(await _account(s))['id']}/external-identity"
    await s.world.admin.put(path, {"subject": uuid4().hex}, 1)
    return Request(s.world.admin, "DELETE", path, None, 2)


async def _program(s: Scene) -> Json:
    made: Json = await s.world.admin.post("/service-accounts", {"name": "Front desk", "scopes": ["patient:read"]})
    return made


@operation("create_service_account")
async def _(s: Scene) -> Request:
    body = {"name": "Front desk", "scopes": ["patient:read"]}
    return Request(s.world.admin, "POST", "/service-accounts", body)


@operation("list_service_accounts")
async def _(s: Scene) -> Request:
    return Request(s.world.admin, "GET", "/service-accounts")


@operation("update_service_account")
async def _(s: Scene) -> Request:
    made = await _program(s)
    return Request(s.world.admin, "PATCH", f"/service-accounts/{made['id']}", {"scopes": ["patient:list"]}, 1)


@operation("rotate_service_account_secret")
async def _(s: Scene) -> Request:
    made = await _program(s)
    return Request(s.world.admin, "POST", f"/service-accounts/{made['id']}/rotate-secret", None, 1)


@operation("create_service_token")
async def _(s: Scene) -> Request:
    made = await _program(s)
    body = {"client_id": made["id"], "client_secret": made["client_secret"]}
    return Request(None, "POST", "/auth/service-tokens", body)


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
