"""A call for help: an exchange that refuses nothing about the request."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from integration_api.access.actor import Actor
from integration_api.access.exchange import Exchange
from integration_api.access.operations import Operation
from integration_api.web.endpoint import Endpoint

_MIN_ERROR, _FORBIDDEN = 400, 403


class CallForHelp(Exchange):
    """One request of an operation that has something to answer instead of an error.

    Body, query and Idempotency-Key are not looked at.
    """

    def __init__(self, request: Request, operation: Operation, endpoint: Endpoint) -> None:
        """Take the request without its query."""
        request.scope["query_string"] = b""
        super().__init__(request, operation, endpoint)

    async def answer(self) -> Response:
        """Return the response, or what is answered instead of an error."""
        response = await super().answer()
        otherwise = self.operation.otherwise
        if otherwise is None or response.status_code < _MIN_ERROR or response.status_code == _FORBIDDEN:
            return response
        authorization = self.request.headers.get("authorization", "")
        return otherwise(self.runtime, authorization, self.request_id, response.status_code)

    def _hold_key(self, actor: Actor) -> tuple[Any, bytes] | None:  # noqa: ARG002  the declaration of Exchange
        return None


def exchange_for(request: Request, operation: Operation, endpoint: Endpoint) -> Exchange:
    """Return the exchange for one request of an operation."""
    return (CallForHelp if operation.otherwise else Exchange)(request, operation, endpoint)
