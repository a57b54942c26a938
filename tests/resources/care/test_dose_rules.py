"""The pure rules of doses and readiness, for any values."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration_api.resources.care.doses.rules import Given, findings, form_problems, limit_problems, mg_of, mg_per_kg
from integration_api.resources.care.orders.limits import (
    LIMITS,
    MAX_ESKETAMINE_MG,
    RULES_VERSION,
    DoseKind,
    DoseRoute,
    DoseUnit,
)
from integration_api.resources.care.readiness.checklist import CONTRAINDICATIONS, ITEMS, Kind
from integration_api.resources.care.readiness.rules import (
    Answer,
    HoldState,
    ReadinessState,
    Unmet,
    is_covered,
    state_of,
    to_open,
    unmet,
)
from integration_api.resources.care.readiness.tables import HoldRow

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
HERE, THERE = UUID(int=1), UUID(int=2)
AMOUNTS = st.floats(0.001, 10_000)
WEIGHTS = st.floats(20, 350)
OTHER_ROUTES = [route for route in DoseRoute if route is not DoseRoute.INTRANASAL_ESKETAMINE]


def dose(route: DoseRoute, amount_mg: float, **facts: object) -> Given:
    base = Given(HERE, route, DoseKind.INITIAL, amount_mg, NOW)
    return base._replace(**facts)  # type: ignore[arg-type]  # the facts are of its fields


@pytest.mark.thorough
@given(AMOUNTS, WEIGHTS)
def test_derived_values_go_both_ways(amount: float, weight: float) -> None:
    by_weight = mg_per_kg(amount, weight)
    assert by_weight is not None
    back = mg_of(by_weight, DoseUnit.MG_PER_KG, weight)
    assert back == pytest.approx(amount, abs=0.0001 * weight)
    assert mg_of(amount, DoseUnit.MG, None) == amount
    assert mg_of(amount, DoseUnit.MG_PER_KG, None) is mg_per_kg(amount, None) is None


@pytest.mark.thorough
@given(st.sampled_from(OTHER_ROUTES), AMOUNTS, st.none() | WEIGHTS)
def test_a_dose_is_refused_exactly_outside_the_hard_limits(
    route: DoseRoute, amount: float, weight: float | None
) -> None:
    limits, by_weight = LIMITS[route], mg_per_kg(amount, weight)
    is_inside = all(
        span is None or value is None or span.low <= value <= span.high
        for span, value in ((limits.hard_mg, amount), (limits.hard_mg_per_kg, by_weight))
    )
    problems = limit_problems(dose(route, amount, weight_kg=weight), [])
    assert (problems == []) is is_inside
    assert all("clinical.md section 1.2" in problem["message"] for problem in problems)


@given(st.sampled_from(list(DoseRoute)))
def test_what_is_usual_lies_within_what_is_possible(route: DoseRoute) -> None:
    limits = LIMITS[route]
    for usual, hard in (
        (limits.usual_mg, limits.hard_mg),
        (limits.usual_mg_per_kg, limits.hard_mg_per_kg),
        (limits.usual_minutes, limits.hard_minutes),
    ):
        assert usual is None or hard is None or hard.low <= usual.low < usual.high <= hard.high
    assert limits.hard_mg or limits.hard_mg_per_kg


@pytest.mark.thorough
@given(st.lists(st.integers(1, 4), max_size=5))
def test_no_session_takes_more_esketamine_than_its_limit(devices: list[int]) -> None:
    taken: list[Given] = []
    for count in devices:
        one = dose(DoseRoute.INTRANASAL_ESKETAMINE, 28 * count, devices=count)
        if not limit_problems(one, taken):
            taken.append(one)
        assert sum(each.amount_mg for each in taken) <= MAX_ESKETAMINE_MG


@given(AMOUNTS.filter(lambda amount: amount % 28 != 0))
def test_esketamine_comes_in_whole_devices(amount: float) -> None:
    assert limit_problems(dose(DoseRoute.INTRANASAL_ESKETAMINE, amount, devices=2), [])


@pytest.mark.parametrize("route", DoseRoute)
def test_devices_belong_to_esketamine_alone(route: DoseRoute) -> None:
    is_esketamine = route is DoseRoute.INTRANASAL_ESKETAMINE
    given_devices = form_problems(route, DoseUnit.MG, 70, None, 2)
    assert [problem["field"] for problem in given_devices] == ([] if is_esketamine else ["body.devices"])
    none = form_problems(route, DoseUnit.MG, 70, None, None)
    assert [problem["field"] for problem in none] == (["body.devices"] if is_esketamine else [])


@pytest.mark.parametrize(
    ("one", "earlier", "said"),
    [
        (dose(DoseRoute.IM, 60), [], []),
        (dose(DoseRoute.IM, 160), [], ["outside the usual"]),
        (dose(DoseRoute.IM, 60, weight_kg=300), [], ["outside the usual"]),
        (dose(DoseRoute.IV_INFUSION, 35, infusion_minutes=1), [], ["outside the usual"]),
        (dose(DoseRoute.IM, 60), [(THERE, 60, 47)], ["less than 48 hours"]),
        (dose(DoseRoute.IM, 60), [(THERE, 60, 48)], []),
        (dose(DoseRoute.IM, 60), [(UUID(int=n), 60, 48 * n) for n in (1, 2, 3) if n != 1], []),
        (dose(DoseRoute.IM, 60), [(UUID(int=n + 2), 60, 48 * n) for n in (1, 2, 3)], ["more than 3 dosing sessions"]),
        (dose(DoseRoute.IM, 100), [(HERE, 60, 1)], ["more than 150 mg in 24 hours"]),
        (dose(DoseRoute.IM, 31, kind=DoseKind.BOOSTER), [(HERE, 60, 1)], ["boosters of more than half"]),
        (dose(DoseRoute.IM, 30, kind=DoseKind.BOOSTER), [(HERE, 60, 1)], []),
        (dose(DoseRoute.IM, 10, kind=DoseKind.BOOSTER), [(HERE, 60, 1)], []),
        (dose(DoseRoute.IM, 10), [(HERE, 9, 1)], ["outside the usual"]),
        (dose(DoseRoute.IM, 10, kind=DoseKind.BOOSTER, weight_kg=70), [(HERE, 60, 1)], []),
        (dose(DoseRoute.IM, 30, kind=DoseKind.BOOSTER, weight_kg=50), [(HERE, 60, 1)], ["1.5 mg/kg"]),
        (dose(DoseRoute.IM, 91), [(THERE, 60, 72)], ["half again"]),
        (dose(DoseRoute.IM, 90), [(THERE, 60, 72)], []),
        (dose(DoseRoute.IM, 60), [(THERE, 60, -47)], ["less than 48 hours"]),
        (dose(DoseRoute.IM, 60), [(THERE, 60, -48)], []),
        (dose(DoseRoute.IM, 60), [(UUID(int=n + 2), 60, -48 * n) for n in (1, 2, 3)], ["more than 3 dosing sessions"]),
        (dose(DoseRoute.IM, 60), [(UUID(int=n + 9), 60, 48 * n) for n in (-2, -1, 1)], ["more than 3 dosing sessions"]),
        (dose(DoseRoute.IM, 60), [(UUID(int=n + 9), 60, 72 * n) for n in (-2, -1, 1, 2)], []),
        (dose(DoseRoute.IM, 100), [(HERE, 60, -1)], ["more than 150 mg in 24 hours"]),
        (dose(DoseRoute.IM, 70), [(THERE, 60, 13), (UUID(int=7), 60, -13)], ["less than 48 hours"]),
        (dose(DoseRoute.IM, 60), [(THERE, 91, -72)], ["the session after it"]),
        (dose(DoseRoute.IM, 60), [(THERE, 90, -72)], []),
    ],
)
def test_what_is_remarked(one: Given, earlier: list[tuple[UUID, float, int]], said: list[str]) -> None:
    before = [
        dose(DoseRoute.IM, mg, session_id=where, given_at=NOW - timedelta(hours=hours)) for where, mg, hours in earlier
    ]
    found = findings(one, before)
    assert [text for text in said if not any(text in remark["text"] for remark in found)] == []
    assert len(found) == len(said)
    assert all((f["rule"], f["version"]) == ("R17", RULES_VERSION) and f["source"] for f in found)


# ── readiness ──


def answered(status: str, minutes_ago: int = 0) -> Answer:
    """An answer, by a prescriber, so that a clearance counts too."""
    at = (NOW - timedelta(minutes=minutes_ago)).isoformat()
    return Answer(status=status, answered_at=at, by_prescriber=True)


STATUSES = st.sampled_from(["met", "not_met", "unknown"])
ANSWERS = st.dictionaries(
    st.sampled_from([name for name in ITEMS if name not in ("rd.weight", "rd.pregnancy", "rd.substances_24h")]),
    st.builds(answered, STATUSES, st.integers(0, 600)),
)


def hold(one: Unmet, state: HoldState, decided_at: datetime | None = None) -> HoldRow:
    return HoldRow(
        clinic_id=HERE,
        id=THERE,
        created_at=NOW,
        updated_at=NOW,
        patient_id=HERE,
        session_id=HERE,
        item=one.item,
        rule=one.rule,
        state=state,
        decided_at=decided_at,
    )


@pytest.mark.thorough
@settings(max_examples=60)
@given(ANSWERS, st.booleans())
def test_what_is_not_met_is_held_once_and_only_then(answers: dict[str, Answer], is_at_home: bool) -> None:
    found = unmet(answers, {}, is_at_home=is_at_home, at=NOW)
    named = [one.item for one in found]
    assert len(named) == len(set(named))
    assert {name for name, answer in answers.items() if answer["status"] != "met"} <= set(named)
    assert not {name for name, answer in answers.items() if answer["status"] == "met"} & set(named)
    assert {code for code, line in CONTRAINDICATIONS.items() if line.kind is Kind.CONTRAINDICATED} <= set(named)
    opened = to_open(found, [], is_dose=True)
    assert opened == found
    holds = [hold(one, HoldState.OPEN) for one in opened]
    assert to_open(found, holds, is_dose=True) == []
    assert state_of(found, holds) is ReadinessState.HELD
    released = [hold(one, HoldState.RELEASED, NOW) for one in found]
    assert all(is_covered(one, released) for one in found)
    assert state_of(found, released) is ReadinessState.RELEASED
    assert {one.item for one in to_open(found, [], is_dose=False)} <= set(answers)


def test_a_release_covers_no_later_answer() -> None:
    one = Unmet("rd.escort", "R23", NOW)
    assert is_covered(one, [hold(one, HoldState.RELEASED, NOW)])
    assert not is_covered(one, [hold(one, HoldState.RELEASED, NOW - timedelta(seconds=1))])
    assert not is_covered(one, [hold(one, HoldState.MET, NOW)])
    assert not is_covered(one, [hold(Unmet("rd.escort", "R22", NOW), HoldState.RELEASED, NOW)])


def test_weight_and_fasting_pass_with_time() -> None:
    weight = Answer(
        status="met",
        answered_at=NOW.isoformat(),
        weight_kg=70.0,
        measured_on=(NOW - timedelta(days=30)).date().isoformat(),
    )
    ate = Answer(status="met", answered_at=NOW.isoformat(), food_at=(NOW - timedelta(hours=1)).isoformat())
    items = {"rd.weight": weight, "rd.fasting": ate}
    at_once = {one.item for one in unmet(items, {}, is_at_home=False, at=NOW)}
    later = {one.item for one in unmet(items, {}, is_at_home=False, at=NOW + timedelta(hours=1))}
    next_day = {one.item for one in unmet(items, {}, is_at_home=False, at=NOW + timedelta(days=1))}
    assert ("rd.fasting" in at_once, "rd.weight" in at_once) == (True, False)
    assert ("rd.fasting" in later, "rd.weight" in later) == (False, False)
    assert ("rd.fasting" in next_day, "rd.weight" in next_day) == (False, True)
