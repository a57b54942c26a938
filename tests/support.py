"""What tests speak with: the API, a clinic in it, and people who are signed in."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from itertools import count
from typing import Any, ClassVar, get_args
from uuid import UUID, uuid4

from fastapi import FastAPI
from httpx import AsyncClient, Response

from integration_api.access.actor import Actor, Role
from integration_api.access.runtime import Runtime
from integration_api.access.statements import ACTOR_NOW
from integration_api.access.tables import SignInRow, SignInTable
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.ledger.events import Event
from integration_api.resources.people.accounts import statements as accounts_sql
from integration_api.resources.people.accounts.service import new_account
from integration_api.resources.people.clinics.operations import CREATE_CLINIC
from integration_api.resources.people.clinics.service import create_clinic
from integration_api.resources.people.service_accounts.schemas import ServiceScope
from integration_api.storage.statements import Change, Scope, insert_rows
from integration_api.web.problems import PROBLEM
from tests.declared import PROBLEM_MEMBERS, Paths, declared
from tests.document import made_document

Json = dict[str, Any]
PREFIX = "/v1"
_LOOK = timedelta(microseconds=1)
BEGINS_AT = datetime.fromisoformat(os.environ.get("TEST_BEGINS_AT", "2026-11-25T15:04:05+00:00")).astimezone(UTC)
"""What time it is when a test begins: a Wednesday, while the clinics are open, and later than every example.

