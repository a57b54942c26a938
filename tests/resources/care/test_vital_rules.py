"""Rules of vitals: each band at its edge, and the same series and findings in whatever order uploads come."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integration_api.core.ids import new_id
from integration_api.resources.care.doses.bands import CLOCKS, FIELDS, VitalField
from integration_api.resources.care.doses.dose_clocks import ClockDose
from integration_api.resources.care.doses.watch_rules import clock_of
from integration_api.resources.care.monitoring.rules import (
    Dosed,
    Measured,
    findings,
    late_at,
    minutes_from_dose,
    observe_until,
    repeat_by,
    with_baseline,
)
from integration_api.resources.care.orders.limits import DoseRoute
from tests.factories.doses import dose
from tests.factories.monitoring import minutes, pressure, reading, series, upload
from tests.factories.readiness import ready_session
from tests.support import Json, World

DOSE_AT = datetime(2026, 11, 20, 15, tzinfo=UTC)


def measured(field: str, value: float, minute: float, diastolic: float | None = None) -> Measured:
    return Measured(new_id(), VitalField(field), DOSE_AT + timedelta(minutes=minute), value, diastolic)


def bp(systolic: float, diastolic: float, minute: float) -> Measured:
    return measured("blood_pressure", systolic, minute, diastolic)


def dosed(route: DoseRoute = DoseRoute.IM, infusion: int | None = None, *before: Measured) -> Dosed:
    return with_baseline(Dosed(DOSE_AT, DOSE_AT, (ClockDose(route, DOSE_AT, infusion),)), before)


def then_im(route: DoseRoute, infusion: int | None, at: int) -> Dosed:
    """A dose, and one into a muscle so many minutes after it."""
    later = DOSE_AT + timedelta(minutes=at)
    doses = (ClockDose(route, DOSE_AT, infusion), ClockDose(DoseRoute.IM, later))
    return Dosed(DOSE_AT, later, doses)


@pytest.mark.parametrize(
    ("route", "infusion", "at", "observed", "late"),
    [
        (DoseRoute.ORAL, None, 10, 180, 240),
        (DoseRoute.SUBLINGUAL, None, 10, 130, 180),
        (DoseRoute.IV_INFUSION, 100, 5, 160, 160),
        (DoseRoute.IM, None, 30, 150, 150),
        (DoseRoute.ORAL, None, 200, 320, 320),
    ],
)
def test_a_further_dose_shortens_no_clock(
    route: DoseRoute, infusion: int | None, at: int, observed: int, late: int
) -> None:
    """Each dose that stands has its own clock; the last to end counts. Source: clinical.md section 1.2, POLICY."""
    facts = then_im(route, infusion, at)
    assert observe_until(facts) == DOSE_AT + timedelta(minutes=observed)
    assert late_at(facts) == DOSE_AT + timedelta(minutes=late)
    clock = clock_of(facts.doses)
    assert clock is not None
    assert clock.late_at == late_at(facts)
    assert "R12" not in told(measured("moaas", 4, late - 1), facts)
    assert "R12" in told(measured("moaas", 4, late), facts)


def told(one: Measured, facts: Dosed) -> list[str]:
    return [found["rule"] for found in findings(one, facts)]


@pytest.mark.parametrize(
    ("one", "rules"),
    [
        (bp(140, 90, -1), []),
        (bp(141, 90, -1), ["R09"]),
        (bp(140, 91, -1), ["R09"]),
        (bp(159, 99, 10), []),
        (bp(160, 99, 10), ["R11"]),
        (bp(159, 100, 10), ["R11"]),
        (bp(180, 80, 10), ["R10"]),
        (bp(150, 110, 10), ["R10"]),
        (bp(160, 80, 119), ["R11"]),
        (bp(160, 80, 120), ["R11", "R19"]),
        (bp(180, 80, 120), ["R10", "R19"]),
        (measured("heart_rate", 120, 10), []),
        (measured("heart_rate", 121, 10), ["R11"]),
        (measured("heart_rate", 49, 10), ["R11"]),
        (measured("heart_rate", 140, 10), ["R11"]),
        (measured("heart_rate", 141, 10), ["R10"]),
        (measured("heart_rate", 39, 10), ["R10"]),
        (measured("heart_rate", 39, -10), ["R10"]),
        (measured("spo2", 93, -10), ["R11"]),
        (measured("spo2", 94, 10), []),
        (measured("spo2", 93, 10), ["R11"]),
        (measured("spo2", 89, 10), ["R10"]),
        (measured("respiratory_rate", 10, 10), []),
        (measured("respiratory_rate", 9, 10), ["R11"]),
        (measured("respiratory_rate", 7, 10), ["R10"]),
        (measured("moaas", 4, 10), []),
        (measured("moaas", 3, 10), ["R11"]),
        (measured("moaas", 2, 10), ["R10"]),
        (measured("moaas", 4, 119), []),
        (measured("moaas", 4, 120), ["R12"]),
        (measured("moaas", 5, 120), []),
        (measured("vas_pain", 10, 10), []),
    ],
)
def test_each_band_begins_at_its_edge(one: Measured, rules: list[str]) -> None:
    """Source: clinical.md sections 1.3 and 6. A critical one (R10) is taken again in 5 minutes."""
    assert told(one, dosed()) == rules
    again = repeat_by(one, findings(one, dosed()))
    assert again == (one.taken_at + timedelta(minutes=5) if "R10" in rules else None)


@pytest.mark.parametrize(("rise", "rules"), [(39, []), (40, ["R11"]), (59, ["R11"]), (60, ["R10"])])
def test_a_rise_is_over_the_last_value_before_the_first_dose(rise: int, rules: list[str]) -> None:
    before = (bp(130, 70, -30), bp(95, 60, -5), bp(99, 60, -15))
    assert told(bp(95 + rise, 70, 20), dosed(DoseRoute.IM, None, *before)) == rules


def test_without_a_dose_a_reading_is_one_before_it() -> None:
    assert told(bp(150, 80, 10), Dosed()) == ["R09"]
    assert minutes_from_dose(DOSE_AT, None) is None
    assert minutes_from_dose(DOSE_AT - timedelta(seconds=1), DOSE_AT) == -1


@pytest.mark.parametrize(
    ("route", "infusion", "observe", "late"),
    [
        (DoseRoute.IV_INFUSION, 40, 120, 120),
        (DoseRoute.IV_INFUSION, 90, 150, 150),
        (DoseRoute.INTRANASAL_ESKETAMINE, None, 120, 120),
        (DoseRoute.SUBLINGUAL, None, 120, 180),
        (DoseRoute.ORAL, None, 180, 240),
    ],
)
def test_the_clocks_run_by_route(route: DoseRoute, infusion: int | None, observe: int, late: int) -> None:
    facts = dosed(route, infusion)
    assert [told(bp(160, 80, observe + n), facts) for n in (-1, 0)] == [["R11"], ["R11", "R19"]]
    assert [told(measured("moaas", 4, late + n), facts) for n in (-1, 0)] == [[], ["R12"]]


def test_every_field_and_route_has_its_row() -> None:
    assert set(FIELDS) == set(VitalField)
    assert set(CLOCKS) == set(DoseRoute)


Drawn = tuple[str, int, float, float | None]
MINUTES = st.integers(-60, 240)
READINGS = st.one_of(
    st.builds(
        lambda minute, systolic, diastolic: ("blood_pressure", minute, systolic, diastolic),
        MINUTES,
        st.sampled_from((95, 115, 141, 156, 161, 185)),
        st.sampled_from((60, 91, 94)),
    ),
    st.builds(lambda minute, value: ("moaas", minute, value, None), MINUTES, st.integers(0, 5)),
    st.builds(lambda minute, value: ("spo2", minute, value, None), MINUTES, st.sampled_from((88, 92, 97))),
)


def _item(at: str, field: str, minute: int, value: float, diastolic: float | None) -> Json:
    taken_at = minutes(at, minute)
    return pressure(value, diastolic, taken_at) if diastolic is not None else reading(field, value, taken_at)


def _facts(found: list[Json]) -> list[tuple[str, ...]]:
    names = ("taken_at", "field", "value", "diastolic", "minutes_from_dose")
    return sorted((*(str(one[name]) for name in names), str(one["findings"])) for one in found)


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Drawn], list[list[int]]]:
    """Readings, and uploads of them by their positions: each at least once, some again, in any order and split."""
    drawn = draw(st.lists(READINGS, min_size=1, max_size=12, unique_by=lambda found: found[:2]))
    positions = list(range(len(drawn)))
    again = draw(st.lists(st.sampled_from(positions), max_size=6))
    sent = draw(st.permutations([*positions, *again]))
    cuts = sorted(draw(st.sets(st.integers(1, len(sent)), max_size=4)) | {0, len(sent)})
    return drawn, [sent[start:end] for start, end in pairwise(cuts)]


@pytest.mark.thorough
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=plans())
async def test_tries_orders_and_splits_end_in_the_same_series_and_findings(
    world: World, plan: tuple[list[Drawn], list[list[int]]]
) -> None:
    drawn, uploads = plan
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    one, other = await ready_session(therapist, chart), await ready_session(therapist, chart)
    at = minutes(one["started_at"], -300)
    items = [_item(at, *found) for found in drawn]
    same = [{**item, "id": str(new_id())} for item in items]
    for made in (one, other):
        await dose(therapist, made, given_at=at)
    await upload(therapist, one, *items)
    for positions in uploads:
        await upload(therapist, other, *(same[position] for position in positions))
    whole, split = await series(therapist, one), await series(therapist, other)
    assert _facts(whole) == _facts(split)
    assert len(split) == len(items)
