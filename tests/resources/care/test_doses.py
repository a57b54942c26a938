"""Doses over HTTP: what is recorded, what is refused, and what holds one."""

import asyncio
from datetime import timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.resources.care.orders.limits import RULES_VERSION
from tests.factories.care_teams import join
from tests.factories.discharges import overridden
from tests.factories.doses import DOSE, dose, dosed_session, remarks
from tests.factories.notes import supervisor_of
from tests.factories.readiness import AT_HOME, answer, clear, dosing_session, holds_of, ready_session
from tests.factories.remote_sessions import home_session
from tests.factories.sessions import move, session
from tests.support import Api, Json, Person, World

ESKETAMINE: Json = {"route": "intranasal_esketamine", "weight_kg": None}


async def chart_of(world: World) -> tuple[Person, str]:
    therapist = await world.therapist()
    return therapist, world.chart_id(await world.patient_of(therapist))


def rules_of(made: Json) -> list[tuple[str, str]]:
    return [(one["rule"], one["severity"]) for one in remarks(made)]


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("POST", f"/sessions/{new_id()}/doses", json=DOSE)).status_code == 401
    assert (await api.send("GET", "/doses")).status_code == 401


async def test_a_dose_is_recorded_with_what_is_derived(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    given = await dose(therapist, made, lot="A17", strength="50 mg/mL", note="Left arm.")
    assert (given["amount_mg"], given["mg_per_kg"], given["given_while_held"]) == (60, 0.8571, False)
    assert (given["lot"], remarks(given), given["patient_id"]) == ("A17", [], chart)
    by_weight = await dose(therapist, made, amount=0.3, unit="mg/kg", kind="booster")
    assert (by_weight["amount_mg"], by_weight["mg_per_kg"]) == (21, 0.3)
    assert await therapist.get(f"/sessions/{made['id']}/doses/{given['id']}") == given
    found = await therapist.get("/doses", params={"session_id": made["id"], "patient_id": chart})
    assert found["items"] == [by_weight, given]
    assert (await therapist.get("/doses", params={"ids": given["id"]}))["items"] == [given]
    assert (await therapist.get(f"/sessions/{made['id']}"))["doses_recorded"] == 2


@pytest.mark.parametrize(
    ("facts", "field", "limit"),
    [
        ({"amount": 301}, "amount", "1 to 300 mg ("),
        ({"amount": 250}, "amount", "0.05 to 3 mg/kg"),
        ({"route": "iv_infusion", "amount": 401}, "amount", "1 to 400 mg ("),
        ({"route": "iv_infusion", "amount": 35, "infusion_minutes": 241}, "infusion_minutes", "1 to 240 minutes"),
        ({"route": "oral", "amount": 701, "weight_kg": None}, "amount", "1 to 700 mg ("),
        ({"route": "sublingual", "amount": 1001}, "amount", "1 to 1000 mg"),
        ({**ESKETAMINE, "amount": 50, "devices": 2}, "amount", "multiple of 28 mg"),
        ({**ESKETAMINE, "amount": 56, "devices": 1}, "devices", "28 mg each"),
        ({**ESKETAMINE, "amount": 112, "devices": 4}, "amount", "28 to 84 mg"),
    ],
)
async def test_outside_a_hard_limit_is_refused_with_limit_and_source(
    world: World, facts: Json, field: str, limit: str
) -> None:
    therapist, chart = await chart_of(world)
    refused = await dose(therapist, await ready_session(therapist, chart), 422, **facts)
    [message] = [one["message"] for one in refused["errors"] if limit in one["message"]]
    assert {(one["field"], one["code"]) for one in refused["errors"]} == {(f"body.{field}", "hard_limit")}
    assert "clinical.md section 1.2" in message or "label" in message


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"route": "sc", "weight_kg": None}, "weight_kg"),
        ({"unit": "mg/kg", "weight_kg": None, "amount": 1}, "weight_kg"),
        ({"infusion_minutes": 40}, "infusion_minutes"),
        ({"devices": 2}, "devices"),
        ({**ESKETAMINE, "amount": 56}, "devices"),
        ({"route": "buccal", "unit": "mg/kg"}, "unit"),
    ],
)
async def test_a_field_that_is_not_of_the_route_is_refused(world: World, facts: Json, field: str) -> None:
    therapist, chart = await chart_of(world)
    refused = await dose(therapist, await ready_session(therapist, chart), 422, **facts)
    assert [error["field"] for error in refused["errors"]] == [f"body.{field}"]


