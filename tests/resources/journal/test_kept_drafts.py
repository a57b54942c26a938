"""A late change is kept as a second draft: no text is lost, merged, or shown to others."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import Response

from integration_api.access.actor import Role
from integration_api.access.reads import StartAgain
from integration_api.resources.journal.notes.statements import READ_NOTE
from integration_api.resources.journal.reflections import kept_entries
from integration_api.resources.journal.reflections.operations import UPDATE_REFLECTION
from integration_api.resources.journal.reflections.schemas import ReflectionUpdate
from integration_api.resources.journal.reflections.statements import READ_REFLECTION
from integration_api.settings import Settings
from tests.applications import application
from tests.factories import care_teams, notes
from tests.factories.reflections import draft, ledger_of, submitted, work_of
from tests.support import Json, Person, World

KEEP = {"On-Conflict": "keep_both"}


async def keep(person: Person, path: str, body: Json, version: int = 1, key: str | None = None) -> Response:
    """A PATCH whose text is to be kept if it comes too late."""
    return await person.send("PATCH", path, body, match=version, key=key or uuid4().hex, headers=KEEP)


async def kept(person: Person, path: str, body: Json, version: int = 1, key: str | None = None) -> Json:
    """The second draft that such a PATCH leaves, as its writer reads it."""
    answer = await keep(person, path, body, version, key)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "kept-both"), answer.text
    thing = path.rpartition("/")[2]
    assert problem["conflict_of_id"] == thing
    found: Json = await person.get(f"{path.rpartition('/')[0]}/{problem['kept_id']}")
    assert (found["conflict_of_id"], found["version"], found["state"]) == (thing, 1, "draft")
    return found


async def diary(world: World) -> tuple[Person, Person]:
    """A therapist and a patient of theirs."""
    therapist = await world.therapist()
    return therapist, await world.patient_of(therapist)


# ── reflections ──


async def test_a_stale_text_stands_beside_the_present_one(world: World) -> None:
    _, patient = await diary(world)
    made = await draft(patient, tags=["lake"], ratings={"mood": 3})
    path = f"/reflections/{made['id']}"
    first = await patient.patch(path, {"text": "From the phone.", "tags": ["phone"]}, 1)
    second = await kept(patient, path, {"text": "From the tablet.", "ratings": {"sleep": 6}})
    assert (second["text"], second["tags"]) == ("From the tablet.", ["phone"])
    assert (second["ratings"]["mood"], second["ratings"]["sleep"]) == (3, 6)
    assert second["happened_at"] == made["happened_at"]
    assert await patient.get(path) == first
    tagged = await patient.post("/reflections/search", {"tag": "phone"}, expect=200)
    assert {found["id"] for found in tagged["items"]} == {made["id"], second["id"]}
    assert await ledger_of(world.api, second["id"]) == [("reflection.created", True), ("reflection.read", True)]


async def test_it_is_kept_once(world: World) -> None:
    """Sent again it is answered as before, also after the present text or the second draft has changed."""
    _, patient = await diary(world)
    made = await draft(patient)
    path = f"/reflections/{made['id']}"
    await patient.patch(path, {"text": "From the phone."}, 1)
    first = await keep(patient, path, {"text": "From the tablet."}, key="k")
    second = f"/reflections/{first.json()['kept_id']}"
    for change in (path, second):
        again = await keep(patient, path, {"text": "From the tablet."}, key="k")
        assert (again.status_code, again.content) == (409, first.content)
        assert again.headers["idempotency-replayed"] == "true"
        version = (await patient.get(change))["version"]
        await patient.patch(change, {"text": "Later."}, version)
    await patient.delete(second, 2)
    assert (await keep(patient, path, {"text": "From the tablet."}, key="k")).content == first.content
    await patient.get(second, expect=404)
    assert len((await patient.get("/reflections"))["items"]) == 1
    other = await keep(patient, path, {"text": "From the tablet."}, key="another")
    assert other.json()["kept_id"] != first.json()["kept_id"]


async def test_a_change_that_was_made_is_no_conflict_with_itself(world: World) -> None:
    """Its response was lost, and the text has moved on, or was deleted: it is not kept a second time."""
    _, patient = await diary(world)
    made = await draft(patient)
    path = f"/reflections/{made['id']}"
    first = await keep(patient, path, {"text": "Once."}, key="k")
    assert first.status_code == 200
    await patient.post(f"{path}/submit", {}, match=2, expect=200)
    assert (await keep(patient, path, {"text": "Once."}, key="k")).content == first.content
    await patient.patch(path, {"text": "Moved on."}, 3)
    assert (await keep(patient, path, {"text": "Once."}, key="k")).content == first.content
    await patient.delete(path, 4)
    late = await keep(patient, path, {"text": "Once."}, key="k")
    assert (late.status_code, late.json()["code"]) == (404, "not-found")
    assert (await patient.get("/reflections"))["items"] == []


async def test_an_equal_text_is_no_conflict(world: World) -> None:
    _, patient = await diary(world)
    said: Json = {"text": "The same.", "insights": [{"text": "Stillness is allowed."}]}
    made = await draft(patient)
    path = f"/reflections/{made['id']}"
    first = await patient.send("PATCH", path, said, match=1)
    same = await keep(patient, path, said)
    assert (same.status_code, same.content, same.headers["etag"]) == (200, first.content, first.headers["etag"])
    assert len((await patient.get("/reflections"))["items"]) == 1
    submitted = await patient.post(f"{path}/submit", {}, match=2, expect=200)
    again = await keep(patient, path, said, key="k")
    assert (again.status_code, again.json()["version"]) == (200, submitted["version"])
    await patient.patch(path, {"tags": ["later"]}, 3)
    assert (await keep(patient, path, said, key="k")).content == again.content
    await kept(patient, path, {**said, "insights": [{"text": "Stillness is not allowed."}]})


async def test_a_change_of_what_was_deleted_is_kept(world: World) -> None:
    _, patient = await diary(world)
    made = await draft(patient, text="Deleted words.")
    path = f"/reflections/{made['id']}"
    await patient.delete(path, 1)
    second = await kept(patient, path, {"text": "Typed on the train.", "ratings": {"mood": 4}})
    assert (second["text"], second["ratings"]["mood"], second["kind"]) == ("Typed on the train.", 4, "text")
    await patient.get(path, expect=404)
    answers = [{"prompt_id": "body_now", "text": "Warm."}]
    whole = {"prompt_set": "coming_back", "prompt_set_version": 1, "answers": answers}
    prompted = await kept(patient, path, whole)
    assert (prompted["kind"], prompted["answers"]) == ("prompted", answers)
    refused = await keep(patient, path, {"answers": answers})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")


async def test_what_never_was_is_not_found(world: World) -> None:
    _, patient = await diary(world)
    other = await world.patient_of(await world.therapist())
    theirs = await draft(other)
    await other.delete(f"/reflections/{(await draft(other))['id']}", 1)
    gone = await draft(other)
    await other.delete(f"/reflections/{gone['id']}", 1)
    for thing in (str(uuid4()), theirs["id"], gone["id"]):
        answer = await keep(patient, f"/reflections/{thing}", {"text": "x"})
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert (await patient.get("/reflections"))["items"] == []


async def test_the_second_draft_is_private_whatever_the_first_is(world: World) -> None:
    therapist, patient = await diary(world)
    made = await submitted(patient, share=True)
    path = f"/reflections/{made['id']}"
    second = await kept(patient, path, {"text": "Mine alone."}, version=1)
    assert (second["sharing"], second["state"]) == ("private", "draft")
    await therapist.get(f"/reflections/{second['id']}", expect=404)
    [shown] = (await therapist.get("/reflections", params={"patient_id": world.chart_id(patient)}))["items"]
    assert (shown["id"], shown["text"]) == (made["id"], made["text"])


async def test_a_second_draft_that_asks_for_help_is_answered_with_whom_to_call(world: World) -> None:
    _, patient = await diary(world)
    made = await draft(patient)
    path = f"/reflections/{made['id']}"
    await patient.patch(path, {"text": "Other."}, 1)
    assert (await kept(patient, path, {"safety": "not_safe"}))["monitoring"] is not None


async def test_a_hold_keeps_both_and_lets_neither_be_deleted(world: World) -> None:
    _, patient = await diary(world)
    made = await draft(patient)
    path, chart = f"/reflections/{made['id']}", f"/patients/{world.chart_id(patient)}"
    await patient.patch(path, {"text": "Other."}, 1)
    hold = {"reason": "audit", "reference": "17 C 4", "note": "Asked by post."}
    version = (await world.admin.get(chart))["version"]
    await world.admin.put(f"{chart}/legal-hold", hold, version)
    second = await kept(patient, path, {"text": "Typed offline."})
    for thing, at in ((made["id"], 2), (second["id"], 1)):
        assert (await patient.delete(f"/reflections/{thing}", at, expect=409))["code"] == "legal-hold"


async def test_a_change_in_time_is_an_ordinary_one_and_a_key_is_needed(world: World) -> None:
    _, patient = await diary(world)
    made = await draft(patient)
    path = f"/reflections/{made['id']}"
    done = await keep(patient, path, {"text": "In time."})
    assert (done.status_code, done.json()["version"], done.json()["conflict_of_id"]) == (200, 2, None)
    bare = await patient.send("PATCH", path, {"text": "x"}, match=1, headers=KEEP)
    assert [error["field"] for error in bare.json()["errors"]] == ["header.Idempotency-Key"]
    odd = await patient.send("PATCH", path, {"text": "x"}, match=1, key="k", headers={"On-Conflict": "merge"})
    assert [error["field"] for error in odd.json()["errors"]] == ["header.On-Conflict"]


async def test_a_stale_delete_is_refused(world: World) -> None:
    _, patient = await diary(world)
    made = await draft(patient)
    path = f"/reflections/{made['id']}"
    await patient.patch(path, {"text": "Other."}, 1)
    assert (await patient.send("DELETE", path, match=1, key="k", headers=KEEP)).status_code == 412
    assert (await patient.get(path))["text"] == "Other."


# ── notes ──


async def note_of(world: World) -> tuple[Person, Person, str, Json]:
    """A therapist, their patient, the path of a draft, and the draft."""
    therapist, patient = await diary(world)
    made = await notes.draft(therapist, world.chart_id(patient))
    return therapist, patient, f"/notes/{made['id']}", made


def plan(text: str) -> Json:
    """A change of one section."""
    return {"sections": {"plan": text}}


async def test_a_stale_note_draft_is_kept_with_its_task(world: World) -> None:
    therapist, patient, path, made = await note_of(world)
    await therapist.patch(path, {"sections": {"data": "From the desk."}}, 1)
    second = await kept(therapist, path, plan("From the tablet."))
    assert second["sections"] == {**made["sections"], "data": "From the desk.", "plan": "From the tablet."}
    for name in ("session_id", "format", "author_id", "happened_at", "needs_cosign"):
        assert second[name] == made[name]
    tasks = (await therapist.get("/worklist"))["items"]
    assert {made["id"], second["id"]} <= {task["subject_id"] for task in tasks}
    await patient.get(f"/notes/{second['id']}", expect=404)
    signed = await notes.sign(therapist, second)
    assert signed["state"] == "signed"


async def test_a_change_of_a_note_that_was_signed_or_deleted_meanwhile_is_kept(world: World) -> None:
    therapist, _, path, made = await note_of(world)
    signed = await notes.sign(therapist, made)
    second = await kept(therapist, path, plan("Typed in the train."))
    assert second["sections"]["plan"] == "Typed in the train."
    assert (await therapist.get(path))["content_sha256"] == signed["content_sha256"]
    now = await keep(therapist, path, plan("x"), version=signed["version"])
    assert (now.status_code, now.json()["code"]) == (409, "note-signed")
    other = f"/notes/{second['id']}"
    await therapist.delete(other, 1)
    third = await kept(therapist, other, plan("Typed on the way back."))
    assert third["sections"] == {"plan": "Typed on the way back."}


async def test_an_equal_note_is_no_conflict(world: World) -> None:
    therapist, _, path, _ = await note_of(world)
    first = await therapist.send("PATCH", path, plan("The same."), match=1)
    same = await keep(therapist, path, plan("The same."))
    assert (same.status_code, same.content) == (200, first.content)
    assert await ledger_of(world.api, path.rpartition("/")[2]) == [
        ("note.created", False),
        ("note.updated", False),
        ("note.read", False),
    ]


@pytest.mark.thorough
async def test_a_note_of_another_is_not_kept(world: World) -> None:
    """Neither who reads the draft, nor who cannot see it, leaves a copy of it."""
    therapist, patient, path, _ = await note_of(world)
    supervisor = await notes.own_supervisor_of(world, therapist, world.chart_id(patient))
    stranger = await world.therapist()
    await therapist.patch(path, plan("Mine."), 1)
    both = await world.staff(Role.THERAPIST, Role.SUPERVISOR)
    await care_teams.join(therapist, world.chart_id(patient), both)
    assert (await keep(supervisor, path, plan("x"))).status_code == 403
    assert [(await keep(person, path, plan("x"))).status_code for person in (stranger, both)] == [404, 404]
    await notes.supervise(world, therapist, both)
    assert (await both.get(path))["sections"]["plan"] == "Mine."
    refused = await keep(both, path, plan("x"))
    assert (refused.status_code, refused.json()["code"]) == (403, "not-the-author")
    await therapist.delete(path, 2)
    assert [(await keep(person, path, plan("x"))).status_code for person in (stranger, both)] == [404, 404]


async def test_who_has_left_the_team_keeps_the_text_at_home(world: World) -> None:
    """It is refused as what is not there; sent again after coming back, with the same key, it is kept."""
    therapist, patient, path, _ = await note_of(world)
    chart = world.chart_id(patient)
    await therapist.patch(path, plan("From the desk."), 1)
    [member] = (await world.admin.get(f"/patients/{chart}/care-team"))["items"]
    await world.admin.delete(f"/patients/{chart}/care-team/{member['id']}", member["version"])
    for _ in range(2):
        refused = await keep(therapist, path, plan("Typed offline."), key="k")
        assert (refused.status_code, refused.json()["code"]) == (404, "not-found")
    await care_teams.join(world.admin, chart, therapist)
    second = await kept(therapist, path, plan("Typed offline."), key="k")
    assert second["sections"]["plan"] == "Typed offline."


async def test_whose_licence_has_ended_still_keeps_the_draft(world: World) -> None:
    therapist, _, path, _ = await note_of(world)
    account = await world.admin.get(f"/accounts/{therapist.id}")
    await world.admin.patch(f"/accounts/{therapist.id}", {"licence_ends_on": "2026-01-31"}, account["version"])
    await therapist.patch(path, plan("From the desk."), 1)
    second = await kept(therapist, path, plan("Typed offline."))
    refused = await therapist.post(f"/notes/{second['id']}/sign", match=1, expect=403)
    assert refused["code"] == "licence-ended"
    assert (await therapist.get(f"/notes/{second['id']}"))["sections"]["plan"] == "Typed offline."


@pytest.mark.parametrize("key", ["a", "b"])
async def test_the_id_of_a_second_draft_is_of_version_7_and_of_the_time_of_the_first(world: World, key: str) -> None:
    _, patient = await diary(world)
    made = await draft(patient)
    path = f"/reflections/{made['id']}"
    await patient.patch(path, {"text": "Other."}, 1)
    second = UUID((await kept(patient, path, {"text": "Late."}, key=key))["id"])
    assert (second.version, second.variant) == (7, "specified in RFC 4122")
    assert second.int >> 80 == UUID(made["id"]).int >> 80


# ── races ──


@pytest.mark.thorough
async def test_of_two_texts_at_once_both_are_kept(world: World) -> None:
    """Whichever comes first: one is the present text, the other a draft beside it."""
    _, patient = await diary(world)
    for attempt in range(5):
        made = await draft(patient)
        path, texts = f"/reflections/{made['id']}", [f"From phone {at} {attempt}." for at in range(4)]
        answers = await asyncio.gather(*(keep(patient, path, {"text": text}) for text in texts))
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
        things = {made["id"]} | {found["kept_id"] for found in (a.json() for a in answers) if "kept_id" in found}
        standing = {(await patient.get(f"/reflections/{thing}"))["text"] for thing in things}
        assert standing == set(texts)


async def test_a_change_that_meets_another_between_reading_and_writing_starts_again(world: World) -> None:
    _, patient = await diary(world)
    made = await draft(patient)
    work, own = work_of(patient, UPDATE_REFLECTION), UUID(made["id"])
    await kept_entries.update_reflection(work, own, ReflectionUpdate(text="Slow."), 1, "k")
    await patient.patch(f"/reflections/{made['id']}", {"text": "Quick."}, 1)
    with pytest.raises(StartAgain):
        await work.apply()


def between(world: World, monkeypatch: pytest.MonkeyPatch, read: object, act: Callable[[], Awaitable[object]]) -> None:
    """Have something happen right after this Statement was read for the first time."""
    database = world.api.runtime.database
    plain = database.one

    async def one(asked: Any, values: Any) -> Any:
        row = await plain(asked, values)
        if asked is read:
            monkeypatch.setattr(database, "one", plain)
            await act()
        return row

    monkeypatch.setattr(database, "one", one)


async def test_a_text_that_another_overtakes_after_it_was_compared_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, patient = await diary(world)
    made = await draft(patient)
    path = f"/reflections/{made['id']}"
    between(world, monkeypatch, READ_REFLECTION, lambda: patient.patch(path, {"text": "Quick."}, 1))
    assert (await kept(patient, path, {"text": "Slow."}))["text"] == "Slow."
    other = await draft(patient)
    path = f"/reflections/{other['id']}"
    between(world, monkeypatch, READ_REFLECTION, lambda: patient.delete(path, 1))
    assert (await kept(patient, path, {"text": "Of what is gone."}))["text"] == "Of what is gone."


async def test_a_note_that_is_signed_after_the_draft_was_compared_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    therapist, _, path, made = await note_of(world)
    between(world, monkeypatch, READ_NOTE, lambda: notes.sign(therapist, made))
    assert (await kept(therapist, path, plan("Slow.")))["sections"]["plan"] == "Slow."
    assert (await therapist.get(path))["state"] == "signed"


@pytest.mark.thorough
async def test_one_late_text_sent_twice_at_once_is_kept_once(own: Settings) -> None:
    """To two processes, of which neither knows what the other does."""
    async with application(own) as here, application(own) as there:
        _, patient = await diary(await World.build(here))
        made = await draft(patient)
        path = f"/reflections/{made['id']}"
        await patient.patch(path, {"text": "Other."}, 1)
        elsewhere = Person(there, patient.actor, patient.token)
        people = [patient, elsewhere] * 3
        answers = await asyncio.gather(*(keep(person, path, {"text": "Late."}, key="k") for person in people))
        found = {answer.json().get("kept_id") for answer in answers}
        assert {answer.json()["code"] for answer in answers} <= {"kept-both", "request-in-progress"}
        assert len(found - {None}) == 1
        assert len((await patient.get("/reflections"))["items"]) == 2
