"""R29, what is new about suicide after a dose, and R30, a response that is lost: by rules, and over HTTP."""

from datetime import UTC, date, datetime, timedelta

import pytest

from integration_api.resources.attention.flags.rules import FlagSeverity, Hit
from integration_api.resources.measures.instruments.catalogue import instruments
from integration_api.resources.measures.instruments.scores import Score, scores_of
from integration_api.resources.measures.measure_responses.late_dissociation import late_hits, value_before
from integration_api.resources.measures.measure_responses.lost_responses import Reading, lost_hits, response_score
from integration_api.resources.measures.measure_responses.new_risks import COMPARED, new_risk_hits, risk_of, stepped_up
from integration_api.resources.measures.measure_responses.score_parts import score_there
from integration_api.resources.measures.measure_responses.statements import MAX_EARLIER
from integration_api.resources.measures.measure_responses.worse_scores import Scored
from tests.factories.arcs import checked_in, let_pass
from tests.factories.doses import dose
from tests.factories.flags import flags, raised
from tests.factories.measure_responses import PHQ9, answered, answers
from tests.factories.readiness import ready_session
from tests.support import Json, Person, World

NOW = datetime(2026, 11, 30, tzinfo=UTC)
HIGH, CRITICAL = FlagSeverity.HIGH, FlagSeverity.CRITICAL


@pytest.mark.parametrize(
    ("instrument_id", "given", "risk"),
    [
        ("phq9", {"phq9.9": 2}, 2),
        ("phq9", {"phq9.1": 2}, None),
        ("qids_sr16", {"qids.12": 1}, 1),
        ("madrs", {"madrs.10": 4}, 4),
        ("asq", {f"asq.{number}": "no" for number in range(1, 5)}, 0),
        ("asq", {"asq.1": "yes", "asq.5": "no"}, 1),
        ("asq", {"asq.1": "yes"}, 1),
        ("asq", {"asq.5": "yes"}, 2),
        ("cssrs_screener", {"cssrs.1": "yes", "cssrs.2": "no", "cssrs.6": "no"}, 1),
        ("cssrs_screener", {"cssrs.4": "yes"}, 3),
        ("cssrs_screener", {"cssrs.3": "yes"}, 2),
    ],
)
def test_how_much_answers_say_about_suicide(instrument_id: str, given: Json, risk: int | None) -> None:
    scores = {score.id: score_there(score) for score in scores_of(instruments()[instrument_id], given)}
    assert risk_of(instrument_id, given, scores) == risk
    assert instrument_id in COMPARED


def test_only_more_than_before_is_new() -> None:
    assert new_risk_hits(2, 1) == [Hit("R29", HIGH)]
    assert new_risk_hits(1, 0) == [Hit("R29", HIGH)]
    for now, before in ((1, 1), (1, 2), (None, 0), (1, None)):
        assert new_risk_hits(now, before) == []


@pytest.mark.parametrize(
    ("birth_on", "severity"),
    [("2001-12-01", CRITICAL), ("2001-11-30", HIGH), ("2002-11-30", CRITICAL), ("1960-01-01", HIGH), (None, HIGH)],
)
def test_the_young_are_one_step_more_severe(birth_on: str | None, severity: FlagSeverity) -> None:
    assert stepped_up(Hit("R29", HIGH), birth_on, date(2026, 11, 30)) == Hit("R29", severity)
    assert stepped_up(Hit("R01", HIGH), birth_on, date(2026, 11, 30)) == Hit("R01", HIGH)


def _earlier(*values: float) -> list[Reading]:
    """Readings of the PHQ-9, the newest first, a day apart; the last one came before the first dose."""
    return [Reading(Score("total", value), NOW - timedelta(days=day)) for day, value in enumerate(values, start=1)]


@pytest.mark.parametrize(
    ("current", "earlier", "is_lost"),
    [
        (15, (14, 8, 20), True),
        (15, (9, 8, 20), False),
        (9, (14, 8, 20), False),
        (15, (14, 12, 20), False),
        (15, (14, 13, 8, 20), False),
        (15, (14, 20), False),
        (15, (), False),
    ],
)
def test_a_response_that_is_lost_at_two_readings(current: float, earlier: tuple[float, ...], *, is_lost: bool) -> None:
    first_dose_at = NOW - timedelta(days=len(earlier)) + timedelta(hours=1)
    found = lost_hits(instruments()["phq9"], Score("total", current), _earlier(*earlier), first_dose_at)
    assert found == ([Hit("R30", FlagSeverity.MODERATE)] if is_lost else [])
    assert lost_hits(instruments()["phq9"], Score("total", current), _earlier(*earlier), None) == []


def test_a_reading_that_cannot_be_told_is_no_loss() -> None:
    unsure = Score("total", 9, ceiling=15)
    first_dose_at = NOW - timedelta(days=3) + timedelta(hours=1)
    assert lost_hits(instruments()["phq9"], unsure, _earlier(14, 8, 20), first_dose_at) == []


def test_the_instruments_that_tell_a_response() -> None:
    found = {name: score for name, one in instruments().items() if (score := response_score(one)) is not None}
    assert found == dict.fromkeys(("phq9", "gad7", "qids_sr16", "madrs"), "total")


