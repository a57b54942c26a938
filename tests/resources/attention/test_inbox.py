"""The inbox: what a patient is told, and what the care team is told in turn."""

import asyncio
from uuid import uuid4

import pytest

from tests.factories.plans import active, draft, following, proposed, step
from tests.factories.reflections import submitted
from tests.support import Api, Json, Person, World


async def _pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def _inbox(patient: Person) -> list[Json]:
    items: list[Json] = (await patient.get("/me/inbox"))["items"]
    return items


async def _told(patient: Person, subject_id: str) -> list[str]:
    """The kinds, newest first."""
    return [item["kind"] for item in await _inbox(patient) if item["subject_id"] == subject_id]


async def _tasks(therapist: Person, subject_id: str) -> set[str]:
    items = (await therapist.get("/worklist", params={"limit": 100}))["items"]
    return {item["kind"] for item in items if item["subject_id"] == subject_id}


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", "/me/inbox")).status_code == 401
    assert (await api.send("POST", f"/me/inbox/{uuid4()}/read")).status_code == 401


@pytest.mark.thorough
async def test_a_patient_learns_of_a_proposal_and_its_end(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    made = await draft(therapist, chart, is_shared=False)
    assert await _inbox(patient) == []
    shown = await therapist.patch(f"/plans/{made['id']}", {"is_shared": True}, made["version"])
    assert await _told(patient, made["id"]) == ["plan_shared"]
    sent = await step(therapist, shown, "propose")
    assert await _told(patient, made["id"]) == ["plan_to_answer"]
    found = await step(patient, sent, "accept", {"revision": 1})
    assert await _told(patient, made["id"]) == []
    for name, kind in (("pause", "plan_paused"), ("resume", "plan_resumed"), ("complete", "plan_ended")):
        found = await step(therapist, found, name)
        assert (await _told(patient, made["id"]))[0] == kind
    await step(therapist, found, "archive")
    assert sorted(await _told(patient, made["id"])) == ["plan_ended", "plan_paused", "plan_resumed"]


@pytest.mark.parametrize("way", ["accept", "decline", "archive", "update"])
async def test_a_proposal_waits_until_it_is_answered_or_withdrawn(world: World, way: str) -> None:
    therapist, patient, chart = await _pair(world)
    sent = await proposed(therapist, chart)
    assert await _told(patient, sent["id"]) == ["plan_to_answer"]
    if way == "update":
        await therapist.patch(f"/plans/{sent['id']}", {"title": "Better"}, sent["version"])
    elif way == "archive":
        await step(therapist, sent, way)
    else:
        await step(patient, sent, way, {"revision": 1} if way == "accept" else {})
    assert await _told(patient, sent["id"]) == (["plan_ended"] if way == "archive" else [])


@pytest.mark.parametrize("answer", ["accept", "decline"])
async def test_a_patient_learns_of_the_answer(world: World, answer: str) -> None:
    therapist, patient, chart = await _pair(world)
    sent = await proposed(patient, chart)
    assert await _inbox(patient) == []
    await step(therapist, sent, answer, {"revision": 1} if answer == "accept" else {})
    assert await _told(patient, sent["id"]) == ["plan_accepted" if answer == "accept" else "plan_declined"]


async def test_a_patient_learns_that_their_next_version_has_ended(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    agreed = await active(therapist, patient, chart)
    mine = await step(patient, await following(patient, agreed), "propose")
    theirs = await step(therapist, await following(therapist, agreed), "propose")
    await step(therapist, agreed, "complete")
    for one in (mine, theirs, agreed):
        assert await _told(patient, one["id"]) == ["plan_ended"]
    assert await _tasks(therapist, mine["id"]) == set()


@pytest.mark.thorough
async def test_the_care_team_learns_of_what_the_patient_does(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    declined = await proposed(therapist, chart)
    assert await _tasks(therapist, declined["id"]) == set()
    await step(patient, declined, "decline", {"reason": "Too much"})
    assert await _tasks(therapist, declined["id"]) == {"plan_to_read"}
    sent = await proposed(patient, chart)
    assert await _tasks(therapist, sent["id"]) == {"plan_to_answer"}
    ended = await active(therapist, patient, chart)
    tasks = (await therapist.get("/worklist"))["items"]
    read = next(task for task in tasks if task["subject_id"] == ended["id"])
    await therapist.post(f"/worklist/{read['id']}/done", expect=204)
    await step(patient, ended, "archive")
    assert await _tasks(therapist, ended["id"]) == {"plan_to_read"}
    assert await _told(patient, ended["id"]) == []


async def test_a_reply_comes_again_as_unread(world: World) -> None:
    therapist, patient, _ = await _pair(world)
    entry = await submitted(patient, share=True)
    await patient.post(f"/reflections/{entry['id']}/replies", {"text": "One more thing"})
    assert await _inbox(patient) == []
    assert "reply_to_read" in await _tasks(therapist, entry["id"])
    await therapist.post(f"/reflections/{entry['id']}/replies", {"text": "Thank you"})
    (item,) = await _inbox(patient)
    assert (item["kind"], item["subject_id"], item["read_at"]) == ("reply_to_read", entry["id"], None)
    await patient.post(f"/me/inbox/{item['id']}/read", expect=204)
    (read,) = await _inbox(patient)
    assert read == {**item, "read_at": read["read_at"]}
    assert read["read_at"] is not None
    await patient.post(f"/me/inbox/{item['id']}/read", expect=204)
    assert await _inbox(patient) == [read]
    await therapist.post(f"/reflections/{entry['id']}/replies", {"text": "And this"})
    (again,) = await _inbox(patient)
    assert (again["id"], again["read_at"]) == (item["id"], None)
    assert again["opened_at"] > item["opened_at"]
    await asyncio.gather(
        *(therapist.post(f"/reflections/{entry['id']}/replies", {"text": f"Number {n}"}) for n in range(5))
    )
    assert len(await _inbox(patient)) == 1


async def test_the_first_replies_at_once_are_one_item(world: World) -> None:
    therapist, patient, _ = await _pair(world)
    entry = await submitted(patient, share=True)
    await asyncio.gather(
        *(therapist.post(f"/reflections/{entry['id']}/replies", {"text": f"Number {n}"}) for n in range(5))
    )
    assert await _told(patient, entry["id"]) == ["reply_to_read"]


async def test_an_inbox_is_its_patients_alone(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    stranger = await world.patient_of(therapist)
    elsewhere = await World.build(world.api)
    await proposed(therapist, chart)
    (item,) = await _inbox(patient)
    for person in (stranger, await elsewhere.patient_of(await elsewhere.therapist())):
        assert await _inbox(person) == []
        await person.post(f"/me/inbox/{item['id']}/read", expect=404)
    await therapist.get("/me/inbox", expect=403)
    await therapist.post(f"/me/inbox/{item['id']}/read", expect=403)
    assert await _inbox(patient) == [item]


async def test_the_newest_is_first_and_pages_follow(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    sent = [(await proposed(therapist, chart))["id"] for _ in range(3)]
    page = await patient.get("/me/inbox", params={"limit": 2})
    rest = await patient.get("/me/inbox", params={"limit": 2, "cursor": page["next_cursor"]})
    assert [item["subject_id"] for item in page["items"] + rest["items"]] == sent[::-1]
