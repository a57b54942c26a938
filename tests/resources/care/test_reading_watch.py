"""The clock watches the readings after a dose: R25, a gap in monitoring, and R12, effects that have not gone.

Every number is of clinical.md section 6 (R12, R25) and section 1.2 (Clocks), POLICY.
"""

from datetime import timedelta

import pytest

from integration_api.resources.measures.instruments.catalogue import instruments
from tests.factories.arcs import let_pass
from tests.factories.discharges import ALL_MET, discharge, overridden
from tests.factories.doses import dose, dosed_session
from tests.factories.flags import flag_tasks, flags, tick
from tests.factories.measure_responses import answered
from tests.factories.monitoring import minutes, pressure, reading, upload
from tests.factories.readiness import ready_session
from tests.factories.remote_sessions import home_session, look, observe, support_token
from tests.factories.sessions import move
from tests.support import Json, Person, World

Made = tuple[Person, Json, str]


async def _dosed(world: World, **facts: object) -> Made:
    """A therapist, a session with a dose of now, into a muscle, and when that was."""
    therapist = await world.therapist()
    made = await dosed_session(therapist, world.chart_id(await world.patient_of(therapist)), **facts)
    return therapist, made, world.api.clock().isoformat()


async def _told(world: World, therapist: Person, after: float = 0) -> list[tuple[str, str]]:
    """The rules and severities of the flags of R12 and R25, the oldest first, once the clock has looked."""
    await let_pass(world.api, therapist, minutes=after)
    await tick(world)
    return [(one["rule"], one["severity"]) for one in reversed(await flags(therapist)) if one["rule"] in ("R12", "R25")]


GAP = ("R25", "high")
LATE = ("R12", "moderate")


async def test_twenty_minutes_without_a_reading_are_a_gap(world: World) -> None:
    """R25. Source: clinical.md section 6, POLICY."""
    therapist, made, at = await _dosed(world)
    assert await _told(world, therapist, after=19.5) == []
    assert await _told(world, therapist, after=1) == [GAP]
    assert await _told(world, therapist, after=1) == [GAP]
    [flag] = await flags(therapist, rule="R25")
    assert (flag["origin"], flag["episode_id"]) == ("session", made["id"])
    due = timedelta(minutes=20) + timedelta(hours=1)
    assert flag["acknowledge_due_at"][:19] == minutes(at, due.total_seconds() / 60)[:19]
    assert ("flag_raised", "high") in await flag_tasks(therapist)


async def test_a_critical_reading_asks_to_be_taken_again_in_five_minutes(world: World) -> None:
    """R10. It stands whatever the second one shows."""
    therapist, made, at = await _dosed(world)
    await let_pass(world.api, therapist, minutes=10)
    told = (await upload(therapist, made, pressure(181, 90, minutes(at, 1)), pressure(150, 90, minutes(at, 6))))[
        "items"
    ]
    assert [one["repeat_by"] and one["repeat_by"][:19] for one in told] == [minutes(at, 6)[:19], None]
    [flag] = await flags(therapist, rule="R10")
    assert (flag["severity"], flag["state"]) == ("critical", "open")


async def test_each_reading_begins_the_time_anew_and_a_second_gap_is_a_second_flag(world: World) -> None:
    therapist, made, at = await _dosed(world)
    await let_pass(world.api, therapist, minutes=15)
    await upload(therapist, made, reading("heart_rate", 70, minutes(at, 15)))
    assert await _told(world, therapist, after=19) == []
    assert await _told(world, therapist, after=2) == [GAP]
    await upload(therapist, made, reading("spo2", 98, minutes(at, 36)))
    assert await _told(world, therapist, after=1) == [GAP]
    assert (await _told(world, therapist, after=21)).count(GAP) == 3  # the second gap, and no pressure by 50 minutes


@pytest.mark.parametrize("field", ["weight", "vas_high", "observation"])
async def test_what_is_no_vital_ends_no_gap(world: World, field: str) -> None:
    therapist, made, at = await _dosed(world)
    await let_pass(world.api, therapist, minutes=15)
    facts = {"text": "An invented sentence."} if field == "observation" else {}
    value = {"weight": 70.0, "vas_high": 5.0}.get(field)
    await upload(therapist, made, reading(field, value, minutes(at, 15), **facts))
    assert await _told(world, therapist, after=6) == [GAP]


async def test_a_reading_that_is_withdrawn_ends_no_gap(world: World) -> None:
    therapist, made, at = await _dosed(world)
    await let_pass(world.api, therapist, minutes=15)
    [wrong] = (await upload(therapist, made, reading("heart_rate", 70, minutes(at, 15))))["items"]
    path = f"/sessions/{made['id']}/vitals/{wrong['id']}/withdraw"
    await therapist.post(path, {"reason": "Wrong chart."}, match=wrong["version"], expect=200)
    assert await _told(world, therapist, after=6) == [GAP]


