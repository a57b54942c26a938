"""Every operation: one Action, one name, declared errors, documents that can be read."""

import ast
import inspect
import json
import sys
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import APIRouter

from integration_api.access.actor import Role
from integration_api.access.operations import Operation, Relation
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.app import action_routes, create_app, fhir_routes
from integration_api.cli import main as commands
from integration_api.cli.catalogues import documents
from integration_api.demo.sandbox.router import router as sandbox_router
from integration_api.ledger.events import Event
from integration_api.resources.journal.notes import operations as notes_operations
from integration_api.resources.people.clinics import operations as clinics_operations
from integration_api.settings import Settings
from integration_api.web.openapi_forms import reached
from tests.document import follow, made_document, operations, whole
from tests.support import Json

ROOT = Path(__file__).parents[2]
DOCUMENT = made_document()
OPERATIONS = list(operations(DOCUMENT))
SCHEMAS = DOCUMENT["components"]["schemas"]


def test_a_route_without_an_action_cannot_be_made() -> None:
    router = APIRouter(route_class=ActionRoute)
    with pytest.raises(TypeError, match="exactly one operation"):

        @router.get("/undeclared")
        async def undeclared() -> None: ...


def test_a_route_with_two_actions_cannot_be_made() -> None:
    router = APIRouter(route_class=ActionRoute)
    with pytest.raises(TypeError, match="exactly one operation"):

        @router.get("/twice")
        async def twice(
            a: Annotated[Work, allow(notes_operations.SIGN_NOTE)], b: Annotated[Work, allow(notes_operations.READ_NOTE)]
        ) -> None: ...


def test_an_operation_that_nobody_may_ask_for_cannot_be_declared() -> None:
    with pytest.raises(TypeError, match="granted to some role"):
        Operation("thing:do", None)
    with pytest.raises(TypeError, match="granted to some role"):
        Operation("thing:do", None, {})
    with pytest.raises(TypeError, match="granted to some role"):
        Operation("thing:do", None, {Role.THERAPIST: Relation.TEAM}, is_public=True)


def test_a_route_cannot_name_an_operation_of_the_command_line() -> None:
    router = APIRouter(route_class=ActionRoute)
    with pytest.raises(TypeError, match="none of the command line"):

        @router.post("/clinics")
        async def create_clinic(work: Annotated[Work, allow(clinics_operations.CREATE_CLINIC)]) -> None: ...


def test_the_application_refuses_to_start_with_a_plain_route(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = APIRouter()

    @plain.get("/plain")
    async def plain_route() -> None: ...

    monkeypatch.setattr("integration_api.app._routers", lambda: [plain])
    with pytest.raises(TypeError, match="name no operation"):
        create_app(Settings())


def declared() -> dict[str, Operation]:
    """Every record of the product, by the name it is declared under."""
    found: dict[str, Operation] = {}
    for module in [module for name, module in sys.modules.items() if name.startswith("integration_api.")]:
        found |= {name: thing for name, thing in vars(module).items() if isinstance(thing, Operation)}
    return found


def test_one_operation_one_record_one_route() -> None:
    records = declared()
    assert len({record.action for record in records.values()}) == len(records), "an Action is used twice"
    of_sandbox = [route for route in sandbox_router.routes if isinstance(route, ActionRoute)]
    routes = [*action_routes(), *fhir_routes(), *of_sandbox]
    served = {route.name.upper(): route.operation for route in routes}
    assert served == {name: record for name, record in records.items() if not record.is_command}


@pytest.mark.parametrize("route", [*action_routes(), *fhir_routes()], ids=lambda route: route.name)
def test_an_operation_has_one_name(route: ActionRoute) -> None:
    """The handler calls the service function of its own name; health answers by itself."""
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(inspect.getsource(route.endpoint)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert route.name in called or "health" in (route.tags or [])


def test_one_method_a_route() -> None:
    assert all(len(route.methods or ()) == 1 for route in [*action_routes(), *fhir_routes()])


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=[o["operationId"] for *_, o in OPERATIONS])
def test_an_operation_can_be_understood_from_its_document(path: str, method: str, operation: Json) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    text = json.dumps(operation)
    assert '"$ref": "#/components/schemas/HTTPValidationError"' not in text
    body = operation.get("requestBody")
    if body is not None:
        assert has_example(body["content"]["application/json"]["schema"]), "no example body"
    for parameter in operation["parameters"]:
        assert parameter.get("description"), f"{path}: {parameter['name']} is not described"
    responses = operation["responses"]
    successes = [answer for status, answer in responses.items() if status.startswith("2")]
    assert len(successes) - ("206" in responses) == 1, "one success, or the whole and a part of it"
    for answer in successes:
        if "content" in answer:
            for media_type, content in answer["content"].items():
                is_text = media_type.startswith("text/")  # no schema describes it
                assert content["example"] if is_text else has_example(content["schema"]), "no example answer"
    assert {"422", "500", "503"} <= set(responses)


def has_example(schema: Json) -> bool:
    """Whether the schema of a body, or what it refers to, has an example; that of a page stands by its items."""
    parts = [follow(DOCUMENT, part) for part in schema.get("anyOf", [schema])]
    if [*parts[0].get("properties", ())] == ["items", "next_cursor"]:
        return has_example(parts[0]["properties"]["items"]["items"])
    return any(part.get("examples") for part in parts)


def test_every_field_is_described_and_unknown_ones_are_refused() -> None:
    """`tests/web/test_openapi_forms.py` says which schemas are open: those of answers."""
    sent = reached(SCHEMAS, [operation.get("requestBody") for *_, operation in OPERATIONS])
    assert len(sent) > 60
    for name, extending in SCHEMAS.items():
        if extending.get("type") != "object" and ("allOf" not in extending or name.endswith("Problem")):
            continue
        schema = whole(SCHEMAS, extending)
        assert name not in sent or schema.get("additionalProperties") is False, f"{name} accepts unknown fields"
        for field, part in schema.get("properties", {}).items():
            referred = SCHEMAS.get(part.get("$ref", "").rsplit("/", 1)[-1], {})
            assert part.get("description", referred.get("description")), f"{name}.{field} is not described"


def test_the_committed_documents_are_those_of_the_code() -> None:
    assert commands  # its Statements are in the catalogue too
    stale = [str(path) for path, text in documents().items() if (ROOT / path).read_text("utf-8") != text]
    assert stale == [], "run `make docs`"


def test_events_are_named_for_what_happened_to_a_resource() -> None:
    assert len(Event.known) > 100
    assert all(event.count(".") == 1 for event in Event.known)
    assert all(len(event) <= 40 for event in Event.known)
