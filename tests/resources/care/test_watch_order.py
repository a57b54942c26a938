"""The clock waits for what the readings that stand say, in whatever order they come or are withdrawn (R12, R25).

Every number is of clinical.md section 6 (R12, R25) and section 1.2 (Clocks), POLICY.
"""

import pytest

from integration_api.resources.measures.instruments.catalogue import instruments
from tests.factories.arcs import let_pass
from tests.factories.discharges import ALL_MET, discharge
from tests.factories.doses import dose, dosed_session
from tests.factories.flags import flags, take, tick
from tests.factories.measure_responses import answered
from tests.factories.monitoring import minutes, pressure, reading, upload
from tests.factories.readiness import ready_session
from tests.factories.remote_sessions import home_session, look, observe, support_token
from tests.support import Json, Person, World

GAP = ("R25", "high")
LATE = ("R12", "moderate")
WATCHED = ("monitoring_gap", "pressure_missed", "oxygen_missed", "sedation_not_gone", "dissociation_not_gone")


async def told(world: World, therapist: Person, after: float = 0) -> list[tuple[str, str]]:
    """The rules and severities of the flags of R12 and R25, the oldest first, once the clock has looked."""
    await let_pass(world.api, therapist, minutes=after)
    await tick(world)
    return [(one["rule"], one["severity"]) for one in reversed(await flags(therapist)) if one["rule"] in ("R12", "R25")]


async def withdraw(therapist: Person, made: Json, one: Json) -> None:
    path = f"/sessions/{made['id']}/vitals/{one['id']}/withdraw"
    await therapist.post(path, {"reason": "Wrong chart."}, match=1, expect=200)


async def measured(world: World, therapist: Person, made: Json, at: str, until: int, *without: str) -> None:
    """Readings each quarter of an hour from now on, awake and with all that is asked."""
    for minute in range(15, until + 1, 15):
        await let_pass(world.api, therapist, minutes=15)
        wanted = [pressure(120, 80, minutes(at, minute)), reading("heart_rate", 70, minutes(at, minute))]
        wanted += [reading("spo2", 98, minutes(at, minute)), reading("moaas", 5, minutes(at, minute))]
        await upload(therapist, made, *(one for one in wanted if one["field"] not in without))


async def dosed(world: World, until: int, *without: str, field: str | None = None) -> tuple[Person, Json, str]:
    """A therapist, a session with a dose, measured until this minute, and when the dose was; a score of 1 before it."""
    therapist = await world.therapist()
    made = await ready_session(therapist, world.chart_id(await world.patient_of(therapist)))
    if field is not None:
        await upload(therapist, made, reading(field, 1, world.api.clock().isoformat()))
        world.api.clock.advance(minutes=1)
    await dose(therapist, made)
    at = world.api.clock().isoformat()
    await measured(world, therapist, made, at, until, *without)
    return therapist, made, at


# ── at home ──


async def at_home(world: World) -> tuple[Person, Json, str, str]:
    therapist = await world.therapist()
    made = await home_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await dose(therapist, made)
    return therapist, made, await support_token(therapist, made), world.api.clock().isoformat()


_NUMBERS = {"systolic": 120, "diastolic": 80, "spo2": 97}


@pytest.mark.parametrize(("first", "then", "late"), [("yes", "to_voice", [LATE]), ("to_voice", "yes", [])])
async def test_at_home_the_newest_check_says_whether_they_are_awake(
    world: World, first: str, then: str, late: list[tuple[str, str]]
) -> None:
    therapist, _, token, _ = await at_home(world)
    for minute in range(15, 121, 15):
        await let_pass(world.api, therapist, minutes=15)
        facts = {"responds": first if minute < 60 else then, **(_NUMBERS if minute == 45 else {})}
        await observe(world.api, token, look(world.api.clock(), **facts))
    assert await told(world, therapist, after=1) == late


@pytest.mark.parametrize(("newer", "older", "late"), [("to_voice", "yes", [LATE]), ("yes", "to_voice", [])])
async def test_at_home_an_older_check_that_arrives_later_changes_nothing(
    world: World, newer: str, older: str, late: list[tuple[str, str]]
) -> None:
    therapist, _, token, at = await at_home(world)
    for minute in range(15, 121, 15):
        await let_pass(world.api, therapist, minutes=15)
        numbers = _NUMBERS if minute == 45 else {}
        await observe(world.api, token, look(world.api.clock(), responds=newer, **numbers))
    await observe(world.api, token, look(minutes(at, 100), responds=older))
    assert await told(world, therapist, after=1) == late


@pytest.mark.parametrize(("score", "late"), [(4, [LATE]), (5, [])])
async def test_at_home_a_score_and_a_check_are_one_series(
    world: World, score: float, late: list[tuple[str, str]]
) -> None:
    therapist, made, token, at = await at_home(world)
    says = "yes" if score < 5 else "to_voice"
    for minute in range(15, 106, 15):
        await let_pass(world.api, therapist, minutes=15)
        await observe(world.api, token, look(world.api.clock(), responds=says, **(_NUMBERS if minute == 45 else {})))
    await upload(
        therapist, made, reading("moaas", score, minutes(at, 104))
    )  # before the newest check: it is not the last
    await upload(therapist, made, reading("moaas", score, minutes(at, 105.1 - 0.1)))
    await let_pass(world.api, therapist, minutes=5)
    await upload(therapist, made, reading("moaas", score, minutes(at, 110)))
    assert await told(world, therapist, after=11) == late


