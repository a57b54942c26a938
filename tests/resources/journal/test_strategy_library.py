"""The strategy library: ours and the clinic's own."""

import asyncio
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.resources.journal.strategy_library.service import built_in_entries
from integration_api.resources.journal.strategy_library.tables import StrategyCategory
from tests.factories.plans import draft, strategy
from tests.support import Api, Json, Person, World

ENTRY = {
    "category": "nature_contact",
    "title": "The courtyard",
    "if_cue": "If I arrive early",
    "then_action": "then I sit in the courtyard until my hour.",
}


async def _all(person: Person, **params: object) -> list[Json]:
    seen, cursor = [], None
    while True:
        page = await person.get("/strategy-library", params={**params, **({"cursor": cursor} if cursor else {})})
        assert len(page["items"]) <= int(str(params.get("limit", 25)))
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return seen


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", "/strategy-library")).status_code == 401
    assert (await api.send("POST", "/strategy-library", json={})).status_code == 401


async def test_everybody_reads_and_clinicians_add(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    for person in (patient, world.admin, await world.staff(Role.AUDITOR), await world.staff(Role.SUPERVISOR)):
        assert len(await _all(person)) == len(built_in_entries())
        await person.post("/strategy-library", ENTRY, expect=403)
    made = await therapist.post("/strategy-library", ENTRY)
    assert (made["source"], made["version"], made["description"]) == ("clinic", 1, None)
    assert {name: made[name] for name in ENTRY} == ENTRY
    assert (await _all(patient))[0] == made


async def test_a_clinics_own_entries_stay_in_the_clinic(world: World) -> None:
    elsewhere = await World.build(world.api)
    await (await world.therapist()).post("/strategy-library", ENTRY)
    assert {item["source"] for item in await _all(await elsewhere.therapist())} == {"built_in"}


@pytest.mark.thorough
async def test_one_list_with_our_own_first_whatever_the_page(world: World) -> None:
    prescriber = await world.staff(Role.PRESCRIBER)
    made = [await prescriber.post("/strategy-library", {**ENTRY, "title": f"Number {n}"}) for n in range(3)]
    ours = [str(entry.id) for entry in built_in_entries()]
    wanted = [item["id"] for item in made[::-1]] + ours
    for limit in (1, 2, 3, 4, 25, 100):
        assert [item["id"] for item in await _all(prescriber, limit=limit)] == wanted
    for category in StrategyCategory:
        found = await _all(prescriber, category=category.value, limit=2)
        assert found
        assert {item["category"] for item in found} == {category.value}
        assert len(found) == sum(e.category is category for e in built_in_entries()) + (
            3 if category.value == ENTRY["category"] else 0
        )
    await prescriber.get("/strategy-library", params={"category": "juggling"}, expect=422)
    await prescriber.get("/strategy-library", params={"cursor": "AAAA"}, expect=422)


async def test_own_ids_retries_and_bad_bodies(world: World) -> None:
    therapist = await world.therapist()
    body = {**ENTRY, "id": str(new_id())}
    first = await therapist.send("POST", "/strategy-library", body, key="entry-1")
    again = await therapist.send("POST", "/strategy-library", body, key="entry-1")
    assert (first.status_code, again.content) == (201, first.content)
    assert (await therapist.post("/strategy-library", body, expect=409))["code"] == "id-taken"
    for wrong in ({"if_cue": " "}, {"then_action": None}, {"title": "x" * 201}, {"source": "built_in"}):
        await therapist.post("/strategy-library", {**ENTRY, **wrong}, expect=422)


async def test_a_next_version_takes_the_place_of_one_and_plans_keep_what_they_copied(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    first = await therapist.post("/strategy-library", ENTRY)
    assert (first["number"], first["family_id"], first["replaces_id"]) == (1, first["id"], None)
    plan = await draft(therapist, world.chart_id(patient))
    copied = await strategy(therapist, plan["id"], plan["version"], library_id=first["id"])
    second = await therapist.post("/strategy-library", {**ENTRY, "title": "The garden", "replaces_id": first["id"]})
    third = await therapist.post("/strategy-library", {**ENTRY, "title": "The park", "replaces_id": second["id"]})
    assert [(one["number"], one["family_id"]) for one in (second, third)] == [(2, first["id"]), (3, first["id"])]
    own = [item for item in await _all(patient) if item["source"] == "clinic"]
    assert own == [third]
    ended = await _all(patient, ended="true")
    assert [(item["id"], item["state"]) for item in ended] == [(second["id"], "replaced"), (first["id"], "replaced")]
    read = await patient.get(f"/strategy-library/{first['id']}")
    assert (read["title"], read["state"], read["version"]) == (ENTRY["title"], "replaced", 2)
    again = {**ENTRY, "replaces_id": first["id"]}
    assert (await therapist.post("/strategy-library", again, expect=409))["code"] == "superseded"
    kept = (await therapist.get(f"/plans/{plan['id']}"))["strategies"]
    assert next(one for one in kept if one["id"] == copied["id"])["library_id"] == first["id"]


async def test_an_entry_is_retired_once_by_a_clinician_of_its_clinic(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await therapist.post("/strategy-library", ENTRY)
    path = f"/strategy-library/{made['id']}/retire"
    for person in (patient, world.admin, await world.staff(Role.SUPERVISOR)):
        await person.post(path, match=1, expect=403)
    elsewhere = await (await World.build(world.api)).therapist()
    await elsewhere.post(path, match=1, expect=404)
    await elsewhere.get(f"/strategy-library/{made['id']}", expect=404)
    await elsewhere.post("/strategy-library", {**ENTRY, "replaces_id": made["id"]}, expect=404)
    await therapist.post(path, match=7, expect=412)
    gone = await therapist.post(path, match=1, expect=200)
    assert (gone["state"], gone["version"]) == ("retired", 2)
    assert (await therapist.post(path, match=2, expect=409))["code"] == "superseded"
    assert made["id"] not in [item["id"] for item in await _all(patient)]
    ours = built_in_entries()[0].id
    await therapist.post(f"/strategy-library/{ours}/retire", match=1, expect=404)
    assert (await patient.get(f"/strategy-library/{ours}"))["source"] == "built_in"


async def test_of_two_next_versions_at_once_one_is_made(world: World) -> None:
    therapist = await world.therapist()
    made = await therapist.post("/strategy-library", ENTRY)
    body = {**ENTRY, "replaces_id": made["id"]}
    answers = await asyncio.gather(*(therapist.send("POST", "/strategy-library", body) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]


def test_the_starter_library_is_whole() -> None:
    entries = built_in_entries()
    assert {entry.category for entry in entries} == set(StrategyCategory)
    assert len({entry.id for entry in entries}) == len({entry.title for entry in entries}) == len(entries)
    for entry in entries:
        assert UUID(str(entry.id)).version == 7
        assert entry.if_cue.startswith("If ")
        assert entry.then_action.startswith("then ")
        assert entry.then_action.endswith(".")
        assert entry.description
        assert max(map(len, (entry.title, entry.if_cue, entry.then_action, entry.description))) <= 200
    positions = [(entry.created_at, entry.id) for entry in entries]
    assert positions == sorted(positions, reverse=True)
