"""Every operation, asked of one application."""

from collections.abc import Callable

from tests.costs.operations import Request, Scene
from tests.costs.writings import OPERATIONS
from tests.support import Api, World


async def send(api: Api, ask: Request) -> None:
    """One request, which must end as it should."""
    if ask.person is None:
        answer = await api.send(ask.method, ask.path, json=ask.body, headers=ask.headers)
    else:
        answer = await ask.person.send(
            ask.method, ask.path, ask.body, match=ask.match, key=ask.key, headers=ask.headers
        )
    is_right = answer.status_code == ask.status if ask.status else answer.is_success
    assert is_right, f"{ask.method} {ask.path}: {answer.status_code} {answer.text}"


async def measure(api: Api, counters: Callable[[], tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """By how much the counters go up in each operation, in a new clinic, the second time that it is asked."""
    scene, measured = await Scene.build(await World.build(api)), {}
    for name, prepare in OPERATIONS.items():
        await send(api, await prepare(scene))
        ask = await prepare(scene)
        before = counters()
        await send(api, ask)
        measured[name] = tuple(after - was for after, was in zip(counters(), before, strict=True))
    return measured
