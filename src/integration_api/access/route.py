"""Routes that name their operation.

`allow(operation)` in a handler's signature is the only way to a Work, and so to the database. A route without
exactly one operation cannot be made, so the application does not start with one.
"""

from functools import cached_property
from typing import Any

from fastapi import Depends
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from integration_api.access.calls import exchange_for
from integration_api.access.current import Reader, with_current
from integration_api.access.exchange import Handler
from integration_api.access.operations import Operation
from integration_api.web.endpoint import Endpoint, Given
from integration_api.web.errors import StaleVersion


class Allowed(Given):
    """The dependency that gives a handler its Work; the route finds the operation in it."""

    def __init__(self, operation: Operation) -> None:
        """Keep the operation; `allow` makes these."""
        self.operation = operation

    async def __call__(self) -> None:
        """Do nothing: the Exchange begins the Work and calls the handler."""


def allow(operation: Operation) -> Any:  # noqa: ANN401  what Depends returns is Any
    """Name the operation of a handler: `work: Annotated[Work, allow(operations.SIGN_NOTE)]`."""
    return Depends(Allowed(operation))


class ActionRoute(APIRoute):
    """A route of one operation: each request is one unit of work."""

    reader: Reader | None = None
    """The GET of what this operation changes; the application sets it."""

    @cached_property
    def operation(self) -> Operation:
        """Return the operation that the handler names. Raises TypeError for none, several, or a command's."""
        found = [d.call.operation for d in self.dependant.dependencies if isinstance(d.call, Allowed)]
        if len(found) != 1 or found[0].is_command:
            msg = f"{self.path} names {found}; a route names exactly one operation, and none of the command line"
            raise TypeError(msg)
        return found[0]

    @cached_property
    def declared(self) -> Endpoint:
        """Return the declaration of the handler. Raises TypeError for what no handler may declare."""
        return Endpoint(self)

    def get_route_handler(self) -> Handler:
        """Return the handler that FastAPI calls if it finds the route itself. Raises TypeError as the properties do."""
        _ = self.operation, self.declared
        return self.answer

    async def answer(self, request: Request) -> Response:
        """Return the response of one exchange; a 412 has the present version beside the problem."""
        response = await exchange_for(request, self.operation, self.declared).answer()
        if response.status_code == StaleVersion.status and self.reader is not None:
            return await with_current(response, request, self.reader)
        return response

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by ASGI, called by the router."""
        response = await self.answer(Request(scope, receive))
        await response(scope, receive, send)
