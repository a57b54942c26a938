"""Holds that flags are: a flag of a suicide answer, of psychosis or of a call for help holds the next dose.

Source: clinical.md section 6, Holds, and 1.8.
"""

import pytest

from integration_api.access.actor import Role
from integration_api.resources.attention.flags.rules import FlagSeverity, HoldUntil, hold_of
from integration_api.resources.attention.flags.safety_rules import safety_rules
from tests.factories.arcs import checked_in
from tests.factories.care_teams import join
from tests.factories.doses import DOSE, dose
from tests.factories.flags import events, flags, take
from tests.factories.measure_responses import PHQ9, answered, answers
from tests.factories.readiness import answer, clearing, holds_of, ready_session
from tests.support import Json, Person, World

HURT = answers([*PHQ9[:8], 1])
NO_RISK: Json = {f"asq.{number}": "no" for number in range(1, 5)}


async def chart_of(world: World) -> tuple[Person, Person, Person, str]:
    """A therapist, the prescriber who clears, and a patient of one chart."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    return therapist, await clearing(therapist, chart), patient, chart


async def held_by(therapist: Person, made: Json) -> list[str]:
    """The items by which a dose is refused now."""
    refused = await therapist.send("POST", f"/sessions/{made['id']}/doses", DOSE)
    assert (refused.status_code, refused.json()["code"]) == (409, "dose-held")
    return sorted(one["item"] for one in refused.json()["holds"])


async def release(prescriber: Person, made: Json, hold: Json, expect: int = 200) -> Json:
    path = f"/sessions/{made['id']}/holds/{hold['id']}/release"
    done: Json = await prescriber.post(path, {"reason": "Seen today."}, match=hold["version"], expect=expect)
    return done


@pytest.mark.parametrize("rule", ["R01", "R03", "R03b", "R04", "R05", "R06", "R14", "R29", "R31"])
def test_the_rules_that_hold_a_dose_say_so(rule: str) -> None:
    assert "dose" in safety_rules()[rule].holds
    held = {severity: hold_of(rule, severity) for severity in safety_rules()[rule].severities}
    freed = {"R04": {FlagSeverity.LOW}, "R06": {FlagSeverity.HIGH, FlagSeverity.MODERATE}}.get(rule, set())
    until = HoldUntil.DECISION if rule in ("R04", "R05", "R14") else HoldUntil.SCREEN
    assert held == {severity: None if severity in freed else until for severity in held}


def test_no_other_rule_holds_by_its_flag() -> None:
    holding = {rule for rule in safety_rules() if any(hold_of(rule, severity) for severity in FlagSeverity)}
    assert holding == {"R01", "R03", "R03b", "R04", "R05", "R06", "R14", "R29", "R31"}


async def test_a_prescriber_releases_it_once_for_every_session(world: World) -> None:
    therapist, prescriber, patient, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    await answered(patient, answers=HURT)
    [flag] = await flags(therapist, rule="R01")
    assert (flag["dose_hold"], flag["hold_ended_at"]) == ("screen", None)
    assert await held_by(therapist, made) == ["flag.R01"]
    assert await held_by(therapist, made) == ["flag.R01"]
    [hold] = await holds_of(therapist, made)
    assert (hold["item"], hold["rule"]) == ("flag.R01", "R01")
    await release(therapist, made, hold, expect=403)
    await release(patient, made, hold, expect=403)
    done = await release(prescriber, made, hold)
    assert (done["state"], done["reason"], done["decided_by_id"]) == ("released", "Seen today.", prescriber.id)
    [flag] = await flags(therapist, rule="R01")
    assert (flag["state"], flag["hold_ended_at"] is None) == ("open", False)
    last = (await events(therapist, flag))[-1]
    assert (last["kind"], last["by_id"]) == ("hold_ended", prescriber.id)
    await dose(therapist, made)
    await dose(therapist, await ready_session(therapist, chart))


async def test_closing_the_flag_is_no_decision_about_a_dose(world: World) -> None:
    therapist, prescriber, patient, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    await answered(patient, answers=HURT)
    [flag] = await flags(therapist, rule="R01")
    closed = await take(therapist, await take(therapist, flag, "acknowledge"), "dismiss")
    assert closed["state"] == "false_positive"
    assert await held_by(therapist, made) == ["flag.R01"]
    await release(prescriber, made, (await holds_of(therapist, made))[0])
    await dose(therapist, made)


async def test_a_flag_that_came_after_the_hold_holds_on(world: World) -> None:
    therapist, prescriber, patient, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    await answered(patient, answers=HURT)
    assert await held_by(therapist, made) == ["flag.R01"]
    [hold] = await holds_of(therapist, made)
    world.api.clock.advance(minutes=1)
    await answered(patient, answers=HURT)
    await release(prescriber, made, hold)
    assert [flag["hold_ended_at"] is None for flag in await flags(therapist, rule="R01")] == [True, False]
    assert await held_by(therapist, made) == ["flag.R01"]
    await release(prescriber, made, (await holds_of(therapist, made))[0])
    await dose(therapist, made)


async def test_a_screen_by_staff_ends_what_asks_for_one(world: World) -> None:
    therapist, _, patient, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    await patient.post("/help", expect=200)
    await checked_in(patient, {"ci.voices_suspicion": "yes"})
    assert await held_by(therapist, made) == ["flag.R06", "flag.R14"]
    world.api.clock.advance(minutes=1)
    await answered(therapist, chart, instrument_id="asq", answers={**NO_RISK, "asq.1": None})
    assert "flag.R06" in await held_by(therapist, made)
    world.api.clock.advance(minutes=1)
    await answered(therapist, chart, instrument_id="asq", answers=NO_RISK)
    assert await held_by(therapist, made) == ["flag.R05", "flag.R14"]
    assert [hold["item"] for hold in await holds_of(therapist, made, "met")] == ["flag.R06"]


async def test_neither_a_patients_screen_nor_an_older_one_ends_it(world: World) -> None:
    therapist, _, patient, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    before = world.api.clock()
    world.api.clock.advance(minutes=5)
    await patient.post("/help", expect=200)
    world.api.clock.advance(minutes=5)
    await answered(patient, instrument_id="asq", answers=NO_RISK)
    await answered(therapist, chart, instrument_id="asq", answers=NO_RISK, completed_at=before.isoformat())
    await answered(therapist, chart, instrument_id="asq", answers=NO_RISK, respondent="caregiver")
    assert await held_by(therapist, made) == ["flag.R06"]


async def test_what_was_given_is_recorded_all_the_same(world: World) -> None:
    therapist, _, patient, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    await answered(patient, answers=HURT)
    given = await dose(therapist, made, given_while_held=True)
    assert given["given_while_held"] is True
    assert "given under open holds: flag.R01" in [one["text"] for one in given["findings"]]
    assert (await flags(therapist, rule="R21"))[0]["severity"] == "critical"


async def test_it_stands_beside_answers_and_shows_in_the_check(world: World) -> None:
    therapist, _, patient, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    await patient.post("/help", expect=200)
    changed = await answer(therapist, made, 1, fasting={"status": "met"})
    assert changed["state"] == "held"
    assert [hold["item"] for hold in await holds_of(therapist, made)] == ["flag.R06"]
    changed = await answer(therapist, made, changed["version"], vitals={"status": "met"})
    assert changed["state"] == "held"


async def test_what_is_not_critical_holds_nothing(world: World) -> None:
    therapist, _, patient, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    await checked_in(patient, {"ci.safety": "not_sure"})
    [flag] = await flags(therapist, rule="R06")
    assert flag["dose_hold"] is None
    await dose(therapist, made)


async def test_only_of_its_chart(world: World) -> None:
    therapist, prescriber, patient, chart = await chart_of(world)
    other = await world.patient_of(therapist)
    await other.post("/help", expect=200)
    made = await ready_session(therapist, chart)
    await dose(therapist, made)
    stranger = await world.staff(Role.PRESCRIBER)
    await join(therapist, world.chart_id(other), stranger)
    await patient.post("/help", expect=200)
    made = await ready_session(therapist, chart)
    assert await held_by(therapist, made) == ["flag.R06"]
    await release(stranger, made, (await holds_of(therapist, made))[0], expect=404)
    await release(prescriber, made, (await holds_of(therapist, made))[0])
    [unheld] = await flags(therapist, patient_id=world.chart_id(other))
    assert unheld["hold_ended_at"] is None


async def test_a_call_for_help_after_the_hold_ended_holds_again(world: World) -> None:
    therapist, _, patient, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    await patient.post("/help", expect=200)
    assert await held_by(therapist, made) == ["flag.R06"]
    world.api.clock.advance(minutes=1)
    await answered(therapist, chart, instrument_id="asq", answers=NO_RISK)
    world.api.clock.advance(minutes=1)
    for _ in range(2):
        await patient.post("/help", expect=200)
        assert await held_by(therapist, made) == ["flag.R06"]
    found = await flags(therapist, rule="R06")
    assert [flag["hold_ended_at"] is None for flag in found] == [True, False]


@pytest.mark.parametrize("way", ["release", "screen"])
async def test_a_call_that_is_repeated_after_the_hold_or_the_screen_holds_on(world: World, way: str) -> None:
    therapist, prescriber, patient, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    await patient.post("/help", expect=200)
    assert await held_by(therapist, made) == ["flag.R06"]
    [hold] = await holds_of(therapist, made)
    world.api.clock.advance(minutes=1)
    screened_at = world.api.clock().isoformat()
    world.api.clock.advance(minutes=1)
    await patient.post("/help", expect=200)
    if way == "release":
        await release(prescriber, made, hold)
    else:
        await answered(therapist, chart, instrument_id="asq", answers=NO_RISK, completed_at=screened_at)
    assert await held_by(therapist, made) == ["flag.R06"]
    world.api.clock.advance(minutes=1)
    await answered(therapist, chart, instrument_id="asq", answers=NO_RISK)
    await dose(therapist, made)
