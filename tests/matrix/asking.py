"""Asking for every operation as everybody, and what comes back."""

from collections.abc import Mapping
from typing import NamedTuple

from httpx import Response

from integration_api.access.route import ActionRoute
from integration_api.app import action_routes
from integration_api.core.ids import new_id
from integration_api.resources.journal.safety_plans.service import KEPT_AS
from tests.alike import Representatives
from tests.costs.counting import counted
from tests.matrix.cast import Cast, Cell, Identity
from tests.scene import OPERATIONS, Request, Scene
from tests.support import PREFIX, Person, enter_again, new_source

ROUTES: Mapping[str, ActionRoute] = {route.name: route for route in action_routes()}
STALE = '"999999"'
LAST = ("open_emergency_access",)
"""What changes how somebody stands to the chart is asked for when everything else was."""
DONE_ONCE = frozenset({"end_account_sign_in"})
"""What these name is gone once somebody has done it: each who may do it is asked for another one."""


class Case(NamedTuple):
    """One operation, or one case of it (in brackets)."""

    name: str

    @property
    def route(self) -> ActionRoute:
        """The route."""
        return ROUTES[self.name.partition(" (")[0]]

    @property
    def method(self) -> str:
        """Its one method."""
        return next(iter(self.route.methods or ()))

    @property
    def is_public(self) -> bool:
        """Whether nobody need be signed in."""
        return self.route.operation.is_public


CASES = [Case(name) for name in sorted(OPERATIONS, key=lambda name: (name in LAST, list(OPERATIONS).index(name)))]


def cases(*methods: str) -> list[Case]:
    """The cases of these methods."""
    return [case for case in CASES if case.method in methods]


def address(path: str) -> str:
    """Where to send it."""
    return path if path.startswith(("/health", "/version")) else PREFIX + path


def headers_of(person: Person | None, request: Request, *, is_stale: bool) -> dict[str, str]:
    """A token, and where the operation takes a version, the right one or one that is nobody's."""
    sent = {} if person is None else {"Authorization": f"Bearer {person.token}"}
    return sent | ({} if request.match is None else {"If-Match": STALE if is_stale else f'"{request.match}"'})


async def ask(
    scene: Scene,
    person: Person | None,
    request: Request,
    more: Mapping[str, str] | None = None,
    *,
    is_stale: bool = True,
) -> Response:
    """The same request as somebody else. What would be made with an id of its own gets another one each time."""
    body = request.body
    if isinstance(body, dict) and "id" in body:
        body = {**body, "id": str(new_id())}
    sent = headers_of(person, request, is_stale=is_stale) | dict(more or {})
    sends = {} if body is None else {"json": body}
    client = scene.world.api.client
    sent = {**sent, "X-Forwarded-For": new_source()}  # who asks often from one place is told to wait
    answer = await client.request(request.method, address(request.path), headers=sent, **sends)  # type: ignore[arg-type]  # one keyword
    check_headers(answer)
    return answer


def check_headers(answer: Response) -> None:
    """Nothing is kept but one's own safety plan, nothing is guessed, no other origin is let in: whatever the status."""
    is_kept = answer.status_code in (200, 304) and answer.request.url.path == "/v1/me/safety-plan"
    assert answer.headers["cache-control"] == (KEPT_AS if is_kept else "no-store")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not [n for n in answer.headers if n in ("server", "x-powered-by") or n.startswith("access-control")]


def status_class(answer: Response) -> str:
    """`ok`: done, or refused for a version, state or proof that only who may do it is told; else the status."""
    if answer.is_success or answer.status_code in (409, 412):
        return "ok"
    if answer.status_code == 403 and answer.json()["code"] == "wrong-proof":  # somebody else's code, or one used up
        return "ok"
    return str(answer.status_code) if answer.status_code in (401, 403, 404) else f"!{answer.status_code}"


_refused: dict[tuple[str, Identity, bool], str] = {}
"""Responses to people whose roles the operation does not name, by whether they have left.

No database decides them, and no chart is looked for: somebody of another clinic, who is asked first, is told the same.
"""


async def asked(cast: Cast, case: Case, request: Request) -> dict[Cell | None, str]:
    """What everybody is told, and nobody (None)."""
    headers = request.headers if case.is_public else None
    found: dict[Cell | None, str] = {None: status_class(await ask(cast.scene, None, request, headers))}
    if case.is_public:
        return found
    database = cast.scene.world.api.runtime.database
    alike = Representatives[str](database)
    for cell in sorted(cast.people, key=lambda cell: cell.relation != "elsewhere"):
        person = cast.people[cell]
        is_named = not case.route.operation.who.keys().isdisjoint(cell.identity.roles)
        known = _refused.get((case.name, cell.identity, cell.relation == "ended"))
        if known is not None:
            found[cell] = known
            continue
        told = alike.told((case.name, cell))
        if told is not None:
            found[cell] = told
            continue
        if is_named and case.name in DONE_ONCE:
            request = await OPERATIONS[case.name](cast.scene)
        with counted(database) as driver:
            answer = await ask(cast.scene, person, request)
        found[cell] = status_class(answer)
        alike.keep((case.name, cell), driver.texts, found[cell])
        if not is_named:
            _refused[case.name, cell.identity, cell.relation == "ended"] = found[cell]
        if answer.is_success and case.method != "GET":
            await enter_again(person)
    return {cell: found[cell] for cell in (None, *cast.people)}
