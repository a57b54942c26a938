"""Ambiguous requests are refused: headers and parameters given twice, paths with needless codes."""

import json

import pytest
from httpx import Response

from tests.support import Api, World

ID = "019ab0de-0000-7000-8000-000000000004"


def is_malformed(answer: Response) -> bool:
    """Whether it was refused as a message, by a problem."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"] == answer.json()["request_id"]
    return (answer.status_code, answer.json()["code"]) == (400, "malformed")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Host", ["test", "evil.example"]),
        ("Host", ["test", "test"]),
        ("Authorization", ["{token}", "Bearer x"]),
        ("Authorization", ["Bearer x", "{token}"]),
        ("authorization", ["{token}", "{token}"]),
        ("Content-Type", ["application/json", "text/plain"]),
        ("If-Match", ['"1"', '"2"']),
        ("Idempotency-Key", ["one", "two"]),
    ],
    ids=str,
)
async def test_a_header_that_counts_is_given_once(world: World, name: str, values: list[str]) -> None:
    therapist = await world.therapist()
    token = f"Bearer {therapist.token}"
    headers = [("Authorization", token), ("Content-Type", "application/json"), ("X-Request-Id", "phone-1")]
    headers = [(known, value) for known, value in headers if known.lower() != name.lower()]
    headers += [(name, value.format(token=token)) for value in values]
    answer = await world.api.client.post("/v1/patients", headers=headers, content=json.dumps({"name": "Rowan Sample"}))
    assert is_malformed(answer)
    assert answer.json()["request_id"] == "phone-1"
    assert answer.json()["detail"] == f"The header {name.title()} is given twice."
    assert (await therapist.get("/patients"))["items"] == []


async def test_headers_that_proxies_add_may_come_twice(world: World) -> None:
    therapist = await world.therapist()
    headers = [("Authorization", f"Bearer {therapist.token}"), ("X-Forwarded-For", "10.0.0.1"), ("Accept", "a/b")]
    answer = await world.api.client.get("/v1/me", headers=[*headers, *headers[1:]])
    assert answer.status_code == 200


@pytest.mark.parametrize("query", ["limit=1&limit=2", "limit=1&limit=1", "state=draft&limit=5&%73tate=signed"])
async def test_a_parameter_is_given_once(world: World, query: str) -> None:
    answer = await (await world.therapist()).send("GET", f"/notes?{query}")
    assert is_malformed(answer)
    name = "state" if "state" in query else "limit"
    assert answer.json()["errors"] == [{"field": f"query.{name}", "code": "given_twice", "message": "give it once"}]


async def test_an_unknown_parameter_given_twice_is_not_repeated(world: World) -> None:
    answer = await (await world.therapist()).send("GET", "/notes?canary=1&canary=2")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "query.(unknown)")


@pytest.mark.parametrize(
    "path",
    [
        "/v1/%6ee",
        "/%76%31/me",
        "/v1%2Fme",
        "/v1%2fme",
        "/v1/me%2F",
        f"/v1/patients/{ID[:-1]}%34",
        f"/v1/patients/x%2F..%2F{ID}",
        f"/v1/patients/%2E%2E/patients/{ID}",
        f"/v1/patients{ID}%5C..",
        "/v1/me%00",
        "/v1/me%0A",
        "/v1/%7Eme",
        "/v1/me%",
        "/v1/me%4",
        "/v1/me%zz",
        "/docs/assets/%73wagger-ui.css",
        "/docs/assets/..%2Fstatic%2Fswagger-ui.css",
        "/docs/%61ssets/swagger-ui.css",
    ],
)
@pytest.mark.parametrize("method", ["GET", "DELETE", "OPTIONS"])
async def test_a_path_has_one_spelling(world: World, method: str, path: str) -> None:
    headers = {"Authorization": f"Bearer {world.admin.token}"}
    answer = await world.api.client.request(method, f"http://test{path}", headers=headers)
    sent = answer.request.url.raw_path.decode()
    if sent != path:  # the client mended it on its way
        assert "%25" in sent
        assert answer.status_code == 404
        return
    assert is_malformed(answer)


@pytest.mark.thorough
async def test_codes_that_are_needed_are_looked_up(api: Api, world: World) -> None:
    """They are in no address of the API, so nothing is there."""
    for path in ("/v1/me%20", "/v1/%C3%A9", "/v1/%FF", "/v1/a%25", "/v1/a%3Bb"):
        answer = await api.client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    told = await world.admin.send("GET", "/accounts/a%20b")
    assert (told.status_code, told.json()["errors"][0]["field"]) == (422, "path.account_id")
