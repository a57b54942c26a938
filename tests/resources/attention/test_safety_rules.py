"""Each safety rule by the writes that raise it: severity, source, told once, and not again on a retry.

Source: clinical.md section 6.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.resources.attention.flags.rules import (
    FLAG_POLICIES,
    SEVERITIES,
    FlagSeverity,
    FlagState,
    Hit,
    due_of,
    median_minutes,
    rank_of,
    steps_from,
    worst,
)
from integration_api.resources.attention.flags.safety_rules import safety_rules
from integration_api.resources.measures.check_ins import alarm_rules
from integration_api.resources.measures.instruments.catalogue import instruments
from integration_api.resources.measures.measure_responses.worse_scores import Scored, worse_hits
from tests.factories.adverse_events import adverse_event
from tests.factories.arcs import checked_in
from tests.factories.care_teams import join
from tests.factories.custody import container, counted, dispensed
from tests.factories.discharges import ALL_MET, discharge
from tests.factories.doses import DOSE, dose, dosed_session
from tests.factories.flags import flag_tasks, flags, raised
from tests.factories.measure_responses import PHQ9, answered, answers
from tests.factories.monitoring import minutes, pressure, reading, upload
from tests.factories.readiness import answer, dosing_session
from tests.support import Json, Person, World


async def pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


# ── data ──


def test_every_rule_that_a_room_names_is_data() -> None:
    lines = json.loads((Path(alarm_rules.__file__).parent / "alarm_rules.json").read_text("utf-8"))
    for line in lines:
        rule = safety_rules()[line["rule"]]
        assert line["severity"] in rule.severities, line
        assert "check_in" in rule.key, line
    for rule in safety_rules().values():
        assert sorted(rule.severities, key=SEVERITIES.index) == rule.severities
        assert rule.told
        assert set(rule.holds) <= {"dose", "booster", "discharge"}


def test_due_times_follow_the_severity() -> None:
    now = datetime(2026, 11, 30, tzinfo=UTC)
    wanted = {
        FlagSeverity.CRITICAL: (timedelta(minutes=15), timedelta(hours=1)),
        FlagSeverity.HIGH: (timedelta(hours=1), timedelta(hours=12)),
        FlagSeverity.MODERATE: (timedelta(hours=24), timedelta(hours=72)),
        FlagSeverity.LOW: (timedelta(days=14), timedelta(days=14)),
    }
    for severity, (acknowledge, contact) in wanted.items():
        assert due_of(FLAG_POLICIES, severity, now) == (now + acknowledge, now + contact)
    assert median_minutes([timedelta(minutes=one) for one in (9, 1, 2)]) == 2.0
    assert median_minutes([timedelta(minutes=one) for one in (4, 1)]) == 2.5
    assert median_minutes([]) is None


def test_of_one_rule_the_worst_counts() -> None:
    found = worst([Hit("R12", FlagSeverity.MODERATE), Hit("R14", FlagSeverity.HIGH), Hit("R12", FlagSeverity.HIGH)])
    assert found == [Hit("R12", FlagSeverity.HIGH), Hit("R14", FlagSeverity.HIGH)]
    assert [rank_of(severity) for severity in SEVERITIES] == [0, 1, 2, 3]
    assert [steps_from(state) for state in (FlagState.RESOLVED, FlagState.FALSE_POSITIVE)] == [[], []]


# ── what a patient writes ──


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"ci.safety": "safe"}, {}),
        ({"ci.safety": "not_safe"}, {"R06": "critical"}),
        ({"ci.safety": "not_sure"}, {"R06": "high"}),
        ({"ci.voices_suspicion": "yes"}, {"R14": "critical"}),
        ({"ci.little_sleep_high_energy": "yes"}, {"R14": "high"}),
        ({"ci.voices_suspicion": "yes", "ci.little_sleep_high_energy": "yes"}, {"R14": "critical"}),
        ({"ci.urine_blood": "yes"}, {"R15": "high"}),
        ({"ci.red_signs": "chest_pain"}, {"R19": "critical"}),
        ({"ci.drove": "yes"}, {"R20": "high"}),
        ({"ci.jaundice": "yes"}, {"R27": "high"}),
        ({"ci.craving": 7}, {"R28": "high"}),
        ({"ci.self_harm_thoughts": "new"}, {"R29": "high"}),
        ({"ci.others_danger": "yes"}, {"R33": "critical"}),
        ({"ci.harm_event": "passed_out", "ci.drove": "yes"}, {"R20": "high", "R34": "critical"}),
    ],
)
async def test_a_check_in_raises_its_rules_and_no_task_beside_them(
    world: World, given: Json, wanted: dict[str, str]
) -> None:
    therapist, patient, _ = await pair(world)
    made = await checked_in(patient, given)
    assert await raised(therapist) == wanted
    assert {flag["source_id"] for flag in await flags(therapist)} <= {made["id"]}
    tasks = [task["kind"] for task in (await therapist.get("/worklist"))["items"]]
    assert tasks == (["flag_raised"] * len(wanted) or ["check_in_to_read"])
    by_staff = await checked_in(therapist, given, patient_id=world.chart_id(patient))
    assert await raised(therapist, source_id=by_staff["id"]) == wanted


async def test_twice_is_another_rule(world: World) -> None:
    """R12, R15 and R35: after a dose, and at two check-ins."""
    therapist, patient, _ = await pair(world)
    given = {"ci.urine_trouble": 1, "ci.memory_trouble": 2, "ci.unreal": 3}
    await checked_in(patient, given)
    assert await raised(therapist) == {}
    world.api.clock.advance(minutes=1)
    await checked_in(patient, given)
    assert await raised(therapist) == {"R15": "moderate", "R35": "moderate"}


@pytest.mark.parametrize(
    ("instrument_id", "given", "wanted"),
    [
        ("phq9", answers([0] * 8 + [1]), {"R01": "moderate"}),
        ("phq9", answers([0] * 8 + [2]), {"R01": "high"}),
        ("phq9", answers([0] * 8 + [3]), {"R01": "critical"}),
        ("phq9", answers([3] * 9), {"R01": "critical", "R08": "moderate"}),
        ("phq9", answers([1] * 8), {"R02": "moderate"}),
        ("phq9", answers(PHQ9), {}),
        ("asq", {"asq.1": "yes", "asq.2": "no", "asq.3": "no", "asq.4": "no", "asq.5": "no"}, {"R05": "high"}),
        ("asq", {"asq.1": "yes", "asq.2": "no", "asq.3": "no", "asq.4": "no", "asq.5": "yes"}, {"R05": "critical"}),
        ("asq", {"asq.1": "no", "asq.2": "no", "asq.3": "no"}, {"R05": "high"}),
    ],
)
async def test_answers_raise_their_rules(world: World, instrument_id: str, given: Json, wanted: dict[str, str]) -> None:
    therapist, patient, chart = await pair(world)
    made = await answered(patient, instrument_id=instrument_id, answers=given)
    assert await raised(therapist, source_id=made["id"]) == wanted
    by_staff = await answered(therapist, chart, instrument_id=instrument_id, answers=given, mode="interview")
    assert await raised(therapist, source_id=by_staff["id"]) == wanted


@pytest.mark.parametrize(
    ("instrument_id", "before", "best", "now", "severity"),
    [
        ("phq9", 10, 10, 14, None),
        ("phq9", 10, 10, 15, "moderate"),
        ("phq9", 9, 9, 15, "high"),
        ("phq9", 14, 3, 8, "moderate"),
        ("gad7", 5, 5, 8, None),
        ("gad7", 5, 5, 9, "moderate"),
        ("pcl5", 20, 20, 30, "moderate"),
        ("pcl5", 20, 20, 35, "high"),
        ("who5", 60, 60, 51, None),
        ("who5", 60, 60, 50, "moderate"),
        ("who5", 30, 70, 60, "moderate"),
    ],
)
def test_r07_compares_with_the_last_value_before_a_dose_and_with_the_best(
    instrument_id: str, before: float, best: float, now: float, severity: str | None
) -> None:
    dose_at = datetime(2026, 11, 20, tzinfo=UTC)
    earlier = [Scored(best, dose_at + timedelta(days=1)), Scored(before, dose_at - timedelta(days=1))]
    instrument = instruments()[instrument_id]
    found = worst(worse_hits(instrument, now, earlier, dose_at))
    assert [hit.severity for hit in found] == ([severity] if severity else [])
    assert worse_hits(instrument, now, earlier[1:], None) == []


async def test_r07_over_http(world: World) -> None:
    therapist, patient, _ = await pair(world)
    for numbers in ([1] * 8 + [0], [0] * 9):
        await answered(patient, answers=answers(numbers))
        world.api.clock.advance(minutes=1)
    made = await answered(patient, answers=answers([1] * 8 + [0]))
    assert await raised(therapist, source_id=made["id"]) == {"R07": "high"}


async def test_a_second_bad_answer_is_a_flag_of_its_own_and_a_retry_is_none(world: World) -> None:
    therapist, patient, _ = await pair(world)
    body = {"answers": {"ci.safety": "not_safe"}, "id": str(new_id())}
    for _ in range(2):
        assert (await patient.send("POST", "/check-ins", body, key="once")).status_code == 201
    assert (await patient.send("POST", "/check-ins", body)).status_code == 409
    assert len(await flags(therapist)) == 1
    await checked_in(patient, {"ci.safety": "not_safe"})
    found = await flags(therapist)
    assert len({flag["source_id"] for flag in found}) == 2
    assert await flag_tasks(therapist) == [("flag_raised", "critical")] * 2


async def test_one_acknowledgement_may_cover_an_episode(world: World) -> None:
    therapist, _, chart = await pair(world)
    made = await dosed_session(therapist, chart)
    at = world.api.clock().isoformat()
    await upload(therapist, made, *(reading("spo2", 88, minutes(at, -one)) for one in range(3)))
    first, *others = await flags(therapist, rule="R10")
    assert len(others) == 2
    assert {flag["episode_id"] for flag in (first, *others)} == {made["id"]}
    path = f"/flags/{first['id']}/acknowledge"
    await therapist.post(path, {"covers_episode": True}, match=1, expect=200)
    assert {flag["state"] for flag in await flags(therapist, rule="R10")} == {"acknowledged"}


# ── what is measured and given ──


async def test_vitals_raise_a_flag_of_each_reading(world: World) -> None:
    therapist, _, chart = await pair(world)
    made = await dosing_session(therapist, chart)
    at = world.api.clock().isoformat()
    await upload(therapist, made, pressure(150, 80, at))
    assert await raised(therapist) == {"R09": "high"}
    given = await dosed_session(therapist, chart)
    at = world.api.clock().isoformat()
    bad = reading("spo2", 88, at)
    await upload(therapist, given, bad, reading("heart_rate", 125, at), pressure(165, 90, at))
    await upload(therapist, given, bad)
    found = await flags(therapist, rule="R10")
    assert [(flag["source_id"], flag["severity"], flag["origin"]) for flag in found] == [
        (bad["id"], "critical", "vital")
    ]
    assert len(await flags(therapist, rule="R11")) == 2
    assert minutes(found[0]["alerted_at"], 5) == found[0]["acknowledge_due_at"]


async def test_a_dose_raises_what_it_remarks(world: World) -> None:
    """R17 and R28 of the dose, R21 of one that was given under a hold."""
    therapist, _, chart = await pair(world)
    made = await dosing_session(therapist, chart)
    await dose(therapist, made, expect=409)
    tried = await raised(therapist)
    assert (tried["R21"], tried["R23"]) == ("critical", "high")
    await dose(therapist, made, expect=409)
    assert len(await flags(therapist, rule="R21")) == 1
    given = await dose(therapist, made, given_while_held=True, wasted_mg=5)
    assert await raised(therapist, source_id=given["id"]) == {"R17": "moderate", "R21": "critical", "R28": "high"}
    again = {**DOSE, "corrects_id": given["id"], "correction_reason": "x", "given_while_held": True, "amount": 61}
    right = await therapist.post(f"/sessions/{made['id']}/doses", again)
    assert await raised(therapist, source_id=right["id"]) == {}


async def test_an_answer_about_readiness_raises_what_it_means(world: World) -> None:
    """R22 and R24."""
    therapist, _, chart = await pair(world)
    made = await dosing_session(therapist, chart)
    await answer(therapist, made, 0, pregnancy={"status": "not_met", "pregnancy": "possible"})
    assert await raised(therapist) == {"R22": "high"}
    await answer(therapist, made, 1, substances_24h={"status": "met", "substances": ["alcohol"]})
    assert await raised(therapist) == {"R22": "high", "R24": "high"}
    assert {flag["source_id"] for flag in await flags(therapist)} == {made["id"]}


async def test_at_home_without_an_observer(world: World) -> None:
    """R18, once a dose is to start."""
    therapist, _, chart = await pair(world)
    made = await dosing_session(therapist, chart, modality="telehealth")
    assert await raised(therapist) == {}
    await dose(therapist, made, expect=409)
    assert (await raised(therapist))["R18"] == "high"


async def test_a_therapist_who_holds_a_dose_tells_the_team(world: World) -> None:
    """R37."""
    therapist, _, chart = await pair(world)
    made = await dosing_session(therapist, chart)
    body = {"decision": "hold", "reasons": ["suicidality"]}
    answer_of = await therapist.send("PUT", f"/sessions/{made['id']}/assessment", body, match=0)
    assert answer_of.status_code == 200, answer_of.text
    assert await raised(therapist) == {"R37": "high"}


@pytest.mark.parametrize(
    ("kind", "facts", "wanted"),
    [
        ("nausea", {}, {}),
        ("fall", {}, {"R34": "critical"}),
        ("nausea", {"serious_because": ["hospitalisation"]}, {"R34": "critical"}),
        ("psychotic_symptoms", {}, {"R14": "critical"}),
        ("mania", {"serious_because": ["other_important"]}, {"R14": "high", "R34": "critical"}),
    ],
)
async def test_an_adverse_event_raises_its_rules(world: World, kind: str, facts: Json, wanted: dict[str, str]) -> None:
    therapist, _, chart = await pair(world)
    made = await adverse_event(therapist, chart, kind=kind, **facts)
    assert await raised(therapist, source_id=made["id"]) == wanted


async def test_leaving_early_and_alone(world: World) -> None:
    """R13 and R20."""
    therapist, _, chart = await pair(world)
    made = await dosed_session(therapist, chart)
    lacking = [item for item in ALL_MET if item != "escorted"]
    await discharge(therapist, made, met=lacking)
    assert {rule: word for rule, word in (await raised(therapist)).items() if rule in ("R13", "R20")} == {
        "R13": "high",
        "R20": "high",
    }
    await discharge(therapist, made, version=1, met=lacking)
    assert len(await flags(therapist, rule="R20")) == 1


async def test_a_count_that_differs(world: World) -> None:
    """R28."""
    therapist, patient, chart = await pair(world)
    await dispensed(therapist, await container(world.admin), chart, 4)
    made = await counted(patient, chart, 300)
    assert made["monitoring"]["told"] == "team"
    assert await raised(therapist) == {"R28": "high"}
    assert await flag_tasks(therapist) == [("flag_raised", "high")]
    prescriber = await world.staff(Role.PRESCRIBER)
    await join(therapist, chart, prescriber)
    assert await flag_tasks(prescriber) == [("flag_raised", "high")]
