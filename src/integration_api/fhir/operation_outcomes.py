"""Errors as OperationOutcome: the problem of the plain API, in the words of FHIR."""

import json

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integration_api.fhir.elements import HERE, Json, coding, pruned
from integration_api.web.problems import PROBLEM

MEDIA_TYPE = "application/fhir+json"
_ISSUES = {
    400: "invalid",
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    409: "conflict",
    410: "deleted",
    413: "too-costly",
    415: "not-supported",
    422: "invalid",
    429: "throttled",
    503: "transient",
}
_STATUSES = {422: 400}
"""A value that is refused is 400 in FHIR. Source: FHIR R4, RESTful API, search."""
_PROBLEM = (b"content-type", PROBLEM.encode())
_LOST = frozenset({"content-type", "content-length"})


def outcome(status: int, problem: Json) -> Json:
    """Return the OperationOutcome of a problem: one issue for each refused field, or one for the whole."""
    code = _ISSUES.get(status, "exception")
    details = {"coding": [coding(f"{HERE}:problem", problem["code"])], "text": problem["detail"]}
    found: list[str | None] = [f"{error['field']}: {error['message']}" for error in problem["errors"]]
    return {
        "resourceType": "OperationOutcome",
        "issue": [
            {"severity": "error", "code": code, "details": details} | ({"diagnostics": said} if said else {})
            for said in found or [None]
        ],
    }


def as_outcome(response: Response) -> Response:
    """Return a response with a problem as one with its OperationOutcome; any other as it is."""
    if response.headers.get("content-type") != PROBLEM:
        return response
    status = response.status_code
    body = json.dumps(pruned(outcome(status, json.loads(bytes(response.body))))).encode()
    headers = {name: value for name, value in response.headers.items() if name not in _LOST}
    return Response(body, _STATUSES.get(status, status), headers, MEDIA_TYPE)


class Outcomes:
    """The layer that answers as FHIR where no operation of FHIR does: an unknown path, or a method that it has not."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        """`path` is the address of the service."""
        self.app, self._below = app, f"{path}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not scope["path"].startswith(self._below):
            return await self.app(scope, receive, send)
        begun: Message = {}
        body = bytearray()

        async def translated(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start" and _PROBLEM in message["headers"]:
                if scope["method"] == "HEAD":  # its body was left out already
                    kept = [one for one in message["headers"] if one[0].decode("latin-1") not in _LOST]
                    await send({**message, "headers": [*kept, (b"content-type", MEDIA_TYPE.encode())]})
                else:
                    begun = message
            elif begun:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    await as_outcome(_response(begun, bytes(body)))(scope, receive, send)
            else:
                await send(message)

        return await self.app(scope, receive, translated)


def _response(begun: Message, body: bytes) -> Response:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in begun["headers"]}
    return Response(body, begun["status"], headers)
