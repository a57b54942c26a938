"""Notes while they are written."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.resources.journal.notes.layouts import SECTIONS
from tests.factories.notes import (
    draft,
    join,
    own_supervisor_of,
    past_session,
    sections,
    signed_note,
    supervise,
    supervisor_of,
)
from tests.support import Api, Json, Person, World

AUTHOR_OF_DRAFT = ["update", "delete", "sign", "set_sharing"]


async def _chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def _ids(person: Person, **params: str) -> list[str]:
    return [item["id"] for item in (await person.get("/notes", params=params))["items"]]


async def test_nobody_without_a_token(api: Api) -> None:
    for method, path in (("GET", "/notes"), ("POST", "/notes"), ("DELETE", f"/notes/{uuid4()}")):
        assert (await api.send(method, path)).status_code == 401


async def test_a_note_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    other = await world.therapist()
    made = await draft(therapist, patient_id)
    for note_id in (made["id"], str(uuid4())):
        await other.get(f"/notes/{note_id}", expect=404)
        await other.patch(f"/notes/{note_id}", {"needs_cosign": True}, 1, expect=404)
        await other.post(f"/notes/{note_id}/sign", expect=404, match=1)
        await other.get(f"/notes/{note_id}/versions", expect=404)
    assert await _ids(other) == []


async def test_roles_that_write_no_notes(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    made = await draft(therapist, patient_id)
    body = {"patient_id": patient_id, "session_id": made["session_id"], "format": "soap"}
    supervisor = await supervisor_of(world, therapist, patient_id)
    for person in (patient, supervisor, world.admin):
        await person.post("/notes", body, expect=403)
        await person.patch(f"/notes/{made['id']}", {"needs_cosign": True}, 1, expect=403)
    await world.admin.get("/notes", expect=403)


async def test_a_draft_is_read_back(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    session_id = await past_session(therapist, patient_id)
    body = {
        "id": str(new_id()),
        "patient_id": patient_id,
        "session_id": session_id,
        "format": "soap",
        "sections": {"subjective": "  kept “exactly” \n as written ", "plan": ""},
        "captured_at": "2026-11-21T18:00:00+02:00",
    }
    made = await therapist.post("/notes", body)
    assert made | body | {"captured_at": "2026-11-21T16:00:00Z"} == made
    assert (made["state"], made["version"], made["author_id"]) == ("draft", 1, therapist.id)
    assert (made["content_sha256"], made["signature"], made["content_version"]) == (None, None, 0)
    assert made["allowed_actions"] == AUTHOR_OF_DRAFT
    assert await therapist.get(f"/notes/{made['id']}") == made
    refused = await therapist.post("/notes", body, expect=409)
    assert refused["code"] == "id-taken"


async def test_a_retry_makes_no_second_copy(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    session_id = await past_session(therapist, patient_id)
    body = {"patient_id": patient_id, "session_id": session_id, "format": "narrative"}
    first = await therapist.send("POST", "/notes", body, key="n-1")
    again = await therapist.send("POST", "/notes", body, key="n-1")
    assert (first.status_code, again.content) == (201, first.content)
    await therapist.post("/notes", {**body, "needs_cosign": True}, key="n-1", expect=422)
    assert await _ids(therapist) == [first.json()["id"]]


async def test_a_session_must_be_of_the_same_patient(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    elsewhere = world.chart_id(await world.patient_of(therapist))
    session_id = await past_session(therapist, elsewhere)
    for wanted in (session_id, str(uuid4())):
        body = {"patient_id": patient_id, "session_id": wanted, "format": "dap"}
        await therapist.post("/notes", body, expect=404)
    del body["patient_id"]
    made = await therapist.post("/notes", {**body, "session_id": session_id})
    assert made["patient_id"] == elsewhere


@pytest.mark.parametrize("note_format", [note_format.value for note_format in SECTIONS])
async def test_each_format_takes_its_own_sections(world: World, note_format: str) -> None:
    therapist, _, patient_id = await _chart(world)
    made = await draft(therapist, patient_id, format=note_format, sections=sections(note_format))
    assert list(made["sections"]) == list(SECTIONS[made["format"]])
    foreign = "narrative" if note_format != "narrative" else "plan"
    body = {"patient_id": patient_id, "session_id": made["session_id"], "format": note_format}
    refused = await therapist.post("/notes", {**body, "sections": {foreign: "x"}}, expect=422)
    assert [(e["field"], e["code"]) for e in refused["errors"]] == [("body.sections", "unknown_section")]


@pytest.mark.parametrize("value", ["text", None, 7, {"deep": "x"}, ["x"]])
async def test_a_key_that_the_client_invented_is_never_echoed(world: World, value: object) -> None:
    therapist, _, patient_id = await _chart(world)
    made = await draft(therapist, patient_id)
    body = {"patient_id": patient_id, "session_id": made["session_id"], "format": "dap"}
    for sent in ({"wept": value}, {"plan": "x", "wept": value}):
        refused = await therapist.post("/notes", {**body, "sections": sent}, expect=422)
        assert {e["field"] for e in refused["errors"]} == {"body.sections"}
        also = await therapist.patch(f"/notes/{made['id']}", {"sections": sent}, 1, expect=422)
        assert "wept" not in str(refused) + str(also)
    assert await therapist.get(f"/notes/{made['id']}") == made


async def test_autosave_keeps_what_is_not_sent(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    made = await draft(therapist, patient_id, sections={"data": "one", "plan": "two"})
    path = f"/notes/{made['id']}"
    saved = await therapist.patch(path, {"sections": {"assessment": "three", "plan": None}}, made["version"])
    assert (saved["sections"], saved["version"]) == ({"data": "one", "assessment": "three"}, 2)
    saved = await therapist.patch(path, {"sections": {"plan": "four", "data": "one"}}, 2)
    assert list(saved["sections"].items()) == [("data", "one"), ("assessment", "three"), ("plan", "four")]
    saved = await therapist.patch(path, {"captured_at": "2026-11-21T16:00:00Z", "needs_cosign": True}, 3)
    assert (len(saved["sections"]), saved["version"], saved["needs_cosign"]) == (3, 4, True)
    cleared = await therapist.patch(path, {"captured_at": None}, 4)
    assert (cleared["captured_at"], cleared["needs_cosign"], cleared["version"]) == (None, True, 5)
    assert await therapist.get(path) == cleared


async def test_a_conflict_changes_nothing(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    made = await draft(therapist, patient_id)
    path = f"/notes/{made['id']}"
    saved = await therapist.patch(path, {"sections": {"plan": "from the desk"}}, 1)
    late = await therapist.patch(path, {"sections": {"plan": "from the phone"}}, 1, expect=412)
    assert late["code"] == "stale-version"
    await therapist.delete(path, 1, expect=412)
    await therapist.post(f"{path}/sign", expect=412, match=1)
    assert (await therapist.send("PATCH", path, {"needs_cosign": True})).status_code == 428
    assert await therapist.get(path) == saved


@pytest.mark.thorough
async def test_drafts_are_private_to_author_and_supervisor(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    supervisor = await own_supervisor_of(world, therapist, patient_id)
    colleague = await join(world, therapist, patient_id, Role.PRESCRIBER)
    stranger = await world.staff(Role.SUPERVISOR)
    made = await draft(therapist, patient_id)
    path = f"/notes/{made['id']}"
    assert (await supervisor.get(path))["sections"] == made["sections"]
    assert (await supervisor.get(path))["allowed_actions"] == []
    for person in (patient, colleague, stranger):
        await person.get(path, expect=404)
        await person.get(f"{path}/versions", expect=404)
        assert await _ids(person) == await _ids(person, patient_id=patient_id) == []
    await colleague.patch(path, {"needs_cosign": True}, 1, expect=404)
    await colleague.delete(path, 1, expect=404)
    assert await _ids(supervisor) == await _ids(supervisor, patient_id=patient_id) == [made["id"]]


async def test_a_supervisor_of_another_patient_sees_nothing_that_waits(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    elsewhere = world.chart_id(await world.patient_of(therapist))
    both = await world.staff(Role.THERAPIST, Role.SUPERVISOR)
    await therapist.post(f"/patients/{elsewhere}/care-team", {"account_id": both.id, "role": "supervisor"})
    await therapist.post(f"/patients/{patient_id}/care-team", {"account_id": both.id, "role": "therapist"})
    await supervisor_of(world, therapist, patient_id)
    hidden, shown = [await signed_note(therapist, one, needs_cosign=True) for one in (patient_id, elsewhere)]
    await both.get(f"/notes/{hidden['id']}", expect=404)
    assert await _ids(both) == [shown["id"]]


async def test_a_supervisor_who_left_sees_no_draft(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    supervisor = await world.staff(Role.THERAPIST, Role.SUPERVISOR)
    member = await therapist.post(
        f"/patients/{patient_id}/care-team", {"account_id": supervisor.id, "role": "supervisor"}
    )
    await supervise(world, therapist, supervisor)
    made = await draft(therapist, patient_id)
    await supervisor.get(f"/notes/{made['id']}")
    await therapist.delete(f"/patients/{patient_id}/care-team/{member['id']}", 1)
    await supervisor.get(f"/notes/{made['id']}", expect=404)
    await therapist.post(f"/patients/{patient_id}/care-team", {"account_id": supervisor.id, "role": "therapist"})
    await supervisor.get(f"/notes/{made['id']}")
    await supervise(world, therapist, None)
    await supervisor.get(f"/notes/{made['id']}", expect=404)


async def test_a_deleted_draft_is_gone_everywhere(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    supervisor = await supervisor_of(world, therapist, patient_id)
    made = await draft(therapist, patient_id)
    path = f"/notes/{made['id']}"
    await therapist.delete(path, made["version"])
    for person in (therapist, supervisor):
        await person.get(path, expect=404)
        await person.get(f"{path}/versions", expect=404)
        assert await _ids(person) == []
    await therapist.patch(path, {"needs_cosign": True}, 2, expect=404)
    await therapist.delete(path, 2, expect=404)
    await therapist.post(f"{path}/sign", expect=404, match=2)
    assert (await therapist.get("/worklist"))["items"] == []


async def test_a_draft_waits_for_its_author(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    await supervisor_of(world, therapist, patient_id)
    made = await draft(therapist, patient_id, session_id=await past_session(therapist, patient_id, hours_ago=3))
    [task] = (await therapist.get("/worklist"))["items"]
    assert (task["kind"], task["subject_id"], task["patient_id"]) == ("note_to_sign", made["id"], patient_id)
    due_in = datetime.fromisoformat(task["due_at"]) - datetime.fromisoformat(made["created_at"])
    assert timedelta(hours=68.9) < due_in <= timedelta(hours=69)


async def test_lists_are_filtered(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    elsewhere = world.chart_id(await world.patient_of(therapist))
    first = await draft(therapist, patient_id)
    second = await signed_note(therapist, patient_id, format="narrative", sections={"narrative": "One story."})
    third = await draft(therapist, elsewhere)
    wanted: list[tuple[Json, list[Json]]] = [
        ({}, [third, second, first]),
        ({"patient_id": patient_id}, [second, first]),
        ({"patient_id": patient_id, "state": "draft"}, [first]),
        ({"state": "signed"}, [second]),
        ({"format": "dap"}, [third, first]),
        ({"session_id": third["session_id"]}, [third]),
        ({"written_after": second["created_at"]}, [third, second]),
        ({"written_before": second["created_at"]}, [first]),
        ({"patient_id": patient_id, "written_after": third["created_at"]}, []),
    ]
    for params, notes in wanted:
        assert await _ids(therapist, **params) == [note["id"] for note in notes], params
    for bad in ({"state": "lost"}, {"format": "haiku"}, {"written_after": "yesterday"}):
        await therapist.get("/notes", params=bad, expect=422)


async def test_lists_carry_sections_and_end(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    made = [await draft(therapist, patient_id) for _ in range(3)]
    page = await therapist.get("/notes", params={"limit": 2})
    assert [item["sections"] for item in page["items"]] == [made[2]["sections"], made[1]["sections"]]
    assert "addenda" not in page["items"][0]
    rest = await therapist.get("/notes", params={"limit": 2, "cursor": page["next_cursor"]})
    assert ([item["id"] for item in rest["items"]], rest["next_cursor"]) == ([made[0]["id"]], None)
