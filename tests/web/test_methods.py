"""HEAD wherever GET is, and which methods an address answers."""

import re

import pytest

from integration_api.access.actor import Role
from integration_api.app import action_routes
from tests.support import Api, World


async def test_head_is_get_without_a_body(world: World) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    for path in (f"/patients/{chart['id']}", "/patients", "/me", "/nowhere", f"/notes/{chart['id']}", "/ledger"):
        full, head = await therapist.send("GET", path), await therapist.send("HEAD", path)
        assert (head.status_code, head.content) == (full.status_code, b"")
        wanted, found = [{**answer.headers, "x-request-id": ""} for answer in (full, head)]
        assert found == wanted, path
    assert int(head.headers["content-length"]) > 0


async def test_head_is_in_the_ledger_as_get_is(world: World) -> None:
    """Who looks whether something is there has looked."""
    therapist, auditor = await world.therapist(), await world.staff(Role.AUDITOR)
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    rows = []
    for method in ("GET", "HEAD"):
        await therapist.send(method, f"/patients/{chart['id']}")
        [row, *_] = (await auditor.get("/ledger", params={"patient_id": chart["id"]}))["items"]
        rows.append(row)
    own = ("id", "at", "request_id", "position")
    get, head = [{name: value for name, value in row.items() if name not in own} for row in rows]
    assert (head, rows[0]["id"] != rows[1]["id"]) == (get, True)
    assert head["event"] == "patient.read"


async def test_head_tells_what_has_not_changed(world: World) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    path = f"/patients/{chart['id']}"
    etag = (await therapist.send("HEAD", path)).headers["etag"]
    same = await therapist.send("HEAD", path, headers={"If-None-Match": etag})
    assert (same.status_code, same.headers["etag"], same.content) == (304, etag, b"")


async def test_head_needs_what_get_needs(world: World) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    path = f"/patients/{chart['id']}"
    assert (await world.api.send("HEAD", path)).status_code == 401
    assert (await (await world.therapist()).send("HEAD", path)).status_code == 404
    assert (await (await world.staff(Role.CLINIC_ADMIN)).send("HEAD", "/ledger")).status_code == 403


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/docs/assets/swagger-ui.css", "/version", "/health/live"])
async def test_the_pages_answer_head_too(api: Api, path: str) -> None:
    full, head = await api.client.get(path), await api.client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == full.headers["content-length"]


def methods_by_path() -> dict[str, set[str]]:
    """The methods of each address, as its routes declare them."""
    found: dict[str, set[str]] = {}
    for route in action_routes():
        prefix = "" if "health" in (route.tags or []) else "/v1"
        found.setdefault(prefix + route.path, set()).update(route.methods or ())
    return found


@pytest.mark.thorough
async def test_every_address_lists_all_its_methods(api: Api) -> None:
    some_id = "019ab0de-0000-7000-8000-000000000004"
    for template, declared in methods_by_path().items():
        path = re.sub(r"{\w+}", some_id, template)
        allowed = declared | ({"HEAD"} if "GET" in declared else set()) | {"OPTIONS"}
        asked = await api.client.options(path)
        assert (asked.status_code, asked.content) == (204, b""), path
        assert asked.headers["allow"] == ", ".join(sorted(allowed))
        for method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"} - allowed:
            refused = await api.client.request(method, path)
            assert (refused.status_code, refused.headers["allow"]) == (405, asked.headers["allow"]), f"{method} {path}"
            if method != "HEAD":
                assert refused.json()["code"] == "method-not-allowed"


async def test_what_is_not_there_has_no_methods(api: Api) -> None:
    for path in ("/v1/nowhere", "/v1/patients/", "/"):
        answer = await api.client.options(path)
        assert answer.status_code == (405 if path == "/" else 404)
    for path in ("/", "/docs", "/openapi.json", "/docs/assets/swagger-ui.css"):
        answer = await api.client.post(path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD"), path
