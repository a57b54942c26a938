"""Field types: described once, shown in each body and answer that has the field (ADR 27)."""

from collections.abc import Iterator
from typing import Annotated

import pytest
from pydantic import MISSING, Field, TypeAdapter
from typing_extensions import TypedDict

from integration_api.web.openapi_examples import Json, example_of, lift, strip
from integration_api.web.schemas import (
    CreateSchema,
    Line,
    ReadSchema,
    Resource,
    Schema,
    example,
    example_with,
    response_part,
)
from tests.document import follow, made_document, operations, whole

BOUNDS = {"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "maxProperties", "pattern", "default"}
VALIDATED = {"Prompt", "PromptSet"}
"""Answers that are read from a file by validation, which keep their bounds."""
DOCUMENT = made_document()

Distress = Annotated[int, Field(ge=0, le=10, description="Distress, 0-10.", examples=[7])]
Word = Annotated[Line, Field(description="A word.", examples=["lake"])]


@response_part
class Told(TypedDict):
    word: Word
    distress: Distress | None


class Given(Schema):
    word: Word
    distress: Distress | None = None


class Facts(Schema):
    distress: Distress | None = None
    other: int | None = Field(default=None, description="It has no example.")
    words: list[Word] = Field(default_factory=list, description="Words.", examples=[["lake"]])


class Thing(Facts, Resource):
    model_config = example_with({"id": "019ab0de-0000-7000-8000-000000000001", "distress": None})

    told: list[Told] = Field(description="Each has an example by its fields.")
    again: Told | None = Field(description="An object that may be null.")


class ThingCreate(Facts, CreateSchema):
    given: Given | None = Field(default=None, description="An object that may be left out.")


class ThingUpdate(Schema):
    model_config = example({"words": ["lake", "body"]})

    distress: Distress | None | MISSING = MISSING
    words: list[Word] | MISSING = Field(default=MISSING, description="All words.")


def shown(model: type) -> tuple[Json, dict[str, Json]]:
    """The schema of a model as an answer, and those that it refers to."""
    made = TypeAdapter(model).json_schema(
        mode="serialization" if issubclass(model, ReadSchema) else "validation", ref_template="{model}"
    )
    schemas = made.pop("$defs", {})
    for schema in (made, *schemas.values()):
        lift(schema)
    return made, schemas


def test_a_field_that_may_be_null_is_described_as_one_that_may_not() -> None:
    for model in (Thing, ThingCreate, ThingUpdate):
        made, _ = shown(model)
        field = made["properties"]["distress"]
        assert (field["description"], field["examples"]) == ("Distress, 0-10.", [7])
        assert {"description", "examples"}.isdisjoint(field["anyOf"][0])


def test_a_description_by_the_field_wins() -> None:
    made, _ = shown(ThingUpdate)
    assert made["properties"]["words"]["description"] == "All words."


def test_bounds_are_told_of_bodies_alone() -> None:
    body, _ = shown(ThingCreate)
    answer, schemas = shown(Thing)
    assert body["properties"]["distress"]["anyOf"][0] == {"type": "integer", "minimum": 0, "maximum": 10}
    assert answer["properties"]["distress"]["anyOf"][0] == {"type": "integer"}
    assert BOUNDS.isdisjoint(answer["properties"]["words"]["items"])
    assert BOUNDS.isdisjoint(schemas["Told"]["properties"]["word"])


def test_an_answer_has_every_field_and_tells_no_default() -> None:
    answer, _ = shown(Thing)
    assert set(answer["required"]) == set(answer["properties"])
    assert all("default" not in field for field in answer["properties"].values())


def test_an_example_is_made_of_those_of_the_fields() -> None:
    told = {"word": "lake", "distress": 7}
    assert example_of(*shown(Thing)) == {
        "id": "019ab0de-0000-7000-8000-000000000001",
        "created_at": "2026-11-02T09:00:00Z",
        "updated_at": "2026-11-02T09:00:00Z",
        "version": 1,
        "distress": None,
        "other": None,
        "words": ["lake"],
        "told": [told],
        "again": told,
    }
    assert example_of(*shown(ThingCreate)) == {"distress": 7, "words": ["lake"], "given": told}


def test_an_example_of_its_own_is_taken_as_it_is() -> None:
    assert example_of(*shown(ThingUpdate)) == {"words": ["lake", "body"]}


def test_a_field_that_needs_an_example_and_has_none_is_refused() -> None:
    with pytest.raises(ValueError, match="needs an example: Why"):
        example_of({"properties": {"why": {"type": "string", "description": "Why."}}, "required": ["why"]}, {})


def test_the_document_has_an_example_once() -> None:
    made, schemas = shown(Thing)
    strip([made, *schemas.values()])
    assert "x-example-with" not in made
    assert all("examples" not in field for field in made["properties"].values())
    assert all("examples" not in field for field in schemas["Told"]["properties"].values())


# ── the product's own document ──


def referred(part: object) -> Iterator[str]:
    """The names of the schemas that a part of the document refers to."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if name == "$ref" and "/schemas/" in inner:
                yield inner.rsplit("/", 1)[-1]
            yield from referred(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from referred(inner)


def reached(parts: Iterator[object]) -> set[str]:
    """The names of the schemas that these parts refer to, and those refer to, and so on."""
    found: set[str] = set()
    todo = {name for part in parts for name in referred(part)}
    while todo:
        found |= todo
        todo = {name for known in todo for name in referred(DOCUMENT["components"]["schemas"][known])} - found
    return found


def bounded(part: object) -> bool:
    """Whether a schema names a bound or a default."""
    if isinstance(part, dict):
        return bool(BOUNDS & part.keys()) or any(bounded(v) for k, v in part.items() if k not in {"examples", "enum"})
    return isinstance(part, list) and any(bounded(inner) for inner in part)


ANSWERED = reached(
    follow(DOCUMENT, answer)
    for _, _, operation in operations(DOCUMENT)
    for status, answer in operation["responses"].items()
    if status.startswith("2")
)
SENT = reached(operation.get("requestBody", {}) for _, _, operation in operations(DOCUMENT))


@pytest.mark.parametrize("name", sorted(ANSWERED - SENT))
def test_an_answer_of_the_product_is_whole_and_without_bounds(name: str) -> None:
    schema = whole(DOCUMENT["components"]["schemas"], DOCUMENT["components"]["schemas"][name])
    assert set(schema.get("required", ())) == set(schema.get("properties", ()))
    assert bounded(list(schema.get("properties", {}).values())) == (name in VALIDATED)
