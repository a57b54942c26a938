"""Sessions with a dose since a liver value (R27), whatever is recorded late or withdrawn, and however many doses.

Source: clinical.md section 6, R27, POLICY.
"""

from datetime import timedelta

import pytest

from integration_api.resources.care.doses import near_doses
from tests.factories.arcs import completed, dosed, let_pass
from tests.factories.doses import dose, remarks
from tests.factories.flags import flags, raised
from tests.factories.readiness import clearing, ready_session
from tests.factories.sessions import move, session
from tests.support import Json, Person, World, enter_again


async def chart_of(world: World) -> tuple[Person, str, Person]:
    """A therapist, a chart and its prescriber."""
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    return therapist, chart, await clearing(therapist, chart)


async def lab_result(world: World, therapist: Person, chart: str) -> Json:
    taken_at = (world.api.clock() - timedelta(hours=1)).isoformat()
    body = {"patient_id": chart, "analyte": "alt", "value": 34, "upper_limit": 40, "taken_at": taken_at}
    made: Json = await therapist.post("/lab-results", body)
    return made


async def sessions(world: World, therapist: Person, chart: str, prescriber: Person, count: int) -> None:
    for _ in range(count):
        await let_pass(world.api, therapist, prescriber, days=14)
        await dosed(therapist, chart, prescriber)
        await enter_again(therapist)


async def test_no_bound_on_doses_hides_that_a_value_is_due(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """All doses that are read at once may be of one session."""
    monkeypatch.setattr(near_doses, "MAX_READ", 2)
    therapist, chart, prescriber = await chart_of(world)
    for number in range(1, 10):
        await let_pass(world.api, therapist, prescriber, days=14)
        made = await ready_session(therapist, chart, prescriber)
        for _ in range(3):
            await dose(therapist, made, kind="booster", amount=20)
        await completed(therapist, made, prescriber)
        await enter_again(therapist)
        assert (number, len(await flags(therapist, rule="R27"))) == (number, int(number == 9))


async def test_no_bound_on_doses_hides_the_session_before(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """R17: the session before by the same route may be behind many doses by another one."""
    monkeypatch.setattr(near_doses, "MAX_READ", 2)
    therapist, chart, prescriber = await chart_of(world)
    await sessions(world, therapist, chart, prescriber, 1)
    await let_pass(world.api, therapist, prescriber, days=14)
    made = await ready_session(therapist, chart, prescriber)
    for _ in range(5):
        await dose(therapist, made, route="sublingual", amount=100)
    await completed(therapist, made, prescriber)
    await let_pass(world.api, therapist, prescriber, days=14)
    more = await dose(therapist, await ready_session(therapist, chart, prescriber), amount=100)
    assert "more than half again as much as in the session before" in [one["text"] for one in remarks(more)]


async def test_a_session_that_is_recorded_after_later_ones_counts(world: World) -> None:
    therapist, chart, prescriber = await chart_of(world)
    await sessions(world, therapist, chart, prescriber, 8)
    assert await raised(therapist, rule="R27") == {}
    earlier = (world.api.clock() - timedelta(days=50)).isoformat()
    late = await session(therapist, chart, phase="dosing", planned_start_at=earlier)
    late = await move(therapist, late, "start", started_at=earlier)
    await dose(therapist, late, given_while_held=True, given_at=earlier)
    assert await raised(therapist, rule="R27") == {"R27": "moderate"}


async def test_a_value_that_is_withdrawn_tells_what_is_due_without_it(world: World) -> None:
    therapist, chart, prescriber = await chart_of(world)
    await sessions(world, therapist, chart, prescriber, 5)
    first = await lab_result(world, therapist, chart)
    newer = await lab_result(world, therapist, chart)
    await sessions(world, therapist, chart, prescriber, 4)
    for wrong, told in ((first, {}), (newer, {"R27": "moderate"})):
        await therapist.post(f"/lab-results/{wrong['id']}/withdraw", {"reason": "Wrong."}, match=1, expect=200)
        assert await raised(therapist, rule="R27") == told
    [flag] = await flags(therapist, rule="R27")
    assert (flag["origin"], flag["source_id"]) == ("lab_result", newer["id"])
