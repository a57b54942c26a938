"""From a path to its operation, and from a request to the handler's arguments."""

from typing import Annotated

import pytest
from fastapi import APIRouter, Cookie
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from integration_api.core.directory import Directory
from integration_api.core.operation import Operation


async def find(directory: Directory, method: str, path: str, root_path: str = "") -> Scope:
    """What the directory made of a request."""
    scope = {"type": "http", "method": method, "path": path, "root_path": root_path}

    async def receive() -> dict[str, object]:
        return {}

    async def send(_: object) -> None:
        return None

    await directory(scope, receive, send)
    return scope


def directory() -> Directory:
    """Three operations, and what everything else goes to."""

    def answering(name: str) -> object:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            scope["answered_by"] = name

        return answer

    templates = [
        ("GET", "/v1/things/{thing_id}"),
        ("POST", "/v1/things/search"),
        ("GET", "/v1/things/{thing_id}/parts/{n}"),
    ]
    return Directory(answering("others"), {at: answering(" ".join(at)) for at in templates})  # type: ignore[arg-type, misc]  # ASGI functions


@pytest.mark.parametrize(
    ("method", "path", "answered_by", "values"),
    [
        ("GET", "/v1/things/7", "GET /v1/things/{thing_id}", {"thing_id": "7"}),
        ("POST", "/v1/things/search", "POST /v1/things/search", {}),
        ("GET", "/v1/things/search/parts/2", "GET /v1/things/{thing_id}/parts/{n}", {"thing_id": "search", "n": "2"}),
        ("DELETE", "/v1/things/7", "others", None),
        ("GET", "/v1/things/search", "others", None),
        ("GET", "/v1/things/", "others", None),
        ("GET", "/v1/things/7/", "others", None),
        ("GET", "/v1/things//parts/2", "others", None),
        ("GET", "/v1", "others", None),
        ("GET", "/", "others", None),
    ],
)
async def test_a_path_finds_its_operation(
    method: str, path: str, answered_by: str, values: dict[str, str] | None
) -> None:
    scope = await find(directory(), method, path)
    assert (scope["answered_by"], scope.get("path_params")) == (answered_by, values)


async def test_below_another_root_fastapi_finds_the_way() -> None:
    assert (await find(directory(), "GET", "/v1/things/7", root_path="/journal"))["answered_by"] == "others"


def test_a_handler_declares_parameters_and_one_body_only() -> None:
    router = APIRouter()

    @router.get("/cookie")
    async def by_cookie(session: Annotated[str, Cookie()]) -> str:
        return session

    @router.get("/request")
    async def by_request(request: Request) -> str:
        return request.method

    @router.post("/two")
    async def two_bodies(one: list[int], other: list[int]) -> int:
        return len(one) + len(other)

    for route in router.routes:
        with pytest.raises(TypeError):
            Operation(route)  # type: ignore[arg-type]  # FastAPI makes APIRoutes