async def _measured(world: World, therapist: Person, made: Json, at: str, until: int, *without: str) -> None:
    """Readings each quarter of an hour from now on, awake and with all that is asked."""
    for minute in range(15, until + 1, 15):
        await let_pass(world.api, therapist, minutes=15)
        wanted = [
            pressure(120, 80, minutes(at, minute)),
            reading("spo2", 98, minutes(at, minute)),
            reading("moaas", 5, minutes(at, minute)),
            reading("heart_rate", 70, minutes(at, minute)),
        ]
        await upload(therapist, made, *(one for one in wanted if one["field"] not in without))
        await tick(world)


async def test_a_session_that_is_measured_raises_none_and_the_window_ends_the_watch(world: World) -> None:
    """The altered-state window is 180 minutes. Source: clinical.md section 1.2, POLICY."""
    therapist, made, at = await _dosed(world)
    await _measured(world, therapist, made, at, 165)
    assert await _told(world, therapist, after=60) == []


async def test_who_is_sedated_after_the_window_is_watched_on(world: World) -> None:
    therapist, made, at = await _dosed(world)
    await _measured(world, therapist, made, at, 165)
    await upload(therapist, made, reading("moaas", 4, minutes(at, 165.5)))
    assert GAP in await _told(world, therapist, after=22)


@pytest.mark.parametrize(("without", "told"), [("blood_pressure", [GAP]), ("spo2", [GAP]), ("heart_rate", [])])
async def test_a_pressure_and_a_saturation_are_taken_by_fifty_minutes(
    world: World, without: str, told: list[tuple[str, str]]
) -> None:
    therapist, made, at = await _dosed(world)
    await _measured(world, therapist, made, at, 45, without)
    assert await _told(world, therapist, after=4) == []
    assert await _told(world, therapist, after=2) == told


@pytest.mark.parametrize(("minute", "told"), [(29, [GAP]), (30.1, []), (49.9, [])])
async def test_a_pressure_counts_from_thirty_to_fifty_minutes(
    world: World, minute: float, told: list[tuple[str, str]]
) -> None:
    """R25. Source: clinical.md section 6, POLICY."""
    therapist, made, at = await _dosed(world)
    await _measured(world, therapist, made, at, 45, "blood_pressure")
    taken = minutes(at, minute)
    if minute > 45:
        await let_pass(world.api, therapist, minutes=5)
    await upload(therapist, made, pressure(120, 80, taken))
    assert await _told(world, therapist, after=6 - max(minute - 45, 0)) == told


async def test_no_sedation_score_by_the_late_time_is_told_once(world: World) -> None:
    """R12: the late time of a dose into a muscle is 120 minutes. Source: clinical.md section 1.2, POLICY."""
    therapist, made, at = await _dosed(world)
    await _measured(world, therapist, made, at, 105, "moaas")
    assert await _told(world, therapist, after=14) == []
    await upload(therapist, made, reading("heart_rate", 70, minutes(at, 119)))
    assert await _told(world, therapist, after=2) == [LATE]
    assert await _told(world, therapist, after=2) == [LATE]


async def test_a_sedation_score_that_falls_again_is_told_at_the_late_time(world: World) -> None:
    therapist, made, at = await _dosed(world)
    await _measured(world, therapist, made, at, 105)
    await upload(therapist, made, reading("moaas", 4, minutes(at, 104)))
    assert await _told(world, therapist, after=5) == []  # it was awake after that
    await upload(therapist, made, reading("moaas", 4, minutes(at, 110)))
    assert await _told(world, therapist, after=11) == [LATE]


async def test_a_further_dose_moves_the_late_time(world: World) -> None:
    therapist, made, at = await _dosed(world)
    await _measured(world, therapist, made, at, 30, "moaas")
    await dose(therapist, made, kind="booster", amount=20)
    await _measured(world, therapist, made, minutes(at, 30), 105, "moaas")
    assert await _told(world, therapist, after=14) == []
    await upload(therapist, made, reading("heart_rate", 70, minutes(at, 149)))
    assert LATE in await _told(world, therapist, after=2)


async def test_the_checklist_says_that_an_effect_has_gone(world: World) -> None:
    therapist, made, at = await _dosed(world)
    await _measured(world, therapist, made, at, 105, "moaas")
    await discharge(therapist, made, met=ALL_MET, discharged_at=None)
    await let_pass(world.api, therapist, minutes=10)
    await upload(therapist, made, reading("heart_rate", 70, minutes(at, 115)))
    assert await _told(world, therapist, after=6) == []


@pytest.mark.parametrize("field", ["cadss", "cadss_6", "dissociation"])
async def test_dissociation_above_that_before_the_dose_is_told_by_the_clock_and_by_the_reading(
    world: World, field: str
) -> None:
    therapist = await world.therapist()
    made = await ready_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await upload(therapist, made, reading(field, 1, world.api.clock().isoformat()))
    world.api.clock.advance(minutes=1)
    await dose(therapist, made)
    at = world.api.clock().isoformat()
    await _measured(world, therapist, made, at, 105)
    await upload(therapist, made, reading(field, 2, minutes(at, 100)))
    await let_pass(world.api, therapist, minutes=14)
    await upload(therapist, made, reading("heart_rate", 70, minutes(at, 119)))
    assert await _told(world, therapist, after=2) == [LATE]
    told = (await upload(therapist, made, reading(field, 1, minutes(at, 120))))["items"]
    assert [one["findings"] for one in told] == [[]]
    told = (await upload(therapist, made, reading(field, 2, minutes(at, 121))))["items"]
    assert [(one["rule"], one["severity"]) for one in told[0]["findings"]] == [LATE]
    assert await _told(world, therapist) == [LATE, LATE]


