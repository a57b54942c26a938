"""The behaviour of every endpoint: limits, headers, problems, versions, retries."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from httpx import ASGITransport, AsyncClient, Response

from integration_api.app import create_app
from integration_api.settings import Settings
from integration_api.storage.database import Database, DatabaseDown
from tests.support import Api, Person, World
from tests.web.test_strict_json import REFUSED

GOOD = {"name": "Rowan Sample"}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED.keys())
async def test_malformed_json_is_400_and_echoes_nothing(world: World, body: bytes) -> None:
    therapist = await world.therapist()
    answer = await send_raw(therapist, body)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


async def send_raw(person: Person, body: bytes, media_type: str | None = "application/json") -> Response:
    headers = {"Authorization": f"Bearer {person.token}"}
    if media_type:
        headers["Content-Type"] = media_type
    return await person.api.send("POST", "/patients", content=body, headers=headers)


@pytest.mark.parametrize("media_type", [None, "text/plain", "application/xml", "application/json; charset=latin-1"])
async def test_another_media_type_is_415(world: World, media_type: str | None) -> None:
    answer = await send_raw(await world.therapist(), json.dumps(GOOD).encode(), media_type)
    assert answer.status_code == 415


async def test_utf_8_may_be_said(world: World) -> None:
    answer = await send_raw(await world.therapist(), json.dumps(GOOD).encode(), "application/json; charset=UTF-8")
    assert answer.status_code == 201


async def test_a_body_over_a_mebibyte_is_413(world: World) -> None:
    therapist = await world.therapist()
    answer = await send_raw(therapist, b'{"name": "' + b"x" * (1024 * 1024) + b'"}')
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


async def test_a_body_over_a_mebibyte_without_a_length_is_413(world: World) -> None:
    therapist = await world.therapist()

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 65536

    answer = await world.api.client.post(
        "/v1/patients",
        content=chunks(),
        headers={"Authorization": f"Bearer {therapist.token}", "Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


@pytest.mark.parametrize(
    "body",
    [
        [],
        "text",
        None,
        {},
        {"name": None},
        {"name": ""},
        {"name": "   "},
        {"name": "x" * 201},
        {"name": ["a"]},
        {"name": "R", "clinic_id": "019ab0de-0000-7000-8000-000000000001"},
        {"name": "R", "version": 7},
        {"name": "R", "created_by_id": "019ab0de-0000-7000-8000-000000000001"},
        {"name": "R", "time_zone": "Mars/Olympus"},
        {"name": "R", "birth_on": "0000-00-00"},
        {"name": "R", "birth_on": "1700-01-01"},
        {"name": "R", "birth_on": "2999-01-01"},
        {"name": "R", "email": "no address"},
        {"name": "R", "id": "not-a-uuid"},
        {"name": "R", "secret-canary-key": 1},
    ],
    ids=str,
)
async def test_a_wrong_shape_is_422_and_echoes_nothing(world: World, body: object) -> None:
    therapist = await world.therapist()
    answer = await send_raw(therapist, json.dumps(body).encode())
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert "canary" not in answer.text
    assert "Mars" not in answer.text


async def test_an_unknown_address_and_a_wrong_method_are_problems(api: Api) -> None:
    for method, path, status in (("GET", "/v1/nowhere", 404), ("PUT", "/v1/me", 405), ("GET", "/v1/patients/", 404)):
        answer = await api.client.request(method, path)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["cache-control"] == "no-store"


async def test_a_request_id_is_kept_or_made(api: Api) -> None:
    kept = await api.client.get("/v1/me", headers={"X-Request-Id": "phone-1.a_b"})
    assert kept.headers["x-request-id"] == kept.json()["request_id"] == "phone-1.a_b"
    made = await api.client.get("/v1/me", headers={"X-Request-Id": "a b\x7f" + "x" * 80})
    assert len(made.headers["x-request-id"]) == 32


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic abc", "Bearer eyJhbGciOiJub25lIn0.e30.", "Bearer " + "a.b.c" * 2000]
)
async def test_a_wrong_token_is_401(api: Api, header: str) -> None:
    answer = await api.client.get("/v1/me", headers={"Authorization": header})
    assert (answer.status_code, answer.headers["www-authenticate"].partition(" ")[0]) == (401, "Bearer")


async def test_not_modified(world: World) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", GOOD)
    first = await therapist.send("GET", f"/patients/{chart['id']}")
    etag = first.headers["etag"]
    same = await therapist.send("GET", f"/patients/{chart['id']}", headers={"If-None-Match": etag})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
    assert same.headers["cache-control"] == "no-store"
    await therapist.patch(f"/patients/{chart['id']}", {"phone": "+1 555 0100"}, etag)
    other = await therapist.send("GET", f"/patients/{chart['id']}", headers={"If-None-Match": etag})
    assert other.status_code == 200


async def test_two_writers_one_wins(world: World) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", GOOD)
    ended = await asyncio.gather(
        *(therapist.send("PATCH", f"/patients/{chart['id']}", {"phone": f"+1 555 010{n}"}, match=1) for n in range(8))
    )
    assert sorted(answer.status_code for answer in ended) == [200] + [412] * 7


async def test_one_key_at_once_makes_one_copy(world: World) -> None:
    therapist = await world.therapist()
    ended = await asyncio.gather(*(therapist.send("POST", "/patients", GOOD, key="same") for _ in range(8)))
    assert {answer.status_code for answer in ended} <= {201, 409}
    assert len({answer.json()["id"] for answer in ended if answer.status_code == 201}) == 1
    for answer in ended:
        assert answer.status_code == 201 or answer.json()["code"] == "request-in-progress"
    assert len((await therapist.get("/patients"))["items"]) == 1


async def test_a_key_is_each_account_s_own_and_bounded(world: World) -> None:
    one, other = await world.therapist(), await world.therapist()
    first = await one.post("/patients", GOOD, key="k")
    second = await other.post("/patients", GOOD, key="k")
    assert first["id"] != second["id"]
    await one.post("/courses", {"patient_id": first["id"]}, key="k", expect=422)
    for bad in ("", " ", "x" * 256, "a b"):
        await one.post("/patients", GOOD, key=bad, expect=422)


async def test_a_refused_request_keeps_no_answer(world: World) -> None:
    therapist = await world.therapist()
    await therapist.post("/patients", {"name": ""}, key="k", expect=422)
    await therapist.post("/patients", GOOD, key="k")


async def test_a_failed_commit_is_never_a_success(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    therapist = await world.therapist()

    async def fail(*_: object) -> None:
        raise DatabaseDown

    monkeypatch.setattr(Database, "apply", fail)
    answer = await therapist.send("POST", "/patients", GOOD)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    monkeypatch.undo()
    assert (await therapist.get("/patients"))["items"] == []


async def test_a_read_without_its_ledger_row_is_not_answered(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", GOOD)

    async def fail(*_: object) -> None:
        raise DatabaseDown

    monkeypatch.setattr(Database, "append", fail)
    answer = await therapist.send("GET", f"/patients/{chart['id']}")
    assert answer.status_code == 503
    assert "Rowan" not in answer.text


async def test_the_unexpected_is_a_fixed_answer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    therapist = await world.therapist()

    async def fail(*_: object) -> None:
        raise ZeroDivisionError("secret canary")

    monkeypatch.setattr(Database, "apply", fail)
    answer = await therapist.send("POST", "/patients", GOOD)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "canary" not in answer.text


async def test_health_and_version(api: Api) -> None:
    assert (await api.send("GET", "/health/live")).json() == {"status": "ok"}
    assert (await api.send("GET", "/health/ready")).json() == {"status": "ok"}
    assert (await api.send("GET", "/version")).json()["revision"].startswith("20")


@pytest.mark.thorough
async def test_the_documentation_needs_no_other_host(api: Api) -> None:
    page = (await api.client.get("/docs")).text
    assert "http://" not in page
    assert "https://" not in page
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"):
        assert f"/docs/assets/{asset}" in page
        assert (await api.client.get(f"/docs/assets/{asset}")).status_code == 200
    assert (await api.client.get("/openapi.json")).json()["info"]["title"] == "Integration Journal API"


@pytest.mark.thorough
async def test_where_strangers_come_there_is_no_documentation_and_never_a_console(settings: Settings) -> None:
    """Statement 44: with `docs` off nothing describes the API; there is no metrics page, TRACE and debug are off."""
    app = create_app(settings.model_copy(update={"docs": False}))
    assert app.debug is False
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        for path in ("/docs", "/redoc", "/openapi.json", "/metrics", "/debug", "/console"):
            assert (await client.get(path)).status_code == 404, path
        assert (await client.request("TRACE", "/version")).status_code == 405
