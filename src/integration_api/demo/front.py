"""A front end in this process: people who are signed in, and the clock by which they live."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from httpx import ASGITransport, AsyncClient

from integration_api.access.actor import Actor
from integration_api.access.operations import SIGN_IN
from integration_api.access.runtime import Runtime
from integration_api.access.totp import code_at
from integration_api.access.work import Work
from integration_api.app import create_app
from integration_api.core.clock import Clock as AnyClock
from integration_api.resources.people.sign_in.statements import LENGTHEN_SIGN_IN
from integration_api.settings import Settings

Json = dict[str, Any]
_APART: Json = {"notification_seconds": 0.0, "metrics_port": None, "traces_endpoint": None}
"""It is no server: it reminds nobody, and loads no library of metrics before `prepare` has said where to count."""


class DemoBroken(Exception):
    """The product refused something that the demo does: one of the two is wrong."""

    def __init__(self, message: str, status: int, code: str) -> None:
        """`status` and `code` are of the problem."""
        super().__init__(message)
        self.status, self.code = status, code


class Clock:
    """A clock that is set. Each story sets its own, so that several can be told at once."""

    def __init__(self, start: datetime) -> None:
        """Begin at `start`, until `move` sets another time."""
        self._now: ContextVar[datetime] = ContextVar("demo_now", default=start)

    def __call__(self) -> datetime:
        """Return the present time of the story."""
        return self._now.get()

    def move(self, to: datetime) -> None:
        """Let it be later; it never goes back."""
        self._now.set(max(to, self()))


class Front:
    """Sends requests and remembers the version of everything that was answered."""

    def __init__(self, client: AsyncClient, runtime: Runtime, clock: AnyClock, until: datetime) -> None:
        """`clock` is the application's own; `until` is when all of it is over."""
        self.runtime, self.clock, self._until = runtime, clock, until
        self._client = client
        self._versions: dict[str, int] = {}

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings, clock: AnyClock, until: datetime) -> AsyncIterator["Front"]:
        """Yield a client of an application in this process."""
        app = create_app(settings.model_copy(update=_APART), clock)
        async with (
            app.router.lifespan_context(app),
            AsyncClient(transport=ASGITransport(app), base_url="http://demo") as client,
        ):
            yield cls(client, app.state.runtime, clock, until)

    async def sign_in(self, email: str, password: str, totp_secret: str | None = None) -> "Person":
        """Return somebody signed in, staff with a current code. The sign-in outlasts the build."""
        code = {"totp_code": code_at(totp_secret, self.clock())} if totp_secret else {}
        pair = await self.send("POST", "/auth/tokens", {"email": email, "password": password, **code})
        actor = self.runtime.tokens.verify(pair["access_token"], self.clock())
        work = Work(self.runtime, SIGN_IN, uuid4().hex)
        over = self._until + timedelta(minutes=1)  # a step may be at the end itself
        work.change(LENGTHEN_SIGN_IN, clinic_id=actor.clinic_id, id=actor.sign_in_id, expires_at=over)
        await work.apply()
        return Person(self, actor)

    async def send(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        actor: Actor | None = None,
        version: int | None = None,
        token: str | None = None,
    ) -> Json:
        """Send one request, by `actor` or by a token that somebody was handed. Raises DemoBroken if it is refused."""
        headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
        if actor is not None:  # months pass between two requests: a new token each time spares the refreshing
            fresh = replace(actor, proved_at=self.clock())
            headers["Authorization"] = f"Bearer {self.runtime.tokens.issue(fresh, self.clock())}"
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        answer = await self._client.request(method, f"/v1{path}", json=body, headers=headers)
        if not answer.is_success:
            msg = f"{method} {path} at {self.clock().isoformat()}: {answer.text}"
            raise DemoBroken(msg, answer.status_code, str(answer.json().get("code")))
        found: Json = answer.json() if answer.content else {}
        for name, number in (("id", "version"), ("plan_id", "plan_version")):
            if name in found and number in found:
                self._versions[found[name]] = found[number]
        return found

    def version_of(self, thing_id: str) -> int:
        """Return the version of a thing by its last response."""
        return self._versions[thing_id]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in."""

    front: Front
    actor: Actor

    @property
    def id(self) -> str:
        """The account's id."""
        return str(self.actor.id)

    async def read(self, path: str) -> Json:
        """Look at something."""
        return await self.front.send("GET", path, actor=self.actor)

    async def make(self, path: str, body: Json) -> Json:
        """Make something new."""
        return await self.front.send("POST", path, body, actor=self.actor)

    async def act(self, path: str, body: Json | None = None, method: str = "POST", of: str | None = None) -> Json:
        """Do something with a thing (`of`: its id, else the first in the path), at the version last answered."""
        version = self.front.version_of(of or path.split("/")[2])
        return await self.front.send(method, path, body, actor=self.actor, version=version)
