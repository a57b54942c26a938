"""REMS forms over HTTP: filled from the record, complete before they are sent, and due in seven days."""

from datetime import datetime, timedelta

import pytest

from integration_api.core.ids import new_id
from tests.factories.adverse_events import adverse_event
from tests.factories.care_teams import join
from tests.factories.discharges import discharge
from tests.factories.doses import dose
from tests.factories.feeds import seal
from tests.factories.monitoring import minutes, pressure, pressures_of_rems, upload
from tests.factories.readiness import dosing_session, ready_session
from tests.factories.rems_forms import ANSWERS
from tests.support import Api, Json, Person, World, enter_again

SPRAY: Json = {"route": "intranasal_esketamine", "amount": 56, "devices": 2, "lot": "LOT-1"}


async def sprayed(world: World, **facts: object) -> tuple[Person, Json, str]:
    """A therapist, a session with a dose of esketamine three hours ago, and when that was."""
    therapist = await world.therapist()
    made = await ready_session(therapist, world.chart_id(await world.patient_of(therapist)))
    at = (world.api.clock() - timedelta(hours=3)).isoformat()
    given = await dose(therapist, made, **{**SPRAY, "given_at": at, **facts})
    return therapist, made, given["given_at"]


async def tasks_of(person: Person, kind: str = "to_send") -> list[Json]:
    return [one for one in (await person.get("/worklist"))["items"] if one["kind"] == f"rems_form_{kind}"]


async def test_nobody_without_a_token(api: Api) -> None:
    path = f"/sessions/{new_id()}/rems-form"
    assert (await api.send("GET", path)).status_code == 401
    assert (await api.send("PUT", path, json={})).status_code == 401
    assert (await api.send("POST", f"{path}/submit", json={})).status_code == 401


async def test_the_record_fills_the_form_and_people_answer_the_rest(world: World) -> None:
    therapist, made, at = await sprayed(world)
    path = f"/sessions/{made['id']}/rems-form"
    blank = await therapist.get(path)
    assert (blank["version"], blank["state"], blank["dose_mg"], blank["lots"]) == (0, "draft", 56, ["LOT-1"])
    derived = ["minutes_observed", "pressure_before", "pressure_at_40", "pressure_at_end"]
    assert blank["missing"] == [*derived, *sorted(ANSWERS, key=list(blank).index)]
    assert datetime.fromisoformat(blank["due_at"]) - datetime.fromisoformat(at) == timedelta(days=7)
    await upload(therapist, made, *pressures_of_rems(at))
    await discharge(therapist, made, discharged_at=minutes(at, 130))
    told = await therapist.put(path, ANSWERS, match=0)
    assert (told["state"], told["missing"], told["minutes_observed"]) == ("ready", [], 130)
    pressures = [told[name]["systolic"] for name in ("pressure_before", "pressure_at_40", "pressure_at_end")]
    assert pressures == [120, 140, 125]
    sent = await therapist.post(f"{path}/submit", match=1, expect=200)
    assert (sent["state"], sent["submitted_by_id"], sent["confirmation"]) == ("submitted", therapist.id, None)
    other = await world.therapist()
    await join(therapist, made["patient_id"], other)
    done = await other.post(f"{path}/submit", {"confirmation": "R-0001"}, match=2, expect=200)
    assert [done[name] for name in ("state", "submitted_at", "submitted_by_id")] == [
        *("confirmed", sent["submitted_at"], therapist.id)
    ]


async def test_a_form_waits_on_the_worklist_until_it_is_sent(world: World) -> None:
    therapist, made, at = await sprayed(world)
    await dose(
        therapist, made, **{**SPRAY, "amount": 28, "devices": 1, "kind": "second_device", "given_at": minutes(at, 5)}
    )
    [task] = await tasks_of(therapist)
    assert (task["subject_id"], task["urgency"]) == (made["id"], "routine")
    assert datetime.fromisoformat(task["due_at"]) - datetime.fromisoformat(at) == timedelta(days=7)
    path = f"/sessions/{made['id']}/rems-form"
    await upload(therapist, made, *pressures_of_rems(at))
    await discharge(therapist, made)
    await therapist.put(path, ANSWERS, match=0)
    await therapist.post(f"{path}/submit", match=1, expect=200)
    assert await tasks_of(therapist) == []


