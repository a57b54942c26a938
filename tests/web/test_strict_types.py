"""A value of a type that the document does not name is refused, and named: in a body, a query, and a path."""

from collections.abc import Iterator
from functools import reduce
from itertools import starmap, zip_longest
from typing import Any
from urllib.parse import quote

import pytest

from integration_api.access.chart_lists import IDS_PATTERN
from integration_api.app import action_routes
from integration_api.resources.people.clinics.languages import LANGUAGE_TAG
from integration_api.resources.views.timeline.schemas import KINDS
from tests.databases import on_sqlite
from tests.document import follow, forms, made_document, operations
from tests.scene import Request, Scene, first_case, send
from tests.support import Api, Json, World
from tests.web.test_field_errors import BODIES, Place, body_with

pytestmark = pytest.mark.thorough

DOCUMENT = made_document()
TAKES_ANYTHING = {"record_observer_checks"}
"""From who has no account, of a patient in danger: one unreadable look never holds up the others, and is answered as
read wrongly. `test_observer_batches.py` has what is sent there."""
WRITING = [route for route in action_routes() if route.name in BODIES.keys() - TAKES_ANYTHING]
PARAMETERS = [
    (operation["operationId"], path, parameter)
    for path, _, operation in operations(DOCUMENT)
    for parameter in operation["parameters"]
    if parameter["in"] in ("query", "path")
]
OTHER_JSON: dict[str, list[object]] = {
    "string": [7, 1.5, True, [], ["x"], {}],
    "integer": ["1", "", 1.5, 1.0, True, [1], {}],
    "number": ["1", True, [1], {}],
    "boolean": ["true", "yes", 0, 1, [True], {}],
    "array": ["x", 1, True, {}],
    "object": ["x", 1, True, []],
}
OTHER_TEXT: dict[str, list[str]] = {
    "integer": ["1.0", "1.5", "+1", " 1", "1 ", "1_0", "1e1", "0x1", "01", "true", "one", "\u0663", ""],
    "boolean": ["True", "1", "0", "yes", "on", "t", " true", ""],
    "uuid": [
        "019ab0de00007000800000000000000a",
        "{019ab0de-0000-7000-8000-00000000000a}",
        "urn:uuid:019ab0de-0000-7000-8000-00000000000a",
        " 019ab0de-0000-7000-8000-00000000000a",
        "7",
    ],
    "date": ["1700000000000", "1700000000", "2026-11-28T00:00:00Z", "20261128", "2026-1-2", "2026-02-30", "28.11.2026"],
    "date-time": [
        "1700000000000",
        "1700000000",
        "2026-11-28",
        "2026-11-28T10:00:00",
        "2026-11-28T10:00Z",
        "2026-11-28 10:00:00Z",
        "2026-11-28_10:00:00Z",
        "2026-11-28T10:00:00+0100",
        "2026-11-28T10:00:00+25:00",
        "2026-11-28T25:00:00Z",
        "20261128T100000Z",
        "now",
    ],
}


NO_MORE = object()
TOGETHER = 25
"""Wrong values in one body: an answer names at most fifty errors."""
ANY_TEXT = {"cursor", "secret"}
"""Parameters that are any text: one that was not made here is no page, or no calendar."""
_INSTRUMENT = "[a-z][a-z0-9_]{1,39}"
OTHER_PATTERN: dict[str, list[str]] = {
    "^[A-Z]{2}$": ["us", "USA", "U", "U1", " US", ""],
    IDS_PATTERN: ["x", ",", "1,2", "019ab0de-0000-7000-8000-000000000003,", ""],
    "^[a-z][a-z0-9_]{1,39}$": ["PHQ9", "9phq", "p", "phq-9", " phq9", ""],
    f"^{_INSTRUMENT}(,{_INSTRUMENT}){{0,19}}$": ["PHQ9", "phq9,", ",phq9", "phq9, gad7", "phq9|gad7", ""],
    "^[A-Za-z][a-z0-9_]{0,39}$": ["9", "total score", "total-score", " total", ""],
    "^(19|20|21)[0-9]{2}-Q[1-4]$": ["2026", "2026-Q5", "2026-q1", "2026-01", "1826-Q1", ""],
    "^[A-Za-z0-9]{1,8}$": ["R-06", "R 06", "R06R06R06", ""],
    LANGUAGE_TAG: ["english", "e", "en_US", "en-", " en", ""],
    KINDS: ["Note", "note,", ",note", "note, plan", "note|plan", ""],
}


