"""The OpenAPI document: one error shape, an example for every operation, the errors that every route can return."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from integration_api.web import errors as e
from integration_api.web import protocol_errors as p
from integration_api.web.idempotency import METHODS
from integration_api.web.openapi_components import Components, drop_title
from integration_api.web.openapi_examples import Json
from integration_api.web.openapi_forms import never_null
from integration_api.web.openapi_references import name_pages
from integration_api.web.token_errors import TOKEN_PROBLEMS

_EVERYWHERE = (p.BadRequest, e.Invalid, e.InternalError, e.Unavailable, p.Overloaded)
_SIGNED_IN = (
    *(*_EVERYWHERE, *TOKEN_PROBLEMS, e.TooManyRequests),
    *(e.Forbidden, e.SecondFactorRequired, e.NotFound),
)
"""Errors of all operations, and of all but public ones: their `default`, but for statuses to which one adds others."""
_WITH_KEY = (e.RequestInProgress, e.KeyReused)
_WITH_BODY = (p.TooLarge, p.UnsupportedMediaType)
_WITH_VERSION = (e.StaleVersion, e.VersionRequired)
_KEY_HEADER: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Send the same key with every retry of one request. It is done once, and a retry gets the first "
    "response again, with the header `Idempotency-Replayed: true`. If that held a secret, it gets 409 `shown-once`.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "example": "9f1c7a52-evening-entry",
}
_MATCH_HEADER: Json = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag you read; the change is made only to that version.",
    "schema": {"type": "string"},
    "example": '"3-9f1c7a52"',
}
_NONE_MATCH_HEADER: Json = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of what you have; if it is still the same, the response is 304 without a body.",
    "schema": {"type": "string"},
    "example": '"3-9f1c7a52"',
}


def problems(*classes: type[e.ApiError]) -> dict[int | str, dict[str, Any]]:
    """Declare the errors of a route, beside those of every route: `responses=problems(IdTaken)`."""
    declared: dict[int | str, dict[str, Any]] = {}
    for cls in classes:
        declared.setdefault(cls.status, {"x-problems": []})["x-problems"].append(_name(cls))
    return declared


def declared_problems(responses: Mapping[int | str, dict[str, Any]]) -> list[type[e.ApiError]]:
    """Return the classes that a route declared by `problems`."""
    known = {_name(cls): cls for cls in e.every_class()}
    return [known[name] for answer in responses.values() for name in answer.get("x-problems", ())]


def _name(cls: type[e.ApiError]) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


TAGGED: dict[int | str, dict[str, Any]] = {204: {"x-etag": True}}
"""A response without a body but with the ETag of a larger thing: `responses=TAGGED | problems(...)`."""
TAGGED_BODY: dict[int | str, dict[str, Any]] = {200: {"x-etag": True}}
"""A response with an ETag, although its body has no version of its own."""


def builder(app: FastAPI, public: Mapping[str, bool]) -> Callable[[], Json]:
    """Return the function to set as `app.openapi`.

    `public` has the id of each operation that needs no sign-in, and whether it answers for whom a token names.
    """

    def build() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, public)
        return app.openapi_schema

    return build


def _document(app: FastAPI, public: Mapping[str, bool]) -> Json:
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
        servers=app.servers,
        contact=app.contact,
        license_info=app.license_info,
    )
    name_pages(document)
    schemas = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    components = Components(schemas)
    operations = [(p, m, found) for p, methods in document["paths"].items() for m, found in methods.items()]
    for path, method, operation in operations:
        name = operation["operationId"]
        if name in public:
            operation["security"] = [{}, {"bearer": []}] if public[name] else []
        _finish(operation, path, method, components, is_public=name in public)
    components.share_parameters(operation for *_, operation in operations)
    document["components"] = components.as_json([operation for *_, operation in operations])
    document["security"] = [{"bearer": []}]  # of every operation that names no other
    return document


def _finish(operation: Json, path: str, method: str, components: Components, *, is_public: bool) -> None:
    operation["summary"], operation["description"] = _split(operation["description"])
    is_keyed = method.upper() in METHODS and not is_public
    parameters = [
        _MATCH_HEADER if parameter["name"] == "If-Match" else parameter for parameter in operation.get("parameters", ())
    ]
    parameters += [_KEY_HEADER] if is_keyed else []
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body:
        body["schema"] = never_null(body["schema"])
        drop_title(body["schema"], "body")
        components.add_example(body["schema"])
    responses = operation["responses"]
    for status in [status for status in responses if status.startswith("2")]:
        is_tagged, responses[status] = components.success(status, responses[status], is_keyed=is_keyed)
        if is_tagged and method == "get":
            responses["304"] = components.not_modified()
            parameters.append(_NONE_MATCH_HEADER)
    for parameter in parameters:
        _finish_parameter(parameter)
    operation["parameters"] = parameters
    _add_problems(operation, path, method, components, is_public=is_public)


def _finish_parameter(parameter: Json) -> None:
    schema = parameter["schema"]
    drop_title(schema, parameter["name"])
    if schema.get("description") == parameter.get("description"):
        schema.pop("description", None)  # FastAPI writes it in both
    parameter["schema"] = never_null(schema)
    if parameter["in"] == "path":
        parameter.setdefault("description", "Its id.")
        examples = schema.get("examples", ["019ab0de-0000-7000-8000-000000000004"])
        parameter.setdefault("example", examples[0])


def _split(description: str) -> tuple[str, str]:
    """Return the first clause without its full stop, and the rest; if there is no rest, the clause as it is."""
    summary, *rest = re.split(r"[.:;](?:\s+|$)", description, maxsplit=1)
    more = rest[0] if rest and rest[0] else description
    return summary, more[0].upper() + more[1:]


def _add_problems(operation: Json, path: str, method: str, components: Components, *, is_public: bool) -> None:
    """Declare the problems that an operation can answer with.

    A status whose problems are all in `default` is left to that. Yet each operation names a 4xx. If no other
    stands by itself, it is 404 for an address with an id, 422 for a public operation, and 429 for any other.
    """
    kept = e.NotFound if "{" in path else e.Invalid if is_public else e.TooManyRequests
    responses, common = operation["responses"], [*_common(operation, method, is_public=is_public)]
    name, default = _default_of(common, is_public=is_public)
    declared: dict[int, list[type[e.ApiError]]] = {}
    for cls in [*declared_problems(responses), *common]:
        declared.setdefault(cls.status, []).append(cls)
    named = {status for status, classes in declared.items() if not set(classes) <= set(default)}
    named = named if any(status < e.InternalError.status for status in named) else {*named, kept.status}
    for status, classes in declared.items():
        if status in named:
            responses[str(status)] = components.problem(status, classes)
        else:
            responses.pop(str(status), None)
    operation["responses"] = {**dict(sorted(responses.items())), "default": components.default(name, default)}


def _default_of(common: list[type[e.ApiError]], *, is_public: bool) -> tuple[str, list[type[e.ApiError]]]:
    """Return the name of an operation's `default` response, and the problems in it: by what the operation takes."""
    name, default = ("default.public", [*_EVERYWHERE]) if is_public else ("default", [*_SIGNED_IN])
    for word, more in (("key", _WITH_KEY), ("body", _WITH_BODY), ("version", _WITH_VERSION)):
        if set(more) <= set(common):
            name, default = f"{name}.{word}", [*default, *more]
    return name, default


def _common(operation: Json, method: str, *, is_public: bool) -> Iterable[type[e.ApiError]]:
    yield from _EVERYWHERE
    if "requestBody" in operation:
        yield from _WITH_BODY
    if not is_public:
        yield from _SIGNED_IN
        if method.upper() in METHODS:
            yield from _WITH_KEY
    if any(parameter["name"] == "If-Match" for parameter in operation["parameters"]):
        yield from _WITH_VERSION
