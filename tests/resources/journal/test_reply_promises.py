"""The promise to answer what a patient shares: who, by when, and what becomes of one that is missed."""

from datetime import datetime, timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.ledger.due import record_due
from tests.factories.care_teams import join
from tests.factories.feeds import seal
from tests.factories.reflections import ledger_of, submitted
from tests.support import Api, Json, Person, World, enter_again

ALWAYS = {day: [{"opens": "00:00", "closes": "24:00"}] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
HOURS = 72
"""The policy `reflection_review_hours`."""


async def pair(world: World, **clinic: object) -> tuple[Person, Person]:
    """A therapist and their patient, in a clinic that never closes."""
    version = (await world.admin.get("/clinic"))["version"]
    await world.admin.patch("/clinic", {"hours": ALWAYS, **clinic}, version)
    therapist = await world.therapist()
    return therapist, await world.patient_of(therapist)


async def let_pass(api: Api, *people: Person, **by: float) -> None:
    api.clock.advance(**by)
    for person in people:
        await enter_again(person)


async def promise(person: Person, made: Json) -> Json:
    found: Json = (await person.get(f"/reflections/{made['id']}"))["reply_promise"]
    return found


async def missed(person: Person) -> list[Json]:
    return [task for task in (await person.get("/worklist"))["items"] if task["kind"] == "reply_missed"]


def hours_of(made: Json, name: str) -> float:
    since = datetime.fromisoformat(made["shared_at"])
    return (datetime.fromisoformat(made["reply_promise"][name]) - since) / timedelta(hours=1)


async def test_it_says_who_answers_by_when(world: World) -> None:
    therapist, patient = await pair(world)
    await join(therapist, world.chart_id(patient), await world.staff(Role.PRESCRIBER, name="Ines Orr"))
    account = await world.admin.get(f"/accounts/{therapist.id}")
    facts = {"credential": "LMFT", "licence_region": "OR"}
    await world.admin.patch(f"/accounts/{therapist.id}", facts, account["version"])
    made = await submitted(patient, share=True)
    told = made["monitoring"]
    named = {"name": account["name"], "credential": "LMFT", "licence_region": "OR", "is_supervised": False}
    assert told["answered_by"] == named
    assert f"{account['name']} (LMFT) means to answer" in told["text"]
    assert (made["reply_promise"]["state"], hours_of(made, "reply_by")) == ("open", HOURS)
    assert told["reviewed_by"] == made["reply_promise"]["reply_by"]


async def test_a_private_entry_is_promised_nothing(world: World) -> None:
    _, patient = await pair(world)
    made = await submitted(patient)
    assert (made["reply_promise"], made["monitoring"]["answered_by"]) == (None, None)


async def test_without_a_team_nobody_is_named(world: World) -> None:
    therapist, patient = await pair(world)
    chart = world.chart_id(patient)
    member = (await therapist.get(f"/patients/{chart}/care-team"))["items"][0]
    await therapist.delete(f"/patients/{chart}/care-team/{member['id']}", match=member["version"])
    made = await submitted(patient, share=True)
    assert (made["reply_promise"], made["monitoring"]["answered_by"]) == (None, None)


@pytest.mark.parametrize("how", ["reply", "review"])
@pytest.mark.parametrize(("late", "state"), [(False, "kept"), (True, "missed")])
async def test_staff_answer_in_time_or_not(world: World, api: Api, how: str, late: bool, state: str) -> None:
    therapist, patient = await pair(world)
    made = await submitted(patient, share=True)
    await let_pass(api, therapist, patient, hours=HOURS, seconds=1 if late else -60)
    assert len(await missed(therapist)) == late
    path = f"/reflections/{made['id']}"
    if how == "reply":
        await therapist.post(f"{path}/replies", {"text": "Thank you."})
    else:
        await therapist.post(f"{path}/review", None, expect=200, match=made["version"])
    answered = await promise(patient, made)
    assert (answered["state"], answered["reply_by"]) == (state, made["reply_promise"]["reply_by"])
    assert answered["answered_at"] is not None
    await let_pass(api, therapist, patient, hours=HOURS)
    await therapist.post(f"{path}/replies", {"text": "And today?"})
    assert await promise(patient, made) == answered
    assert await missed(therapist) == []


async def test_a_missed_reply_waits_for_all_and_gets_a_new_time(world: World, api: Api) -> None:
    therapist, patient = await pair(world)
    supervisor = await world.staff(Role.SUPERVISOR)
    await join(therapist, world.chart_id(patient), supervisor)
    made = await submitted(patient, share=True)
    assert (await missed(therapist), await missed(supervisor)) == ([], [])
    await let_pass(api, therapist, patient, supervisor, hours=HOURS)
    for person in (therapist, supervisor):
        assert [task["subject_id"] for task in await missed(person)] == [made["id"]]
    told = await patient.get(f"/reflections/{made['id']}")
    assert told["reply_promise"]["state"] == "missed"
    assert (hours_of(told, "promised_for"), hours_of(told, "reply_by")) == (HOURS, HOURS + 24)
    listed = (await patient.get("/reflections?view=summary"))["items"]
    assert [one["reply_promise"] for one in listed] == [told["reply_promise"]]


async def test_a_miss_is_told_to_the_patient_and_written_down_once(world: World, api: Api) -> None:
    therapist, patient = await pair(world)
    made = await submitted(patient, share=True)
    kept = await submitted(patient, share=True)
    await therapist.post(f"/reflections/{kept['id']}/replies", {"text": "Thank you."})
    await seal(world)
    cursor = (await patient.get("/changes"))["next_cursor"]
    await let_pass(api, patient, hours=HOURS)
    for _ in range(2):
        await record_due(api.runtime.database, api.clock)
        await seal(world)
    told = (await patient.get("/changes", params={"cursor": cursor}))["items"]
    assert [(one["kind"], one["id"], one["change"]) for one in told if one["kind"] == "reflection"] == [
        ("reflection", made["id"], "changed")
    ]
    assert [event for event, _ in await ledger_of(api, made["id"])].count("reflection.reply_missed") == 1
    assert "reflection.reply_missed" not in [event for event, _ in await ledger_of(api, kept["id"])]


async def test_what_is_taken_back_is_promised_nothing_and_missed_by_nobody(world: World, api: Api) -> None:
    therapist, patient = await pair(world)
    made = await submitted(patient, share=True)
    back = await patient.post(f"/reflections/{made['id']}/unshare", None, expect=200, match=made["version"])
    assert back["reply_promise"] is None
    await let_pass(api, therapist, patient, hours=HOURS * 2)
    assert await missed(therapist) == []


async def test_an_edit_puts_no_promise_off(world: World, api: Api) -> None:
    therapist, patient = await pair(world)
    made = await submitted(patient, share=True)
    await let_pass(api, therapist, patient, hours=10)
    path = f"/reflections/{made['id']}"
    changed = await patient.patch(path, {"text": "More."}, made["version"])
    assert changed["reply_promise"] == made["reply_promise"]
    urgent = await patient.patch(path, {"safety": "not_safe"}, changed["version"])
    assert urgent["reply_promise"]["reply_by"] < made["reply_promise"]["reply_by"]
    await let_pass(api, therapist, patient, minutes=15)
    assert len(await missed(therapist)) == 1
    await therapist.post(f"{path}/replies", {"text": "I call you now."})
    again = await patient.patch(path, {"text": "And more."}, urgent["version"])
    assert (again["reply_promise"]["state"], again["reply_promise"]["answered_at"]) == ("open", None)


async def test_staff_see_no_task_of_an_entry_before_its_release(world: World, api: Api) -> None:
    therapist, patient = await pair(world)
    later = (api.clock() + timedelta(days=2)).isoformat()
    made = await submitted(patient, share=True, release_at=later)
    await seal(world)
    kinds = [one["kind"] for one in (await therapist.get("/changes"))["items"] if one["id"] == made["id"]]
    assert kinds == []
    await let_pass(api, therapist, patient, hours=48 + HOURS)
    assert len(await missed(therapist)) == 1


async def test_what_the_patient_adds_is_no_answer(world: World) -> None:
    _, patient = await pair(world)
    made = await submitted(patient, share=True)
    await patient.post(f"/reflections/{made['id']}/replies", {"text": "One more thing."})
    assert (await promise(patient, made))["state"] == "open"
    assert (await promise(patient, made))["answered_at"] is None


async def test_the_review_is_told_at_once_beside_the_promise(world: World) -> None:
    therapist, patient = await pair(world)
    made = await submitted(patient, share=True)
    await seal(world)
    told = [(one["kind"], one["id"]) for one in (await therapist.get("/changes"))["items"]]
    assert {("reflection", made["id"]), ("worklist", world.chart_id(patient))} <= {*told}


async def test_a_promise_for_the_next_opening_is_told_in_utc_by_the_answer_too(world: World) -> None:
    """Whatever the hour: the answer to what is handed in shows what a reading shows."""
    patient = await world.patient_of(await world.therapist())
    for _ in range(8):
        world.api.clock.advance(hours=6)
        await enter_again(patient)
        entry = await submitted(patient, share=True)
        assert entry["reply_promise"]["promised_for"].endswith("Z")
        assert (await patient.get(f"/reflections/{entry['id']}"))["reply_promise"] == entry["reply_promise"]
