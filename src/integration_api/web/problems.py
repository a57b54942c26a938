"""Errors as responses: `application/problem+json`, with the fields that a validation refused."""

import json
from collections.abc import Container, Iterable

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response

from integration_api.web.errors import ApiError, FieldError, Invalid

PROBLEM = "application/problem+json"
_MAX_ERRORS = 50
NO_SNIFFING = (b"x-content-type-options", b"nosniff")
NO_STORE = (b"cache-control", b"no-store")


def request_id_of(request: Request) -> str:
    """Return the id of this request, from the client or made here."""
    return str(request.scope["state"]["request_id"])


def problem_response(error: ApiError, request_id: str) -> Response:
    """Return the problem (RFC 9457): `type` is about:blank, and programs read `code`."""
    body = {
        "type": "about:blank",
        "title": error.title,
        "status": error.status,
        "code": error.code,
        "detail": error.detail,
        "request_id": request_id,
        "errors": error.errors,
        **error.extra,
    }
    return Response(
        json.dumps(body, default=str).encode(),
        status_code=error.status,
        headers=error.headers,
        media_type=PROBLEM,
    )


UNKNOWN_PARAMETER: FieldError = {
    "field": "query.(unknown)",
    "code": "extra_forbidden",
    "message": "this parameter is not known here",
}


def invalid(error: RequestValidationError, known: Container[str]) -> Invalid:
    """Return the refused fields, by name and reason: never a value, nor a name that is not in `known`."""
    return Invalid(errors=list(_fields(error.errors(), known))[:_MAX_ERRORS])


def _fields(details: Iterable[dict[str, object]], known: Container[str]) -> Iterable[FieldError]:
    for detail in details:
        kind = str(detail["type"])
        location = detail["loc"]
        parts = [str(part) for part in location] if isinstance(location, tuple | list) else []
        if kind == "extra_forbidden":
            parts = [*parts[:-1], "(unknown)"]
        shown = [part if part.isdigit() or part in known else "(unknown)" for part in parts]
        yield {"field": ".".join(shown), "code": kind, "message": _MESSAGES.get(kind, str(detail["msg"]))}


_MESSAGES = {
    "extra_forbidden": "this field is not known here",
    "enum": "not one of the allowed values",
    "literal_error": "not one of the allowed values",
    "uuid_parsing": "not a UUID",
}
