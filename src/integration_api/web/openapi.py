"""The OpenAPI document: one error shape, an example on every operation, the errors that every route can give."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from integration_api.web import errors as e
from integration_api.web.problems import PROBLEM

Json = dict[str, Any]

_EVERYWHERE = (e.Invalid, e.InternalError, e.Unavailable, e.Overloaded)
_WITH_BODY = (e.BadRequest, e.TooLarge, e.UnsupportedMediaType)
_WITH_VERSION = (e.StaleVersion, e.VersionRequired)
_KEY_HEADER: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Send the same key with every retry of one request: it is done once, and the answer is given again; "
    "where the answer held a secret, 409 `shown-once` instead.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "example": "9f1c7a52-evening-entry",
}
_PROBLEM: Json = {
    "title": "Problem",
    "description": "A refusal (RFC 9457). `code` is stable and what a program reads; `errors` names refused fields.",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "request_id", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}


def problems(*classes: type[e.ApiError]) -> dict[int | str, dict[str, Any]]:
    """Declare the errors of a route beside those that every route can give: `responses=problems(IdTaken)`."""
    declared: dict[int | str, dict[str, Any]] = {}
    for cls in classes:
        declared.setdefault(cls.status, {"x-codes": []})["x-codes"].append(cls.code)
    return declared


def builder(app: FastAPI, is_public: Callable[[str], bool]) -> Callable[[], Json]:
    """What `app.openapi` becomes. `is_public` tells, by operation id, whether no sign-in is needed."""

    def build() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, is_public)
        return app.openapi_schema

    return build


def _document(app: FastAPI, is_public: Callable[[str], bool]) -> Json:
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = _PROBLEM
    document["components"]["securitySchemes"] = {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "The access token of `POST /v1/auth/tokens`.",
        }
    }
    for path in document["paths"].values():
        for method, operation in path.items():
            public = is_public(operation["operationId"])
            _finish(operation, method, schemas, is_public=public)
    return document


def _finish(operation: Json, method: str, schemas: Json, *, is_public: bool) -> None:
    operation["security"] = [] if is_public else [{"bearer": []}]
    parameters = operation.setdefault("parameters", [])
    if method == "post" and not is_public:
        parameters.append(deepcopy(_KEY_HEADER))
    for parameter in parameters:
        if parameter["in"] == "path":
            parameter.setdefault("description", "Its id.")
            parameter.setdefault("example", "019ab0de-0000-7000-8000-000000000004")
    _add_examples(operation, schemas)
    _add_problems(operation, method, is_public=is_public)


def _add_examples(operation: Json, schemas: Json) -> None:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    contents = [body] if body else []
    contents += [
        answer["content"]["application/json"]
        for status, answer in operation["responses"].items()
        if status.startswith("2") and "application/json" in answer.get("content", {})
    ]
    for content in contents:
        content["example"] = example_of(content["schema"], schemas)


def example_of(schema: Json, schemas: Json) -> Any:  # noqa: ANN401  any JSON value
    """The example of a schema: its own, or made from its parts."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas)
    if "examples" in schema:
        return schema["examples"][0]
    if schema.get("type") == "array":
        return [example_of(schema["items"], schemas)]
    if "properties" in schema:
        return {name: example_of(part, schemas) for name, part in schema["properties"].items()}
    if "anyOf" in schema and {"type": "null"} in schema["anyOf"]:
        referred = next((part for part in schema["anyOf"] if "$ref" in part), None)
        return example_of(referred, schemas) if referred else None
    return schema.get("default", schema.get("type", "…"))


def _add_problems(operation: Json, method: str, *, is_public: bool) -> None:
    responses = operation["responses"]
    known = {cls.code: cls for cls in e.catalogue()}
    declared: dict[int, list[type[e.ApiError]]] = {}
    for status, answer in list(responses.items()):
        for code in answer.pop("x-codes", []):
            declared.setdefault(int(status), []).append(known[code])
    for cls in _common(operation, method, is_public=is_public):
        declared.setdefault(cls.status, []).insert(0, cls)
    for status, classes in sorted(declared.items()):
        responses[str(status)] = _problem_answer(dict.fromkeys(classes))


def _common(operation: Json, method: str, *, is_public: bool) -> Iterable[type[e.ApiError]]:
    yield from _EVERYWHERE
    if "requestBody" in operation:
        yield from _WITH_BODY
    if not is_public:
        yield e.Unauthenticated
        yield e.Forbidden
        yield e.SecondFactorRequired
        yield e.NotFound
        yield e.TooManyRequests
        if method == "post":
            yield e.RequestInProgress
            yield e.KeyReused
    if any(parameter["name"].lower() == "if-match" for parameter in operation["parameters"]):
        yield from _WITH_VERSION


def _problem_answer(classes: Iterable[type[e.ApiError]]) -> Json:
    return {
        "description": " · ".join(f"`{cls.code}`: {cls.default_detail()}" for cls in classes),
        "content": {
            PROBLEM: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {
                    cls.code: {
                        "value": {
                            "type": "about:blank",
                            "title": cls.title,
                            "status": cls.status,
                            "code": cls.code,
                            "detail": cls.default_detail(),
                            "request_id": "5f0c2c3d9a1b4e6f8a7b6c5d4e3f2a1b",
                            "errors": [],
                        }
                    }
                    for cls in classes
                },
            }
        },
    }
