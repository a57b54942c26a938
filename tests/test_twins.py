"""The plugin that leaves out twins on PostgreSQL: what is a fact, and which twins run in any case."""

import asyncio
from collections.abc import Hashable
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from uuid import uuid4

import pytest

from integration_api.core.ids import new_id
from tests.facts import kind_of, present
from tests.support import Api, Json, World
from tests.twins import looks_at_kind, shares_more


class _Word(Enum):
    ONE = "one"
    OTHER = "other"


@pytest.mark.parametrize(
    "alike",
    [
        (uuid4(), uuid4()),
        ("Rowan", "Imani"),
        (3, 300),
        (b"a", b"bc"),
        ([1, 2], [3, 4, 5]),
        (datetime(2026, 1, 2, tzinfo=UTC), datetime(2031, 4, 5, 6, 7, 8, 9, tzinfo=UTC)),
    ],
    ids=str,
)
def test_values_of_one_kind_are_alike(alike: tuple[object, object]) -> None:
    assert kind_of(alike[0]) == kind_of(alike[1])


@pytest.mark.parametrize(
    "different",
    [
        (None, ""),
        ("", " "),
        ("Rowan", "Rówan"),
        ("Rowan", "Rowan\x00"),
        ("Rowan", "Rowan "),
        (True, False),
        (True, 1),
        (0, 1),
        (1, -1),
        (1, 2**15),
        (1, 2**31),
        (1, 2**63),
        (1, 1.0),
        (1.0, 1.5),
        ([], [1]),
        ([1], [1, 2]),
        ([1, 2], [1, None]),
        (_Word.ONE, _Word.OTHER),
        (datetime(2026, 1, 2, tzinfo=UTC), datetime(1, 1, 2, tzinfo=UTC)),
        (datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 2)),  # noqa: DTZ001  which is the point
        (datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC).date()),
    ],
    ids=repr,
)
def test_values_that_a_database_may_tell_apart_are_not(different: tuple[object, object]) -> None:
    assert kind_of(different[0]) != kind_of(different[1])


async def test_what_was_asked_before_is_no_new_fact(world: World) -> None:
    [test] = present.values()
    therapist = await world.therapist()

    async def new_facts(**body: str) -> set[Hashable]:
        before = set(test.facts)
        await therapist.post("/patients", body)
        return test.facts - before

    plain: Json = {"name": "Rowan Sample"}
    await new_facts(**plain)
    await new_facts(**plain)  # the first came after another step
    assert await new_facts(**plain) == set()
    assert await new_facts(**plain, birth_on="1988-04-17")
    made = await therapist.post("/patients", plain)
    before = set(test.facts)
    await therapist.get(f"/patients/{made['id']}")
    assert test.facts - before
    before = set(test.facts)
    await therapist.get(f"/patients/{new_id()}", expect=404)
    assert test.facts - before, "no row is another fact than one row"


async def test_a_step_that_is_refused_is_another_fact(world: World) -> None:
    [test] = present.values()
    therapist = await world.therapist()
    own = {"name": "Rowan Sample", "id": str(new_id())}
    for _ in range(3):
        await therapist.post("/patients", {**own, "id": str(new_id())})
    await therapist.post("/patients", own)
    before = set(test.facts)
    await therapist.post("/patients", own, expect=409)
    assert test.facts - before


async def test_steps_at_the_same_time_are_seen(world: World, api: Api) -> None:
    [test] = present.values()
    assert not test.is_crowded
    await asyncio.gather(World.build(api), World.build(api))
    assert test.is_crowded


async def test_a_test_that_takes_a_world_may_be_left_out(world: World, request: pytest.FixtureRequest) -> None:
    assert not shares_more(request.node)


async def test_a_test_that_takes_the_settings_runs_in_any_case(
    world: World, settings: object, request: pytest.FixtureRequest
) -> None:
    assert shares_more(request.node)


@pytest.fixture(scope="module")
async def answers(api: Api) -> list[World]:
    """What was told to one test, and is looked at by others."""
    return [await World.build(api)]


async def test_a_test_of_answers_that_are_shared_runs_in_any_case(
    answers: list[World], request: pytest.FixtureRequest
) -> None:
    assert shares_more(request.node)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("if settings.is_embedded:", True),
        ("api.runtime.database.driver.read(sql)", True),
        ("async with application(settings) as api:", True),
        ("from tests.faults import commits_held", True),
        ("from tests.storage.hand import Hand", True),
        ('if kind == "sqlite":', True),
        ("a rule of this application, on sqlite too", False),
    ],
)
def test_a_file_that_looks_behind_the_database_runs_in_any_case(tmp_path: Path, text: str, is_found: bool) -> None:
    path = tmp_path / "test_planted.py"
    path.write_text(text, "utf-8")
    assert looks_at_kind(path) is is_found
