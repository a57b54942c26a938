"""Under a legal hold a text can be changed, and what it was before is kept, for its author to read."""

from uuid import uuid4

import pytest

from tests.factories import notes, plans, reflections
from tests.factories.leavers import Leaver
from tests.resources.oversight.test_retention import HOLD
from tests.support import Api, Json, Person, World


async def hold(world: World, chart: str) -> None:
    version = (await world.admin.get(f"/patients/{chart}"))["version"]
    await world.admin.put(f"/patients/{chart}/legal-hold", HOLD, version)


async def release(world: World, chart: str) -> None:
    version = (await world.admin.get(f"/patients/{chart}"))["version"]
    await world.admin.delete(f"/patients/{chart}/legal-hold", version)


async def kept(person: Person, chart: str) -> list[Json]:
    page = await person.get(f"/patients/{chart}/legal-hold/contents")
    return [*page["items"]]


@pytest.fixture
async def pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", f"/patients/{uuid4()}/legal-hold/contents")).status_code == 401


async def test_a_draft_that_its_patient_empties_is_kept(world: World, pair: tuple[Person, Person, str]) -> None:
    _, patient, chart = pair
    made = await reflections.draft(patient, text="What I saw.")
    path = f"/reflections/{made['id']}"
    await patient.patch(path, {"text": "Before any hold."}, 1)
    await hold(world, chart)
    assert await kept(patient, chart) == []
    emptied = await patient.patch(path, {"text": None}, 2)
    assert emptied["text"] is None
    await patient.patch(path, {"session_id": None}, 3)  # no text is overwritten
    await patient.patch(path, {"text": "Nothing."}, 4)
    found = await kept(patient, chart)
    assert [(one["kind"], one["subject_id"], one["content"]["text"]) for one in found] == [
        ("reflection", made["id"], None),
        ("reflection", made["id"], "Before any hold."),
    ]
    await release(world, chart)
    await patient.patch(path, {"text": "After it."}, 5)
    assert await kept(patient, chart) == found
    await patient.delete(path, 6)
    assert await kept(patient, chart) == []


async def test_drafts_of_staff_and_facts_without_versions_are_kept(
    world: World, pair: tuple[Person, Person, str]
) -> None:
    therapist, _, chart = pair
    note = await notes.draft(therapist, chart)
    plan = await plans.draft(therapist, chart, is_shared=False)
    [strategy] = plan["strategies"]
    course = await therapist.post("/courses", {"patient_id": chart, "intention": "To sleep."})
    medicine = await therapist.post("/medicines", {"patient_id": chart, "name": "Sertraline", "kind": "prescribed"})
    await hold(world, chart)
    await therapist.patch(f"/notes/{note['id']}", {"sections": {"data": None}}, 1)
    changed = await therapist.patch(f"/plans/{plan['id']}", {"aim": "Other."}, plan["version"])
    await therapist.patch(f"/plans/{plan['id']}/strategies/{strategy['id']}", {"then_action": None}, changed["version"])
    await therapist.patch(f"/courses/{course['id']}", {"intention": None}, 1)
    await therapist.patch(f"/medicines/{medicine['id']}", {"name": "Zinc"}, 1)
    found = {one["kind"]: (one["subject_id"], one["content"]) for one in await kept(therapist, chart)}
    assert found["note"] == (note["id"], note["sections"])
    assert (found["plan"][0], found["plan"][1]["aim"]) == (plan["id"], plan["aim"])
    assert (found["strategy"][0], found["strategy"][1]["then_action"]) == (strategy["id"], strategy["then_action"])
    assert (found["course"][0], found["course"][1]["intention"]) == (course["id"], "To sleep.")
    assert (found["medicine"][0], found["medicine"][1]["name"]) == (medicine["id"], "Sertraline")
    assert len(await kept(therapist, chart)) == 5


async def test_what_changes_no_text_keeps_none(world: World, pair: tuple[Person, Person, str]) -> None:
    therapist, patient, chart = pair
    note = await notes.draft(therapist, chart)
    plan = await plans.draft(therapist, chart, is_shared=False)
    await hold(world, chart)
    await therapist.patch(f"/notes/{note['id']}", {"sections": note["sections"], "needs_cosign": False}, 1)
    await therapist.patch(f"/plans/{plan['id']}", {"is_shared": True}, plan["version"])
    assert (await kept(therapist, chart), await kept(patient, chart)) == ([], [])


@pytest.mark.thorough
async def test_only_its_author_reads_what_was_kept(world: World) -> None:
    leaver = await Leaver.of(world)
    chart, therapist, patient = leaver.chart, leaver.therapist, leaver.patient
    entry = await reflections.draft(patient, text="Mine alone.")
    plan = await plans.draft(therapist, chart, is_shared=False)
    await hold(world, chart)
    await patient.patch(f"/reflections/{entry['id']}", {"text": "Less."}, 1)
    await therapist.patch(f"/plans/{plan['id']}", {"aim": "Less."}, plan["version"])
    assert [one["kind"] for one in await kept(patient, chart)] == ["reflection"]
    assert [one["kind"] for one in await kept(therapist, chart)] == ["plan"]
    for person in (leaver.supervisor, leaver.successor):
        assert await kept(person, chart) == []
    path = f"/patients/{chart}/legal-hold/contents"
    await world.admin.get(path, expect=403)
    stranger = await world.therapist()
    await stranger.get(path, expect=404)
    elsewhere = await world.patient_of(stranger)
    await elsewhere.get(path, expect=404)


async def test_pages_go_on(world: World, pair: tuple[Person, Person, str]) -> None:
    _, patient, chart = pair
    made = await reflections.draft(patient, text="0")
    await hold(world, chart)
    for number in range(1, 4):
        await patient.patch(f"/reflections/{made['id']}", {"text": str(number)}, number)
    path = f"/patients/{chart}/legal-hold/contents"
    first = await patient.get(path, params={"limit": 2})
    second = await patient.get(path, params={"limit": 2, "cursor": first["next_cursor"]})
    assert [one["content"]["text"] for one in first["items"] + second["items"]] == ["2", "1", "0"]
    assert second["next_cursor"] is None
