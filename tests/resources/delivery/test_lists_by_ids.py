"""Lists of named rows: what a client fetches after the feed told it of them."""

from uuid import uuid4

import pytest

from integration_api.access.chart_lists import MAX_IDS
from tests.factories import notes, plans
from tests.factories.courses import course
from tests.factories.reflections import draft, ledger_of, submitted
from tests.factories.sessions import session
from tests.support import World

_SOME_ID = "019ab0de-0000-7000-8000-00000000abcd"


async def test_named_rows_come_in_one_answer_and_only_those_that_one_may_see(world: World) -> None:
    therapist = await world.therapist()
    patient, other = await world.patient_of(therapist), await world.patient_of(therapist)
    chart = world.chart_id(patient)
    made = {
        "sessions": [await session(therapist, chart) for _ in range(3)],
        "courses": [await course(therapist, chart, state="planned")],
        "notes": [await notes.signed_note(therapist, chart)],
        "plans": [await plans.plan(therapist, chart)],
    }
    hidden = [await notes.draft(therapist, chart), await plans.plan(therapist, chart, is_shared=False)]
    for name, things in made.items():
        ids = [one["id"] for one in things]
        asked = ",".join([*ids, *(one["id"] for one in hidden), str(uuid4())])
        page = await patient.get(f"/{name}", params={"ids": asked})
        assert {one["id"] for one in page["items"]} == set(ids)
        assert page["next_cursor"] is None
        assert (await other.get(f"/{name}", params={"ids": asked}))["items"] == []


async def test_reflections_by_ids_are_those_that_are_released(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    private, shared = await draft(patient), await submitted(patient, share=True)
    asked = {"ids": f"{private['id']},{shared['id']}"}
    assert [one["id"] for one in (await patient.get("/reflections", params=asked))["items"]] == [
        shared["id"],
        private["id"],
    ]
    summaries = await therapist.get("/reflections", params={**asked, "view": "summary"})
    assert [one["id"] for one in summaries["items"]] == [shared["id"]]
    assert "reflection.first_read" not in [event for event, _ in await ledger_of(world.api, shared["id"])]
    assert [one["id"] for one in (await therapist.get("/reflections", params=asked))["items"]] == [shared["id"]]
    assert "reflection.first_read" in [event for event, _ in await ledger_of(world.api, shared["id"])]


@pytest.mark.parametrize("ids", ["", "x", ",", f"{_SOME_ID},", f"{_SOME_ID}".upper()])
async def test_what_is_no_list_of_ids_is_refused(world: World, ids: str) -> None:
    therapist = await world.therapist()
    await therapist.get("/notes", params={"ids": ids}, expect=422)


async def test_ids_stand_alone_and_are_at_most_a_hundred(world: World) -> None:
    therapist = await world.therapist()
    many = ",".join(str(uuid4()) for _ in range(MAX_IDS))
    assert (await therapist.get("/notes", params={"ids": many}))["items"] == []
    await therapist.get("/notes", params={"ids": f"{many},{uuid4()}"}, expect=422)
    problem = await therapist.get("/notes", params={"ids": many, "state": "draft"}, expect=422)
    assert [error["code"] for error in problem["errors"]] == ["not_alone"]
