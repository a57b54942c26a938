"""One request of the plain API, asked for by a FHIR request, whose value is rendered by another function."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from integration_api.access.exchange import Exchange
from integration_api.access.route import ActionRoute
from integration_api.access.work import Work
from integration_api.web.etag import named_version

PREFIX = "/v1"
_KEPT_HEADERS = frozenset({b"authorization"})


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def translated(
    work: Work,
    route: ActionRoute,
    render: Callable[[object], Response],
    path: Mapping[str, str],
    query: Mapping[str, str],
    kind: str,
) -> Response:
    """Return the response to a GET of the plain API, made by its own operation for the actor of the FHIR request.

    Policy, Statements, ledger row and limits are those of that operation. Only its value is written otherwise. `kind`
    is the type of FHIR as which it is: a program needs its scope.
    """
    address = PREFIX + route.path.format(**path)
    scope = {
        **work.scope,
        "method": "GET",
        "path": address,
        "raw_path": address.encode(),
        "query_string": urlencode(query).encode(),
        "headers": [(name, value) for name, value in work.scope["headers"] if name in _KEPT_HEADERS],
        "path_params": dict(path),
    }
    request = Request(scope, _nothing)
    shown: list[str] = []

    def noting(found: object) -> Response:
        response = render(found)
        shown.extend(response.headers.getlist("ETag"))
        return response

    response = await Exchange(request, route.operation, route.declared.rendered_by(noting), scope_of(kind)).answer()
    if "ETag" in response.headers:
        response.headers["ETag"] = shown[-1] if shown else weak(named_version(response.headers["ETag"]))
    return response


def scope_of(kind: str) -> str:
    """Return the scope that a program needs to read resources of a type."""
    return f"system/{kind}.rs"


def weak(version: str) -> str:
    """Return the entity tag of a version, as FHIR has it."""
    return f'W/"{version}"'
