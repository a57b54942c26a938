"""R30: maintenance missed with a rising score. Source: clinical.md section 6, R30."""

from datetime import UTC, datetime, timedelta

import pytest

from integration_api.resources.measures.instruments.catalogue import instruments
from integration_api.resources.measures.instruments.scores import Score
from integration_api.resources.measures.measure_responses.lost_responses import Reading, is_fading
from tests.factories.arcs import let_pass
from tests.factories.doses import dose
from tests.factories.flags import flags
from tests.factories.measure_responses import PHQ9, answered, answers
from tests.factories.readiness import clearing, ready_session
from tests.factories.sessions import move, session
from tests.support import Json, Person, World, enter_again

FIRST = datetime(2026, 11, 1, tzinfo=UTC)
RESPONSE, RISING, ALIKE = [0, 1, 0, 1, 0, 1, 1, 0, 0], [1, 1, 0, 1, 0, 1, 1, 0, 0], [0, 1, 0, 1, 0, 1, 1, 0, 0]
"""The PHQ-9 before the dose is 8: of 4 it is a response, of 5 it is none."""


@pytest.mark.parametrize(
    ("before", "since", "now", "fades"),
    [
        (20, [10], 11, True),
        (20, [10], 10, False),
        (20, [10], 9, False),
        (20, [12, 9], 13, True),  # newest first: the response is the older one
        (20, [11], 12, False),  # there was no response
        (None, [10], 11, False),
        (20, [], 11, False),
    ],
)
def test_a_score_that_rises_after_a_response(
    before: float | None, since: list[float], now: float, *, fades: bool
) -> None:
    newest = FIRST + timedelta(days=50)
    earlier = [Reading(Score("total", one), newest - timedelta(days=n)) for n, one in enumerate(since)]
    earlier += [] if before is None else [Reading(Score("total", before), FIRST - timedelta(days=1))]
    phq9 = instruments()["phq9"]
    assert is_fading(phq9, Score("total", now), earlier, FIRST) is fades
    assert not is_fading(phq9, Score("total", now), earlier, None)
    assert not is_fading(phq9, Score("total", None), earlier, FIRST)


async def responded(world: World) -> tuple[Person, Person, str]:
    """A patient with a response a week after a dose."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    await answered(patient, answers=answers(PHQ9))
    await let_pass(world.api, therapist, patient, hours=1)
    await dose(therapist, await ready_session(therapist, chart))
    await let_pass(world.api, therapist, patient, days=7)
    await answered(patient, answers=answers(RESPONSE))
    return therapist, patient, chart


async def planned(world: World, therapist: Person, chart: str, phase: str = "dosing") -> Json:
    """A session of a day from now on."""
    start = (world.api.clock() + timedelta(days=1)).isoformat()
    return await session(therapist, chart, phase=phase, planned_start_at=start)


@pytest.mark.parametrize("end", ["no-show", "forgotten"])
async def test_a_missed_dose_with_a_rising_score_is_told(world: World, end: str) -> None:
    therapist, patient, chart = await responded(world)
    made = await planned(world, therapist, chart)
    await let_pass(world.api, therapist, patient, days=2.5)
    if end == "no-show":
        await move(therapist, made, "no-show")
    raised = await answered(patient, answers=answers(RISING))
    [flag] = await flags(therapist, rule="R30")
    assert (flag["severity"], flag["source_id"], flag["origin"]) == ("moderate", raised["id"], "measure_response")


async def test_a_missed_dose_without_a_rising_score_is_not(world: World) -> None:
    therapist, patient, chart = await responded(world)
    await move(therapist, await planned(world, therapist, chart), "no-show")
    await let_pass(world.api, therapist, patient, days=2.5)
    await answered(patient, answers=answers(ALIKE))
    assert await flags(therapist, rule="R30") == []


@pytest.mark.parametrize("what", ["none", "cancelled", "integration", "soon", "dosed since"])
async def test_a_rising_score_alone_is_not(world: World, what: str) -> None:
    """One lost reading is none; nor is a session that staff called off, of another phase, or of less than a day ago."""
    therapist, patient, chart = await responded(world)
    if what == "cancelled":
        await move(therapist, await planned(world, therapist, chart), "cancel", reason="An invented reason.")
    elif what == "integration":
        await move(therapist, await planned(world, therapist, chart, "integration"), "no-show")
    elif what == "dosed since":
        await move(therapist, await planned(world, therapist, chart), "no-show")
    elif what == "soon":
        await planned(world, therapist, chart)
    await let_pass(world.api, therapist, patient, days=1.9 if what == "soon" else 2.5)
    if what == "dosed since":
        prescriber = await clearing(therapist, chart)
        await enter_again(prescriber)
        await dose(therapist, await ready_session(therapist, chart, prescriber))
        await let_pass(world.api, therapist, patient, hours=1)
    await answered(patient, answers=answers(RISING))
    assert await flags(therapist, rule="R30") == []