async def test_at_home_each_check_that_is_missed_is_told(world: World) -> None:
    therapist, _, token, _ = await at_home(world)
    await observe(world.api, token, look(world.api.clock(), **_NUMBERS))
    assert await told(world, therapist, after=21) == [GAP]
    await observe(world.api, token, look(world.api.clock()))
    assert await told(world, therapist, after=19) == [GAP]
    assert await told(world, therapist, after=2) == [GAP, GAP]


# ── what arrives, or is withdrawn, after the deadline ──


async def test_a_score_that_arrives_after_the_late_time_is_told(world: World) -> None:
    """R12."""
    therapist, made, at = await dosed(world, 105)
    assert await told(world, therapist, after=16) == []
    await upload(therapist, made, reading("moaas", 4, minutes(at, 118)))
    assert await told(world, therapist) == [LATE]


async def test_a_score_that_is_withdrawn_after_the_late_time_is_told_and_one_that_is_told_is_settled(
    world: World,
) -> None:
    therapist, made, at = await dosed(world, 105, "moaas")
    for again in (1, 2):
        [score] = (await upload(therapist, made, reading("moaas", 5, minutes(at, 104 + again))))["items"]
        await let_pass(world.api, therapist, minutes=8)
        await upload(therapist, made, reading("heart_rate", 70, world.api.clock().isoformat()))
        expected = [] if again == 1 else [LATE]
        assert await told(world, therapist, after=8) == expected
        await withdraw(therapist, made, score)
        assert await told(world, therapist) == [LATE]
        await upload(therapist, made, reading("heart_rate", 70, world.api.clock().isoformat()))
    tasks = (await therapist.get("/worklist", params={"limit": 100}))["items"]
    assert [one for one in tasks if one["kind"] in WATCHED] == []
    assert await tick(world) == 0


async def test_a_flag_that_was_closed_does_not_stop_another(world: World) -> None:
    therapist, made, at = await dosed(world, 105, "moaas")
    await let_pass(world.api, therapist, minutes=10)
    await upload(therapist, made, reading("heart_rate", 70, minutes(at, 115)))
    assert await told(world, therapist, after=6) == [LATE]
    [flag] = await flags(therapist, rule="R12")
    await take(therapist, await take(therapist, flag, "acknowledge"), "resolve")
    [score] = (await upload(therapist, made, reading("moaas", 5, minutes(at, 120))))["items"]
    assert await told(world, therapist, after=1) == [LATE]
    await withdraw(therapist, made, score)
    assert await told(world, therapist) == [LATE, LATE]
    assert await told(world, therapist) == [LATE, LATE]


@pytest.mark.parametrize("field", ["blood_pressure", "spo2"])
async def test_what_is_withdrawn_after_fifty_minutes_is_missed(world: World, field: str) -> None:
    therapist, made, at = await dosed(world, 45, field)
    one = pressure(120, 80, minutes(at, 40)) if field == "blood_pressure" else reading(field, 98, minutes(at, 40))
    [kept] = (await upload(therapist, made, one))["items"]
    assert await told(world, therapist, after=6) == []
    await withdraw(therapist, made, kept)
    assert await told(world, therapist) == [GAP]
    await upload(therapist, made, reading("heart_rate", 70, minutes(at, 51)))
    assert await told(world, therapist, after=1) == [GAP]


async def test_a_reading_that_is_withdrawn_late_leaves_a_gap(world: World) -> None:
    therapist, made, at = await dosed(world, 15)
    await let_pass(world.api, therapist, minutes=15)
    [last] = (await upload(therapist, made, reading("heart_rate", 70, minutes(at, 30))))["items"]
    assert await told(world, therapist, after=10) == []
    await withdraw(therapist, made, last)
    assert await told(world, therapist) == [GAP]


async def test_a_reading_between_others_that_is_withdrawn_leaves_a_gap_once(world: World) -> None:
    therapist, made, at = await dosed(world, 15)
    await let_pass(world.api, therapist, minutes=15)
    between = reading("heart_rate", 70, minutes(at, 28)), reading("spo2", 98, minutes(at, 29))
    one, other = (await upload(therapist, made, *between))["items"]
    await let_pass(world.api, therapist, minutes=10)
    await upload(therapist, made, reading("heart_rate", 70, minutes(at, 40)))
    await withdraw(therapist, made, one)
    assert await told(world, therapist) == []
    await withdraw(therapist, made, other)
    assert await told(world, therapist) == [GAP]
    [flag] = await flags(therapist, rule="R25")
    assert (flag["origin"], flag["episode_id"]) == ("session", made["id"])


# ── dissociation ──


