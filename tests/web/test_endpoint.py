"""From a path to its operation, and from a request to the handler's arguments."""

import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Annotated

import pytest
from fastapi import Cookie, Depends
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from integration_api.server.admission import LoadShedder
from integration_api.server.wire import Wire
from integration_api.web.endpoint import Endpoint
from integration_api.web.routing import Router


async def find(router: Router, method: str, path: str, root_path: str = "") -> Scope:
    """What the router made of a request."""
    scope: Scope = {
        "type": "http",
        "method": method,
        "path": path,
        "root_path": root_path,
        "state": {"request_id": "r"},
    }

    async def receive() -> dict[str, object]:
        return {}

    async def send(message: Message) -> None:
        scope.setdefault("answered_by", message.get("status"))

    await router(scope, receive, send)
    return scope


def three_operations() -> Router:
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
    return Router(answering("others"), {at: answering(" ".join(at)) for at in templates})  # type: ignore[arg-type, misc]  # ASGI functions


@pytest.mark.parametrize(
    ("method", "path", "answered_by", "values"),
    [
        ("GET", "/v1/things/7", "GET /v1/things/{thing_id}", {"thing_id": "7"}),
        ("POST", "/v1/things/search", "POST /v1/things/search", {}),
        ("GET", "/v1/things/search/parts/2", "GET /v1/things/{thing_id}/parts/{n}", {"thing_id": "search", "n": "2"}),
        ("DELETE", "/v1/things/7", 405, None),
        ("GET", "/v1/things/search", 405, None),
        ("OPTIONS", "/v1/things/7", 204, None),
        ("GET", "/v1/things/", "others", None),
        ("GET", "/v1/things/7/", "others", None),
        ("GET", "/v1/things//parts/2", "others", None),
        ("GET", "/v1", "others", None),
        ("GET", "/", "others", None),
    ],
)
async def test_a_path_finds_its_operation(
    method: str, path: str, answered_by: object, values: dict[str, str] | None
) -> None:
    scope = await find(three_operations(), method, path)
    assert (scope["answered_by"], scope.get("path_params")) == (answered_by, values)


async def test_below_another_root_fastapi_finds_the_way() -> None:
    assert (await find(three_operations(), "GET", "/v1/things/7", root_path="/journal"))["answered_by"] == "others"


async def later(n: int) -> int:
    return n


def in_between(n: int) -> Iterator[int]:
    yield n


async def by_cookie(session: Annotated[str, Cookie()]) -> None: ...


async def by_request(request: Request) -> None: ...


async def by_response(response: Response) -> None: ...


async def by_coroutine(n: Annotated[int, Depends(later)]) -> None: ...


async def by_generator(n: Annotated[int, Depends(in_between)]) -> None: ...


async def two_bodies(one: list[int], other: list[int]) -> None: ...


@pytest.mark.parametrize(
    "handler", [by_cookie, by_request, by_response, by_coroutine, by_generator, two_bodies], ids=lambda h: h.__name__
)
def test_a_handler_declares_parameters_and_one_body_only(handler: Callable[..., Awaitable[None]]) -> None:
    with pytest.raises(TypeError):
        Endpoint(APIRoute("/things", handler, methods=["POST"]))


async def test_a_request_id_with_a_line_break_is_not_taken() -> None:
    """It would stand in the log as it is."""
    said: list[bytes] = []

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        said.append(scope["state"]["request_id"].encode())

    for offered in (b"evening-1", b"evening-1\n", b"a b", b'"', b"x" * 65):
        scope = {"type": "http", "method": "GET", "path": "/v1", "headers": [(b"x-request-id", offered)]}
        await Wire(answer, LoadShedder(1))(scope, None, None)  # type: ignore[arg-type]  # neither is asked for anything
    assert said[0] == b"evening-1"
    assert all(re.fullmatch(rb"[0-9a-f]{32}", made) for made in said[1:])
