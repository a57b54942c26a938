"""One operation: its handler's declaration, read once, and its call on every request.

FastAPI reads the handler's signature, refuses an impossible one, and documents it. A handler may declare the Work, one
JSON body, parameters (path, query, header), and values that plain functions make of those. An Endpoint looks for
nothing else, so it sets up no exit stack, thread or stream for a request.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from functools import cached_property
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction
from typing import Annotated, Any

from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import ConfigDict, TypeAdapter, ValidationError
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from integration_api.web.errors import FieldError
from integration_api.web.protocol_errors import BadRequest

_ABSENT = object()
_PLACES = ("body", "query", "path", "header")


_LITERALS = {"integer": re.compile(r"-?(0|[1-9][0-9]{0,17})"), "boolean": re.compile("true|false")}
"""The text of a parameter that stands for a JSON value other than a string, by its declared type."""


class Given:
    """A dependency whose value comes from the caller of the Endpoint."""


class Endpoint:
    """A handler, ready to be called with a request."""

    def __init__(self, route: APIRoute) -> None:
        """Read the declaration. Raises TypeError if it holds what no operation may declare."""
        self._handler: Any = route.endpoint
        self._parameters = _Parameters(route.dependant)
        self.query_names = frozenset(self._parameters.names("query"))
        self.header_names = frozenset(self._parameters.names("header"))
        self.takes_body = bool(route.dependant.body_params)
        self._bodies: list[Any] = [field.field_info.annotation for field in route.dependant.body_params]
        self._status = route.status_code or 200
        self._answer = None if route.response_model is None else TypeAdapter[object](route.response_model)
        self._render: Callable[[object], Response] = self._as_json

    def rendered_by(self, render: Callable[[object], Response]) -> "Endpoint":
        """Return the same declaration, with another function that makes a response of the handler's value."""
        other = copy(self)
        other._render = render
        return other

    @cached_property
    def field_names(self) -> frozenset[str]:
        """Return every name that the document gives to a field, a key, a parameter or a place.

        An error may repeat these and no others.
        """
        names = {*_PLACES, *(name for place in _PLACES for name in self._parameters.names(place))}
        for body in self._bodies:
            names.update(names_in(TypeAdapter[object](body).json_schema()))
        return frozenset(names)

    async def call(self, request: Request, body: bytes, given: object) -> Response:
        """Return the handler's response. `body` is strict JSON, or empty if there was none.

        Raises RequestValidationError if the request is not as declared.
        """
        errors: list[Any] = []
        values = self._parameters.values(_Sources(request, body), given, errors)
        if errors:
            raise RequestValidationError(errors)
        found = await self._handler(**values)
        if isinstance(found, Response):  # a stream, which no schema describes
            return found
        return self._render(found)

    def _as_json(self, found: object) -> Response:
        if self._answer is None:
            return Response(status_code=self._status)
        return Response(self._answer.dump_json(found), self._status, media_type="application/json")


class _Sources(dict[str, Mapping[str, Any]]):
    """The sources of values; the query is parsed only if there is one."""

    def __init__(self, request: Request, body: bytes) -> None:
        super().__init__(
            path=request.path_params,
            query=request.query_params if request.scope["query_string"] else {},
            header=request.headers,
            body={"": body} if body else {},
        )