@pytest.mark.parametrize(("newer", "older", "late"), [(1, 9, []), (9, 1, [LATE])])
async def test_an_older_score_that_arrives_later_changes_nothing(
    world: World, newer: float, older: float, late: list[tuple[str, str]]
) -> None:
    therapist, made, at = await dosed(world, 105, field="cadss_6")
    await upload(therapist, made, reading("cadss_6", newer, minutes(at, 104)))
    await upload(therapist, made, reading("cadss_6", older, minutes(at, 100)))
    assert await told(world, therapist, after=16) == late


async def test_a_score_that_is_withdrawn_counts_no_more(world: World) -> None:
    therapist, made, at = await dosed(world, 105, field="cadss_6")
    [wrong] = (await upload(therapist, made, reading("cadss_6", 9, minutes(at, 100))))["items"]
    await withdraw(therapist, made, wrong)
    assert await told(world, therapist, after=16) == []
    found = await upload(
        therapist, made, reading("cadss_6", 9, minutes(at, 118)), reading("cadss_6", 1, minutes(at, 119))
    )
    assert await told(world, therapist) == []
    await withdraw(therapist, made, found["items"][1])
    assert await told(world, therapist) == [LATE]


async def test_after_the_patient_left_no_score_begins_a_watch(world: World) -> None:
    therapist, made, at = await dosed(world, 105, field="cadss_6")
    await discharge(therapist, made)
    await upload(therapist, made, reading("cadss_6", 9, minutes(at, 104)))
    assert await told(world, therapist, after=30) == []


@pytest.mark.parametrize(("end", "late"), [("older", []), ("withdrawn", [])])
async def test_answers_count_by_when_they_were_given(world: World, end: str, late: list[tuple[str, str]]) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    made = await ready_session(therapist, chart)
    low, high = ({item.id: each for item in instruments()["cadss6"].items} for each in (0, 1))
    facts = {"instrument_id": "cadss6", "session_id": made["id"]}
    await answered(therapist, chart, answers=low, **facts)
    world.api.clock.advance(minutes=1)
    await dose(therapist, made)
    at = world.api.clock().isoformat()
    await measured(world, therapist, made, at, 105)
    if end == "older":
        await answered(therapist, chart, answers=low, completed_at=minutes(at, 104), **facts)
    wrong = await answered(therapist, chart, answers=high, completed_at=minutes(at, 100), **facts)
    if end == "withdrawn":
        path = f"/measure-responses/{wrong['id']}/withdraw"
        await therapist.post(path, {"reason": "Wrong chart."}, match=wrong["version"], expect=200)
    await let_pass(world.api, therapist, minutes=5)
    await upload(therapist, made, reading("heart_rate", 70, minutes(at, 110)))
    assert await told(world, therapist, after=11) == late


# ── a dose that is recorded after its readings ──


async def test_readings_that_are_stored_before_their_dose_count(world: World) -> None:
    therapist = await world.therapist()
    made = await ready_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await let_pass(world.api, therapist, minutes=60)
    now = world.api.clock().isoformat()
    at = minutes(now, -45)
    await upload(
        therapist,
        made,
        pressure(120, 80, minutes(at, 40)),
        reading("spo2", 98, minutes(at, 40)),
        reading("moaas", 5, minutes(at, 40)),
    )
    await dose(therapist, made, given_at=at)
    assert await told(world, therapist, after=6) == []
    assert await told(world, therapist, after=10) == [GAP]  # 20 minutes after the last reading, not after now
    for _ in range(4):
        await upload(therapist, made, reading("heart_rate", 70, world.api.clock().isoformat()))
        await let_pass(world.api, therapist, minutes=15)
    assert await told(world, therapist) == [GAP]


async def test_no_gap_is_told_of_the_time_after_the_window(world: World) -> None:
    """It is 180 minutes long. Source: clinical.md section 1.2, POLICY."""
    therapist = await world.therapist()
    made = await ready_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await let_pass(world.api, therapist, minutes=200)
    await dose(therapist, made, given_at=minutes(world.api.clock().isoformat(), -170))
    assert await told(world, therapist, after=30) == []


# ── what has ended the watch is taken back ──


async def test_an_item_of_the_checklist_that_is_taken_back_is_waited_for_again(world: World) -> None:
    therapist, made, at = await dosed(world, 105, "moaas")
    await discharge(therapist, made, met=ALL_MET, discharged_at=None)
    await discharge(therapist, made, 1, met=ALL_MET[1:], discharged_at=None)
    await let_pass(world.api, therapist, minutes=10)
    await upload(therapist, made, reading("heart_rate", 70, minutes(at, 115)))
    assert await told(world, therapist, after=6) == [LATE]


async def test_leaving_that_is_taken_back_begins_the_watch_again(world: World) -> None:
    therapist = await world.therapist()
    made = await dosed_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await discharge(therapist, made)
    await discharge(therapist, made, 1, met=[], discharged_at=None)
    assert await told(world, therapist, after=19) == []
    assert await told(world, therapist, after=2) == [GAP]
