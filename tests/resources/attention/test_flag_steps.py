"""Steps of flags beside others, assessments, those who are told beyond the care team, and what time raises."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.access.operations import Operation
from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.resources.attention.flags import flag_endings, operations, service
from integration_api.resources.attention.flags.assessment_words import Ideation, Means
from integration_api.resources.attention.flags.escalation_rules import hit_of_clock
from integration_api.resources.attention.flags.rules import (
    ContactChannel,
    ContactResult,
    FlagDisposition,
    FlagSeverity,
    Hit,
)
from integration_api.resources.attention.flags.schemas import FlagAcknowledge, FlagContactCreate, FlagResolve
from integration_api.resources.attention.worklist.tables import RANKS, TaskKind, Urgency
from tests.factories.adverse_events import adverse_event
from tests.factories.arcs import checked_in, let_pass
from tests.factories.care_teams import join
from tests.factories.discharges import discharge
from tests.factories.doses import dose, dosed_session
from tests.factories.flags import TEXT, by_hand, events, flag_tasks, flags, raised, take, tick
from tests.factories.monitoring import reading, upload
from tests.factories.readiness import clearing, ready_session
from tests.factories.reflections import work_of
from tests.factories.safeguarding import designated
from tests.factories.sessions import move
from tests.support import Json, Person, World, enter_again

ASSESSED: Json = {"ideation": "wish_to_be_dead", "intent": "none", "plan": "none", "means": "secured"}
Step = Callable[[Work, Json], Awaitable[object]]


async def _acknowledge(work: Work, flag: Json) -> None:
    await service.acknowledge_flag(work, UUID(flag["id"]), FlagAcknowledge(), flag["version"])


async def _contact(work: Work, flag: Json) -> None:
    body = FlagContactCreate(channel=ContactChannel.PHONE, reached=ContactResult.NONE)
    await service.contact_for_flag(work, UUID(flag["id"]), body)


async def _resolve(work: Work, flag: Json) -> None:
    body = FlagResolve(disposition=FlagDisposition.OTHER, text=TEXT)
    await flag_endings.resolve_flag(work, UUID(flag["id"]), body, flag["version"])


async def _read(person: Person, flag: Json) -> Json:
    found: Json = await person.get(f"/flags/{flag['id']}")
    return found


async def critical(world: World) -> tuple[Person, Person, str, Json]:
    """A therapist and a supervisor, and a critical flag of the therapist's patient."""
    therapist, supervisor = await world.therapist(), await world.staff(Role.SUPERVISOR)
    chart = world.chart_id(await world.patient_of(therapist))
    return therapist, supervisor, chart, await by_hand(therapist, chart, "critical")


@pytest.mark.parametrize(
    ("operation", "step", "is_taken"),
    [
        (operations.ACKNOWLEDGE_FLAG, _acknowledge, False),
        (operations.CONTACT_FOR_FLAG, _contact, False),
        (operations.RESOLVE_FLAG, _resolve, True),
    ],
)
async def test_a_step_beside_an_escalation_reads_again(
    world: World, operation: Operation, step: Step, *, is_taken: bool
) -> None:
    """Else the task that the clock opens meanwhile would wait for ever: the step would not settle it."""
    therapist, supervisor, _, made = await critical(world)
    if is_taken:
        made = await take(therapist, made, "acknowledge")
    await let_pass(world.api, therapist, supervisor, minutes=61)
    work = work_of(therapist, operation)
    await step(work, made)
    assert await tick(world) == 1
    assert await flag_tasks(supervisor) == [("flag_raised", "critical")]
    with pytest.raises(StartAgain):
        await work.apply()
    assert (await _read(therapist, made))["state"] == "escalated"


async def test_the_first_acknowledgement_is_the_one_that_is_kept(world: World) -> None:
    therapist, supervisor, chart, made = await critical(world)
    await join(therapist, chart, supervisor)
    taken = await take(therapist, made, "acknowledge")
    await let_pass(world.api, therapist, supervisor, minutes=61)
    await tick(world)
    again = await take(supervisor, await _read(supervisor, taken), "acknowledge")
    assert again["state"] == "acknowledged"
    assert (again["acknowledged_at"], again["acknowledged_by_id"]) == (taken["acknowledged_at"], therapist.id)
    told = [(one["kind"], one["by_id"]) for one in await events(therapist, made)]
    assert told[-1] == ("acknowledged", supervisor.id)
    assert ("flag_to_follow", "critical") in await flag_tasks(supervisor)


async def test_an_attempt_after_an_escalation_keeps_the_first_acknowledgement_too(world: World) -> None:
    therapist, supervisor, _, made = await critical(world)
    taken = await take(therapist, made, "acknowledge")
    await let_pass(world.api, therapist, supervisor, minutes=61)
    await tick(world)
    tried = await take(therapist, taken, "contact", {"reached": "none"})
    assert tried["acknowledged_at"] == taken["acknowledged_at"]