async def test_dissociation_that_is_back_is_told_by_nobody(world: World) -> None:
    therapist = await world.therapist()
    made = await ready_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await upload(therapist, made, reading("cadss_6", 1, world.api.clock().isoformat()))
    world.api.clock.advance(minutes=1)
    await dose(therapist, made)
    at = world.api.clock().isoformat()
    await _measured(world, therapist, made, at, 105)
    await upload(therapist, made, reading("cadss_6", 9, minutes(at, 100)))
    await upload(therapist, made, reading("cadss_6", 1, minutes(at, 104)))
    assert await _told(world, therapist, after=16) == []


async def test_answers_to_an_instrument_count_as_a_score_of_dissociation(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    made = await ready_session(therapist, chart)
    numbers = [{item.id: each for item in instruments()["cadss6"].items} for each in (0, 1)]
    await answered(therapist, chart, instrument_id="cadss6", answers=numbers[0], session_id=made["id"])
    world.api.clock.advance(minutes=1)
    await dose(therapist, made)
    at = world.api.clock().isoformat()
    await _measured(world, therapist, made, at, 105)
    await answered(therapist, chart, instrument_id="cadss6", answers=numbers[1], session_id=made["id"])
    await let_pass(world.api, therapist, minutes=5)
    await upload(therapist, made, reading("heart_rate", 70, minutes(at, 110)))
    assert await _told(world, therapist, after=11) == [LATE]


@pytest.mark.parametrize("end", ["left", "completed", "withdrawn"])
async def test_nothing_is_watched_after_the_end(world: World, end: str) -> None:
    """A patient whose session was broken off is watched until they have left: `test_broken_off_sessions.py`."""
    therapist, made, _ = await _dosed(world)
    if end == "left":
        await discharge(therapist, made)
        early = await flags(therapist)
    elif end == "completed":
        await overridden(therapist, made)
        await move(therapist, made, "complete")
        early = await flags(therapist)
    else:
        [given] = (await therapist.get(f"/doses?session_id={made['id']}"))["items"]
        path = f"/sessions/{made['id']}/doses/{given['id']}/withdraw"
        await therapist.post(path, {"reason": "Wrong chart."}, match=given["version"], expect=200)
        early = await flags(therapist)
    assert await _told(world, therapist, after=300) == []
    assert len(await flags(therapist)) == len(early)


async def test_what_reaches_us_late_misses_nothing_that_was_due_before(world: World) -> None:
    """A dose that is recorded two hours later: no pressure and no score could be asked for in time."""
    therapist = await world.therapist()
    made = await ready_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await let_pass(world.api, therapist, minutes=150)
    await dose(therapist, made, given_at=minutes(world.api.clock().isoformat(), -125))
    assert await _told(world, therapist, after=1) == []
    assert await _told(world, therapist, after=20) == [GAP]


@pytest.mark.parametrize(("of_clinic", "after", "told"), [(30, 29, []), (30, 31, [GAP]), (0, 49, [])])
async def test_a_clinic_sets_how_long_a_gap_is(
    world: World, of_clinic: int, after: float, told: list[tuple[str, str]]
) -> None:
    """The default is 20 minutes; 0 watches none."""
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"monitoring_gap_minutes": of_clinic}}, clinic["version"])
    therapist, made, at = await _dosed(world)
    await upload(therapist, made, reading("moaas", 5, at))
    assert await _told(world, therapist, after=after) == told


async def test_at_home_the_observer_counts(world: World) -> None:
    """The checks of the observer are the watch of a gap; their numbers are a pressure and a saturation."""
    therapist = await world.therapist()
    made = await home_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await dose(therapist, made)
    token = await support_token(therapist, made)
    for minute in range(15, 136, 15):
        await let_pass(world.api, therapist, minutes=15)
        numbers = {"systolic": 120, "diastolic": 80, "spo2": 97} if minute == 45 else {}
        await observe(world.api, token, look(world.api.clock(), **numbers))
        assert (minute, await _told(world, therapist)) == (minute, [])


async def test_at_home_without_numbers_it_is_told(world: World) -> None:
    therapist = await world.therapist()
    made = await home_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await dose(therapist, made)
    token = await support_token(therapist, made)
    for _ in range(8):
        await let_pass(world.api, therapist, minutes=15)
        await observe(world.api, token, look(world.api.clock(), responds="to_voice"))
        await tick(world)
    assert sorted(await _told(world, therapist, after=1)) == [LATE, GAP, GAP]
