"""The OpenAPI document for those who generate clients: headers, open answers, names of enumerations, plain words."""

import re
from collections import Counter
from itertools import chain

import pytest

from integration_api.access.operations import list_actions
from integration_api.app import action_routes
from integration_api.ledger.events import Event
from integration_api.web.errors import catalogue
from integration_api.web.idempotency import METHODS
from integration_api.web.openapi_forms import below, open_answers, reached, write_null_short
from integration_api.web.openapi_references import share_names
from tests.document import follow, made_document, operations, problem_codes, whole
from tests.support import Json

MAX_SUMMARY_CHARACTERS = 100
DOCUMENT = made_document()
SCHEMAS: Json = DOCUMENT["components"]["schemas"]
OPERATIONS = [operation for _, _, operation in operations(DOCUMENT)]
ROUTES = {route.name: route for route in action_routes()}
SENT = reached(SCHEMAS, [operation.get("requestBody") for operation in OPERATIONS])
ANSWERED = reached(SCHEMAS, [operation["responses"] for operation in OPERATIONS])


def parameter(operation: Json, name: str) -> Json | None:
    """The header of this name that an operation takes."""
    found = [each for each in operation["parameters"] if (each["in"], each["name"]) == ("header", name)]
    return found[0] if found else None


def success(operation: Json) -> Json:
    """The successful answer of an operation; 206 is a part of one."""
    [found] = [answer for status, answer in operation["responses"].items() if status[0] == "2" and status != "206"]
    answer: Json = found
    return answer


def test_if_match_is_required_of_each_operation_that_answers_428_without_it() -> None:
    for operation in OPERATIONS:
        header = parameter(operation, "If-Match")
        needs_it = any(d.name == "expected_version" for d in ROUTES[operation["operationId"]].dependant.dependencies)
        told = problem_codes(operation["responses"].get("428", {}))
        assert (header is not None) == needs_it == ("version-required" in told)
        assert header is None or (header["required"], header["schema"]) == (True, {"type": "string"})


def test_each_get_with_an_etag_takes_if_none_match_and_tells_304() -> None:
    tagged = 0
    for operation in OPERATIONS:
        is_get = "GET" in (ROUTES[operation["operationId"]].methods or ())
        has_tag = is_get and "ETag" in success(operation)["headers"]
        tagged += has_tag
        assert (parameter(operation, "If-None-Match") is not None) == has_tag == ("304" in operation["responses"])
    assert tagged > 10


def test_each_operation_that_takes_a_key_tells_of_the_stored_response() -> None:
    for operation in OPERATIONS:
        route = ROUTES[operation["operationId"]]
        is_keyed = bool(METHODS & (route.methods or set())) and not route.operation.is_public
        assert (parameter(operation, "Idempotency-Key") is not None) == is_keyed
        if is_keyed:
            header = follow(DOCUMENT, success(operation)["headers"]["Idempotency-Replayed"])
            assert not header.get("required", False)


def test_bodies_are_closed_and_answers_are_open() -> None:
    """A new field of an answer breaks no strict client, and no field of a body is ignored."""
    assert SENT.isdisjoint(name for name in ANSWERED if "properties" in SCHEMAS[name])
    for name, schema in SCHEMAS.items():
        closed = [node for node in below(schema) if node.get("additionalProperties") is False]
        if name in SENT and schema.get("type") == "object":
            assert closed == [schema], f"{name} ignores unknown fields"
        elif name in ANSWERED:
            assert closed == [], f"{name} can have no new field"


def test_every_enumeration_has_a_name() -> None:
    parts = [*(part for schema in SCHEMAS.values() for part in whole(SCHEMAS, schema)["properties"].values())]
    parts += [parameter for operation in OPERATIONS for parameter in operation["parameters"]]
    unnamed = [node for part in parts for node in below(part) if {"enum", "x-extensible-enum"} & node.keys()]
    assert unnamed == []


def test_words_of_which_more_may_come_are_open_enumerations() -> None:
    actions: Json = {}
    list_actions(actions)
    known = {
        "ProblemCode": sorted({cls.code for cls in catalogue()}),
        "EventName": sorted(Event.known),
        "ActionName": actions["x-extensible-enum"],
    }
    for name, words in known.items():
        assert (SCHEMAS[name]["type"], SCHEMAS[name]["x-extensible-enum"]) == ("string", words)
        assert "enum" not in SCHEMAS[name]
    assert SCHEMAS["Problem"]["properties"]["code"] == {"$ref": "#/components/schemas/ProblemCode"}
    assert {route.operation.action for route in ROUTES.values()} <= set(known["ActionName"])
    for name, field, words in (
        ("LedgerEntry", "event", "EventName"),
        ("Access", "event", "EventName"),
        ("Notice", "event", "EventName"),
        ("LedgerEntry", "action", "ActionName"),
        ("CrisisResource", "how", "CrisisContactMethod"),
    ):
        assert whole(SCHEMAS, SCHEMAS[name])["properties"][field]["$ref"] == f"#/components/schemas/{words}"