async def test_outside_the_usual_is_accepted_with_a_finding(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    given = await dose(therapist, made, amount=160, weight_kg=100)
    assert rules_of(given) == [("R17", "moderate"), ("R17", "moderate")]
    assert {one["version"] for one in remarks(given)} == {RULES_VERSION}
    assert "20 to 150 mg" in remarks(given)[0]["text"]
    assert "clinical.md" in remarks(given)[0]["source"]


async def test_esketamine_comes_in_devices_five_minutes_apart(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    first = await dose(therapist, made, **ESKETAMINE, amount=28, devices=1)
    assert [one["text"] for one in remarks(first)] == ["the total of this session is not 56 or 84 mg so far"]
    second = await dose(therapist, made, **ESKETAMINE, amount=28, devices=1, kind="second_device")
    assert [one["text"] for one in remarks(second)] == ["less than 5 minutes after the device before"]
    world.api.clock.advance(minutes=6)
    third = await dose(therapist, made, **ESKETAMINE, amount=28, devices=1)
    assert remarks(third) == []
    refused = await dose(therapist, made, 422, **ESKETAMINE, amount=28, devices=1)
    assert "at most 84 mg a session" in refused["errors"][0]["message"]


async def test_two_devices_at_once_never_pass_the_limit(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    body = {**DOSE, **ESKETAMINE, "amount": 56, "devices": 2}
    answers = await asyncio.gather(*(therapist.send("POST", f"/sessions/{made['id']}/doses", body) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 422, 422]
    assert (await therapist.get(f"/sessions/{made['id']}"))["doses_recorded"] == 1


async def test_a_dose_is_held_until_every_item_is_met_or_released(world: World) -> None:
    therapist, chart = await chart_of(world)
    prescriber = await world.staff(Role.PRESCRIBER)
    await join(therapist, chart, prescriber)
    made = await dosing_session(therapist, chart)
    refused = await dose(therapist, made, 409)
    assert refused["code"] == "dose-held"
    named = {(one["item"], one["rule"]) for one in refused["holds"]}
    assert {("rd.escort", "R23"), ("rd.consent", "R21"), ("hypersensitivity", "R21"), ("rd.weight", "R17")} <= named
    opened = await holds_of(therapist, made)
    assert {one["hold_id"] for one in refused["holds"]} == {hold["id"] for hold in opened}
    again = await dose(therapist, made, 409)
    assert again["holds"] == refused["holds"]
    check = await therapist.get(f"/sessions/{made['id']}/readiness")
    assert (check["state"], check["version"]) == ("held", 1)
    await clear(therapist, made, 1, escort={"status": "not_met"})
    refused = await dose(therapist, made, 409)
    assert [one["item"] for one in refused["holds"]] == ["rd.escort"]
    path = f"/sessions/{made['id']}/holds/{refused['holds'][0]['hold_id']}/release"
    await prescriber.post(path, {"reason": "Ward nurse."}, match=1, expect=200)
    assert (await dose(therapist, made))["given_while_held"] is False


async def test_a_dose_that_was_given_is_recorded_under_a_hold(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await dosing_session(therapist, chart)
    given = await dose(therapist, made, given_while_held=True)
    assert given["given_while_held"] is True
    assert rules_of(given) == [("R21", "critical")]
    assert "rd.escort" in remarks(given)[0]["text"]
    assert await holds_of(therapist, made) != []
    fine = await dose(therapist, await ready_session(therapist, chart), given_while_held=True, amount=50)
    assert fine["given_while_held"] is False


async def test_esketamine_at_home_is_recorded_and_never_started(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await home_session(therapist, chart)
    refused = await dose(therapist, made, 409, **ESKETAMINE, amount=56, devices=2)
    never = {"hold_id": None, "item": "esketamine_at_home", "rule": "R21"}
    assert (refused["code"], refused["holds"]) == ("dose-held", [never])
    given = await dose(therapist, made, **ESKETAMINE, amount=56, devices=2, given_while_held=True)
    assert [one["text"] for one in remarks(given)] == ["esketamine outside a clinic"]


async def test_an_answer_beside_a_dose_holds_it_or_comes_after(world: World) -> None:
    """However the two fall, no dose that began under an open hold is recorded as if there were none."""
    therapist, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    body = {"items": {"rd.escort": {"status": "not_met"}}}
    given, answered = await asyncio.gather(
        therapist.send("POST", f"/sessions/{made['id']}/doses", DOSE),
        therapist.send("PATCH", f"/sessions/{made['id']}/readiness", body, match=1),
    )
    assert answered.status_code == 200
    assert given.status_code in (201, 409)
    [hold] = await holds_of(therapist, made)
    if given.status_code == 201:
        assert given.json()["created_at"] <= hold["created_at"]


async def test_waste_names_another_as_its_witness(world: World) -> None:
    therapist, chart = await chart_of(world)
    colleague, patient = await world.therapist(), await world.patient_of(therapist)
    made = await ready_session(therapist, chart)
    seen = await dose(therapist, made, wasted_mg=10, waste_witness_id=colleague.id)
    assert (seen["wasted_mg"], remarks(seen)) == (10, [])
    alone = await dose(therapist, made, wasted_mg=10, amount=20, kind="booster")
    assert ("R28", "high") in rules_of(alone)
    await dose(therapist, made, 422, wasted_mg=10, waste_witness_id=therapist.id)
    await dose(therapist, made, 422, waste_witness_id=colleague.id)
    await dose(therapist, made, 404, wasted_mg=10, waste_witness_id=patient.id)


async def test_a_correction_takes_the_place_and_both_stay(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await dosing_session(therapist, chart)
    wrong = await dose(therapist, made, amount=90, given_while_held=True)
    why = {"corrects_id": wrong["id"], "correction_reason": "Vial read wrongly."}
    await dose(therapist, made, 422, corrects_id=wrong["id"])
    right = await dose(therapist, made, amount=60, **why)
    assert (right["corrects_id"], right["given_while_held"], rules_of(right)) == (
        wrong["id"],
        True,
        [("R21", "critical")],
    )
    assert (await dose(therapist, made, 409, **why))["code"] == "superseded"
    kept = await therapist.get(f"/sessions/{made['id']}/doses/{wrong['id']}")
    assert (kept["withdrawn_reason"], kept["withdrawn_by_id"]) == ("Vial read wrongly.", therapist.id)
    assert (kept["amount"], kept["version"]) == (90, 2)
    assert (await therapist.get("/doses"))["items"] == [right]
    assert (await therapist.get("/doses", params={"withdrawn": True}))["items"] == [kept]
    assert (await therapist.get(f"/sessions/{made['id']}"))["doses_recorded"] == 1
    other = await ready_session(therapist, chart)
    await dose(therapist, other, 404, corrects_id=right["id"], correction_reason="x1")


async def test_a_correction_keeps_the_time_unless_it_names_one(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    wrong = await dose(therapist, made, amount=90)
    world.api.clock.advance(minutes=9)
    why: Json = {"correction_reason": "Vial read wrongly."}
    right = await dose(therapist, made, corrects_id=wrong["id"], **why)
    assert (right["given_at"], right["clock_skewed"]) == (wrong["given_at"], False)
    earlier = (world.api.clock() - timedelta(minutes=4)).isoformat(timespec="seconds")
    moved = await dose(therapist, made, corrects_id=right["id"], given_at=earlier, **why)
    assert moved["given_at"] != wrong["given_at"]


async def test_a_correction_of_the_route_takes_back_what_was_said_of_it(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await home_session(therapist, chart)
    wrong = await dose(therapist, made, **ESKETAMINE, amount=56, devices=2, given_while_held=True)
    assert "esketamine outside a clinic" in [one["text"] for one in remarks(wrong)]
    right = await dose(therapist, made, corrects_id=wrong["id"], correction_reason="Wrong route.")
    assert right["given_while_held"] is False
    assert "esketamine outside a clinic" not in [one["text"] for one in remarks(right)]


async def test_a_session_with_a_dose_did_not_stay_away(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    given = await dose(therapist, made)
    path = f"/sessions/{made['id']}"
    await overridden(therapist, made)
    done = await therapist.post(f"{path}/complete", match=2, expect=200)
    away = {"state": "no_show", "correction_reason": "Entered for another day.", "end_reason": "Did not come."}
    refused = await therapist.send("PATCH", path, away, match=done["version"])
    assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [("body.started_at", "has_doses")]
    assert (await therapist.get(path))["state"] == "completed"
    assert given["id"] in [one["id"] for one in (await therapist.get("/doses"))["items"]]


async def test_fasting_is_asked_for_when_the_dose_is_given(world: World) -> None:
    """A session that begins before its planned start does not make the last meal older."""
    therapist, chart = await chart_of(world)
    planned = (world.api.clock() + timedelta(hours=3)).isoformat()
    made = await ready_session(therapist, chart, planned_start_at=planned, planned_end_at=None)
    eaten = (world.api.clock() - timedelta(minutes=10)).isoformat()
    fasting = {"rd.fasting": {"status": "met", "food_at": eaten}}
    check = await therapist.get(f"/sessions/{made['id']}/readiness")
    await therapist.patch(f"/sessions/{made['id']}/readiness", {"items": fasting}, check["version"])
    assert [one["item"] for one in (await dose(therapist, made, 409))["holds"]] == ["rd.fasting"]


async def test_at_home_what_is_asked_for_there_always_applies(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await dosing_session(therapist, chart, modality="telehealth")
    await clear(therapist, made, **{name.removeprefix("rd."): {"status": "not_applicable"} for name in AT_HOME})
    assert {one["item"] for one in (await dose(therapist, made, 409))["holds"]} == {*AT_HOME, "remote_record"}


async def test_a_withdrawn_dose_is_kept_and_counts_no_more(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    given = await dose(therapist, made)
    path, body = f"/sessions/{made['id']}/doses/{given['id']}/withdraw", {"reason": "Wrong chart."}
    await therapist.post(path, body, match=7, expect=412)
    gone = await therapist.post(path, body, match=1, expect=200)
    assert gone["withdrawn_reason"] == "Wrong chart."
    assert (await therapist.post(path, body, match=2, expect=409))["code"] == "superseded"
    assert (await therapist.get(f"/sessions/{made['id']}"))["doses_recorded"] == 0


async def test_a_dosing_session_ends_with_its_dosing_record(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    path = f"/sessions/{made['id']}"
    refused = await therapist.post(f"{path}/complete", match=2, expect=409)
    assert refused["blocking"] == ["dosing_record"]
    given = await dose(therapist, made)
    await overridden(therapist, made)
    done = await therapist.post(f"{path}/complete", match=2, expect=200)
    assert (done["state"], done["doses_recorded"]) == ("completed", 1)
    withdraw = f"{path}/doses/{given['id']}/withdraw"
    assert (await therapist.post(withdraw, {"reason": "Error."}, match=1, expect=409))["code"] == "last-dose"
    late = await dose(therapist, made, kind="booster", amount=20, given_at=done["ended_at"])
    await therapist.post(withdraw, {"reason": "Error."}, match=1, expect=200)
    right = await dose(therapist, made, corrects_id=late["id"], correction_reason="Twice.")
    assert right["corrects_id"] == late["id"]


async def test_a_session_without_a_dose_says_why(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await dosing_session(therapist, chart)
    path = f"/sessions/{made['id']}"
    changed = await therapist.patch(path, {"no_dose_reason": "Pressure too high."}, 2)
    done = await therapist.post(f"{path}/complete", match=changed["version"], expect=200)
    assert (done["no_dose_reason"], done["doses_recorded"]) == ("Pressure too high.", 0)


async def test_completing_beside_a_withdrawal_keeps_the_record(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    given = await dose(therapist, made)
    await overridden(therapist, made)
    path = f"/sessions/{made['id']}"
    done, gone = await asyncio.gather(
        therapist.send("POST", f"{path}/complete", match=2),
        therapist.send("POST", f"{path}/doses/{given['id']}/withdraw", {"reason": "Error."}, match=1),
    )
    assert {done.status_code, gone.status_code} & {409, 412}
    shown = await therapist.get(path)
    assert (shown["state"], shown["doses_recorded"]) in (("completed", 1), ("in_progress", 0))


async def test_doses_belong_to_dosing_sessions_that_began(world: World) -> None:
    therapist, chart = await chart_of(world)
    other = await move(therapist, await session(therapist, chart), "start")
    assert (await dose(therapist, other, 409))["code"] == "not-dosing"
    planned = await session(therapist, chart, phase="dosing")
    assert (await dose(therapist, planned, 409))["code"] == "session-not-started"


async def test_a_wrong_clock_loses_no_dose(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    given = await dose(therapist, made, given_at="2031-01-01T00:00:00Z")
    assert (given["clock_skewed"], given["given_at"]) == (True, given["created_at"])
    earlier = (world.api.clock() - timedelta(minutes=20)).isoformat()
    assert (await dose(therapist, made, given_at=earlier))["clock_skewed"] is False


async def test_who_reads_and_who_records(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    supervisor, other = await supervisor_of(world, therapist, chart), await world.therapist()
    made = await dosed_session(therapist, chart)
    [given] = (await patient.get("/doses"))["items"]
    path = f"/sessions/{made['id']}/doses"
    assert await supervisor.get(f"{path}/{given['id']}") == await patient.get(f"{path}/{given['id']}") == given
    for person, status in ((patient, 403), (supervisor, 403), (other, 404)):
        await dose(person, made, status)
        await person.post(f"{path}/{given['id']}/withdraw", {"reason": "x1"}, match=1, expect=status)
    await other.get(f"{path}/{given['id']}", expect=404)
    assert (await other.get("/doses"))["items"] == []
    second = await ready_session(therapist, chart)
    await therapist.get(f"/sessions/{second['id']}/doses/{given['id']}", expect=404)


async def test_a_retry_records_one_dose(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    path = f"/sessions/{made['id']}/doses"
    first, second = [await therapist.post(path, DOSE, key="dose-1") for _ in range(2)]
    assert first == second
    assert (await dose(therapist, made, 409, id=first["id"]))["code"] == "id-taken"


async def test_a_held_dose_goes_on_with_the_same_key_once_nothing_holds_it(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await dosing_session(therapist, chart)
    path = f"/sessions/{made['id']}/doses"
    await therapist.post(path, DOSE, key="dose-2", expect=409)
    await answer(therapist, made, 1)
    await clear(therapist, made, 2)
    await therapist.post(path, DOSE, key="dose-2")