def parts_of(schema: Json) -> list[Json]:
    """The schemas of which a value must have one."""
    return forms(DOCUMENT, schema)


def wrong_values(schema: Json) -> Iterator[object]:
    """Values that a schema forbids by its type, its format, or its words."""
    parts = parts_of(schema)
    [kind] = {part["type"] for part in parts} - {"null"}
    if {"type": "null"} not in parts:
        yield None
    yield from OTHER_JSON[kind]
    for part in parts:
        yield from OTHER_TEXT.get(part.get("format", ""), ())
        yield from wrong_words(part)


def wrong_words(part: Json) -> Iterator[str]:
    """Words that resemble those of an enum."""
    words: list[str] = part.get("enum") or part.get("x-extensible-enum") or []
    yield from {word.upper() for word in words} | {f" {word}" for word in words} | {f"{word}\n" for word in words}


def places(schema: Json, at: Place = ()) -> Iterator[tuple[Place, Json]]:
    """Each place of a body that the document names, and its schema."""
    [part] = [part for part in parts_of(schema) if part != {"type": "null"}]
    if at:
        yield at, schema
    for name, below in part.get("properties", {}).items():
        yield from places(below, (*at, name))
    for name in follow(DOCUMENT, part.get("propertyNames", {})).get("enum", ()):
        yield from places(part["additionalProperties"], (*at, name))
    if "items" in part:
        yield from places(part["items"], (*at, 0))
    for index, below in enumerate(part.get("prefixItems", ())):
        yield from places(below, (*at, index))


@pytest.fixture(scope="module")
async def scene(api: Api) -> Scene:
    """Everything exists once; no request of these tests is done."""
    api.clock.reset()
    return await Scene.build(await World.build(api))


def joined(first: Any, second: Any) -> Any:
    """A body that has the places of both; neither has a place within one of the other's."""
    if isinstance(first, dict) and isinstance(second, dict):
        both = {name: joined(first[name], second[name]) for name in first.keys() & second.keys()}
        return first | second | both
    if isinstance(first, list) and isinstance(second, list):
        return [joined(one, other) for one, other in zip_longest(first, second)]
    return first if second is None else second


def rounds(schema: Json) -> Iterator[list[tuple[Place, object]]]:
    """Each place with each of its wrong values; those of one round are beside each other, and few enough to be named.

    A place is in a round once.
    """
    by_depth: dict[int, list[tuple[Place, list[object]]]] = {}
    for place, part in places(schema):
        by_depth.setdefault(len(place), []).append((place, list(wrong_values(part))))
    for beside in by_depth.values():
        for values in zip_longest(*(values for _, values in beside), fillvalue=NO_MORE):
            found = [(place, value) for (place, _), value in zip(beside, values, strict=True) if value is not NO_MORE]
            for start in range(0, len(found), TOGETHER):
                yield found[start : start + TOGETHER]


async def check_refused(scene: Scene, request: Request, field: str, value: object) -> None:
    answer = await send(scene.world.api, request)
    if field.startswith("path.") and answer.status_code in (400, 404):  # no spelling of a path, or none of an operation
        return
    assert answer.status_code == 422, f"{field} = {value!r}: {answer.status_code} {answer.text}"
    assert field in {error["field"] for error in answer.json()["errors"]}, f"{field} = {value!r}: {answer.text}"