@pytest.mark.parametrize("name", ANSWERS)
async def test_a_form_that_lacks_an_answer_is_not_sent(world: World, name: str) -> None:
    therapist, made, at = await sprayed(world)
    path = f"/sessions/{made['id']}/rems-form"
    await upload(therapist, made, *pressures_of_rems(at))
    await discharge(therapist, made)
    await therapist.put(path, {**ANSWERS, name: None}, match=0)
    refused = await therapist.post(f"{path}/submit", match=1, expect=409)
    assert (refused["code"], refused["missing"]) == ("rems-form-incomplete", [name])
    assert len(await tasks_of(therapist)) == 1


async def test_the_lot_of_each_device_is_needed(world: World) -> None:
    therapist, made, at = await sprayed(world)
    second: Json = {**SPRAY, "amount": 28, "devices": 1, "kind": "second_device", "lot": None}
    await dose(therapist, made, **{**second, "given_at": minutes(at, 5)})
    told = await therapist.get(f"/sessions/{made['id']}/rems-form")
    assert (told["lots"], "lots" in told["missing"]) == (["LOT-1"], True)


async def test_a_serious_adverse_event_is_on_the_form(world: World) -> None:
    therapist, made, _ = await sprayed(world)
    path = f"/sessions/{made['id']}/rems-form"
    await adverse_event(therapist, made["patient_id"], made, kind="fall")
    assert (await therapist.get(path))["serious_adverse_event"] is False
    await adverse_event(therapist, made["patient_id"], made, serious_because=["hospitalisation"])
    assert (await therapist.get(path))["serious_adverse_event"] is True


async def test_a_reading_far_from_forty_minutes_is_not_that_of_the_form(world: World) -> None:
    therapist, made, at = await sprayed(world)
    await upload(therapist, made, pressure(150, 90, minutes(at, 60)), pressure(118, 76, minutes(at, -5)))
    told = await therapist.get(f"/sessions/{made['id']}/rems-form")
    assert (told["pressure_at_40"], told["pressure_at_end"]) == (None, None)
    await upload(therapist, made, pressure(151, 91, minutes(at, 55)))
    told = await therapist.get(f"/sessions/{made['id']}/rems-form")
    assert (told["pressure_at_40"]["systolic"], told["pressure_at_end"]["systolic"]) == (151, 150)


async def test_other_routes_and_withdrawn_doses_have_no_form(world: World) -> None:
    therapist = await world.therapist()
    made = await ready_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await dose(therapist, made)
    path = f"/sessions/{made['id']}/rems-form"
    assert (await therapist.get(path, expect=409))["code"] == "no-rems-form"
    assert await tasks_of(therapist) == []
    given = await dose(therapist, made, **SPRAY)
    await therapist.get(path)
    withdraw = f"/sessions/{made['id']}/doses/{given['id']}/withdraw"
    await therapist.post(withdraw, {"reason": "Wrong chart."}, match=1, expect=200)
    assert (await therapist.put(path, ANSWERS, match=0, expect=409))["code"] == "no-rems-form"
    assert await tasks_of(therapist) == []


async def test_its_task_follows_a_correction_of_the_route(world: World) -> None:
    therapist = await world.therapist()
    made = await ready_session(therapist, world.chart_id(await world.patient_of(therapist)))
    why = "Wrong drug."
    given = await dose(therapist, made)
    given = await dose(therapist, made, **SPRAY, corrects_id=given["id"], correction_reason=why)
    assert len(await tasks_of(therapist)) == 1
    await dose(therapist, made, corrects_id=given["id"], correction_reason=why)
    assert await tasks_of(therapist) == []


async def test_what_was_sent_is_told_beside_a_record_that_changed(world: World) -> None:
    therapist, made, at = await sprayed(world)
    path = f"/sessions/{made['id']}/rems-form"
    await upload(therapist, made, *pressures_of_rems(at))
    await discharge(therapist, made)
    await therapist.put(path, ANSWERS, match=0)
    sent = await therapist.post(f"{path}/submit", match=1, expect=200)
    assert sent["changed_since_sent"] == []
    await adverse_event(therapist, made["patient_id"], made, serious_because=["hospitalisation"])
    told = await therapist.put(path, {**ANSWERS, "sedation": not ANSWERS["sedation"]}, match=2)
    assert (told["state"], told["changed_since_sent"]) == ("submitted", ["serious_adverse_event", "sedation"])
    confirmed = await therapist.post(f"{path}/submit", {"confirmation": "R-0001"}, match=3, expect=200)
    assert (confirmed["state"], len(confirmed["changed_since_sent"])) == ("confirmed", 2)
    anew = await therapist.post(f"{path}/submit", match=4, expect=200)
    assert (anew["state"], anew["changed_since_sent"]) == ("submitted", [])
    again = await therapist.post(f"{path}/submit", match=5, expect=200)
    assert (again["submitted_at"], again["confirmation"]) == (anew["submitted_at"], None)


