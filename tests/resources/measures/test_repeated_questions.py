"""R15: trouble with urine that is told once is asked again seven days later. Source: clinical.md section 6, R15."""

from datetime import datetime, timedelta

import pytest

from integration_api.resources.care.arc_windows.rules import MAX_AGAIN, is_again, next_again
from tests.factories.arcs import checked_in, dosed, let_pass, windows
from tests.factories.doses import dose
from tests.factories.flags import raised
from tests.support import Json, Person, World

TROUBLE: Json = {"ci.safety": "safe", "ci.urine_trouble": 1}


async def _at_week(world: World, days: int) -> tuple[Person, Person, Json]:
    """A therapist, a patient and a session so many days after its dose."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await dosed(therapist, world.chart_id(patient))
    await let_pass(world.api, therapist, patient, days=days)
    return therapist, patient, made


def _at(window: Json, name: str) -> datetime:
    return datetime.fromisoformat(window[name])


async def test_it_is_asked_again_and_told_twice_it_is_a_flag(world: World) -> None:
    therapist, patient, _ = await _at_week(world, 14)
    made = await checked_in(patient, TROUBLE)
    again = (await windows(patient))["again"]
    assert abs(_at(again, "due_at") - datetime.fromisoformat(made["happened_at"]) - timedelta(days=7)) < timedelta(
        hours=1
    )
    assert (again["state"], again["kind"], again["step"]["items"]) == (
        "open",
        "check_in",
        ["ci.safety", "ci.urine_trouble"],
    )
    assert await raised(therapist, rule="R15") == {}
    await let_pass(world.api, therapist, patient, days=7)
    told = await patient.get("/me/next")
    assert again["id"] in [one["arc_window_id"] for one in told["now"]]
    second = await checked_in(patient, TROUBLE)
    assert second["arc_window_id"] == again["id"]
    assert await raised(therapist, source_id=second["id"]) == {"R15": "moderate"}
    assert (await windows(patient))["again"]["state"] == "answered"


async def test_it_is_not_asked_beside_a_window_that_asks_it(world: World) -> None:
    """A week after a dose it is asked at two weeks anyway."""
    _, patient, _ = await _at_week(world, 7)
    await checked_in(patient, TROUBLE)
    assert "again" not in await windows(patient)


async def test_it_is_asked_again_only_after_trouble_and_not_anew_by_a_correction(world: World) -> None:
    _, patient, _ = await _at_week(world, 14)
    window = (await windows(patient))["w2"]["id"]
    await checked_in(patient, {**TROUBLE, "ci.urine_trouble": 0}, arc_window_id=window)
    assert "again" not in await windows(patient)
    first = await checked_in(patient, TROUBLE, arc_window_id=window)
    again = (await windows(patient))["again"]
    facts = {"corrects_id": first["id"], "correction_reason": "Wrong."}
    await checked_in(patient, TROUBLE, arc_window_id=window, **facts)
    assert (await windows(patient))["again"] == again


async def test_what_reaches_us_weeks_later_is_asked_a_week_from_then(world: World) -> None:
    """The phone was offline for so long that seven days after the answer are over."""
    therapist, patient, _ = await _at_week(world, 14)
    then, window = world.api.clock().isoformat(), (await windows(patient))["w2"]["id"]
    await let_pass(world.api, therapist, patient, days=32)
    await checked_in(patient, TROUBLE, completed_at=then, arc_window_id=window)
    again, wanted = (await windows(patient))["again"], world.api.clock() + timedelta(days=7)
    assert again["state"] == "open"
    assert abs(_at(again, "due_at") - wanted) < timedelta(hours=1)


async def test_it_follows_the_dose_that_moves(world: World) -> None:
    therapist, patient, made = await _at_week(world, 14)
    await checked_in(patient, TROUBLE)
    again = (await windows(patient))["again"]
    [given] = (await therapist.get(f"/doses?session_id={made['id']}"))["items"]
    earlier = (datetime.fromisoformat(given["given_at"]) - timedelta(minutes=40)).isoformat()
    await dose(therapist, made, given_at=earlier, corrects_id=given["id"], correction_reason="Wrong.")
    moved = (await windows(patient))["again"]
    assert _at(again, "due_at") - _at(moved, "due_at") == timedelta(minutes=40)


async def test_an_answer_outside_of_every_window_is_asked_again_too(world: World) -> None:
    therapist, patient, _ = await _at_week(world, 60)  # the default protocol asks nothing then
    made = await checked_in(patient, TROUBLE)
    assert made["is_off_window"]
    again, wanted = (await windows(patient))["again"], datetime.fromisoformat(made["happened_at"]) + timedelta(days=7)
    assert abs(_at(again, "due_at") - wanted) < timedelta(hours=1)
    await let_pass(world.api, therapist, patient, days=7)
    second = await checked_in(patient, TROUBLE)
    assert await raised(therapist, source_id=second["id"]) == {"R15": "moderate"}


async def test_trouble_that_went_and_came_back_is_asked_again_anew(world: World) -> None:
    therapist, patient, _ = await _at_week(world, 14)
    await checked_in(patient, TROUBLE)
    await let_pass(world.api, therapist, patient, days=7)
    none = await checked_in(patient, {**TROUBLE, "ci.urine_trouble": 0})
    assert none["arc_window_id"] == (await windows(patient))["again"]["id"]
    await let_pass(world.api, therapist, patient, days=30)
    made = await checked_in(patient, TROUBLE)
    assert await raised(therapist, rule="R15") == {}
    second, wanted = (await windows(patient))["again2"], datetime.fromisoformat(made["happened_at"]) + timedelta(days=7)
    assert (second["state"], second["step"]["items"]) == ("open", ["ci.safety", "ci.urine_trouble"])
    assert abs(_at(second, "due_at") - wanted) < timedelta(hours=1)


async def test_without_a_dose_that_is_followed_nothing_can_be_asked(world: World) -> None:
    """The care team reads the answer, as any other."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await checked_in(patient, TROUBLE)
    assert await windows(patient) == {}
    kinds = [task["kind"] for task in (await therapist.get("/worklist"))["items"]]
    assert kinds == ["check_in_to_read"]


@pytest.mark.parametrize(
    ("used", "wanted"),
    [([], "again"), (["again"], "again2"), (["w1", "again", "again2"], "again3"), (["again2"], "again")],
)
def test_a_session_may_ask_more_than_once(used: list[str], wanted: str) -> None:
    assert next_again(used) == wanted
    assert is_again(wanted)


def test_what_is_no_repeated_question() -> None:
    assert not any(map(is_again, ("w1", "against", "t24")))
    assert next_again(["again", *(f"again{number}" for number in range(2, MAX_AGAIN + 1))]) is None