def test_names_of_schemas_are_names_in_every_language() -> None:
    assert [name for name in SCHEMAS if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name)] == []
    titled = [name for name, schema in SCHEMAS.items() for node in below(schema) if isinstance(node.get("title"), str)]
    assert titled == []


def test_a_type_that_may_be_null_is_one_list_of_types() -> None:
    for node in chain(below(DOCUMENT["components"]), below(DOCUMENT["paths"])):
        beside = [part for part in node.get("anyOf", ()) if part != {"type": "null"}]
        assert len(beside) != 1 or "$ref" in beside[0], node


def test_no_parameter_and_no_body_is_null() -> None:
    for operation in OPERATIONS:
        content = operation.get("requestBody", {}).get("content", {}).values()
        for part in [*operation["parameters"], *content]:
            assert {"type": "null"} not in part["schema"].get("anyOf", ())
            assert "null" not in part["schema"].get("type", ())


def test_opening_hours_have_named_ends_in_both_directions() -> None:
    given = SCHEMAS["ClinicUpdate"]["properties"]["hours"]["additionalProperties"]
    shown = whole(SCHEMAS, SCHEMAS["Clinic"])["properties"]["hours"]["additionalProperties"]
    for part, name in ((given["items"], "OpeningHoursGiven"), (shown["items"], "OpeningHours")):
        assert part == {"$ref": f"#/components/schemas/{name}"}
        assert set(SCHEMAS[name]["required"]) == {"opens", "closes"}


def test_the_document_says_where_it_holds_and_whom_to_ask() -> None:
    assert DOCUMENT["servers"][0]["url"] == "/"
    assert DOCUMENT["info"].keys() >= {"title", "description", "version", "contact", "license"}


@pytest.mark.parametrize("operation", OPERATIONS, ids=[each["operationId"] for each in OPERATIONS])
def test_a_summary_is_a_written_clause(operation: Json) -> None:
    summary = operation["summary"]
    assert re.fullmatch(r"[A-Z]\S*( \S*[^.:;\s])+", summary)
    more = operation["description"]
    assert more == summary + "." or not more.startswith(summary), "it says the summary again"
    assert summary != operation["operationId"].replace("_", " ").title()
    assert len(summary) <= MAX_SUMMARY_CHARACTERS


def test_no_two_operations_have_one_summary() -> None:
    counts = Counter(operation["summary"] for operation in OPERATIONS)
    assert [summary for summary, count in counts.items() if count > 1] == []


# ── the functions that do it ──


def test_null_is_written_short_beside_a_type_but_not_beside_a_reference() -> None:
    part: Json = {
        "a": {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "null"}], "description": "A."},
        "b": {"anyOf": [{"$ref": "#/b"}, {"type": "null"}]},
        "c": {"anyOf": [{"type": "string", "enum": ["x"]}, {"type": "null"}]},
        "d": {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]},
        "example": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    }
    kept = {name: dict(part[name]) for name in ("b", "c", "d", "example")}
    write_null_short(part)
    assert part.pop("a") == {"type": ["string", "null"], "maxLength": 3, "description": "A."}
    assert part == kept


def test_what_an_answer_refers_to_is_opened_and_nothing_else() -> None:
    closed = {"type": "object", "additionalProperties": False}
    schemas: Json = {
        "Thing": {**closed, "properties": {"part": {"items": {"$ref": "#/components/schemas/Part"}}}},
        "Part": {**closed, "properties": {"inner": dict(closed)}},
        "ThingCreate": dict(closed),
    }
    open_answers(schemas, [{"schema": {"$ref": "#/components/schemas/Thing"}}])
    assert [name for name, schema in schemas.items() for node in below(schema) if "additionalProperties" in node] == [
        "ThingCreate"
    ]


def test_two_enumerations_cannot_share_a_name() -> None:
    schemas: Json = {"A": {"properties": {"x": {"title": "Word", "enum": ["a"]}}}}
    share_names(schemas, [schemas])
    assert schemas["A"]["properties"]["x"] == {"$ref": "#/components/schemas/Word"}
    with pytest.raises(ValueError, match="Word"):
        share_names(schemas, [{"title": "Word", "enum": ["b"]}])
