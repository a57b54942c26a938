"""The invented people and the chart of a run, made in a clinic that its admin has set aside."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx

from integration_api.operating.conformance.callers import Caller, Json, NotShown, Record, new_word, totp

PREFIX = "Conformance"
"""The first word of every name that the kit makes up. A clinic with any other chart is not set aside."""
_PAGE = "100"


@dataclass(slots=True)
class Cast:
    """Everybody of a run, and what they are known by."""

    admin: Caller
    nobody: Caller
    therapist: Caller
    other: Caller
    auditor: Caller
    patient: Caller
    chart: str
    record: Record
    password: str
    words: list[str] = field(default_factory=list)
    """Every word that was put into a text."""

    def word(self, kind: str) -> str:
        """Return a new canary."""
        self.words.append(new_word(kind))
        return self.words[-1]

    async def new_chart(self) -> str:
        """Return a second chart, without an account."""
        made = await self.therapist.must("POST", "/v1/patients", {"name": f"{PREFIX} Second"})
        return str(made["id"])

    async def session(self) -> str:
        """Return a session that was planned to end an hour ago."""
        end = datetime.now(UTC) - timedelta(hours=1)
        facts = {
            "patient_id": self.chart,
            "phase": "integration",
            "modality": "in_person",
            "planned_start_at": (end - timedelta(hours=1)).isoformat(),
            "planned_end_at": end.isoformat(),
        }
        return str((await self.therapist.must("POST", "/v1/sessions", facts))["id"])

    async def reflection(self, text: str, *, share: bool | None = None) -> Json:
        """Return a reflection of the patient: a private draft, or submitted and shared or not."""
        made = await self.patient.must("POST", "/v1/reflections", {"text": text})
        if share is None:
            return made
        path = f"/v1/reflections/{made['id']}/submit"
        return await self.patient.must("POST", path, {"share": share}, match=made["version"])

    async def signed_note(self, text: str) -> Json:
        """Return a signed note of the therapist."""
        texts = dict.fromkeys(("data", "assessment", "plan"), text)
        facts = {"session_id": await self.session(), "format": "dap", "sections": texts}
        made = await self.therapist.must("POST", "/v1/notes", facts)
        return await self.therapist.must("POST", f"/v1/notes/{made['id']}/sign", {}, match=made["version"])


async def make_cast(client: httpx.AsyncClient, token: str) -> Cast:
    """Make the people of a run. Raises NotShown if the token is no admin's or the clinic is not set aside."""
    record = Record()
    admin = Caller(client, record, token)
    me = await admin.get("/v1/me")
    if "clinic_admin" not in me.get("roles", ()):
        raise NotShown("the token is not of an admin of the clinic")
    admin.id = str(me["id"])
    charts = await admin.get("/v1/patients", limit=_PAGE)
    if any(not str(one.get("name", "")).startswith(PREFIX) for one in charts["items"]) or charts["next_cursor"]:
        raise NotShown("the clinic has charts that the kit did not make: set an empty clinic aside for it")
    password = f"seven quiet otters {secrets.token_hex(6)}"
    therapist, other, auditor = [
        await _staff(admin, record, role, password) for role in ("therapist", "therapist", "auditor")
    ]
    email = f"{uuid4().hex}@example.org"
    chart = await therapist.must("POST", "/v1/patients", {"name": f"{PREFIX} Patient", "email": email})
    invited = await therapist.must("POST", "/v1/invitations", {"patient_id": chart["id"]})
    patient = await _accepted(client, record, invited, email, password)
    nobody = Caller(client, record)
    return Cast(admin, nobody, therapist, other, auditor, patient, str(chart["id"]), record, password)


async def _staff(admin: Caller, record: Record, role: str, password: str) -> Caller:
    email = f"{uuid4().hex}@example.org"
    facts = {"name": f"{PREFIX} {role.title()}", "email": email, "roles": [role], "credential": "LMFT"}
    made = await admin.must("POST", "/v1/accounts", facts)
    invited = await admin.must("POST", "/v1/invitations", {"account_id": made["id"]})
    person = await _accepted(admin.client, record, invited, email, password)
    begun = await person.must("POST", "/v1/me/factors/totp", {})
    body = {"totp_code": totp(begun["secret"])}
    added = await person.must("POST", f"/v1/me/factors/totp/{begun['id']}/confirm", body)
    person.token = added["access"]["access_token"]
    return person


async def _accepted(client: httpx.AsyncClient, record: Record, invited: Json, email: str, password: str) -> Caller:
    nobody = Caller(client, record)
    if not invited.get("code"):
        raise NotShown("the clinic mails its codes (policy email_codes), so no account can be opened")
    await nobody.must("POST", "/v1/invitations/accept", {"code": invited["code"], "password": password})
    signed_in = await nobody.must("POST", "/v1/auth/tokens", {"email": email, "password": password})
    person = Caller(client, record, signed_in["access_token"], email)
    person.id = str((await person.get("/v1/me"))["id"])
    return person


async def until(ask: Callable[[], Awaitable[Json]], found: Callable[[Json], bool], seconds: float, what: str) -> Json:
    """Ask again until it is there. Raises NotShown after some seconds."""
    for _ in range(max(1, int(seconds * 2))):
        answer = await ask()
        if found(answer):
            return answer
        await asyncio.sleep(0.5)
    raise NotShown(what)
