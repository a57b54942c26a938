"""Reading a safety plan costs the same with ten times as many versions, counted in rows that the database looks at."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from integration_api.settings import Settings
from integration_api.storage.statements import STATEMENTS
from tests.applications import application
from tests.resources.journal.test_safety_plans import confirm, draft, pair
from tests.support import Person, World

pytestmark = pytest.mark.thorough

READS = ("current_safety_plans", "safety_plan_in_force", "my_safety_plan")
FEW, MANY = 4, 40


def values_of(reader: Person, world: World) -> dict[str, object]:
    """The parameters of these reads, for the patient."""
    actor = reader.actor
    return {
        "now": world.api.clock(),
        "actor_clinic_id": actor.clinic_id,
        "actor_id": actor.id,
        "actor_sign_in_id": actor.sign_in_id,
        "actor_epoch": actor.epoch,
        "scope_clinic": False,
        "scope_team": False,
        "scope_patient_id": actor.patient_id,
        "patient_id": actor.patient_id,
    }


def sqlite_steps(settings: Settings, name: str, values: dict[str, object]) -> int:
    """The steps of SQLite's machine."""
    compiled = STATEMENTS[name].compiled("sqlite")
    connection, steps = sqlite3.connect(settings.sqlite_path), [0]

    def count() -> int:
        steps[0] += 1
        return 0

    connection.set_progress_handler(count, 1)
    try:
        assert connection.execute(compiled.sql, compiled.arguments(values)).fetchall()
    finally:
        connection.set_progress_handler(None, 0)
        connection.close()
    return steps[0]


async def postgres_rows(settings: Settings, name: str, values: dict[str, object]) -> int:
    """The rows of safety plans that PostgreSQL looks at, by a plan that is made for any parameters."""
    assert settings.database_url is not None
    compiled = STATEMENTS[name].compiled("postgresql")
    connection = await asyncpg.connect(settings.database_url.get_secret_value())
    try:
        await connection.execute("SET plan_cache_mode = force_generic_plan")
        await connection.execute("SET enable_seqscan = off")
        explained = await connection.fetchval(
            f"EXPLAIN (ANALYZE, FORMAT JSON) {compiled.sql}", *compiled.arguments(values)
        )
    finally:
        await connection.close()
    return sum(looked_at(json.loads(explained)[0]["Plan"]))


def looked_at(node: Any) -> Iterator[int]:
    if node.get("Relation Name") == "safety_plans":
        yield int(node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)))
    for below in node.get("Plans", ()):
        yield from looked_at(below)


async def looks(world: World, settings: Settings, patient: Person) -> dict[str, int]:
    """The present cost of each read."""
    values = values_of(patient, world)
    if settings.database_url is None:
        return {name: sqlite_steps(settings, name, values) for name in READS}
    return {name: await postgres_rows(settings, name, values) for name in READS}


async def test_a_read_looks_at_no_version_that_was_replaced(own: Settings) -> None:
    """In a database of its own: a planner that has statistics of other tests' few rows may choose another index."""
    async with application(own) as api:
        world = await World.build(api)
        therapist, patient, chart = await pair(world)
        found = []
        for number in range(MANY):
            made = await draft(therapist, chart, after=number)
            if number + 1 in (FEW, MANY):
                found.append(await looks(world, own, patient))
            await confirm(patient, made)
        assert found[0] == found[1]
