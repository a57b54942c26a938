"""The corpus of `tests/corpus.py` against every operation: 0 x 5xx, nothing echoed, memory bounded."""

import re
from collections.abc import Hashable, Mapping
from functools import cache, partial
from typing import Any, TypeVar

import psutil
import pytest

from integration_api.access.actor import Role
from integration_api.app import action_routes
from integration_api.resources.people.sign_in import operations as sign_in_operations
from tests import corpus
from tests.document import made_document, operations
from tests.refusals import counting
from tests.scene import Scene
from tests.support import Api, Person, World

pytestmark = pytest.mark.thorough

T = TypeVar("T")

ROUTES = list(action_routes())
WRITING = [route for route in ROUTES if "GET" not in (route.methods or ())]
ONE_OF_EACH_METHOD = list({next(iter(route.methods or ())): route for route in ROUTES}.values())
"""One route for each method: a header affects the database alike on every route."""
_SHARE = 7
"""Code of all routes reads these: one route of each kind gets all of them, each other route every seventh."""
_DOUBLED = "limit=1&limit=1"
MAX_GROWTH_BYTES = 64 * 1024 * 1024


def people_of(scene: Scene) -> dict[Role, Person]:
    """Who may do it, so that it is really reached."""
    return {
        Role.PATIENT: scene.patient,
        Role.THERAPIST: scene.therapist,
        Role.PRESCRIBER: scene.people["prescriber"],
        Role.OUTSIDE_THERAPIST: scene.people["outside"],
        Role.SUPERVISOR: scene.supervisor,
        Role.AUDITOR: scene.auditor,
        Role.CLINIC_ADMIN: scene.world.admin,
        Role.PRIVACY_OFFICER: scene.officer,
    }


@cache
def first_of_each_kind() -> set[str]:
    """One route of each kind: those of a kind take the same headers and give the same media types."""
    kinds: dict[Hashable, str] = {}
    for _, method, operation in operations(made_document()):
        headers = {p["name"] for p in operation["parameters"] if p["in"] not in ("path", "query")}
        media = {name for told in operation["responses"].values() for name in told.get("content", ())}
        takes = (frozenset(headers), "requestBody" in operation, "security" in operation)
        kinds.setdefault((method, takes, frozenset(media)), operation["operationId"])
    return set(kinds.values())


def share(route: Any, corpus_of_all: Mapping[str, T]) -> dict[str, T]:
    """The part of these for one route, if not all: its neighbours get other parts, so that each is sent."""
    if route.name in first_of_each_kind():
        return dict(corpus_of_all)
    return dict(list(corpus_of_all.items())[ROUTES.index(route) % _SHARE :: _SHARE])


class Client:
    """Sends anything to any operation, as somebody whom the policy lets in, about things that are there."""

    def __init__(self, world: World, scene: Scene) -> None:
        self.api, self.world = world.api, world
        self.scene, self.people = scene, people_of(scene)
        self.sent = 0

    async def sign_in_again(self, route: Any) -> None:
        """Somebody else of the same role, after an operation that may end the sign-in did."""
        role = self.role_for(route)
        self.people[role] = await (
            self.world.patient_of(self.scene.therapist) if role is Role.PATIENT else self.world.staff(role)
        )

    def role_for(self, route: Any) -> Role:
        """Who is let in."""
        found: Role = next(role for role in route.operation.who if role in self.people)
        return found

    def headers_for(self, route: Any) -> dict[str, str]:
        """A sign-in and a version, as the operation wants them."""
        headers = {"Content-Type": "application/json", "If-Match": '"1"'}
        if not route.operation.is_public:
            headers["Authorization"] = f"Bearer {self.people[self.role_for(route)].token}"
        return headers

    async def send(self, route: Any, what: str, **more: Any) -> Any:
        """One request, which must not be a 5xx nor echo the mark."""
        prefix = "" if "health" in (route.tags or []) else "/v1"
        path = prefix + re.sub(r"{(\w+)}", lambda name: self.scene.ids.get(name[1], self.scene.chart), route.path)
        method = next(iter(route.methods))
        headers = {**self.headers_for(route), **more.pop("headers", {})}
        query = more.pop("query", None)
        answer = await self.api.client.request(
            method,
            f"{path}?{query}" if query else path,
            headers=[(name.encode(), value.encode("utf-8")) for name, value in headers.items()],
            **more,
        )
        self.sent += 1
        if route.operation is sign_in_operations.SIGN_OUT:
            await self.sign_in_again(route)
        place = f"{method} {path}, {what}: {answer.status_code} {answer.text[:300]}"
        assert answer.status_code < 500, place
        assert answer.status_code != 401 or route.operation.is_public, place
        if answer.status_code >= 400:
            assert corpus.MARK not in answer.text, place
            assert answer.headers["content-type"] == "application/problem+json", place
        return answer


