"""Every operation of the product, each as one request that succeeds in a scene."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from httpx import Response

from integration_api.core.ids import new_id
from tests.scene.scene import Scene
from tests.support import Api, Person

UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


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
        """Whether its path or body says by id what it is about. A list whose filter names a chart does not."""
        body = {k: v for k, v in self.body.items() if k != "id"} if isinstance(self.body, dict) else self.body
        return bool(UUID_TEXT.search(self.path.partition("?")[0]) or UUID_TEXT.search(json.dumps(body)))

    def of_nothing(self) -> "Request":
        """Return the same request about things that do not exist."""
        ids = {found: str(new_id()) for found in UUID_TEXT.findall(self.path + json.dumps(self.body))}
        path = UUID_TEXT.sub(lambda found: ids[found[0]], self.path)
        body = json.loads(UUID_TEXT.sub(lambda found: ids[found[0]], json.dumps(self.body)))
        return self._replace(path=path, body=body)


Operation = Callable[[Scene], Awaitable[Request]]
OPERATIONS: dict[str, Operation] = {}
"""By operation, in the product's order; in brackets, which case of it."""


def operation(name: str) -> Callable[[Operation], Operation]:
    """Name a request after its operation; what is done before it is not counted.

    Tests that share a scene come in any order, between others that set the clock back: it is set on to the scene's.
    """

    def keep(made: Operation) -> Operation:
        assert name not in OPERATIONS, name

        async def prepare(scene: Scene) -> Request:
            if scene.built_at is not None:
                scene.world.api.clock.not_before(scene.built_at)
            return await made(scene)

        OPERATIONS[name] = prepare
        return made

    return keep


def reads(name: str, who: str, path: str) -> None:
    """Name a GET after its operation: as one of the scene's people, or `nobody`, with the scene's ids in its path."""

    @operation(name)
    async def _(s: Scene) -> Request:
        return Request(None if who == "nobody" else s.people[who], "GET", path.format(**s.ids))


async def first_case(scene: Scene, name: str) -> Request:
    """Return the request of an operation: of its first case, if it has several."""
    case = next(case for case in OPERATIONS if case.partition(" (")[0] == name)
    return await OPERATIONS[case](scene)


async def send(api: Api, ask: Request) -> Response:
    """Send one request."""
    if ask.person is None:
        return await api.send(ask.method, ask.path, json=ask.body, headers=ask.headers)
    return await ask.person.send(ask.method, ask.path, ask.body, match=ask.match, key=ask.key, headers=ask.headers)


async def succeed(api: Api, ask: Request) -> None:
    """Send one request, which must end as it should."""
    answer = await send(api, ask)
    is_right = answer.status_code == ask.status if ask.status else answer.is_success
    assert is_right, f"{ask.method} {ask.path}: {answer.status_code} {answer.text}"


async def succeed_all(scene: Scene) -> None:
    """Send every operation once."""
    for prepare in OPERATIONS.values():
        await succeed(scene.world.api, await prepare(scene))