async def _dosed(world: World, **facts: object) -> tuple[Person, Person]:
    """A patient who was given a dose now, and had answered the PHQ-9 with nothing about suicide an hour before."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist, **facts)
    await answered(patient, answers=answers(PHQ9))
    await let_pass(world.api, therapist, patient, hours=1)
    await dose(therapist, await ready_session(therapist, world.chart_id(patient)))
    return therapist, patient


async def test_what_is_new_within_three_days_after_a_dose(world: World) -> None:
    therapist, patient = await _dosed(world)
    await let_pass(world.api, therapist, patient, hours=70)
    await answered(patient, answers=answers(PHQ9))
    assert await raised(therapist, rule="R29") == {}
    made = await answered(patient, answers=answers([*PHQ9[:8], 1]))
    [flag] = await flags(therapist, rule="R29")
    assert (flag["severity"], flag["source_id"], flag["dose_hold"]) == ("high", made["id"], "screen")
    await let_pass(world.api, therapist, patient, hours=3)
    await answered(patient, answers=answers([*PHQ9[:8], 3]))
    assert len(await flags(therapist, rule="R29")) == 1


async def test_of_a_young_patient_it_is_critical_also_at_a_check_in(world: World) -> None:
    therapist, patient = await _dosed(world, birth_on="2004-01-31")
    await let_pass(world.api, therapist, patient, hours=20)
    await answered(patient, answers=answers([*PHQ9[:8], 1]))
    told = await checked_in(patient, {"ci.self_harm_thoughts": "new"})
    assert [(one["rule"], one["severity"]) for one in told["alarms"]] == [("R29", "critical")]
    assert [flag["severity"] for flag in await flags(therapist, rule="R29")] == ["critical", "critical"]


async def test_without_answers_from_before_nothing_is_compared(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await dose(therapist, await ready_session(therapist, world.chart_id(patient)))
    await answered(patient, answers=answers([*PHQ9[:8], 1]))
    assert sorted(await raised(therapist)) == ["R01", "R17"]


async def test_a_lost_response_is_told_at_the_second_reading(world: World) -> None:
    therapist, patient = await _dosed(world)
    for numbers in ([0, 1, 0, 1, 0, 1, 1, 0, 0], [1] * 8 + [0], [1] * 8 + [0], [1] * 8 + [0]):
        await let_pass(world.api, therapist, patient, days=15)
        await answered(patient, answers=answers(numbers))
    [flag] = await flags(therapist, rule="R30")
    assert flag["severity"] == "moderate"


@pytest.mark.parametrize(
    ("value", "hours", "before", "is_late"),
    [(3, 2, 1, True), (3, 1.9, 1, False), (1, 3, 1, False), (3, 3, None, False)],
)
def test_dissociation_that_has_not_gone(value: float, hours: float, before: float | None, *, is_late: bool) -> None:
    earlier = [Scored(20, NOW + timedelta(minutes=40))]
    earlier += [] if before is None else [Scored(before, NOW - timedelta(hours=1))]
    at = NOW + timedelta(hours=hours)
    before_dose = value_before(earlier, NOW)
    assert before_dose == before
    found = late_hits(value, at, before_dose, NOW + timedelta(hours=2))
    assert found == ([Hit("R12", FlagSeverity.MODERATE)] if is_late else [])
    assert late_hits(value, at, before_dose, None) == []
    assert value_before(earlier, None) is None


async def test_dissociation_in_a_session_is_told_at_the_late_time(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    made = await ready_session(therapist, chart)

    async def asked(each: int) -> None:
        numbers = {item.id: each for item in instruments()["cadss6"].items}
        await answered(therapist, chart, instrument_id="cadss6", answers=numbers, session_id=made["id"])

    await asked(0)
    world.api.clock.advance(minutes=1)
    await dose(therapist, made)
    await let_pass(world.api, therapist, minutes=119)
    await asked(1)
    assert await raised(therapist, rule="R12") == {}
    await let_pass(world.api, therapist, minutes=2)
    await asked(1)
    assert await raised(therapist, rule="R12") == {"R12": "moderate"}
    world.api.clock.advance(minutes=1)
    await asked(0)
    assert len(await flags(therapist, rule="R12")) == 1


async def test_dissociation_is_compared_with_no_other_session(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    numbers = [{item.id: each for item in instruments()["cadss6"].items} for each in range(2)]
    before = await ready_session(therapist, chart)
    await answered(therapist, chart, instrument_id="cadss6", answers=numbers[0], session_id=before["id"])
    made = await ready_session(therapist, chart)
    world.api.clock.advance(minutes=1)
    await dose(therapist, made)
    await let_pass(world.api, therapist, minutes=130)
    await answered(therapist, chart, instrument_id="cadss6", answers=numbers[1], session_id=made["id"])
    assert await raised(therapist, rule="R12") == {}


async def test_what_counts_is_found_behind_a_hundred_readings(world: World) -> None:
    """R07 and R30: the best value so far and the value before the first dose are older than the newest scores."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await answered(patient, answers=_total(20))
    world.api.clock.advance(minutes=1)
    await dose(therapist, await ready_session(therapist, world.chart_id(patient)))
    for value in (3, *[9] * MAX_EARLIER):
        world.api.clock.advance(seconds=20)
        await answered(patient, answers=_total(value))
    world.api.clock.advance(seconds=20)
    first = await answered(patient, answers=_total(14))
    assert await raised(therapist, source_id=first["id"]) == {"R07": "high"}
    world.api.clock.advance(seconds=20)
    second = await answered(patient, answers=_total(15))
    assert await raised(therapist, source_id=second["id"]) == {"R07": "high", "R30": "moderate"}


def _total(value: int) -> Json:
    """Answers to the PHQ-9 with this total, and nothing about suicide."""
    return answers([*(min(3, max(0, value - 3 * place)) for place in range(8)), 0])
