"""Readiness, holds and the dose brief tell the causes that will stop a dose, before one is tried."""

import pytest

from tests.factories.adverse_events import adverse_event
from tests.factories.doses import DOSE, dose
from tests.factories.measure_responses import PHQ9, answered, answers
from tests.factories.monitoring import pressure, upload
from tests.factories.readiness import clear, clearing, dosing_session, holds_of, ready_session
from tests.support import Json, Person, World

REASON = {"reason": "Seen, and discussed."}


async def told(person: Person, made: Json) -> tuple[str, list[tuple[str, str]], list[str]]:
    """The state of the check, the open holds, and the rules of the brief."""
    path = f"/sessions/{made['id']}"
    state = (await person.get(f"{path}/readiness"))["state"]
    holds = sorted((hold["item"], hold["rule"]) for hold in await holds_of(person, made))
    brief = (await person.get(f"{path}/dose-brief"))["open_holds"]
    return state, holds, sorted(hold["rule"] for hold in brief)


async def refused(person: Person, made: Json) -> list[tuple[str, str]]:
    """The holds for which a dose is refused."""
    answer = await person.post(f"/sessions/{made['id']}/doses", DOSE, expect=409)
    return sorted((hold["item"], hold["rule"]) for hold in answer["holds"])


@pytest.mark.parametrize("cause", ["flag", "pressure", "adverse event"])
async def test_what_is_told_is_what_a_dose_answers(world: World, cause: str) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    await clearing(therapist, chart)
    made, other = await ready_session(therapist, chart), await ready_session(therapist, chart)
    assert await told(therapist, made) == ("ready", [], [])
    if cause == "flag":
        await answered(patient, answers=answers([*PHQ9[:8], 2]))
    elif cause == "pressure":
        given = await dose(therapist, other)
        await upload(therapist, other, pressure(190, 120, given["given_at"]))
    else:
        await adverse_event(therapist, chart, other, kind="fall")
    state, holds, rules = await told(therapist, made)
    assert (state, len(holds)) == ("held", 1)
    assert rules == [rule for _, rule in holds]
    assert await refused(therapist, made) == holds
    assert await told(therapist, made) == ("held", holds, rules)


async def test_a_hold_is_told_if_nobody_has_answered(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await dosing_session(therapist, world.chart_id(patient))
    await answered(patient, answers=answers([*PHQ9[:8], 1]))
    assert await told(therapist, made) == ("held", [("flag.R01", "R01")], ["R01"])


async def test_a_prescriber_releases_a_hold_before_any_dose(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    prescriber = await clearing(therapist, chart)
    made, other = await ready_session(therapist, chart), await ready_session(therapist, chart)
    await answered(patient, answers=answers([*PHQ9[:8], 1]))
    await adverse_event(therapist, chart, other, kind="fall")
    waiting = await holds_of(prescriber, made)
    assert {(hold["rule"], hold["version"]) for hold in waiting} == {("R01", 0), ("R34", 0)}
    assert {hold["id"] for hold in waiting} == {hold["id"] for hold in await holds_of(prescriber, made)}
    for hold in waiting:
        path = f"/sessions/{made['id']}/holds/{hold['id']}/release"
        await therapist.post(path, REASON, match=0, expect=403)
        await prescriber.post(f"/sessions/{other['id']}/holds/{hold['id']}/release", REASON, match=0, expect=404)
        released = await prescriber.post(path, REASON, match=0, expect=200)
        assert (released["state"], released["version"]) == ("released", 1)
        await prescriber.post(path, REASON, match=1, expect=409)
    assert await told(therapist, made) == ("ready", [], [])
    await dose(therapist, made)
    assert {hold["item"] for hold in await holds_of(therapist, made, "released")} == {"flag.R01", "adverse_event"}


async def test_a_cause_that_comes_again_holds_again(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    prescriber = await clearing(therapist, chart)
    made = await ready_session(therapist, chart)
    await answered(patient, answers=answers([*PHQ9[:8], 1]))
    [hold] = await holds_of(prescriber, made)
    path = f"/sessions/{made['id']}/holds/{hold['id']}/release"
    world.api.clock.advance(minutes=1)
    await answered(patient, answers=answers([*PHQ9[:8], 2]))
    await prescriber.post(path, REASON, match=0, expect=404)
    [again] = await holds_of(prescriber, made)
    assert again["id"] != hold["id"]
    await clear(therapist, made, 1)
    assert await refused(therapist, made) == [("flag.R01", "R01")]
