"""Search in one chart: what is found, by whom, and how far one answer looks."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.resources.views.search.rules import folded, passage, words_of
from integration_api.resources.views.search.schemas import FoundKind
from integration_api.resources.views.search.statements import ARMS, TEXTS
from tests.factories import notes
from tests.factories.care_teams import join
from tests.factories.plans import active, plan, practice, strategy
from tests.factories.reflections import draft, submitted
from tests.factories.sessions import completed_session, session
from tests.support import Api, Json, Person, World

LAKE = "The L\u00c4KE was completely still."


async def chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def search(person: Person, patient_id: str, words: str, **more: Any) -> list[Json]:
    """Everything that the person finds, over all answers."""
    params, found = {"limit": more.pop("limit", 100)}, []
    while True:
        page = await person.post(f"/patients/{patient_id}/search", {"words": words, **more}, params=params, expect=200)
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        params["cursor"] = page["next_cursor"]


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("POST", f"/patients/{uuid4()}/search", json={"words": "lake"})).status_code == 401


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    await submitted(patient, share=True, text=LAKE)
    stranger = await world.patient_of(therapist)
    for person in (await world.therapist(), stranger):
        await person.post(f"/patients/{patient_id}/search", {"words": "lake"}, expect=404)
    for person in (therapist, patient):
        await person.post(f"/patients/{uuid4()}/search", {"words": "lake"}, expect=404)
    for person in (world.admin, await world.staff(Role.AUDITOR)):
        await person.post(f"/patients/{patient_id}/search", {"words": "lake"}, expect=403)


async def test_what_one_side_keeps_is_found_by_that_side_alone(world: World) -> None:
    """Drafts, private entries, and what is shared but was read by nobody of the staff."""
    therapist, patient, patient_id = await chart(world)
    noted = await notes.draft(therapist, patient_id, sections=notes.sections(data=LAKE))
    private = await submitted(patient, text=LAKE)
    begun = await draft(patient, text=LAKE)
    unread = await submitted(patient, share=True, text=LAKE)
    assert {item["id"] for item in await search(patient, patient_id, "lake")} == {
        *(private["id"], begun["id"], unread["id"])
    }
    assert [item["id"] for item in await search(therapist, patient_id, "lake")] == [noted["id"]]
    colleague = await world.therapist()
    await join(therapist, patient_id, colleague)
    assert await search(colleague, patient_id, "lake") == []
    await therapist.get(f"/reflections/{unread['id']}")
    assert [item["id"] for item in await search(colleague, patient_id, "lake")] == [unread["id"]]


async def test_what_one_may_not_see_takes_no_place_in_an_answer(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    met = await session(therapist, patient_id, intention="lake")
    await submitted(patient, text=LAKE)
    await draft(patient, text=LAKE)
    soon = (world.api.clock() + timedelta(days=1)).isoformat()
    await submitted(patient, share=True, release_at=soon, text=LAKE)
    await plan(patient, patient_id, is_shared=False)
    path, params = f"/patients/{patient_id}/search", {"limit": 1}
    kinds = ["reflection", "plan", "session"]
    first = await therapist.post(path, {"words": "lake", "kinds": kinds}, params=params, expect=200)
    assert [item["id"] for item in first["items"]] == [met["id"]]
    assert first["next_cursor"] is None


async def test_searching_is_no_reading(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    unread = await submitted(patient, share=True, text=LAKE)
    await search(therapist, patient_id, "lake")
    assert (await patient.get("/me/access-log"))["items"][0]["event"] == "chart.searched"
    assert (await patient.get(f"/reflections/{unread['id']}"))["first_read_at"] is None


async def test_each_kind_is_found_by_its_own_text(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    met = await completed_session(therapist, patient_id, intention="to hear the alder")
    note = await notes.signed_note(therapist, patient_id, sections=notes.sections(data="Spoke of a birch."))
    added = await therapist.post(f"/notes/{note['id']}/addenda", {"text": "And of a cedar."})
    entry = await submitted(patient, share=True, text="Under the dogwood.", tags=["elder"])
    reply = await therapist.post(f"/reflections/{entry['id']}/replies", {"text": "How was the fir?"})
    made = await active(therapist, patient, patient_id, title="Ginkgo plan", aim="A hazel a day")
    [one] = (await therapist.get(f"/plans/{made['id']}/strategies"))["items"]
    used = await practice(patient, one["id"], context="by the juniper")
    expected = {
        "alder": ("session", met["id"], None),
        "birch": ("note", note["id"], None),
        "cedar": ("addendum", added["id"], note["id"]),
        "dogwood": ("reflection", entry["id"], None),
        "elder": ("reflection", entry["id"], None),
        "fir?": ("reply", reply["id"], entry["id"]),
        "ginkgo": ("plan", made["id"], None),
        "hazel": ("plan", made["id"], None),
        one["title"]: ("strategy", one["id"], made["id"]),
        "juniper": ("practice", used["id"], made["id"]),
    }
    for words, known in expected.items():
        for person in (therapist, patient):
            found = [(item["kind"], item["id"], item["of_id"]) for item in await search(person, patient_id, words)]
            assert found == [known], words
            only = await search(person, patient_id, words, kinds=[known[0]])
            others = [kind for kind in FoundKind if kind != known[0]]
            assert len(only) == 1
            assert await search(person, patient_id, words, kinds=others) == []


def test_every_kind_has_its_arm_and_its_texts() -> None:
    assert len(ARMS) == len(FoundKind)
    assert [texts.kind for texts in TEXTS] == list(FoundKind)


async def test_a_small_limit_finds_the_same_in_more_answers(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    for number in range(5):
        await session(therapist, patient_id, intention=f"{'lake' if number % 2 else 'hill'} {number}")
    all_at_once = await search(therapist, patient_id, "lake")
    assert len(all_at_once) == 2
    for limit in (1, 2, 3):
        assert await search(patient, patient_id, "lake", limit=limit) == all_at_once
    first = await therapist.post(
        f"/patients/{patient_id}/search", {"words": "nowhere"}, params={"limit": 2}, expect=200
    )
    assert first["items"] == []
    assert first["next_cursor"] is not None


@pytest.mark.parametrize("words", ["", "x", " y ", "z" * 201, "\u200b\u200b", None, ["lake"]])
async def test_words_that_are_none_are_refused(world: World, words: object) -> None:
    therapist, _, patient_id = await chart(world)
    refused = await therapist.post(f"/patients/{patient_id}/search", {"words": words}, expect=422)
    assert refused["errors"][0]["field"] == "body.words"
    for kinds in ([], ["psychotherapy_note"], ["note"] * (len(FoundKind) + 1)):
        await therapist.post(f"/patients/{patient_id}/search", {"words": "lake", "kinds": kinds}, expect=422)


async def test_ids_dates_and_words_of_the_api_are_not_looked_through(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    met = await completed_session(therapist, patient_id)
    entry = await submitted(
        patient, share=True, text=LAKE, safety="not_sure", insights=[{"text": "Stillness"}], session_id=met["id"]
    )
    await therapist.get(f"/reflections/{entry['id']}")
    await plan(therapist, patient_id)
    for words in ("not_sure", entry["insights"][0]["id"][:8], "2026", entry["id"][:13]):
        assert await search(patient, patient_id, words) == []


def test_all_words_are_needed_in_any_order_case_or_accent() -> None:
    texts = ["Wir gingen zum S\u00e9e.", "Die STRASSE war still."]
    for words in ("see", "still see", "stra\u00dfe", "GING", "s\u0065\u0301e"):
        assert passage(texts, words_of(words)) is not None
    for words in ("see hill", "gang"):
        assert passage(texts, words_of(words)) is None


@pytest.mark.parametrize("before", ["", "short ", "\u00df\ufb03 " * 60, "e\u0301 " * 100, "word " * 4000])
def test_a_passage_shows_the_word_although_folding_changes_lengths(before: str) -> None:
    shown = passage([f"{before}lake{' after' * 100}"], words_of("lake"))
    assert shown is not None
    assert "lake" in shown
    assert len(shown) <= 162


def test_words_are_compared_as_they_look() -> None:
    assert folded("\ufb01 \u00c5 \u0130") == folded("FI a i")


async def test_strategies_that_were_removed_are_not_found(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    made = await plan(therapist, patient_id, is_shared=False)
    one = await strategy(therapist, made["id"], made["version"], title="Kapok breathing")
    assert len(await search(therapist, patient_id, "kapok")) == 1
    assert await search(patient, patient_id, "kapok") == []
    await therapist.delete(f"/plans/{made['id']}/strategies/{one['id']}", made["version"] + 1)
    assert await search(therapist, patient_id, "kapok") == []