It is in the past, since migrations look at the machine's clock. `TEST_BEGINS_AT` tries another hour of that week.
"""
INSERT_SIGN_IN = Change("test_insert_sign_in", insert_rows(SignInTable), Scope.SYSTEM, "with its account, in one step")


def new_source() -> str:
    """An address that nobody has come from yet."""
    return str(IPv4Address(0x0A000000 + uuid4().int % 2**24))


class SettableClock:
    """The application's clock, which stands still: time passes by what a test adds.

    Each test begins at the same time, so its verdict does not hang on the hour or the day of the run. Each look at the
    clock is a microsecond later than the one before, so that what came later has a later time. However long a test
    takes, its codes are good, its proofs are fresh and it stays the same day.
    """

    _now: datetime
    begins_at: ClassVar[datetime | None] = None
    """When a test begins; None: when the machine says it is, since a server takes part that has a clock of its own."""
    _made = count(1)

    def __init__(self) -> None:
        self._later = timedelta(seconds=next(SettableClock._made))  # a second application begins after the first
        self.reset()

    def __call__(self) -> datetime:
        self._now += _LOOK
        return self._now

    def advance(self, **by: float) -> None:
        """Let time pass: `advance(hours=3)`."""
        self._now += timedelta(**by)

    def not_before(self, at: datetime) -> None:
        """Go on from this time at least: things that were made at that time exist."""
        self._now = max(self._now, at)

    def reset(self) -> None:
        """Back to when a test begins."""
        self._now = datetime.now(UTC) if self.begins_at is None else self.begins_at + self._later


class Api:
    """The application, and a client that holds every answer to the OpenAPI document."""

    def __init__(self, app: FastAPI, client: AsyncClient, clock: SettableClock) -> None:
        self.app, self.client, self.clock = app, client, clock
        self.source = new_source()
        """Where requests come from, where the settings trust the test's own address as a proxy."""

    @property
    def runtime(self) -> Runtime:
        """Database, vault and the rest."""
        runtime: Runtime = self.app.state.runtime
        return runtime

    @property
    def document(self) -> Json:
        """The OpenAPI document."""
        return made_document()

    async def send(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Response:
        """One request; its answer must be what the document declares."""
        address = path if path.startswith(("/v1", "/health", "/version", "/docs", "/openapi")) else PREFIX + path
        body: dict[str, Any] = {"json": json} if json is not None else {}
        if content is not None:
            body = {"content": content}
        answer = await self.client.request(
            method, address, headers={"X-Forwarded-For": self.source, **(headers or {})}, params=params, **body
        )
        self._check(method, address.partition("?")[0], answer)
        return answer

    def _check(self, method: str, path: str, answer: Response) -> None:
        assert answer.headers["x-request-id"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        media_type = answer.headers.get("content-type", "")
        if answer.status_code >= 400:
            assert media_type == PROBLEM, answer.text
            assert answer.headers["cache-control"] == "no-store"
            if method == "HEAD":
                return
            problem = answer.json()
            assert set(problem) >= PROBLEM_MEMBERS
            assert problem["status"] == answer.status_code
        template = Paths.of_document().of(path.split("/")[1:])
        operation = None if template is None else self.document["paths"][template].get(method.lower())
        if operation is None:
            return
        found = declared(operation["operationId"], template, method.lower(), answer.status_code)
        assert found is not None, f"{operation['operationId']} declares no {answer.status_code}: {answer.text}"
        found.check_headers(answer)
        if answer.status_code >= 400:
            found.check_problem(answer, problem)
        elif media_type == "application/json":
            found.validator.validate(answer.json())


@dataclass
class Person:
    """Somebody who is signed in."""

    api: Api
    actor: Actor
    token: str
    name: str = ""

    @property
    def id(self) -> str:
        """The account's id."""
        return str(self.actor.id)

    def ambient(self) -> Json:
        """What a unit of work of this person gives to Statements, with no scope at all."""
        return {
            "now": self.api.clock(),
            "actor_clinic_id": self.actor.clinic_id,
            "actor_id": self.actor.id,
            "actor_sign_in_id": self.actor.sign_in_id,
            "actor_epoch": self.actor.epoch,
            "scope_clinic": False,
            "scope_team": False,
            "scope_patient_id": None,
        }

    async def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        match: str | int | None = None,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Response:
        """One request of this person. `match` is an ETag or a version for If-Match, `key` an Idempotency-Key."""
        sent = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        if match is not None:
            sent["If-Match"] = match if isinstance(match, str) else f'"{match}"'
        if key is not None:
            sent["Idempotency-Key"] = key
        return await self.api.send(method, path, json=body, headers=sent, **more)

    async def get(self, path: str, expect: int = 200, **more: Any) -> Any:
        """The body of a GET that must end with this status."""
        return _body(await self.send("GET", path, **more), expect)

    async def post(self, path: str, body: object = None, expect: int = 201, **more: Any) -> Any:
        """The body of a POST that must end with this status."""
        return _body(await self.send("POST", path, body, **more), expect)

    async def patch(self, path: str, body: object, match: str | int, expect: int = 200, **more: Any) -> Any:
        """The body of a PATCH that must end with this status."""
        return _body(await self.send("PATCH", path, body, match=match, **more), expect)

    async def put(self, path: str, body: object, match: str | int, expect: int = 200, **more: Any) -> Any:
        """The body of a PUT that must end with this status."""
        return _body(await self.send("PUT", path, body, match=match, **more), expect)

    async def delete(self, path: str, match: str | int | None = None, expect: int = 204, **more: Any) -> Any:
        """The body of a DELETE that must end with this status."""
        return _body(await self.send("DELETE", path, match=match, **more), expect)


def _body(answer: Response, expect: int) -> Any:
    assert answer.status_code == expect, f"{answer.status_code} {answer.text}"
    return answer.json() if answer.content else None


@dataclass
class World:
    """One clinic."""

    api: Api
    clinic_id: UUID
    admin: Person
    people: list[Person] = field(default_factory=list)

    @classmethod
    async def build(cls, api: Api, **facts: str) -> "World":
        """A clinic with one admin, made the way the command line makes it."""
        work = Work(api.runtime, CREATE_CLINIC, "test")
        clinic = create_clinic(
            work,
            slug=f"clinic-{uuid4().hex[:12]}",
            name=facts.get("name", "Test House"),
            time_zone=facts.get("time_zone", "America/New_York"),
            country=facts.get("country", "US"),
        )
        await work.apply()
        admin = await enter(api, clinic.clinic_id, (Role.CLINIC_ADMIN,), "Ada Keeper")
        return cls(api, clinic.clinic_id, admin)

    async def staff(self, *roles: Role, name: str = "Imani Vale") -> Person:
        """A new member of staff, signed in; or a program."""
        if roles == (Role.SERVICE,):
            return await self.program()
        return await enter(self.api, self.clinic_id, roles or (Role.THERAPIST,), name)

    async def program(self) -> Person:
        """A service account with every scope there is, and a token of it."""
        facts = {"name": "Front desk", "scopes": list(get_args(ServiceScope))}
        made = await self.admin.post("/service-accounts", facts)
        shown = {"client_id": made["id"], "client_secret": made["client_secret"]}
        answer = await self.api.send("POST", "/auth/service-tokens", json=shown)
        token = answer.json()["access_token"]
        return Person(self.api, self.api.runtime.tokens.verify(token, self.api.clock()), token, "Front desk")

    async def therapist(self) -> Person:
        """A therapist, signed in."""
        return await self.staff(Role.THERAPIST)

    async def patient_of(self, therapist: Person, **facts: object) -> Person:
        """A new patient with a chart made by this therapist and an account of their own, signed in."""
        chart = await therapist.post("/patients", {"name": "Rowan Sample", **facts})
        return await enter(self.api, self.clinic_id, (Role.PATIENT,), chart["name"], UUID(chart["id"]))

    def chart_id(self, patient: Person) -> str:
        """The id of a patient's own chart."""
        return str(patient.actor.patient_id)


async def enter(api: Api, clinic_id: UUID, held: tuple[Role, ...], name: str, patient_id: UUID | None = None) -> Person:
    """An account with a sign-in, without the cost of a password."""
    work = Work(api.runtime, CREATE_CLINIC, "test")
    row = new_account(
        work,
        clinic_id,
        f"{uuid4().hex}@example.org",
        held,
        name=None if patient_id else name,
        credential="LMFT" if Role.THERAPIST in held else None,
        patient_id=patient_id,
        password_hash="unused",  # no password has this hash
    )
    work.change(accounts_sql.INSERT_FIRST_ACCOUNT, row)
    proved_at = api.clock() + timedelta(hours=1)  # fresh however far a test lets time pass
    roles = tuple(Role(role) for role in row.roles)
    actor = Actor(clinic_id, row.id, new_id(), 1, roles, patient_id, proved_at, is_strong=True)
    sign_in = SignInRow(
        clinic_id=clinic_id,
        id=actor.sign_in_id,
        account_id=row.id,
        created_at=work.now,
        refreshed_at=work.now,
        expires_at=work.now + timedelta(days=400),  # however far a test lets time pass
        proved_at=proved_at,
        is_strong=True,
    )
    work.change(INSERT_SIGN_IN, api.runtime.bindings.bound("sign_ins", sign_in))
    await work.apply()
    return Person(api, actor, api.runtime.tokens.issue(actor, api.clock() + timedelta(hours=1)), name)


async def enter_again(person: Person) -> None:
    """Sign somebody in anew, if their last request has ended their sign-in or changed their account."""
    answer = await person.api.client.get("/v1/me", headers={"Authorization": f"Bearer {person.token}"})
    if not answer.is_success:
        await sign_in_anew(person)


async def sign_in_anew(person: Person) -> None:
    """Give somebody a sign-in of its own, and a token of it. Those from before stay good."""
    api, actor = person.api, person.actor
    work = Work(api.runtime, CREATE_CLINIC, "test")
    sign_in = SignInRow(
        clinic_id=actor.clinic_id,
        id=new_id(),
        account_id=actor.id,
        created_at=work.now,
        refreshed_at=work.now,
        expires_at=work.now + timedelta(days=400),  # however far a test lets time pass
        proved_at=actor.proved_at,
        is_strong=True,
    )
    work.change(INSERT_SIGN_IN, api.runtime.bindings.bound("sign_ins", sign_in))
    await work.apply()
    now = {"clinic_id": actor.clinic_id, "account_id": actor.id, "sign_in_id": sign_in.id, "now": work.now}
    found = await api.runtime.database.one(ACTOR_NOW, now)
    assert found is not None, f"{person.name}, {actor.roles} is out for good"
    person.actor = replace(actor, sign_in_id=sign_in.id, epoch=found.epoch)
    person.token = api.runtime.tokens.issue(person.actor, api.clock() + timedelta(hours=1))


async def account_for(*people: Person) -> None:
    """Write the ledger rows that a World makes people without: `ledger verify` asks for them."""
    for person in people:
        actor, work = person.actor, Work(person.api.runtime, CREATE_CLINIC, "test")
        now = {"clinic_id": actor.clinic_id, "account_id": actor.id, "sign_in_id": actor.sign_in_id, "now": work.now}
        found = await person.api.runtime.database.one(ACTOR_NOW, now)
        assert found is not None
        work.record(actor.id, clinic_id=actor.clinic_id, event=Event.known["account.created"], digest=found.binding)
        await work.apply()
