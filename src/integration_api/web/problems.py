"""Errors as responses: `application/problem+json`, with the fields that a validation refused."""

import json
from collections.abc import Container, Iterable, Mapping

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
        parts = [str(part) for part in location if part != _KEY] if isinstance(location, tuple | list) else []
        if kind == "extra_forbidden":
            parts = [*parts[:-1], "(unknown)"]
        shown = [part if part.isdigit() or part in known else "(unknown)" for part in parts]
        yield {"field": ".".join(shown), "code": kind, "message": _message(kind, detail)}


def _message(kind: str, detail: Mapping[str, object]) -> str:
    """Return what is wrong, in terms of JSON. The bounds in `ctx` are those of the schema."""
    bounds = detail.get("ctx")
    known = bounds if isinstance(bounds, dict) else {}
    if known.get("min_length") == 1:
        return "must not be empty"
    found = _MESSAGES.get(kind)
    if found is None:
        return str(detail["msg"]).removeprefix("Value error, ")
    return found.format_map(known)


_KEY = "[key]"
"""The part that Pydantic adds to the place of a key that is not one of those allowed."""
_OBJECT, _ARRAY, _INTEGER, _BOOLEAN = "must be an object", "must be an array", "must be an integer", "must be a boolean"
_NUMBER = "must be a number"
_DATE = "must be a date, such as 2026-11-28"
_INSTANT = "must be an instant, such as 2026-11-28T09:30:00Z"
_MESSAGES = {
    "missing": "needed, and not there",
    "extra_forbidden": "this field is not known here",
    "enum": "must be one of {expected}",
    "literal_error": "must be one of {expected}",
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "list_type": _ARRAY,
    "tuple_type": _ARRAY,
    "string_type": "must be a string",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "must match the pattern {pattern}",
    "too_short": "must have at least {min_length} items",
    "too_long": "must have at most {max_length} items",
    "int_type": _INTEGER,
    "int_parsing": _INTEGER,
    "int_parsing_size": _INTEGER,
    "int_from_float": _INTEGER,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "greater_than": "must be more than {gt}",
    "less_than": "must be less than {lt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "bool_type": _BOOLEAN,
    "bool_parsing": _BOOLEAN,
    "uuid_type": "must be a UUID",
    "uuid_parsing": "must be a UUID",
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "datetime_type": _INSTANT,
    "datetime_parsing": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
    "timezone_aware": "must say its offset from UTC, such as Z or +01:00",
}