@on_sqlite
@pytest.mark.parametrize("route", WRITING, ids=lambda route: route.name)
async def test_a_body_takes_no_value_of_another_type(scene: Scene, route: Any) -> None:
    """An error names the place of its own value alone, so wrong values beside each other are sent in one body."""
    request = await first_case(scene, route.name)
    for wrong in rounds(BODIES[route.name]):
        answer = await send(scene.world.api, request._replace(body=reduce(joined, starmap(body_with, wrong))))
        assert answer.status_code == 422, f"{wrong}: {answer.status_code} {answer.text}"
        named = {error["field"] for error in answer.json()["errors"]}
        for place, value in wrong:
            field = ".".join(("body", *map(str, place)))
            if field not in named:  # what is within something is named only if that something is right
                await check_refused(scene, request._replace(body=body_with(place, value)), field, value)


@on_sqlite
@pytest.mark.parametrize(("name", "path", "parameter"), PARAMETERS, ids=lambda part: str(part)[:40])
async def test_a_parameter_takes_no_text_of_another_type(scene: Scene, name: str, path: str, parameter: Json) -> None:
    request = await first_case(scene, name)
    field = f"{parameter['in']}.{parameter['name']}"
    parts = parts_of(parameter["schema"])
    texts = [*OTHER_TEXT.get(parts[0].get("format") or parts[0]["type"], ()), *wrong_words(parts[0])]
    texts += OTHER_PATTERN.get(parts[0].get("pattern", ""), ())
    assert texts or parameter["name"] in ANY_TEXT, "no text is known to be wrong here"
    for text in texts:
        if parameter["in"] == "query":
            query = f"?{parameter['name']}={quoted(text)}"
            asked = request._replace(path=request.path.partition("?")[0] + query)
        else:
            asked = request._replace(path=with_segment(request.path, path, parameter["name"], quoted(text)))
        await check_refused(scene, asked, field, text)


def quoted(text: str) -> str:
    """Text in a URL; what needs no escape has none."""
    return quote(text, safe="")


def with_segment(path: str, template: str, name: str, text: str) -> str:
    """A path whose parameter is another; the request's path may lack the template's prefix."""
    segments, names = path.partition("?")[0].split("/"), template.split("/")
    segments[names.index(f"{{{name}}}") - len(names)] = text
    return "/".join(segments)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"birth_on": 577238400000}, "must be a date, such as 2026-11-28"),
        ({"birth_on": "577238400000"}, "must be a date, such as 2026-11-28"),
        ({"birth_on": "1988-04-17T00:00:00Z"}, "must be a date, such as 2026-11-28"),
        ({"id": "019ab0de00007000800000000000000a"}, "must be a UUID"),
    ],
    ids=str,
)
async def test_a_milder_reading_is_never_tried(world: World, body: Json, told: str) -> None:
    """Once, an epoch in milliseconds became a wrong date of birth."""
    answer = await (await world.therapist()).send("POST", "/patients", {"name": "Rowan Sample", **body})
    assert (answer.status_code, [error["message"] for error in answer.json()["errors"]]) == (422, [told])


@pytest.mark.parametrize("at", ["2026-11-20T16:00:00+01:00", "2026-11-20t15:00:00z", "2026-11-20T15:00:00.000-00:00"])
async def test_an_instant_has_any_form_of_rfc_3339(world: World, at: str) -> None:
    therapist = await world.therapist()
    found = await therapist.get("/sessions", params={"starts_after": at})
    assert found["items"] == []


async def test_a_uuid_may_be_in_capitals(world: World) -> None:
    """RFC 9562 demands that they are read; some devices write them."""
    own = "019AB0DE-0000-7000-8000-00000000000A"
    chart = await (await world.therapist()).post("/patients", {"name": "Rowan Sample", "id": own})
    assert chart["id"] == own.lower()
