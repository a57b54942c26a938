"""Check-ins: answers to the items of a window, what they alarm of, and what is kept outside of every window."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tests.factories.arcs import SAFE, checked_in, dosed, let_pass, windows
from tests.factories.doses import dosed_session
from tests.factories.flags import flags
from tests.support import Api, Json, Person, World


async def _pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def _tasks(person: Person) -> list[Json]:
    """The tasks about check-ins: those to read, and the flags of the others."""
    raised = {flag["id"] for flag in await flags(person) if flag["origin"] == "check_in"}
    tasks = (await person.get("/worklist"))["items"]
    return [task for task in tasks if task["kind"] == "check_in_to_read" or task["subject_id"] in raised]


async def test_nobody_without_a_token(api: Api) -> None:
    for method, path in [("POST", "/check-ins"), ("GET", "/check-ins"), ("GET", f"/check-ins/{uuid4()}")]:
        assert (await api.send(method, path)).status_code == 401


async def test_a_patient_answers_the_window_that_is_open(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    await let_pass(api, therapist, patient, hours=24)
    made = await checked_in(patient)
    window = (await windows(patient))["t24"]
    assert (made["arc_window_id"], made["is_off_window"], made["mode"]) == (window["id"], False, "self_completed")
    assert (made["answers"], made["alarms"], made["ignored"], made["item_version"]) == (SAFE, [], [], 1)
    assert (window["state"], window["settled_at"]) == ("answered", made["created_at"])
    assert made["monitoring"]["told"] == "team"
    assert await therapist.get(f"/check-ins/{made['id']}") == {**made, "monitoring": None}
    [task] = await _tasks(therapist)
    assert (task["subject_id"], task["urgency"]) == (made["id"], "routine")
    assert (await therapist.get(f"/check-ins?arc_window_id={window['id']}"))["items"] == [{**made, "monitoring": None}]


async def test_a_chart_that_is_not_theirs_is_none(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    made = await checked_in(patient)
    other = await world.therapist()
    await other.get(f"/check-ins/{made['id']}", expect=404)
    await checked_in(other, patient_id=chart, expect=404)
    assert (await other.get("/check-ins"))["items"] == []
    assert len((await therapist.get("/check-ins"))["items"]) == 1


async def test_outside_of_every_window_it_is_kept(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    assert (await checked_in(patient))["is_off_window"] is True
    await dosed(therapist, chart)
    found = await windows(patient)
    early = await checked_in(patient, arc_window_id=found["t24"]["id"])
    assert (early["is_off_window"], early["arc_window_id"]) == (True, None)
    await let_pass(api, therapist, patient, hours=40)
    late = await checked_in(patient, arc_window_id=found["t24"]["id"])
    assert (late["is_off_window"], (await windows(patient))["t24"]["state"]) == (True, "missed")


async def test_what_was_answered_in_time_counts_when_it_arrives(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    await let_pass(api, therapist, patient, hours=40)
    then = (api.clock() - timedelta(hours=10)).isoformat()
    made = await checked_in(patient, completed_at=then)
    window = (await windows(patient))["t24"]
    assert (made["arc_window_id"], window["state"]) == (window["id"], "answered")
    assert datetime.fromisoformat(made["happened_at"]) == datetime.fromisoformat(then)
    missed = [task for task in (await therapist.get("/worklist"))["items"] if task["kind"] == "check_in_missed"]
    assert missed == []


async def test_the_altered_state_holds_no_check_in(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    await dosed_session(therapist, chart)
    assert (await checked_in(patient, {"ci.safety": "not_safe"}))["monitoring"]["told"] == "team"


@pytest.mark.parametrize(
    ("answers", "rules", "urgency"),
    [
        ({"ci.safety": "safe"}, [], "routine"),
        ({"ci.safety": "not_safe"}, ["R06"], "critical"),
        ({"ci.safety": "not_sure"}, ["R06"], "high"),
        ({"ci.voices_suspicion": "yes"}, ["R14"], "critical"),
        ({"ci.little_sleep_high_energy": "yes"}, ["R14"], "high"),
        ({"ci.urine_blood": "yes"}, ["R15"], "high"),
        ({"ci.urine_pain": 6}, [], "routine"),
        ({"ci.urine_pain": 7}, ["R15"], "high"),
        ({"ci.night_voiding": "some"}, [], "routine"),
        ({"ci.night_voiding": "every"}, ["R15"], "high"),
        ({"ci.red_signs": "chest_pain"}, ["R19"], "critical"),
        ({"ci.red_signs": "none", "ci.harm_event": "none"}, [], "routine"),
        ({"ci.drove": "yes"}, ["R20"], "high"),
        ({"ci.jaundice": "yes", "ci.right_upper_pain": "no"}, ["R27"], "high"),
        ({"ci.extra_dose": "yes", "ci.craving": 6}, ["R28"], "high"),
        ({"ci.craving": 7}, ["R28"], "high"),
        ({"ci.self_harm_thoughts": "same"}, [], "routine"),
        ({"ci.self_harm_thoughts": "new"}, ["R29"], "high"),
        ({"ci.others_danger": "yes"}, ["R33"], "critical"),
        ({"ci.harm_event": "passed_out", "ci.drove": "yes"}, ["R20", "R34"], "critical"),
        ({"ci.unreal": 3, "ci.urine_trouble": 3, "ci.memory_trouble": 3}, [], "routine"),
    ],
)
async def test_an_alarming_answer_is_as_urgent_as_its_rule_says(
    world: World, answers: Json, rules: list[str], urgency: str
) -> None:
    therapist, patient, _ = await _pair(world)
    made = await checked_in(patient, answers)
    assert [alarm["rule"] for alarm in made["alarms"]] == rules
    found = [task["urgency"] for task in await _tasks(therapist)]
    assert (found[0], len(found)) == (urgency, max(len(rules), 1))


async def test_who_asks_to_be_called_needs_no_answer(world: World) -> None:
    therapist, patient, _ = await _pair(world)
    made = await checked_in(patient, {}, contact_me=True)
    assert made["alarms"] == [{"rule": "R06", "item": "contact_me", "severity": "moderate"}]
    assert [task["urgency"] for task in await _tasks(therapist)] == ["moderate"]
    worse = await checked_in(patient, {"ci.safety": "not_safe"}, contact_me=True)
    assert [alarm["severity"] for alarm in worse["alarms"]] == ["critical"]


@pytest.mark.parametrize(("hours", "urgency"), [(23, "routine"), (24, "moderate"), (72, "high"), (336, "high")])
async def test_unreality_that_lasts_is_read_sooner(world: World, api: Api, hours: int, urgency: str) -> None:
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    await let_pass(api, therapist, patient, hours=hours)
    await checked_in(patient, {"ci.unreal": 1})
    assert [task["urgency"] for task in await _tasks(therapist)] == [urgency]


@pytest.mark.parametrize(
    ("first", "second", "rules"),
    [
        ({"ci.urine_trouble": 1}, {"ci.urine_trouble": 2}, ["R15"]),
        ({"ci.urine_trouble": 0}, {"ci.urine_trouble": 2}, []),
        ({"ci.memory_trouble": 2}, {"ci.memory_trouble": 2}, ["R35"]),
        ({"ci.memory_trouble": 1}, {"ci.memory_trouble": 2}, []),
    ],
)
async def test_some_answers_alarm_the_second_time(
    world: World, api: Api, first: Json, second: Json, rules: list[str]
) -> None:
    _, patient, _ = await _pair(world)
    await checked_in(patient, first)
    await let_pass(api, patient, hours=1)
    await checked_in(patient, SAFE)
    await let_pass(api, patient, hours=1)
    assert [alarm["rule"] for alarm in (await checked_in(patient, second))["alarms"]] == rules


async def test_an_answer_that_cannot_be_holds_no_call_for_help(world: World) -> None:
    therapist, patient, _ = await _pair(world)
    made = await checked_in(patient, {"ci.safety": "not_safe", "ci.craving": 11, "ci.no_such": "yes", "ci.drove": 1})
    assert (made["answers"], made["ignored"]) == ({"ci.safety": "not_safe"}, ["ci.craving", "ci.drove", "ci.no_such"])
    assert [task["urgency"] for task in await _tasks(therapist)] == ["critical"]
    refused = await checked_in(patient, {"ci.craving": 11, "ci.drove": None}, expect=422)
    assert refused["errors"][0]["code"] == "nothing_answered"


async def test_a_correction_takes_its_place(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    await let_pass(api, therapist, patient, hours=24)
    made = await checked_in(patient)
    why = {"corrects_id": made["id"], "correction_reason": "Slipped."}
    refused = await checked_in(patient, {"ci.drove": "yes"}, corrects_id=made["id"], expect=422)
    assert refused["errors"][0]["field"] == "body.correction_reason"
    await checked_in(therapist, {"ci.drove": "yes"}, patient_id=chart, **why, expect=409)
    right = await checked_in(patient, {"ci.drove": "yes"}, **why)
    assert (right["arc_window_id"], right["completed_at"]) == (made["arc_window_id"], made["completed_at"])
    assert [one["id"] for one in (await therapist.get("/check-ins"))["items"]] == [right["id"]]
    [gone] = (await therapist.get("/check-ins?withdrawn=true"))["items"]
    assert (gone["id"], gone["withdrawn_reason"], gone["answers"]) == (made["id"], "Slipped.", SAFE)
    await checked_in(patient, {"ci.drove": "no"}, **why, expect=409)


async def test_staff_write_down_what_they_are_told(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    await let_pass(api, therapist, patient, hours=24)
    made = await checked_in(therapist, patient_id=chart, mode="telephone")
    assert (made["mode"], made["monitoring"], made["is_off_window"]) == ("telephone", None, False)
    assert (await windows(patient))["t24"]["state"] == "answered"
    await checked_in(therapist, expect=422)
    await checked_in(therapist, patient_id=chart, mode="self_completed", expect=422)
    await checked_in(patient, mode="telephone", expect=422)


async def test_a_window_of_another_chart_is_none(world: World) -> None:
    therapist, _, chart = await _pair(world)
    await dosed(therapist, chart)
    other = await world.patient_of(therapist)
    window = (await windows(therapist))["t24"]["id"]
    await checked_in(other, arc_window_id=window, expect=404)
    await checked_in(therapist, patient_id=world.chart_id(other), arc_window_id=window, expect=404)
