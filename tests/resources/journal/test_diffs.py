"""The changes between two contents of a note, and between two revisions of a plan."""

from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from tests.factories import notes
from tests.factories.plans import active, following, plan, proposed, step, strategy
from tests.support import Json, Person, World


async def chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


def told(fields: list[Json]) -> dict[str, list[tuple[str, str]]]:
    """The parts of each field that did not stay as it was."""
    parts = {one["field"]: [(part["kind"], part["text"]) for part in one["parts"]] for one in fields}
    return {field: found for field, found in parts.items() if {kind for kind, _ in found} != {"same"}}


async def amended(therapist: Person, patient_id: str) -> Json:
    """A note that was amended once."""
    made = await notes.signed_note(therapist, patient_id, sections=notes.sections(plan="See her on Friday."))
    body = {"sections": notes.sections(plan="See her on Monday."), "reason": "Wrong day."}
    changed: Json = await therapist.post(f"/notes/{made['id']}/amendments", body, match=made["version"], expect=200)
    return changed


async def test_a_note_tells_what_its_amendment_changed(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    note = await amended(therapist, patient_id)
    for person in (therapist, patient):
        found = await person.get(f"/notes/{note['id']}/diff")
        assert (found["from_number"], found["to_number"]) == (1, 2)
        assert told(found["sections"]) == {
            "plan": [("same", "See her on "), ("removed", "Friday"), ("added", "Monday"), ("same", ".")]
        }
    back = await therapist.get(f"/notes/{note['id']}/diff", params={"from_number": 2, "to_number": 1})
    assert told(back["sections"])["plan"][1] == ("removed", "Monday")


async def test_the_first_content_of_a_note_is_all_new_and_a_draft_has_none(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    note = await amended(therapist, patient_id)
    first = await therapist.get(f"/notes/{note['id']}/diff", params={"to_number": 1})
    assert first["from_number"] == 0
    assert {kind for parts in told(first["sections"]).values() for kind, _ in parts} == {"added"}
    draft = await notes.draft(therapist, patient_id)
    assert (await therapist.get(f"/notes/{draft['id']}/diff"))["sections"] == []


@pytest.mark.parametrize("params", [{"to_number": 3}, {"from_number": 7}, {"to_number": -1}, {"to_number": "x"}])
async def test_a_content_that_a_note_never_had_is_refused(world: World, params: Json) -> None:
    therapist, _, patient_id = await chart(world)
    note = await amended(therapist, patient_id)
    refused = await therapist.get(f"/notes/{note['id']}/diff", params=params, expect=422)
    assert refused["errors"][0]["field"] == f"query.{next(iter(params))}"


async def test_nobody_compares_what_they_may_not_read(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    note, draft = await amended(therapist, patient_id), await notes.draft(therapist, patient_id)
    private = await plan(therapist, patient_id, is_shared=False)
    stranger = await world.therapist()
    for path in (f"/notes/{note['id']}/diff", f"/plans/{private['id']}/diff"):
        await stranger.get(path, expect=404)
        await world.admin.get(path, expect=403)
    for path in (f"/notes/{draft['id']}/diff", f"/plans/{private['id']}/diff", f"/notes/{uuid4()}/diff"):
        await patient.get(path, expect=404)
    prescriber = await notes.join(world, therapist, patient_id, Role.PRESCRIBER)
    await prescriber.get(f"/plans/{private['id']}/diff", expect=404)


async def test_a_plan_tells_what_changed_since_it_was_declined(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    made = await proposed(therapist, patient_id, aim="Rest in the evening.")
    declined = await step(patient, made, "decline", {"reason": "Too much."})
    await therapist.patch(f"/plans/{made['id']}", {"aim": "Rest in the morning."}, declined["version"])
    for person in (therapist, patient):
        found = await person.get(f"/plans/{made['id']}/diff")
        assert found["from_plan_id"] == made["id"]
        assert found["from_revision"] == made["revision"] < found["to_revision"]
        assert told(found["facts"]) == {
            "aim": [("same", "Rest in the "), ("removed", "evening"), ("added", "morning"), ("same", ".")]
        }
        assert [one["change"] for one in found["strategies"]] == ["same"]
    revisions = {"from_revision": found["to_revision"], "to_revision": made["revision"]}
    back = await patient.get(f"/plans/{made['id']}/diff", params=revisions)
    assert told(back["facts"])["aim"][1] == ("removed", "morning")


async def test_a_next_plan_is_compared_with_the_one_it_replaces(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    agreed = await active(therapist, patient, patient_id)
    following_one = await following(therapist, agreed, title="Quieter mornings", is_shared=True)
    [kept] = (await therapist.get(f"/plans/{following_one['id']}/strategies"))["items"]
    added = await strategy(therapist, following_one["id"], following_one["version"], title="Walk slowly")
    found = await patient.get(f"/plans/{following_one['id']}/diff")
    assert found["from_plan_id"] == agreed["id"]
    assert told(found["facts"])["title"] == [
        *[("same", "Quieter "), ("removed", "evenings"), ("added", "mornings")],
    ]
    assert [(one["id"], one["change"]) for one in found["strategies"]] == [(kept["id"], "same"), (added["id"], "added")]
    path = f"/plans/{following_one['id']}/strategies/{kept['id']}"
    await therapist.delete(path, following_one["version"] + 1)
    left = (await patient.get(f"/plans/{following_one['id']}/diff"))["strategies"]
    assert sorted(one["change"] for one in left) == ["added", "removed"]


async def test_a_new_plan_is_all_new_and_a_revision_that_was_not_kept_is_refused(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    made = await plan(therapist, patient_id)
    found = await patient.get(f"/plans/{made['id']}/diff")
    assert found["from_revision"] is None
    assert {kind for parts in told(found["facts"]).values() for kind, _ in parts} == {"added"}
    for name in ("from_revision", "to_revision"):
        refused = await patient.get(f"/plans/{made['id']}/diff", params={name: 77}, expect=422)
        assert refused["errors"][0]["field"] == f"query.{name}"
