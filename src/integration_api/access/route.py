"""Routes that name their Action.

`allow(Action)` in a handler's signature is the only way to a Work, and so to the database. A route without
exactly one Action cannot be made, so the application does not start with one.
"""

from collections.abc import Iterator
from typing import Any, cast

from fastapi import Depends
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from integration_api.access.actions import Action
from integration_api.access.exchange import Exchange, Handler
from integration_api.access.policy import POLICY, PUBLIC
from integration_api.access.work import Work

__all__ = ["ActionRoute", "allow"]


class Allowed:
    """The dependency that hands a handler its Work; it carries the Action for the route to find."""

    def __init__(self, action: Action) -> None:
        """Made by `allow`."""
        self.action = action

    async def __call__(self, request: Request) -> Work:
        """The Work that the route began."""
        return cast(Work, request.scope["state"]["work"])


def allow(action: Action) -> Any:  # noqa: ANN401  what Depends returns is Any
    """Name the Action of an operation: `work: Annotated[Work, allow(Action.NOTE_SIGN)]`."""
    return Depends(Allowed(action))


class ActionRoute(APIRoute):
    """A route of one Action."""

    @property
    def action(self) -> Action:
        """The one Action that the handler names. Raises TypeError for none or several."""
        return _action_of(self.dependant)

    def get_route_handler(self) -> Handler:
        """FastAPI's own handling of the request, inside one unit of work."""
        action = _action_of(self.dependant)
        if (action in PUBLIC) == (action in POLICY):
            msg = f"{action} must be either public or in the policy table"
            raise TypeError(msg)
        inner, takes_body = super().get_route_handler(), self.body_field is not None
        parameters = frozenset(_query_names(self.dependant))

        async def handle(request: Request) -> Response:
            return await Exchange(request, action, inner, parameters, takes_body=takes_body).answer()

        return handle


def _query_names(dependant: Dependant) -> Iterator[str]:
    yield from (field.alias for field in dependant.query_params)
    for below in dependant.dependencies:
        yield from _query_names(below)


def _action_of(dependant: Dependant) -> Action:
    found = [dependency.call.action for dependency in dependant.dependencies if isinstance(dependency.call, Allowed)]
    if len(found) != 1:
        msg = f"{dependant.path} names {len(found)} Actions; a route names exactly one"
        raise TypeError(msg)
    return found[0]
