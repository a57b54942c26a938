"""Answers that arrive after later ones, and those of a wrong clock: they are judged as if they were in order."""

from datetime import datetime, timedelta

from tests.factories.arcs import SAFE, checked_in, dosed, let_pass, windows
from tests.factories.flags import flags, raised, tick
from tests.factories.measure_responses import PHQ9, answered, answers
from tests.support import Json, Person, World

TROUBLE: Json = {"ci.memory_trouble": 3, "ci.urine_trouble": 2}


async def _pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


def _ago(world: World, **by: float) -> str:
    return (world.api.clock() - timedelta(**by)).isoformat()


async def test_trouble_of_last_week_that_arrives_today_is_told(world: World) -> None:
    """R15 and R35: the later check-in is the second one, whichever came first."""
    therapist, patient, _ = await _pair(world)
    later = await checked_in(patient, TROUBLE)
    assert await raised(therapist) == {}
    await let_pass(world.api, therapist, patient, minutes=5)
    await checked_in(patient, TROUBLE, completed_at=_ago(world, days=7))
    assert await raised(therapist, source_id=later["id"]) == {"R15": "moderate", "R35": "moderate"}
    await checked_in(patient, TROUBLE, completed_at=_ago(world, days=14))
    assert len([one for one in await flags(therapist, rule="R35") if one["source_id"] == later["id"]]) == 1


async def test_only_the_next_answer_to_an_item_depends_on_it(world: World) -> None:
    therapist, patient, _ = await _pair(world)
    await checked_in(patient, {"ci.memory_trouble": 0}, completed_at=_ago(world, days=3))
    await checked_in(patient, TROUBLE)
    await let_pass(world.api, therapist, patient, minutes=5)
    await checked_in(patient, {"ci.memory_trouble": 3}, completed_at=_ago(world, days=7))
    assert await raised(therapist, rule="R35") == {}


async def test_a_phone_that_is_two_days_behind_answers_the_window_that_it_names(world: World) -> None:
    """R12: of what it claims and when we received it, the worse counts."""
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, hours=30)
    window = (await windows(patient))["t24"]
    claimed = _ago(world, days=2)
    made = await checked_in(patient, {"ci.unreal": 3}, arc_window_id=window["id"], completed_at=claimed)
    assert (made["is_off_window"], made["clock_skewed"], made["arc_window_id"]) == (False, True, window["id"])
    assert datetime.fromisoformat(made["completed_at"]) == datetime.fromisoformat(claimed)
    assert [(one["rule"], one["severity"]) for one in made["alarms"]] == [("R12", "moderate")]
    assert (await windows(patient))["t24"]["state"] == "answered"
    await let_pass(world.api, therapist, hours=7)
    await tick(world)
    assert await flags(therapist, rule="R16") == []


async def test_a_phone_that_is_days_ahead_is_judged_by_its_claim_too(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, hours=30)
    made = await checked_in(patient, {"ci.unreal": 3}, completed_at=_ago(world, days=-3))
    assert [(one["rule"], one["severity"]) for one in made["alarms"]] == [("R12", "high")]


async def test_a_correction_of_such_answers_stays_in_their_window(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, hours=30)
    window = (await windows(patient))["t24"]
    made = await checked_in(patient, SAFE, arc_window_id=window["id"], completed_at=_ago(world, days=2))
    await let_pass(world.api, therapist, patient, hours=30)
    right = await checked_in(patient, SAFE, corrects_id=made["id"], correction_reason="Slipped.")
    assert (right["is_off_window"], right["happened_at"]) == (False, made["happened_at"])


async def test_a_dose_that_is_recorded_late_is_looked_at_with_the_next_check_in(world: World) -> None:
    """R12, of answers that came before anybody knew of the dose."""
    therapist, patient, chart = await _pair(world)
    await checked_in(patient, {"ci.unreal": 2}, completed_at=_ago(world, hours=40))
    known = await checked_in(patient, {"ci.unreal": 2})
    await dosed(therapist, chart, given_at=_ago(world, hours=30))
    await let_pass(world.api, therapist, patient, hours=1)
    await checked_in(patient, SAFE)
    found = await flags(therapist, rule="R12")
    assert [(one["source_id"], one["severity"]) for one in found] == [(known["id"], "moderate")]


async def test_answers_of_before_a_dose_that_arrive_late_are_compared(world: World) -> None:
    """R07: the reading after the dose is worse than the one before it, whichever came first."""
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, days=10)
    later = await answered(patient, answers=answers([2] * 8 + [0]))
    assert await raised(therapist, rule="R07") == {}
    await let_pass(world.api, therapist, patient, minutes=5)
    await answered(patient, answers=answers([1] * 8 + [0]), completed_at=_ago(world, days=11))
    assert await raised(therapist, rule="R07") == {"R07": "high"}
    assert {one["source_id"] for one in await flags(therapist, rule="R07")} == {later["id"]}


async def test_a_lost_response_is_told_when_its_first_reading_arrives_last(world: World) -> None:
    """R30, at the second reading without the response."""
    therapist, patient, chart = await _pair(world)
    await answered(patient, answers=answers([2] * 8 + [0]))
    await let_pass(world.api, therapist, patient, minutes=5)
    await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, days=30)
    await answered(patient, answers=answers([0] * 9), completed_at=_ago(world, days=20))
    last = await answered(patient, answers=answers([2] * 8 + [0]))
    assert await raised(therapist, rule="R30") == {}
    await let_pass(world.api, therapist, patient, minutes=5)
    await answered(patient, answers=answers([2] * 8 + [0]), completed_at=_ago(world, days=10))
    assert {one["source_id"] for one in await flags(therapist, rule="R30")} == {last["id"]}


async def test_thoughts_that_are_new_after_a_dose_are_told_of_a_phone_that_is_behind(world: World) -> None:
    """R29: the device claims a time before the dose, and we received it after."""
    therapist, patient, chart = await _pair(world)
    await answered(patient, answers=answers(PHQ9), completed_at=_ago(world, days=5))
    await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, hours=30)
    made = await answered(patient, answers=answers([*PHQ9[:8], 1]), completed_at=_ago(world, days=2))
    assert [one["source_id"] for one in await flags(therapist, rule="R29")] == [made["id"]]


async def test_thoughts_after_a_dose_are_compared_with_those_of_before_that_arrive_late(world: World) -> None:
    """R29, the other way round."""
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, hours=30)
    later = await answered(patient, answers=answers([*PHQ9[:8], 1]))
    assert await flags(therapist, rule="R29") == []
    await let_pass(world.api, therapist, patient, minutes=5)
    await answered(patient, answers=answers(PHQ9), completed_at=_ago(world, days=3))
    assert [one["source_id"] for one in await flags(therapist, rule="R29")] == [later["id"]]
