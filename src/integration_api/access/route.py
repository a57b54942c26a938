"""Routes that name their Action.

`allow(Action)` in a handler's signature is the only way to a Work, and so to the database. A route without
exactly one Action cannot be made, so the application does not start with one.
"""

from functools import cached_property
from typing import Any

from fastapi import Depends
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from integration_api.access.actions import Action
from integration_api.access.exchange import Exchange, Handler
from integration_api.access.policy import POLICY, PUBLIC
from integration_api.web.endpoint import Endpoint, Given


class Allowed(Given):
    """The dependency that hands a handler its Work; it carries the Action for the route to find."""

    def __init__(self, action: Action) -> None:
        """Made by `allow`."""
        self.action = action

    async def __call__(self) -> None:
        """Never called: the Work is begun by the Exchange, which calls the operation."""


def allow(action: Action) -> Any:  # noqa: ANN401  what Depends returns is Any
    """Name the Action of an operation: `work: Annotated[Work, allow(Action.NOTE_SIGN)]`."""
    return Depends(Allowed(action))


class ActionRoute(APIRoute):
    """A route of one Action: each request is one unit of work."""

    @cached_property
    def action(self) -> Action:
        """The one Action that the handler names. Raises TypeError for none or several."""
        found = [d.call.action for d in self.dependant.dependencies if isinstance(d.call, Allowed)]
        if len(found) != 1:
            msg = f"{self.path} names {len(found)} Actions; a route names exactly one"
            raise TypeError(msg)
        if (found[0] in PUBLIC) == (found[0] in POLICY):
            msg = f"{found[0]} must be either public or in the policy table"
            raise TypeError(msg)
        return found[0]

    @cached_property
    def operation(self) -> Endpoint:
        """What the handler declares. Raises TypeError for what none may declare."""
        return Endpoint(self)

    def get_route_handler(self) -> Handler:
        """What FastAPI calls where it finds the route itself."""
        action, operation = self.action, self.operation

        async def handle(request: Request) -> Response:
            return await Exchange(request, action, operation).answer()

        return handle

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: what the router calls."""
        response = await Exchange(Request(scope, receive), self.action, self.operation).answer()
        await response(scope, receive, send)
