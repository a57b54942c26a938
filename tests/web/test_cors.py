"""Front ends of other origins: those that the operator names may read every response, and no other reads any."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from httpx import Response

from integration_api.cli.main import configuration
from integration_api.server.admission import LoadShedder
from integration_api.settings import Settings
from integration_api.storage import migrations
from integration_api.storage.database import Database, DatabaseDown
from tests.applications import application, settings_of
from tests.clocked_server import ClockedServer, clocked_server
from tests.support import Api, Person, World

ORIGIN = "https://app.example.org"
OTHER = "capacitor://localhost"
EXPOSED = (
    "ETag, Location, Retry-After, X-Request-Id, Idempotency-Replayed, WWW-Authenticate, "
    "Content-Range, Accept-Ranges, Content-Disposition"
)
PREFLIGHT = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization,if-match"}
STRANGERS = [
    "null",
    "https://evil.example",
    "https://app.example.org.evil.example",
    "https://evil-app.example.org",
    "https://app.example.org:8443",
    "http://app.example.org",
    "https://app.example.org/",
    "HTTPS://APP.EXAMPLE.ORG",
    "https://app.example.org, https://app.example.org",
    "*",
    "",
]


@pytest.fixture
async def opened(settings: Settings, world: World) -> AsyncIterator[Api]:
    """The product, with two front ends of other origins."""
    named = settings.model_copy(update={"browser_origins": (ORIGIN, OTHER), "most_in_flight": 2})
    async with application(named, world.api.clock) as api:
        yield api


def is_readable(answer: Response, origin: str = ORIGIN) -> bool:
    """Whether a browser lets a front end of this origin read it, with every header that it is to see."""
    assert answer.headers["vary"] == "origin"
    found = {name: value for name, value in answer.headers.items() if name.startswith("access-control-")}
    if not found:
        return False
    assert found == {"access-control-allow-origin": origin, "access-control-expose-headers": EXPOSED}
    return True


async def asked(api: Api, method: str, path: str, person: Person | None = None, **more: object) -> Response:
    """One request of a front end."""
    headers = {"Origin": ORIGIN, "Content-Type": "application/json"}
    headers |= {"Authorization": f"Bearer {person.token}"} if person else {}
    return await api.client.request(method, path, headers=headers, **more)  # type: ignore[arg-type]  # a body


@pytest.mark.thorough
async def test_a_front_end_reads_every_response(opened: Api, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person = await world.therapist()
    found = [
        await asked(opened, "GET", "/v1/me", person),
        await asked(opened, "POST", "/v1/patients", person, content=b'{"name": "Rowan Sample"}'),
        await asked(opened, "POST", "/v1/patients", person, content=b"{"),
        await asked(opened, "GET", "/v1/me"),
        await asked(opened, "GET", "/v1/ledger", person),
        await asked(opened, "GET", "/v1/nowhere"),
        await asked(opened, "GET", "/v1/patients/019ab0de-0000-7000-8000-000000000004", person),
        await asked(opened, "DELETE", "/v1/me", person),
        await asked(opened, "POST", "/v1/patients", person, content=b" " * (1 << 20) + b"{}"),
        await asked(opened, "POST", "/v1/patients", person, content=pieces()),
        await asked(opened, "POST", "/v1/patients", person, content=b"{}"),
    ]
    monkeypatch.setattr(Database, "append", down)
    found.append(await asked(opened, "GET", "/v1/patients", person))
    monkeypatch.setattr(Database, "append", broken)
    found.append(await asked(opened, "GET", "/v1/patients", person))
    monkeypatch.setattr(LoadShedder, "slot_for", lambda *_: None)
    found.append(await asked(opened, "GET", "/v1/me", person))
    statuses = [200, 201, 400, 401, 403, 404, 404, 405, 413, 413, 422, 503, 500, 503]
    assert [answer.status_code for answer in found] == statuses
    assert found[-1].json()["code"] == "overloaded"
    assert all(is_readable(answer) for answer in found)


async def pieces() -> AsyncIterator[bytes]:
    """A body beyond the limit that does not say how long it is."""
    for _ in range(17):
        yield b" " * 65536


async def down(*_: object) -> None:
    raise DatabaseDown


async def broken(*_: object) -> None:
    raise ZeroDivisionError


async def test_a_preflight_takes_no_slot_and_reaches_nothing(opened: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LoadShedder, "slot_for", lambda *_: None)
    for origin in (ORIGIN, OTHER):
        answer = await opened.client.options("/v1/patients", headers={"Origin": origin, **PREFLIGHT})
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["access-control-allow-origin"] == origin
        assert answer.headers["access-control-allow-methods"] == "GET, POST, PATCH, PUT, DELETE"
        allowed = answer.headers["access-control-allow-headers"].lower().split(", ")
        assert {"authorization", "content-type", "if-match", "if-none-match", "idempotency-key"} <= set(allowed)
        assert answer.headers["access-control-max-age"] == "7200"
        assert answer.headers["vary"] == "origin"
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.thorough
async def test_no_other_origin_reads_anything(opened: Api, world: World) -> None:
    person = await world.therapist()
    for origin in STRANGERS:
        headers = {"Origin": origin, "Authorization": f"Bearer {person.token}"}
        for answer in (
            await opened.client.get("/v1/me", headers=headers),
            await opened.client.get("/v1/nowhere", headers=headers),
            await opened.client.options("/v1/patients", headers={"Origin": origin, **PREFLIGHT}),
        ):
            assert not is_readable(answer, origin), origin


async def test_who_names_two_origins_is_none_of_them(opened: Api) -> None:
    answer = await opened.client.get("/v1/me", headers=[("Origin", ORIGIN), ("Origin", ORIGIN)])
    assert not is_readable(answer)


async def test_a_request_that_names_no_origin_is_answered_as_ever(opened: Api, world: World) -> None:
    person = await world.therapist()
    headers = {"Authorization": f"Bearer {person.token}"}
    opened_to, closed = [await client.get("/v1/me", headers=headers) for client in (opened.client, world.api.client)]
    assert opened_to.headers.keys() == closed.headers.keys()


@pytest.mark.parametrize(
    "named",
    ["https://app.example.org", "https://a-b.example:8443", "http://localhost:5173", "http://[::1]:5173", OTHER],
)
def test_an_origin_is_named_as_a_browser_names_it(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("INTEGRATION_API_BROWSER_ORIGINS", f" {named} , https://b.example")
    assert Settings().browser_origins == (named, "https://b.example")


@pytest.mark.parametrize(
    "named",
    [
        "*",
        "null",
        "app.example.org",
        "https://app.example.org/",
        "https://app.example.org/desk",
        "https://app.example.org:443",
        "http://localhost:80",
        "https://app.example.org:0",
        "https://App.example.org",
        "https://*.example.org",
        "https://user@app.example.org",
        "http://app.example.org",
        "https://",
        "https://app.example.org\nx: y",
        "https://köln.example",
    ],
)
def test_what_no_browser_sends_is_refused_at_start(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("INTEGRATION_API_BROWSER_ORIGINS", named)
    with pytest.raises(ValueError, match="name each origin as a browser does"):
        Settings()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClockedServer]:
    """A server on a port that is patient for a second of a clock that the test sets."""
    folder: Path = tmp_path_factory.mktemp("cors")
    settings = settings_of(folder).model_copy(update={"request_seconds": 1.0, "browser_origins": (ORIGIN,)})
    migrations.migrate_sqlite(settings.sqlite_path)
    with clocked_server(configuration(settings)) as made:
        yield made


@pytest.mark.parametrize("origin", [ORIGIN, "https://evil.example"])
@pytest.mark.parametrize(
    ("rest", "status"),
    [
        (b"Content-Length: 100\r\n\r\n{", 408),
        (b"X-Much: " + b"a" * 70_000 + b"\r\n\r\n", 431),
        (b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", 400),
    ],
    ids=["408", "431", "400"],
)
def test_what_the_protocol_refuses_is_readable_too(
    server: ClockedServer, origin: str, rest: bytes, status: int
) -> None:
    line = b"POST /v1/auth/tokens HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin.encode() + b"\r\n"
    with server.connect() as client:
        client.send(line + rest)
        if status == 408:
            server.advance(1.1)
        head = client.rest().partition(b"\r\n\r\n")[0]
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert (b"access-control-allow-origin: " + ORIGIN.encode() in head) is (origin == ORIGIN)
    assert b"vary: origin" in head