class _Parameters:
    """The parameters of one signature: fields of the request, and values made by further functions."""

    def __init__(self, dependant: Dependant) -> None:
        fields = {
            "path": dependant.path_params,
            "query": dependant.query_params,
            "header": dependant.header_params,
            "body": dependant.body_params,
        }
        _refuse_more_than_is_served(dependant)
        self._fields = tuple(
            (field, source, "" if source == "body" else field.alias, _reader(field, source))
            for source, found in fields.items()
            for field in found
        )
        self._given = tuple(d.name for d in dependant.dependencies if isinstance(d.call, Given))
        self._made = tuple(
            (d.name, d.call, _Parameters(d)) for d in dependant.dependencies if not isinstance(d.call, Given)
        )

    def names(self, wanted: str) -> Iterator[str]:
        """Yield the parameters of one source."""
        yield from (alias for _, source, alias, _ in self._fields if source == wanted)
        for _, _, below in self._made:
            yield from below.names(wanted)

    def values(self, sources: _Sources, given: object, errors: list[Any]) -> dict[str, Any]:
        """Return the arguments; add the faults of the request to `errors`."""
        values: dict[str, Any] = {}
        for name, make, below in self._made:
            found = len(errors)
            arguments = below.values(sources, given, errors)
            if len(errors) == found:
                values[str(name)] = make(**arguments)  # type: ignore[misc]  # FastAPI made sure that it is callable
        for field, source, alias, read in self._fields:
            raw = sources[source].get(alias, _ABSENT)
            if raw is _ABSENT and not field.field_info.is_required():
                values[field.name] = field.get_default()
                continue
            where = (source, alias) if alias else (source,)
            if raw is _ABSENT:
                errors.append({"type": "missing", "loc": where, "msg": "Field required", "input": None})
                continue
            try:
                values[field.name] = read(raw)
            except ValidationError as error:
                wrong = error.errors(include_url=False, include_input=False)
                errors += ({**detail, "loc": (*where, *detail["loc"])} for detail in wrong)
        for name in self._given:
            values[str(name)] = given
        return values


def _reader(field: ModelField, source: str) -> Callable[[Any], object]:
    """Return the function that reads a field's value by its declared type. It raises ValidationError.

    Everything is read as JSON, by strict types: a value of another JSON type is refused, never converted. A body's
    schema says so itself (`Schema`); a parameter is text that becomes JSON first.
    """
    declared: Any = field.field_info.annotation
    if source == "body":
        return TypeAdapter[object](declared).validate_json
    declared = Annotated[declared, field.field_info]
    adapter = TypeAdapter[object](declared, config=ConfigDict(strict=True))
    schema = adapter.json_schema()
    types = {part.get("type") for part in (schema, *schema.get("anyOf", ()))}
    literal = next((form for kind, form in _LITERALS.items() if kind in types), None)

    def read(text: str) -> object:
        is_literal = literal is not None and literal.fullmatch(text)
        return adapter.validate_json(text if is_literal else json.dumps(text))

    return read


def check_given_once(query: QueryParams) -> None:
    """Raise BadRequest if a known parameter is given twice: no operation takes a list of values."""
    given = query.multi_items()
    if len(given) == len(query):
        return
    counts = Counter(name for name, _ in given)
    doubled = sorted(name for name, count in counts.items() if count > 1)
    errors = [FieldError(field=f"query.{name}", code="given_twice", message="give it once") for name in doubled]
    raise BadRequest("A parameter is given twice.", errors=errors)


def names_in(schema: object) -> Iterator[str]:
    """Yield the names of the fields that a JSON schema declares, and the keys that it lists."""
    if isinstance(schema, dict):
        yield from schema.get("properties", ())
        yield from schema.get("propertyNames", {}).get("enum", ())
        for part in schema.values():
            yield from names_in(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from names_in(part)


def _refuse_more_than_is_served(dependant: Dependant) -> None:
    """Raise TypeError for a declaration that FastAPI would serve and an Endpoint does not."""
    given = (
        dependant.cookie_params,
        dependant.request_param_name,
        dependant.http_connection_param_name,
        dependant.websocket_param_name,
        dependant.response_param_name,
        dependant.background_tasks_param_name,
        dependant.security_scopes_param_name,
        len(dependant.body_params) > 1,
        any(_is_no_plain_function(d.call) for d in dependant.dependencies if not isinstance(d.call, Given)),
    )
    if any(given):
        msg = f"{dependant.path} declares more than parameters, plain functions of them, and one JSON body"
        raise TypeError(msg)


def _is_no_plain_function(call: object) -> bool:
    return iscoroutinefunction(call) or isgeneratorfunction(call) or isasyncgenfunction(call)