async def test_one_acknowledgement_covers_those_of_an_episode_that_wait(world: World) -> None:
    therapist = await world.therapist()
    made = await dosed_session(therapist, world.chart_id(await world.patient_of(therapist)))
    at = world.api.clock()
    await upload(therapist, made, *(reading("spo2", 80, at + timedelta(seconds=second)) for second in range(-60, 0)))
    found = await flags(therapist, rule="R10")
    assert len(found) == 60
    for wanted in (9, 0):
        first = (await flags(therapist, rule="R10", state="open"))[-1]
        await take(therapist, first, "acknowledge", {"covers_episode": True})
        assert len(await flags(therapist, rule="R10", state="open")) == wanted


# ── assessments ──


async def test_an_assessment_is_an_entry_and_changes_nothing_else(world: World) -> None:
    therapist, _, _, made = await critical(world)
    path = f"/flags/{made['id']}/assessments"
    entry = await therapist.post(path, {**ASSESSED, "protective_factors": ["pets", "hope", "pets"], "text": TEXT})
    assert (entry["kind"], entry["by_id"], entry["text"]) == ("assessed", therapist.id, TEXT)
    assert entry["assessment"] == {**ASSESSED, "protective_factors": ["hope", "pets"]}
    assert await _read(therapist, made) == made
    [first, last] = await events(therapist, made)
    assert (first["assessment"], last) == (None, entry)
    closed = await take(therapist, await take(therapist, made, "acknowledge"), "resolve")
    late = await therapist.post(path, {**ASSESSED, "happened_at": "2026-11-20T12:00:00Z"})
    assert (closed["state"], late["assessment"]["protective_factors"]) == ("awaiting_review", [])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {**ASSESSED, "ideation": "other"},
        {**ASSESSED, "means": None},
        {**ASSESSED, "protective_factors": ["luck"]},
        {**ASSESSED, "protective_factors": ["hope"] * 10},
        {**ASSESSED, "text": " "},
    ],
)
async def test_an_assessment_is_refused_unless_each_question_has_a_word(world: World, body: Json) -> None:
    therapist, _, _, made = await critical(world)
    await therapist.post(f"/flags/{made['id']}/assessments", body, expect=422)
    assert len(await events(therapist, made)) == 1


async def test_who_may_not_see_the_chart_assesses_nobody(world: World) -> None:
    therapist, _, chart, made = await critical(world)
    stranger, patient = await world.therapist(), await world.patient_of(therapist)
    path = f"/flags/{made['id']}/assessments"
    await stranger.post(path, ASSESSED, expect=404)
    await patient.post(path, ASSESSED, expect=403)
    assert (await world.api.send("POST", path)).status_code == 401
    assert chart


def test_each_question_can_stay_unanswered() -> None:
    for words in (Ideation, Means):
        assert {"not_asked", "not_said", "none"} <= set(words)


# ── those who are told beyond the care team ──