async def test_others_do_not_see_it(world: World) -> None:
    therapist, made, _ = await sprayed(world)
    path, other = f"/sessions/{made['id']}/rems-form", await world.therapist()
    await other.get(path, expect=404)
    await other.put(path, ANSWERS, match=0, expect=404)
    await therapist.put(path, ANSWERS, match=3, expect=412)
    await therapist.put(path, {"concomitant": ["tea"]}, match=0, expect=422)
    late = await dosing_session(other, world.chart_id(await world.patient_of(other)))
    await other.post(f"/sessions/{late['id']}/rems-form/submit", match=0, expect=409)


async def test_time_reminds_of_a_form_and_says_that_it_is_overdue(world: World) -> None:
    therapist, made, at = await sprayed(world)
    given_at, path = datetime.fromisoformat(at), f"/sessions/{made['id']}/rems-form"
    await upload(therapist, made, *pressures_of_rems(at))
    await discharge(therapist, made)
    await therapist.put(path, ANSWERS, match=0)
    assert await tasks_of(therapist, "reminder") + await tasks_of(therapist, "overdue") == []
    world.api.clock.advance(days=2, hours=22)
    await enter_again(therapist)
    [reminder] = await tasks_of(therapist, "reminder")
    assert (reminder["subject_id"], reminder["urgency"]) == (made["id"], "moderate")
    assert datetime.fromisoformat(reminder["due_at"]) - given_at == timedelta(days=6)
    assert await tasks_of(therapist, "overdue") == []
    world.api.clock.advance(days=4)
    await enter_again(therapist)
    [overdue] = await tasks_of(therapist, "overdue")
    assert (overdue["subject_id"], overdue["urgency"]) == (made["id"], "high")
    assert datetime.fromisoformat(overdue["due_at"]) - given_at == timedelta(days=7)
    await seal(world)
    told = [one["kind"] for one in (await therapist.get("/changes?limit=200"))["items"]]
    assert "worklist" in told
    assert (await therapist.post(f"/worklist/{overdue['id']}/done", expect=409))["code"] == "settled-by-step"
    await therapist.post(f"{path}/submit", match=1, expect=200)
    for kind in ("to_send", "reminder", "overdue"):
        assert await tasks_of(therapist, kind) == []


async def test_a_form_that_was_sent_is_never_overdue(world: World) -> None:
    therapist, made, at = await sprayed(world)
    await upload(therapist, made, *pressures_of_rems(at))
    await discharge(therapist, made)
    await therapist.put(f"/sessions/{made['id']}/rems-form", ANSWERS, match=0)
    await therapist.post(f"/sessions/{made['id']}/rems-form/submit", match=1, expect=200)
    world.api.clock.advance(days=8)
    await enter_again(therapist)
    for kind in ("to_send", "reminder", "overdue"):
        assert await tasks_of(therapist, kind) == []


async def test_a_form_is_due_by_the_first_dose_that_still_stands(world: World) -> None:
    therapist, made, at = await sprayed(world)
    later = await dose(
        therapist, made, **{**SPRAY, "amount": 28, "devices": 1, "kind": "second_device", "given_at": minutes(at, 30)}
    )
    [first, *_] = sorted(
        (await therapist.get(f"/doses?session_id={made['id']}"))["items"], key=lambda one: one["given_at"]
    )
    await therapist.post(
        f"/sessions/{made['id']}/doses/{first['id']}/withdraw", {"reason": "Never given."}, match=1, expect=200
    )
    [task] = await tasks_of(therapist)
    form = await therapist.get(f"/sessions/{made['id']}/rems-form")
    assert task["due_at"] == form["due_at"]
    assert datetime.fromisoformat(task["due_at"]) == datetime.fromisoformat(later["given_at"]) + timedelta(days=7)
    await therapist.post(
        f"/sessions/{made['id']}/doses/{later['id']}/withdraw", {"reason": "Never given."}, match=1, expect=200
    )
    world.api.clock.advance(days=8)
    await enter_again(therapist)
    for kind in ("to_send", "reminder", "overdue"):
        assert await tasks_of(therapist, kind) == []
