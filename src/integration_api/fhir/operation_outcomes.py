"""Errors as OperationOutcome: the problem of the plain API, in the words of FHIR."""

import json

from starlette.responses import Response

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