async def test_the_safeguarding_lead_is_told_of_danger_to_others_alone(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    lead, deputy = await designated(world)
    await by_hand(therapist, world.chart_id(patient), "critical")
    assert await flag_tasks(lead) == []
    await checked_in(patient, {"ci.others_danger": "yes"})
    assert await flag_tasks(lead) == [("flag_raised", "critical")]
    assert await flag_tasks(deputy) == []
    by_name = await by_hand(therapist, world.chart_id(patient), "critical", is_danger_to_others=True)
    assert len(await flag_tasks(lead)) == 2
    assert (await lead.send("GET", f"/flags/{by_name['id']}")).status_code == 404
    seen = str([by_name, await flags(therapist), await events(therapist, by_name)])
    assert lead.id not in seen
    taken = await take(therapist, by_name, "acknowledge")
    assert len(await flag_tasks(lead)) == 2  # somebody else's click is not the lead's own look
    await take(therapist, by_name, "contact")
    assert len(await flag_tasks(lead)) == 2
    proposed = await take(therapist, await _read(therapist, taken), "resolve")
    assert len(await flag_tasks(lead)) == 3  # the second decision is asked of supervisors
    second = await world.staff(Role.SUPERVISOR)
    await join(therapist, world.chart_id(patient), second)
    await take(second, proposed, "review")
    assert len(await flag_tasks(lead)) == 1


@pytest.mark.parametrize("who", ["lead", "prescriber"])
async def test_one_of_them_who_supervises_on_the_team_is_told_beside_a_clinician(world: World, who: str) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    person = await world.staff(Role.SUPERVISOR, Role.PRESCRIBER)
    chart = world.chart_id(patient)
    body = {"account_id": person.id, "role": "supervisor"}
    await therapist.post(f"/patients/{chart}/care-team", body)
    if who == "lead":
        await designated(world, lead=person)
    await checked_in(patient, {"ci.others_danger" if who == "lead" else "ci.voices_suspicion": "yes"})
    assert await flag_tasks(person) == [("flag_raised", "critical")]
    assert len(await flag_tasks(therapist)) == 1
    [member] = [
        one
        for one in (await world.admin.get(f"/patients/{chart}/care-team"))["items"]
        if one["account_id"] == person.id
    ]
    await world.admin.delete(f"/patients/{chart}/care-team/{member['id']}", member["version"])
    assert await flag_tasks(person) == []  # as a member, so it is gone with the membership


async def test_the_deputy_stands_for_a_lead_who_left_and_nobody_for_none(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    await by_hand(therapist, chart, "critical", is_danger_to_others=True)
    lead, deputy = await designated(world)
    account = await world.admin.get(f"/accounts/{lead.id}")
    await world.admin.patch(f"/accounts/{lead.id}", {"state": "disabled"}, account["version"])
    await by_hand(therapist, chart, "critical", is_danger_to_others=True)
    assert await flag_tasks(deputy) == [("flag_raised", "critical")]


async def test_a_prescriber_of_the_clinic_is_told_of_what_is_urgent_if_none_is_on_the_team(world: World) -> None:
    therapist, prescriber = await world.therapist(), await world.staff(Role.PRESCRIBER)
    patient = await world.patient_of(therapist)
    await checked_in(patient, {"ci.safety": "not_safe"})
    await checked_in(patient, {"ci.urine_trouble": 1})
    assert await flag_tasks(prescriber) == []  # no rule of these tells a prescriber of what is urgent
    await checked_in(patient, {"ci.voices_suspicion": "yes"})
    assert await flag_tasks(prescriber) == [("flag_raised", "critical")]
    on_team = await world.staff(Role.PRESCRIBER)
    await join(therapist, world.chart_id(patient), on_team)
    await checked_in(patient, {"ci.voices_suspicion": "yes"})
    assert len(await flag_tasks(prescriber)) == 1
    assert len(await flag_tasks(on_team)) >= 1


# ── what time raises ──


@pytest.mark.parametrize(
    ("urgency", "has_urgent_flag", "severity"),
    [
        (Urgency.ROUTINE, False, "low"),
        (Urgency.ROUTINE, True, "high"),
        (Urgency.MODERATE, True, "high"),
        (Urgency.HIGH, False, "high"),
    ],
)
def test_a_missed_check_in_is_as_severe_as_its_chart(urgency: Urgency, severity: str, *, has_urgent_flag: bool) -> None:
    hit = hit_of_clock(TaskKind.CHECK_IN_MISSED, RANKS.index(urgency), has_urgent_flag=has_urgent_flag)
    assert hit == Hit("R16", FlagSeverity(severity))
    lost = hit_of_clock(TaskKind.LINK_LOST, RANKS.index(urgency), has_urgent_flag=has_urgent_flag)
    assert lost == Hit("R26", FlagSeverity.CRITICAL)


async def _let_go(world: World, therapist: Person, chart: str) -> None:
    """A dosing session whose patient left five hours after the dose, with nothing missing: it leaves no flag."""
    prescriber = await clearing(therapist, chart)
    await enter_again(prescriber)
    made = await ready_session(therapist, chart, prescriber)
    await dose(therapist, made)
    await let_pass(world.api, therapist, hours=5)
    await discharge(therapist, made)
    await move(therapist, made, "complete")


@pytest.mark.parametrize(("has_urgent_flag", "severity"), [(False, "low"), (True, "high")])
async def test_a_check_in_that_is_missed_beside_an_urgent_flag_is_high(
    world: World, severity: str, *, has_urgent_flag: bool
) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    await _let_go(world, therapist, chart)
    for hours in (24, 48):
        await let_pass(world.api, therapist, patient, hours=hours)
        await checked_in(patient)
    await _let_go(world, therapist, chart)
    if has_urgent_flag:
        await by_hand(therapist, chart, "high")
    await let_pass(world.api, therapist, patient, hours=40)
    await tick(world)
    [missed] = await flags(therapist, rule="R16")
    assert missed["severity"] == severity
    tasks = (await therapist.get("/worklist", params={"limit": 100}))["items"]
    [task] = [one for one in tasks if one["subject_id"] == missed["id"]]
    assert task["urgency"] == ("routine" if severity == "low" else severity)


@pytest.mark.parametrize("kind", ["chest_pain", "breathlessness", "worst_headache", "focal_sign"])
async def test_an_adverse_event_that_is_a_red_sign_is_critical(world: World, kind: str) -> None:
    therapist = await world.therapist()
    await adverse_event(therapist, world.chart_id(await world.patient_of(therapist)), kind=kind)
    assert await raised(therapist, rule="R19") == {"R19": "critical"}
