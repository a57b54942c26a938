"""Applications of a test's own, and every operation asked of one."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr

from integration_api.app import create_app
from integration_api.settings import Settings
from tests.conftest import MASTER_KEY
from tests.costs.operations import Request, Scene
from tests.costs.writings import OPERATIONS
from tests.support import Api, SettableClock, World
from tests.waiting import STUCK_SECONDS

__all__ = ["application", "measure", "send", "settings_of"]


def settings_of(folder: Path, url: str | None = None) -> Settings:
    """A small application's settings."""
    return Settings(
        data_dir=folder,
        database_url=SecretStr(url) if url else None,
        master_key=MASTER_KEY,
        argon2_memory_kib=8192,
        postgres_connections=4,
        seal_seconds=0,
        database_wait_seconds=STUCK_SECONDS,
        oidc_issuer="https://id.example.org",  # nobody asks it: accounts are linked to it
        oidc_audience="tests",
        trusted_proxies=("127.0.0.1",),
    )


@asynccontextmanager
async def application(settings: Settings, clock: SettableClock | None = None) -> AsyncIterator[Api]:
    """An application of our own in this process; by the same clock as another one, where one is given."""
    clock = clock or SettableClock()
    app = create_app(settings, clock)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app, raise_app_exceptions=False), base_url="http://test") as client,
    ):
        yield Api(app, client, clock)


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
