"""Errors of the token endpoint: the problem of the plain API, in the words of RFC 6749."""

import json

from starlette.responses import Response

from integration_api.web.errors import Unauthenticated
from integration_api.web.problems import PROBLEM
from integration_api.web.protocol_errors import BadRequest

_OWN = frozenset({"invalid-request", "invalid-client", "invalid-scope", "unsupported-grant-type"})
_LATER = frozenset({429, 503})
_SERVER_ERROR = 500
_LOST = frozenset({"content-type", "content-length"})


class InvalidTokenRequest(BadRequest):
    """The request for a token lacks a parameter, has one twice, or has one that cannot be used."""

    code = "invalid-request"
    title = "Not a request for a token"
    remedy = (
        "Send a form with `grant_type`, `scope`, `client_assertion_type` and `client_assertion`, each once. Without a "
        "public address (`INTEGRATION_API_PUBLIC_URL`) no token of FHIR is given."
    )


class UnsupportedGrantType(BadRequest):
    """The only grant here is `client_credentials`."""

    code = "unsupported-grant-type"
    title = "Grant type not supported"
    remedy = "Send `grant_type=client_credentials`. Apps that a person launches are not served."


class InvalidScope(BadRequest):
    """A scope is none of this service, or was not granted to the program."""

    code = "invalid-scope"
    title = "Scope not granted"
    remedy = (
        "Ask for `system/<Type>.rs` of types that an admin has granted, or for `system/*.rs`. Nothing else is read."
    )


class InvalidClient(Unauthenticated):
    """The program is not known, or its assertion is not one that is accepted now."""

    code = "invalid-client"
    title = "Not signed in"
    remedy = (
        "Sign with a registered key by RS384 or ES384. `iss` and `sub` are the client id, and `aud` is the address of "
        "this endpoint. `exp` is at most five minutes away, and each `jti` is used once."
    )


def as_token_error(response: Response) -> Response:
    """Return a response with a problem as an error of RFC 6749; any other as it is."""
    if response.headers.get("content-type") != PROBLEM:
        return response
    problem = json.loads(bytes(response.body))
    body = json.dumps({"error": _word(response.status_code, problem["code"]), "error_description": problem["detail"]})
    headers = {name: value for name, value in response.headers.items() if name not in _LOST}
    return Response(body.encode(), response.status_code, headers, "application/json")


def _word(status: int, code: str) -> str:
    if code in _OWN:
        return code.replace("-", "_")
    if status in _LATER:
        return "temporarily_unavailable"
    return "server_error" if status >= _SERVER_ERROR else "invalid_request"
