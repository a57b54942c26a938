"""No input gives a 5xx, whatever is sent to whichever operation; and nothing sent comes back in an error."""

import json
from collections.abc import Hashable, Iterable
from functools import partial
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

import pytest
from httpx import Response
from pydantic import MISSING
from pydantic.fields import FieldInfo

from integration_api.app import action_routes
from integration_api.core.ids import new_id
from tests.corpus import MARK
from tests.document import body_properties
from tests.refusals import counting
from tests.scene import Scene, first_case, send
from tests.support import Api, Json, World

pytestmark = pytest.mark.thorough

VALUES: list[object] = [
    None,
    True,
    -1,
    2**63 - 1,
    1.5,
    1e300,
    "",
    " ",
    MARK,
    MARK + "\u0000"[:0] + "\r\n\x1b[31m",
    "\u202e" + "é" * 300,
    "x" * 300_000,
    [],
    [[]],
    [None],
    [MARK] * 2_000,
    {},
    {MARK: MARK},
    {"$ref": "#"},
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-11-22T10:00:00",
    "00000000-0000-0000-0000-000000000000",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "'; DROP TABLE notes; --",
]
WRITING = [route for route in action_routes() if route.body_field is not None and not route.operation.is_public]


@pytest.fixture(scope="module")
async def scene(api: Api) -> Scene:
    """Everything exists once, and is then written over with what is hostile."""
    api.clock.reset()
    return await Scene.build(await World.build(api))


class Place(NamedTuple):
    """A field of a body, and what it takes. Fields that take the same refuse the same values, by the same code."""

    name: str
    takes: Hashable

    def is_why(self, answer: Response) -> bool:
        """Whether a body was refused for what stands here, and for nothing else."""
        named = [error["field"] for error in answer.json().get("errors", ())]
        return bool(named) and all(f"{field}.".startswith(f"body.{self.name}.") for field in named)


def places(route: Any, names: Iterable[str]) -> list[Place]:
    """The fields of a body."""
    fields = getattr(route.body_field.field_info.annotation, "model_fields", {})
    return [Place(name, taken_by(fields[name]) if name in fields else (route.name, name)) for name in names]


def taken_by(kind: Any) -> Hashable:
    """The parts of a schema that decide which values it takes, without its descriptions."""
    if isinstance(kind, FieldInfo):
        return (taken_by(kind.annotation), *map(taken_by, kind.metadata))
    if get_origin(kind) in (Annotated, Union, UnionType):
        return (str(get_origin(kind)), *(taken_by(part) for part in get_args(kind) if part is not MISSING))
    return repr(kind)


def bodies(good: Json) -> list[object]:
    """Hostile bodies as a whole."""
    spoiled: list[object] = [value for value in VALUES if not isinstance(value, str) or len(value) < 1000]
    return [*spoiled, {**good, MARK: 1}, {**good, "clinic_id": str(new_id())}, {**good, "version": 1}]


def told_by(answer: Response) -> str:
    """Return the text of a problem without the present version that a 412 shows, which was stored before."""
    return json.dumps({name: value for name, value in answer.json().items() if name != "current"})


@pytest.mark.parametrize("route", WRITING, ids=lambda route: route.name)
async def test_a_hostile_body_is_refused_or_taken_but_never_a_5xx(scene: Scene, route: Any) -> None:
    """As who may do it, of a thing that is there: hostile bodies as a whole, and one hostile value in each place.

    What a place refuses is not sent again to another place that takes the same, be it of another operation.
    """
    request = await first_case(scene, route.name)
    good = request.body if isinstance(request.body, dict) else {}
    names = body_properties(scene.world.api.document, route.name)
    assert {*good} <= {*names}
    api = scene.world.api
    async with counting(api.runtime.database, partial(send, api, request._replace(body="no object"))) as sender:
        for number, body in enumerate(bodies(good)):
            check(body, await sender.send((route.name, number), partial(send, api, request._replace(body=body))))
        for place in places(route, names):
            for number, value in enumerate(VALUES):
                body = {**good, place.name: value}
                sending = partial(send, api, request._replace(body=body))
                check(body, await sender.send((place.takes, number), sending, place.is_why))


def check(body: object, answer: Response | None) -> None:
    """Refused or taken, and nothing of it comes back in a refusal."""
    if answer is not None:
        assert answer.status_code < 500, f"{json.dumps(body)[:200]}: {answer.text}"
        assert answer.status_code < 400 or MARK not in told_by(answer)


@pytest.mark.parametrize("header", ["", "*", '"', '"x"', "W/", '"1"' * 500, "\x7f", '"99999999999999999999"', '"-1"'])
async def test_a_hostile_version_is_412_or_428(world: World, header: str) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    answer = await therapist.send("PATCH", f"/patients/{chart['id']}", {"phone": "+1 555 0100"}, match=header)
    assert answer.status_code in (412, 428)
