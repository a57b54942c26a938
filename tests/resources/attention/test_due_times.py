"""Until when each flag is due: by its severity alone, and sooner if it is critical and a dosing session goes on.

Source: clinical.md section 6, Due.
"""

from datetime import UTC, datetime, timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.resources.attention.flags.rules import FLAG_POLICIES, FlagOrigin, FlagSeverity, due_of
from integration_api.resources.attention.flags.safety_rules import safety_rules
from tests.factories.adverse_events import adverse_event
from tests.factories.arcs import checked_in, over
from tests.factories.care_teams import join
from tests.factories.custody import container, counted, dispensed
from tests.factories.discharges import discharge
from tests.factories.doses import dose
from tests.factories.flags import by_hand, flags, take
from tests.factories.measure_responses import answered, answers
from tests.factories.monitoring import pressure, reading, upload
from tests.factories.readiness import dosing_session
from tests.factories.reflections import submitted
from tests.factories.sessions import move, session
from tests.support import Json, Person, World, enter_again

ACKNOWLEDGE = {"critical": 15, "high": 60, "moderate": 24 * 60, "low": 14 * 24 * 60}
CONTACT = {"critical": 60, "high": 12 * 60, "moderate": 72 * 60, "low": 14 * 24 * 60}
"""Minutes. Source: clinical.md section 6, Due."""
IN_SESSION = 5
EVERY = [(rule.id, severity) for rule in safety_rules().values() for severity in rule.severities]
SCREEN: Json = {"asq.1": "yes", "asq.2": "no", "asq.3": "no", "asq.4": "no", "asq.5": "yes"}


def wanted(severity: str, *, in_session: bool) -> int:
    return IN_SESSION if in_session and severity == "critical" else ACKNOWLEDGE[severity]


def since_alert(flag: Json, name: str) -> float:
    return (datetime.fromisoformat(flag[name]) - datetime.fromisoformat(flag["alerted_at"])).total_seconds() / 60


@pytest.mark.parametrize("in_session", [True, False])
@pytest.mark.parametrize(("rule", "severity"), EVERY)
def test_every_rule_is_due_by_its_severity(rule: str, severity: FlagSeverity, in_session: bool) -> None:
    now = datetime(2026, 11, 30, tzinfo=UTC)
    due = due_of(FLAG_POLICIES, severity, now, in_session=in_session)
    acknowledge = timedelta(minutes=wanted(severity, in_session=in_session))
    assert due == (now + acknowledge, now + timedelta(minutes=CONTACT[severity])), rule


def test_a_clinic_that_answers_sooner_does_so_in_a_session_too() -> None:
    now = datetime(2026, 11, 30, tzinfo=UTC)
    policies = {**FLAG_POLICIES, "critical_answer_minutes": 3}
    due = due_of(policies, FlagSeverity.CRITICAL, now, in_session=True)
    assert due.acknowledge_at == now + timedelta(minutes=3)


async def _write_all(world: World, therapist: Person, patient: Person) -> None:
    """Raise flags of every severity, by everything that can be written at any time."""
    chart = world.chart_id(patient)
    await patient.post("/help", expect=200)
    await submitted(patient, share=True, safety="not_safe")
    await submitted(patient, share=True, contact_me=True)
    await checked_in(patient, {"ci.voices_suspicion": "yes", "ci.harm_event": "passed_out", "ci.drove": "yes"})
    await checked_in(therapist, {"ci.red_signs": "chest_pain"}, patient_id=chart)
    await answered(patient, answers=answers([3] * 9))
    await answered(therapist, chart, instrument_id="asq", answers=SCREEN, mode="interview")
    cssrs = {f"cssrs.{number}": "no" for number in (1, 2, 6)} | {"cssrs.1": "yes"}
    await answered(therapist, chart, instrument_id="cssrs_screener", answers=cssrs, mode="interview")
    for severity in ACKNOWLEDGE:
        await by_hand(therapist, chart, severity)
    await by_hand(therapist, chart, "critical", is_danger_to_others=True)
    body = {"patient_id": chart, "analyte": "alt", "value": 500, "upper_limit": 40}
    await therapist.post("/lab-results", {**body, "taken_at": world.api.clock().isoformat()})
    await dispensed(therapist, await container(world.admin), chart, 4)
    await counted(patient, chart, 300)


async def _write_of_session(world: World, therapist: Person, made: Json) -> None:
    """Raise flags by what is written of a session."""
    at = world.api.clock().isoformat()
    await dose(therapist, made, expect=409)
    await dose(therapist, made, given_while_held=True, wasted_mg=5)
    await upload(therapist, made, reading("spo2", 88, at), reading("heart_rate", 125, at), pressure(165, 90, at))
    for kind in ("loss_of_consciousness", "psychotic_symptoms", "chest_pain"):
        await adverse_event(therapist, made["patient_id"], made, kind=kind, onset_at=at)
    await discharge(therapist, made, met=[])


async def _pair(world: World) -> tuple[Person, Person]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await join(therapist, world.chart_id(patient), await world.staff(Role.PRESCRIBER))
    return therapist, patient


def _check(found: list[Json], *, in_session: bool) -> set[str]:
    """Hold each flag to the table; return the origins."""
    for flag in found:
        told = (flag["rule"], flag["origin"], flag["severity"])
        assert (told, since_alert(flag, "acknowledge_due_at")) == (
            told,
            wanted(flag["severity"], in_session=in_session),
        )
        assert (told, since_alert(flag, "contact_due_at")) == (told, CONTACT[flag["severity"]])
    return {flag["origin"] for flag in found}


async def test_whatever_raises_a_flag_it_is_due_by_its_severity(world: World) -> None:
    """Every origin but the clock, in a session that goes on, and after it."""
    therapist, patient = await _pair(world)
    made = await dosing_session(therapist, world.chart_id(patient))
    await _write_all(world, therapist, patient)
    await _write_of_session(world, therapist, made)
    inside = await flags(therapist)
    assert {flag["severity"] for flag in inside} == set(ACKNOWLEDGE)
    by_writes = {origin.value for origin in FlagOrigin} - {"arc_window"}
    assert _check(inside, in_session=True) == by_writes
    [asked] = [flag for flag in inside if flag["origin"] == "help"]
    await take(therapist, asked, "acknowledge")
    await over(therapist, await therapist.get(f"/sessions/{made['id']}"))
    known = {flag["id"] for flag in await flags(therapist)}
    world.api.clock.advance(hours=1)
    for person in (therapist, patient):
        await enter_again(person)
    await _write_all(world, therapist, patient)
    after = [flag for flag in await flags(therapist) if flag["id"] not in known]
    assert {flag["severity"] for flag in after} == set(ACKNOWLEDGE)
    _check(after, in_session=False)


@pytest.mark.parametrize("phase", ["preparation", "planned"])
async def test_another_session_makes_nothing_due_sooner(world: World, phase: str) -> None:
    """One of another phase, one that has not begun, and one of another chart."""
    therapist, patient = await _pair(world)
    chart = world.chart_id(patient)
    if phase == "planned":
        await session(therapist, chart, phase="dosing", intention="To rest")
    else:
        await move(therapist, await session(therapist, chart, phase=phase), "start")
    await dosing_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await patient.post("/help", expect=200)
    _check(await flags(therapist), in_session=False)
