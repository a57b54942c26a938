"""Requests made from the OpenAPI document, right ones and wrong ones, as every role: `python -m tests.fuzz`.

A case fails where the answer is a 5xx, or is not what the document declares: status, media type, headers, body.
"""

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import requests
import schemathesis
from httpx import ASGITransport, AsyncClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.core.transport import Response

from integration_api.access.actor import Role
from integration_api.app import create_app
from integration_api.settings import Settings
from tests.drills.clinic import clinic
from tests.scene import Scene
from tests.serving import Server
from tests.support import Api, Person, SettableClock, World
from tests.waiting import STUCK_SECONDS
from tests.wheel import Cluster

load_all_checks()
CHECKED: list[Any] = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    )
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
"""Requests that the document allows, and requests that it does not."""
LASTING = {"stream_events"}
"""Answer for a quarter of an hour: of these, what comes first is read, and the rest is cut off."""


@dataclass
class Report:
    """What was sent, what came back, what was wrong."""

    cases: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    begun: int = 0
    """Lasting answers that began."""
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        shares = ", ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items()))
        return f"{self.cases} cases, {len(self.failures)} failures ({shares})"


@dataclass
class Target:
    """A server, and people of every role in a clinic on it where everything exists once."""

    server: Server
    document: dict[str, Any]
    tokens: dict[Role, str]
    ids: dict[str, str]
    sign_in: Callable[[Role], str]
    """Somebody of this role, freshly signed in."""


@contextmanager
def target(postgres: str | None) -> Iterator[Target]:
    """A server of our own on a new database."""
    with clinic(postgres) as on:
        document, tokens, ids = asyncio.run(_people(on.settings))
        on.server.start()
        yield Target(on.server, document, tokens, ids, lambda role: asyncio.run(_sign_in(on.settings, role)))


@contextmanager
def _api(settings: Settings) -> Iterator[tuple[Any, SettableClock]]:
    clock = SettableClock()
    yield create_app(settings, clock), clock


async def _with_world(settings: Settings, what: Callable[[World], Any]) -> Any:
    with _api(settings) as (app, clock):
        async with (
            app.router.lifespan_context(app),
            AsyncClient(transport=ASGITransport(app), base_url="http://fuzz") as client,
        ):
            return await what(await World.build(Api(app, client, clock)))


async def _people(settings: Settings) -> tuple[dict[str, Any], dict[Role, str], dict[str, str]]:
    async def build(world: World) -> Any:
        scene = await Scene.build(world)
        known = {
            Role.PATIENT: scene.patient,
            Role.THERAPIST: scene.therapist,
            Role.SUPERVISOR: scene.supervisor,
            Role.AUDITOR: scene.auditor,
            Role.CLINIC_ADMIN: world.admin,
        }
        people: dict[Role, Person] = {role: known.get(role) or await world.staff(role) for role in Role}
        return world.api.document, {role: person.token for role, person in people.items()}, scene.ids

    found: tuple[dict[str, Any], dict[Role, str], dict[str, str]] = await _with_world(settings, build)
    return found


async def _sign_in(settings: Settings, role: Role) -> str:
    async def enter(world: World) -> str:
        if role is Role.PATIENT:
            return (await world.patient_of(await world.therapist())).token
        return (await world.staff(role)).token

    return str(await _with_world(settings, enter))


