"""R15: trouble with urine that is told once is asked again seven days later. Source: clinical.md section 6, R15."""

from datetime import datetime, timedelta

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


async def test_it_is_asked_again_once_in_a_session_and_only_after_trouble(world: World) -> None:
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
