"""A trajectory of 2,000 points costs as many round trips as one of few, and the same in a clinic ten times as large."""

import re
import sqlite3
from collections import Counter
from datetime import timedelta

import pytest

from integration_api.resources.views.trajectory.statements import INSTRUMENTS, MAX_POINTS
from integration_api.settings import Settings
from integration_api.storage.statements import STATEMENTS
from tests.applications import application
from tests.costs.counting import counted
from tests.factories.many_answers import many_answers
from tests.support import Json, Person, World

pytestmark = pytest.mark.thorough

TABLES = ("measure_scores", "measure_responses", "doses", "sessions", "courses", "adverse_events", "patients")
FEW, OTHER_CHARTS = 200, 9
READS = (
    *("list_trajectory_points", "first_dose_of_latest_course", "list_trajectory_baselines"),
    *("list_trajectory_doses", "list_trajectory_sessions", "list_trajectory_events"),
)


async def asked(person: Person, path: str) -> tuple[Json, Counter[str]]:
    """The answer, and how many Statements each table was read by."""
    with counted(person.api.runtime.database) as seen:
        answer = await person.send("GET", path)
    assert answer.status_code == 200
    reads = [text for text in seen.texts if not text.startswith("INSERT")]
    tables = Counter(table for text in reads for table in TABLES if re.search(rf"\b{table}\b", text))
    is_json = answer.headers["content-type"] == "application/json"
    return answer.json() if is_json else {"size": len(answer.content)}, tables


async def test_two_thousand_points_take_two_reads_of_a_table(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    now, three_years = world.api.clock(), timedelta(days=3 * 365)
    moments = [now - three_years * (n / (MAX_POINTS + 3)) for n in range(MAX_POINTS + 3)]
    path = f"/patients/{chart}/trajectory"
    await many_answers(therapist, chart, moments[:1])
    _, before = await asked(therapist, path)
    await many_answers(therapist, chart, moments[1:])
    whole, after = await asked(therapist, path)
    assert before == after
    assert max(after.values()) <= 2
    [one] = whole["series"]
    assert (len(one["points"]), whole["cut"]["points"], whole["cut"]["doses"]) == (MAX_POINTS, True, False)
    assert whole["begins_at"] == one["points"][0]["at"] > (now - three_years).isoformat()
    drawn, tables = await asked(therapist, f"{path}.svg?instrument_id=phq9")
    assert max(tables.values()) <= 2
    assert drawn["size"] < 150_000


def sqlite_steps(settings: Settings, person: Person, chart: str, world: World) -> dict[str, int]:
    """The steps of SQLite's machine in each read."""
    values: dict[str, object] = {
        **person.ambient(),
        "scope_team": True,
        "patient_id": world.people[0].actor.patient_id,
        **dict.fromkeys(("score_id", "happened_from", "happened_to", "baseline_response_id", *INSTRUMENTS)),
        "baseline_before": world.api.clock(),
        "cursor_at": world.api.clock() + timedelta(days=9),
        "cursor_id": person.actor.id,
        "page_rows": MAX_POINTS + 1,
    }
    steps: dict[str, int] = {}
    for name in READS:
        compiled = STATEMENTS[name].compiled("sqlite")
        connection = sqlite3.connect(settings.sqlite_path)
        count = [0]

        def see(count: list[int] = count) -> int:
            count[0] += 1
            return 0

        connection.set_progress_handler(see, 1)
        connection.execute(compiled.sql, compiled.arguments(values)).fetchall()
        connection.close()
        steps[name] = count[0]
    return steps


async def test_ten_times_the_clinic_costs_the_same(own: Settings) -> None:
    """Counted in steps of SQLite's machine; how PostgreSQL enters an index is asked in `test_query_plans.py`."""
    async with application(own) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        world.people.append(await world.patient_of(therapist))
        chart = world.chart_id(world.people[0])
        moments = [api.clock() - timedelta(hours=n) for n in range(FEW)]
        await many_answers(therapist, chart, moments)
        path = f"/patients/{chart}/trajectory"
        _, before = await asked(therapist, path)
        few = sqlite_steps(own, therapist, chart, world) if own.database_url is None else {}
        for _ in range(OTHER_CHARTS):
            await many_answers(therapist, world.chart_id(await world.patient_of(therapist)), moments)
        _, after = await asked(therapist, path)
        assert before == after
        many = sqlite_steps(own, therapist, chart, world) if own.database_url is None else {}
        assert {name: steps - few[name] for name, steps in many.items() if steps > few[name] * 1.02} == {}
