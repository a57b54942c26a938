"""The requests of the release before, on the schema of today: every operation, with that release's SQL in its place.

To the database, a server of the release before is its SQL (`tests/upgrades/recorded.py`). So each Statement that has
kept its name, parameters and columns is run as it was recorded. What has changed more than that is run as it is today;
`python -m tests.drills upgrade` runs the whole program of the release before.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from integration_api.settings import Settings
from integration_api.storage.compiling import DialectName
from integration_api.storage.statements import STATEMENTS, Statement
from tests.applications import application
from tests.scene import OPERATIONS, Scene, send, succeed_all
from tests.support import World
from tests.upgrades.recorded import read
from tests.upgrades.test_previous_release import MAY_GO_ON

pytestmark = pytest.mark.thorough

Recorded = Mapping[str, Mapping[str, Any]]


@pytest.fixture
def kind(own: Settings) -> DialectName:
    """The database of the test."""
    return "sqlite" if own.is_embedded else "postgresql"


@pytest.fixture(scope="module")
def before() -> Mapping[str, Recorded]:
    """The Statements of the release before."""
    return read().statements


@contextmanager
def as_before(kind: DialectName, recorded: Recorded) -> Iterator[list[str]]:
    """Run the recorded SQL in place of today's, where names, parameters and columns are the same; yields the names."""
    kept = {one: one.compiled(kind) for one in STATEMENTS.values() if _is_the_same(one, kind, recorded)}
    try:
        for statement, compiled in kept.items():
            statement._compiled[kind] = replace(compiled, sql=recorded[statement.name]["sql"])
        yield [statement.name for statement in kept]
    finally:
        for statement, compiled in kept.items():
            statement._compiled[kind] = compiled


def _is_the_same(statement: Statement, kind: DialectName, recorded: Recorded) -> bool:
    found, compiled = recorded.get(statement.name), statement.compiled(kind)
    return found is not None and (found["parameters"], found["columns"]) == (
        [*compiled.parameters],
        [*compiled.columns],
    )


async def test_every_request_of_the_release_before_succeeds(
    own: Settings, kind: DialectName, before: Mapping[str, Recorded]
) -> None:
    if not MAY_GO_ON:
        return  # nothing is promised
    async with application(own) as api:
        with as_before(kind, before[kind]) as names:
            assert len(names) > 0.9 * len(before[kind]), "most of it is run as it was"
            await succeed_all(await Scene.build(await World.build(api)))


async def test_a_request_that_the_schema_does_not_understand_would_be_seen(
    own: Settings, kind: DialectName, before: Mapping[str, Recorded]
) -> None:
    name = next(one for one in before[kind] if one.startswith("list_medicines"))
    altered = {**before[kind][name], "sql": before[kind][name]["sql"].replace("medicines.kind", "medicines.gone", 1)}
    assert altered != before[kind][name]
    async with application(own) as api:
        scene = await Scene.build(await World.build(api))
        with as_before(kind, {**before[kind], name: altered}):
            assert (await send(api, await OPERATIONS["list_medicines"](scene))).status_code >= 500
        assert (await send(api, await OPERATIONS["list_medicines"](scene))).status_code == 200