class Fuzz:
    """One run."""

    def __init__(self, on: Target, each: int, chance: int) -> None:
        """`each` right and as many wrong requests of every operation and role."""
        self.on, self.each, self.chance = on, each, chance
        self.report = Report()
        self.schema = schemathesis.openapi.from_dict(on.document)

    def run(self, roles_of: Callable[[str], list[Role | None]], modes: Sequence[GenerationMode] = MODES) -> Report:
        """Every operation, as the roles that `roles_of` names for its Action's operation id (None: nobody)."""
        with requests.Session() as session:
            for found in self.schema.get_all_operations():
                operation: Any = found.ok()  # type: ignore[union-attr]  # an Err raises here, as it should
                for role in roles_of(operation.definition.raw["operationId"]):
                    for mode in modes:
                        for helped in self._helped(operation):
                            self._send(session, operation, role, mode, helped)
                    if role is not None and self._is_out(role):
                        self.on.tokens[role] = self.on.sign_in(role)
        return self.report

    def _helped(self, operation: Any) -> Iterator[st.SearchStrategy[bool]]:
        """When a case is helped: by chance, but each way for what lasts, so that some of it surely begins."""
        if is_lasting(operation):
            yield st.just(True)
            yield st.just(False)
        else:
            yield st.booleans()

    def _send(
        self,
        session: requests.Session,
        operation: Any,
        role: Role | None,
        mode: GenerationMode,
        helped: st.SearchStrategy[bool],
    ) -> None:
        names = [str(parameter.name) for parameter in operation.path_parameters]
        strategies = [operation.as_strategy(mode)]
        if names and all(name in self.on.ids for name in names):
            known = operation.as_strategy(mode, path_parameters={name: self.on.ids[name] for name in names})
            strategies += [known, known, known]
        headers = {"Authorization": f"Bearer {self.on.tokens[role]}"} if role is not None else {}

        @seed(self.chance)
        @settings(
            max_examples=self.each,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.one_of(strategies), helped)
        def one(case: Case[Any], is_helped: bool) -> None:
            self.report.cases += 1
            if is_helped:
                self._help(case)
            case.headers.update(headers)  # a token of its own making opens no door
            answer = self._ask(session, case)
            self.report.statuses[answer.status_code] += 1
            try:
                case.validate_response(answer, checks=CHECKED)
            except FailureGroup as group:
                sent = json.dumps([dict(case.headers or {}), dict(case.query or {}), str(case.body)[:300]], default=str)
                reasons = "; ".join(str(failure)[:300] for failure in group.exceptions)
                self.report.failures.append(f"{operation.label} as {role}, {mode}: {reasons}; sent {sent[:400]}")

        with suppress(Unsatisfiable):  # an operation without parameters and body cannot be asked wrongly
            one()

    def _ask(self, session: requests.Session, case: Case[Any]) -> Any:
        """Return the answer; of one that lasts, what comes first."""
        if not is_lasting(case.operation):
            return case.call(self.on.server.url, session=session, timeout=STUCK_SECONDS)
        sent = case.as_transport_kwargs(base_url=self.on.server.url)
        with session.request(**sent, stream=True, timeout=STUCK_SECONDS) as answer:
            if answer.status_code != requests.codes.ok:
                answer.content  # noqa: B018  read while the connection is open
                return answer
            self.report.begun += 1
            first = next(answer.iter_content(chunk_size=None))
            headers = {name: [value] for name, value in answer.headers.items()}
            elapsed = answer.elapsed.total_seconds()
            return Response(
                answer.status_code, headers, first, answer.request, elapsed, verify=True, stream_cut_short=True
            )

    def _help(self, case: Case[Any]) -> None:
        """Names things that are there, in their first version, so that more is reached."""
        if isinstance(case.query, dict):
            case.query.pop("cursor", None)
            case.query.update({name: self.on.ids[name] for name in case.query if name in self.on.ids})
        if isinstance(case.body, dict):
            case.body.update({name: self.on.ids[name] for name in case.body if name in self.on.ids})
        if case.headers:
            case.headers.pop("Last-Event-ID", None)
        if case.headers and "If-Match" in case.headers:
            case.headers["If-Match"] = '"1"'

    def _is_out(self, role: Role) -> bool:
        token = self.on.tokens[role]
        answer = requests.get(
            f"{self.on.server.url}/v1/me", headers={"Authorization": f"Bearer {token}"}, timeout=STUCK_SECONDS
        )
        return answer.status_code == 401


def is_lasting(operation: Any) -> bool:
    """Whether the answers of an operation go on for long."""
    return operation.definition.raw["operationId"] in LASTING


def allowed_role(operation: str) -> list[Role | None]:
    """One role that may ask for it, or nobody for what is public."""
    from integration_api.app import action_routes  # noqa: PLC0415  its own name is taken here

    [who] = [route.operation.who for route in action_routes() if route.name == operation]
    return [next(iter(who))] if who else [None]


def count_operations() -> int:
    """Return the number that the product has."""
    from integration_api.app import action_routes  # noqa: PLC0415  as above

    return len(action_routes())


def everybody(_: str) -> list[Role | None]:
    """Every role, and nobody."""
    return [*Role, None]


def main() -> None:
    """Until at least `--cases` were sent, half on each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    given_ = parser.parse_args()
    cluster = Cluster()
    failed = False
    try:
        for name, url in (("sqlite", None), ("postgresql", cluster.url)):
            with target(url) as on:
                operations = count_operations()
                each = max(1, -(-given_.cases // (2 * operations * len(everybody("")) * 2)))
                report = Fuzz(on, each, given_.seed).run(everybody)
            sys.stdout.write(f"{name}: {report}\n")
            sys.stdout.write("".join(f"  {failure}\n" for failure in report.failures[:50]))
            sys.stdout.flush()
            failed = failed or bool(report.failures) or report.cases < given_.cases // 2
    finally:
        cluster.remove()
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
