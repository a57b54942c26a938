"""References of plans to insights: the caller must be able to read the reflection."""

from datetime import timedelta
from uuid import uuid4

import pytest

from integration_api.core.ids import new_id
from tests.factories.plans import active, following, plan
from tests.factories.reflections import draft, submitted
from tests.support import Json, Person, World

INSIGHT = {"text": "Stillness is allowed."}


async def _pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def _refused(person: Person, chart: str, insight_id: str) -> Json:
    """A plan that points to it is refused, when it is begun and when it is changed."""
    body = {"patient_id": chart, "title": "x", "aim": "y", "insight_id": insight_id}
    refused: Json = await person.post("/plans", body, expect=404)
    assert [(error["field"], error["code"]) for error in refused["errors"]] == [("body.insight_id", "not_found")]
    made = await plan(person, chart)
    again = await person.patch(f"/plans/{made['id']}", {"insight_id": insight_id}, made["version"], expect=404)
    assert again["errors"] == refused["errors"]
    return {name: value for name, value in refused.items() if name != "request_id"}


@pytest.mark.thorough
async def test_an_insight_must_be_one_that_whoever_points_to_it_may_read(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    stranger = await world.patient_of(therapist)
    nothing = await _refused(therapist, chart, str(uuid4()))
    private = (await draft(patient, insights=[INSIGHT]))["insights"][0]["id"]
    later = (world.api.clock() + timedelta(days=1)).isoformat()
    waiting = (await submitted(patient, share=True, release_at=later, insights=[INSIGHT]))["insights"][0]["id"]
    foreign = (await submitted(stranger, share=True, insights=[INSIGHT]))["insights"][0]["id"]
    for hidden in (private, waiting, foreign):
        assert await _refused(therapist, chart, hidden) == nothing
    assert await _refused(patient, chart, foreign) == nothing
    for own in (private, waiting):
        assert (await plan(patient, chart, insight_id=own))["insight_id"] == own
    shared = (await submitted(patient, share=True, insights=[INSIGHT]))["insights"][0]["id"]
    made = await plan(therapist, chart, insight_id=shared)
    assert made["insight_id"] == shared
    emptied = await therapist.patch(f"/plans/{made['id']}", {"insight_id": None}, made["version"])
    assert emptied["insight_id"] is None


async def test_an_insight_is_there_as_long_as_the_entry_has_it(world: World) -> None:
    _, patient, chart = await _pair(world)
    kept, gone = {"id": str(new_id()), "text": "One"}, {"id": str(new_id()), "text": "Two"}
    entry = await draft(patient, insights=[kept, gone])
    await plan(patient, chart, insight_id=gone["id"])
    added = {"id": str(new_id()), "text": "Three"}
    entry = await patient.patch(f"/reflections/{entry['id']}", {"insights": [added, kept]}, entry["version"])
    await _refused(patient, chart, gone["id"])
    for one in (kept, added):
        await plan(patient, chart, insight_id=one["id"])
    await patient.patch(f"/reflections/{entry['id']}", {"insights": [kept, gone, added]}, entry["version"])
    await plan(patient, chart, insight_id=gone["id"])
    await patient.delete(f"/reflections/{entry['id']}", entry["version"] + 1)
    for one in (kept, gone, added):
        await _refused(patient, chart, one["id"])


async def test_one_id_in_two_entries_is_found_in_either(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    one = {"id": str(new_id()), "text": "The same"}
    await draft(patient, insights=[one])
    await _refused(therapist, chart, one["id"])
    await submitted(patient, share=True, insights=[one])
    await plan(therapist, chart, insight_id=one["id"])


@pytest.mark.parametrize("way", ["update", "next version"])
async def test_what_a_plan_points_to_may_have_been_taken_back_since(world: World, way: str) -> None:
    therapist, patient, chart = await _pair(world)
    entry = await submitted(patient, share=True, insights=[INSIGHT])
    insight_id = entry["insights"][0]["id"]
    made = await plan(therapist, chart, insight_id=insight_id)
    agreed = await active(therapist, patient, chart, insight_id=insight_id)
    await patient.post(f"/reflections/{entry['id']}/unshare", match=entry["version"], expect=200)
    if way == "update":
        same = await therapist.patch(f"/plans/{made['id']}", {"insight_id": insight_id, "title": "x"}, made["version"])
        assert same["insight_id"] == insight_id
    else:
        assert (await following(therapist, agreed, insight_id=insight_id))["insight_id"] == insight_id
    await _refused(therapist, chart, insight_id)