@pytest.fixture(scope="module")
async def client(api: Api) -> Client:
    """In a clinic where everything exists once."""
    api.clock.reset()
    world = await World.build(api)
    return Client(world, await Scene.build(world))


def test_the_corpus_is_large_enough() -> None:
    assert len(corpus.BODIES) >= 60
    assert len(set(corpus.BODIES.values())) == len(corpus.BODIES)


async def test_no_body_is_a_5xx_on_any_writing_operation(client: Client) -> None:
    before = psutil.Process().memory_info().rss
    for route in WRITING:
        takes_body = route.body_field is not None
        is_needed = route.body_field is not None and route.body_field.field_info.is_required()
        doubled = partial(client.send, route, "a doubled parameter", query=_DOUBLED)
        async with counting(client.api.runtime.database, doubled) as sender:
            shapes = corpus.WRONG_SHAPES if takes_body else share(route, corpus.WRONG_SHAPES)  # or they are never read
            bodies = share(route, corpus.NOT_JSON) | shapes
            for what, body in bodies.items():
                answer = await sender.send(("body", route.name, what), partial(client.send, route, what, content=body))
                assert answer is None or answer.status_code >= 400 or not is_needed, what
    assert psutil.Process().memory_info().rss - before < MAX_GROWTH_BYTES


def test_each_kind_of_route_and_each_route_is_sent_its_share() -> None:
    assert 15 <= len(first_of_each_kind()) < 30
    sent = [what for route in ROUTES for what in share(route, corpus.HEADERS)]
    assert all(sent.count(what) > len(first_of_each_kind()) + 10 for what in corpus.HEADERS)


async def test_no_header_is_a_5xx_on_any_operation(client: Client) -> None:
    is_first = client.api.runtime.database.driver.dialect == "sqlite"
    for route in ROUTES if is_first else ONE_OF_EACH_METHOD:
        body = {"content": b"{}"} if route in WRITING else {}
        doubled = partial(client.send, route, "a doubled parameter", query=_DOUBLED, **body)
        async with counting(client.api.runtime.database, doubled) as sender:
            for what, headers in share(route, corpus.HEADERS).items():
                send = partial(client.send, route, what, headers=headers, **body)
                answer = await sender.send(("header", route.name, what), send)
                if answer is not None:
                    assert "access-control-allow-origin" not in answer.headers
                    assert "server" not in answer.headers


async def test_no_token_is_a_5xx(world: World) -> None:
    """An issuer is configured, so that what is not signed by us is taken for its."""
    found = {}
    for what, value in corpus.TOKENS.items():
        headers = [(b"authorization", value.encode("latin-1"))]
        answer = await world.api.client.get("/v1/me", headers=headers)
        assert corpus.MARK not in answer.text
        found[what] = answer.status_code
    assert {what: status for what, status in found.items() if status != 401} == {}
    assert len(found) >= 90


async def test_no_query_is_a_5xx_on_any_operation(client: Client) -> None:
    for route in ROUTES:
        doubled = partial(client.send, route, "a doubled parameter", query=_DOUBLED)
        async with counting(client.api.runtime.database, doubled) as sender:
            for query in corpus.QUERIES:
                send = partial(client.send, route, query[:40], query=query)
                await sender.send(("query", route.name, query), send)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW"])
async def test_no_path_is_a_5xx(world: World, method: str) -> None:
    headers = {"Authorization": f"Bearer {world.admin.token}"}
    for path in corpus.PATHS:
        answer = await world.api.client.request(method, path, headers=headers)
        assert 400 <= answer.status_code < 500 or (method, answer.status_code) == ("OPTIONS", 204), path
        assert corpus.MARK not in answer.text, path
