"""Notes after signing: nothing changes what was signed; what can still be done adds to it."""

import asyncio
import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.access.policy import grant
from integration_api.access.work import Work
from integration_api.app import action_routes
from integration_api.core.ids import new_id
from integration_api.resources.journal.notes import operations as notes_operations
from integration_api.resources.journal.notes import statements as sql
from integration_api.storage.statements import Change
from integration_api.web.errors import StaleVersion
from integration_api.web.openapi_examples import example_of
from tests.factories.notes import draft, join, sections, sign, signed_note, supervise, supervisor_of
from tests.support import Json, Person, World

FROZEN = ("sections", "content_sha256", "signature", "cosignature", "format", "author_id", "session_id", "patient_id")


async def _chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


def _frozen(note: Json) -> Json:
    return {name: note[name] for name in FROZEN}


def _signed_of(versions: list[Json]) -> list[Json]:
    """Return versions without the patient's statements of disagreement, which are added beside what was signed."""
    return [{name: value for name, value in version.items() if name != "disagreements"} for version in versions]


@pytest.mark.thorough
async def test_no_route_changes_what_was_signed(world: World) -> None:
    """Every writing operation on a note, by everybody there is, with the newest version and a sound body."""
    therapist, patient, patient_id = await _chart(world)
    people = [
        therapist,
        patient,
        await join(world, therapist, patient_id, Role.PRESCRIBER),
        await supervisor_of(world, therapist, patient_id),
        world.admin,
        await world.therapist(),
    ]
    schemas = world.api.document["components"]["schemas"]
    tried = set()
    for route in action_routes():
        method = next(iter(route.methods or ()))
        if "{note_id}" not in route.path or method == "GET":
            continue
        signed = await signed_note(therapist, patient_id)
        kept = _signed_of((await therapist.get(f"/notes/{signed['id']}/versions"))["items"])
        operation = world.api.document["paths"]["/v1" + route.path][method.lower()]
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        sent = example_of(body["schema"], schemas) if body else None
        tried.add(route.name)
        has_disagreed = False
        for person in people:
            now = await therapist.get(f"/notes/{signed['id']}")
            path = re.sub(r"{note_id}", signed["id"], route.path)
            await person.send(method, path, sent, match=now["version"])
            after = await therapist.get(f"/notes/{signed['id']}")
            if route.name != "amend_note":
                assert _frozen(after) == _frozen(signed), f"{route.name} by {person.actor.roles}"
                assert after["state"] in {"signed", "entered_in_error"}
            versions = (await therapist.get(f"/notes/{signed['id']}/versions"))["items"]
            assert _signed_of(versions[-1:]) == kept, f"{route.name} by {person.actor.roles}"
            disputes = [one["text"] for one in versions[-1]["disagreements"]]
            has_disagreed = has_disagreed or (route.name == "add_note_disagreement" and person is patient)
            assert disputes == ([sent["text"]] if has_disagreed and sent else []), route.name
    assert tried >= {"update_note", "delete_note", "sign_note", "cosign_note", "return_note", "amend_note"}


async def test_a_signed_note_is_neither_edited_nor_deleted(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    signed = await signed_note(therapist, patient_id)
    path = f"/notes/{signed['id']}"
    for refused in (
        await therapist.patch(path, {"sections": {"plan": "x"}}, signed["version"], expect=409),
        await therapist.patch(path, {"sections": {"plan": "x"}}, 1, expect=409),
        await therapist.delete(path, signed["version"], expect=409),
    ):
        assert (refused["code"], refused["allowed"]) == ("note-signed", signed["allowed_actions"])
    colleague = await join(world, therapist, patient_id, Role.PRESCRIBER)
    refused = await colleague.patch(path, {"sections": {"plan": "x"}}, signed["version"], expect=403)
    assert refused["code"] == "not-the-author"


@pytest.mark.thorough
async def test_the_team_adds_to_a_signed_note(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    colleague = await join(world, therapist, patient_id, Role.PRESCRIBER)
    supervisor = await supervisor_of(world, therapist, patient_id)
    signed = await signed_note(therapist, patient_id)
    path = f"/notes/{signed['id']}"
    texts = ["From the author.", "  Kept as written — \n", "From above."]
    made = [
        await person.post(f"{path}/addenda", {"text": text})
        for person, text in zip((therapist, colleague, supervisor), texts, strict=True)
    ]
    assert [addendum["text"] for addendum in made] == texts
    assert [addendum["author_name"] for addendum in made] == ["Imani Vale", "Noor Prescriber", "Noor Supervisor"]
    assert made[0]["author_credential"] == "LMFT"
    assert all(a["text_sha256"] == hashlib.sha256(a["text"].encode()).hexdigest() for a in made)
    for person in (therapist, colleague, patient):
        note = await person.get(path)
        assert (note["addenda"], note["addenda_count"], note["version"]) == (made, 3, signed["version"])
        assert _frozen(note) == _frozen(signed)
        assert [item["addenda_count"] for item in (await person.get("/notes"))["items"]] == [3]
    await patient.post(f"{path}/addenda", {"text": "x"}, expect=403)
    for bad in ({"text": ""}, {"text": " \n"}, {"text": None}, {}, {"text": "x", "author_id": patient.id}):
        await therapist.post(f"{path}/addenda", bad, expect=422)


async def test_an_addendum_is_added_once(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    signed = await signed_note(therapist, patient_id)
    path = f"/notes/{signed['id']}/addenda"
    body = {"id": str(new_id()), "text": "Only once."}
    first = await therapist.send("POST", path, body, key="a-1")
    again = await therapist.send("POST", path, body, key="a-1")
    assert (first.status_code, again.content) == (201, first.content)
    assert (await therapist.post(path, body, expect=409))["code"] == "id-taken"
    note = await therapist.get(f"/notes/{signed['id']}")
    assert (note["addenda_count"], note["version"], len(note["addenda"])) == (1, signed["version"], 1)


async def test_addenda_at_the_same_time_are_all_kept(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    signed = await signed_note(therapist, patient_id)
    path = f"/notes/{signed['id']}"
    await asyncio.gather(*(therapist.post(f"{path}/addenda", {"text": f"{n}"}) for n in range(8)))
    note = await therapist.get(path)
    assert (note["addenda_count"], note["version"]) == (8, signed["version"])
    assert {addendum["text"] for addendum in note["addenda"]} == {f"{n}" for n in range(8)}


@pytest.mark.thorough
async def test_addenda_are_bounded(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    signed = await signed_note(therapist, patient_id)
    path = f"/notes/{signed['id']}/addenda"
    answers = [await therapist.send("POST", path, {"text": f"{n}"}) for n in range(100)]
    assert {answer.status_code for answer in answers} == {201}
    assert (await therapist.post(path, {"text": "one more"}, expect=409))["code"] == "too-many-addenda"
    note = await therapist.get(f"/notes/{signed['id']}")
    assert [addendum["text"] for addendum in note["addenda"]] == [f"{n}" for n in range(100)]


async def test_a_draft_takes_no_addendum_and_no_amendment(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    made = await draft(therapist, patient_id)
    path = f"/notes/{made['id']}"
    amendment = {"sections": sections(), "reason": "x"}
    for refused in (
        await therapist.post(f"{path}/addenda", {"text": "x"}, expect=409),
        await therapist.post(f"{path}/amendments", amendment, expect=409, match=1),
        await therapist.post(f"{path}/enter-in-error", {"reason": "x"}, expect=409, match=1),
    ):
        assert (refused["code"], refused["allowed"]) == ("note-not-signed", made["allowed_actions"])


@pytest.mark.thorough
async def test_an_amendment_is_a_new_signed_version(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    colleague = await join(world, therapist, patient_id, Role.PRESCRIBER)
    signed = await signed_note(therapist, patient_id)
    path = f"/notes/{signed['id']}"
    new = sections(plan="Ten minutes in the park.")
    body = {"sections": new, "reason": "It is a park."}
    amended = await therapist.post(f"{path}/amendments", body, expect=200, match=signed["version"])
    assert (amended["state"], amended["content_version"], amended["sections"]) == ("amended", 2, new)
    assert amended["content_sha256"] != signed["content_sha256"]
    assert amended["signature"]["at"] > signed["signature"]["at"]
    await therapist.post(f"{path}/amendments", body, expect=412, match=signed["version"])
    again = await therapist.post(f"{path}/amendments", body, expect=200, match=amended["version"])
    assert (again["state"], again["content_version"]) == ("amended", 3)
    for person in (therapist, colleague, patient):
        versions = (await person.get(f"{path}/versions"))["items"]
        assert [v["number"] for v in versions] == [3, 2, 1]
        assert [v["reason"] for v in versions] == ["It is a park.", "It is a park.", None]
        assert versions[2]["sections"] == signed["sections"]
        assert [v["content_sha256"] for v in versions] == [
            again["content_sha256"],
            amended["content_sha256"],
            signed["content_sha256"],
        ]
        assert versions[1]["signature"] == amended["signature"]
    page = await patient.get(f"{path}/versions", params={"limit": 2})
    rest = await patient.get(f"{path}/versions", params={"cursor": page["next_cursor"]})
    assert [v["number"] for v in rest["items"]] == [1]


async def test_an_amendment_needs_author_reason_and_every_section(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    colleague = await join(world, therapist, patient_id, Role.PRESCRIBER)
    supervisor = await supervisor_of(world, therapist, patient_id)
    signed = await signed_note(therapist, patient_id)
    path, version = f"/notes/{signed['id']}/amendments", signed["version"]
    body = {"sections": sections(), "reason": "x"}
    assert (await colleague.post(path, body, expect=403, match=version))["code"] == "not-the-author"
    for person in (supervisor, patient):
        await person.post(path, body, expect=403, match=version)
    await therapist.post(path, {"sections": sections()}, expect=422, match=version)
    await therapist.post(path, {**body, "reason": " "}, expect=422, match=version)
    await therapist.post(path, {**body, "sections": {"narrative": "x"}}, expect=422, match=version)
    refused = await therapist.post(path, {**body, "sections": {"plan": "x"}}, expect=409, match=version)
    assert (refused["code"], refused["missing"]) == ("sections-missing", ["data", "assessment"])
    await therapist.post(path, body, expect=428)
    assert await therapist.get(f"/notes/{signed['id']}") == signed


async def test_a_cosigned_note_is_not_amended_by_its_author_alone(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    supervisor = await supervisor_of(world, therapist, patient_id)
    pending = await sign(therapist, await draft(therapist, patient_id), needs_cosign=True)
    path = f"/notes/{pending['id']}"
    await supervisor.post(f"{path}/cosign", expect=200, match=2)
    body = {"sections": sections(plan="Other."), "reason": "x"}
    refused = await therapist.post(f"{path}/amendments", body, expect=409, match=3)
    assert refused["code"] == "cosigned-note"
    final = await therapist.get(path)
    assert final["cosignature"] is not None
    assert "amend" not in final["allowed_actions"]
    await therapist.post(f"{path}/addenda", {"text": "To set it right."})


async def test_a_returned_note_cannot_be_thrown_away(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    supervisor = await supervisor_of(world, therapist, patient_id)
    pending = await sign(therapist, await draft(therapist, patient_id), needs_cosign=True)
    path = f"/notes/{pending['id']}"
    back = await supervisor.post(f"{path}/return", {"reason": "Say more."}, expect=200, match=pending["version"])
    await therapist.delete(path, match=back["version"], expect=409)


@pytest.mark.thorough
async def test_a_note_entered_in_error_is_kept_and_hidden_from_the_patient(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    colleague = await join(world, therapist, patient_id, Role.PRESCRIBER)
    signed = await signed_note(therapist, patient_id)
    path = f"/notes/{signed['id']}"
    await patient.get(path)
    await colleague.post(f"{path}/enter-in-error", {"reason": "x"}, expect=403, match=2)
    await therapist.post(f"{path}/enter-in-error", {"reason": ""}, expect=422, match=2)
    await therapist.post(f"{path}/enter-in-error", {"reason": "x"}, expect=412, match=1)
    assert (await patient.get("/me/inbox"))["items"] == []
    gone = await therapist.post(f"{path}/enter-in-error", {"reason": "Wrong chart."}, expect=200, match=2)
    assert (gone["state"], gone["error_reason"], gone["version"]) == ("entered_in_error", "Wrong chart.", 3)
    assert (gone["allowed_actions"], _frozen(gone)) == ([], _frozen(signed))
    await patient.get(path, expect=404)
    [told] = (await patient.get("/me/inbox"))["items"]  # why it is gone
    assert (told["kind"], told["subject_id"], told["title"]) == ("note_withdrawn", signed["id"], None)
    await patient.get(f"{path}/versions", expect=404)
    assert (await patient.get("/notes"))["items"] == []
    assert (await colleague.get(path))["sections"] == signed["sections"]
    assert len((await colleague.get(f"{path}/versions"))["items"]) == 1
    body = {"sections": sections(), "reason": "x"}
    for refused in (
        await therapist.post(f"{path}/addenda", {"text": "x"}, expect=409),
        await therapist.post(f"{path}/amendments", body, expect=409, match=3),
        await therapist.post(f"{path}/enter-in-error", {"reason": "x"}, expect=409, match=3),
        await therapist.put(f"{path}/sharing", {"state": "shared"}, 3, expect=409),
    ):
        assert (refused["code"], refused["allowed"]) == ("note-in-error", [])
    assert (await therapist.patch(path, {"sections": {}}, 3, expect=409))["code"] == "note-signed"


async def test_nobody_is_told_of_a_withheld_note_that_was_entered_in_error(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    signed = await signed_note(therapist, patient_id)
    until = (world.api.clock() + timedelta(days=3)).isoformat()
    held = {"state": "withheld", "reason_code": "danger_to_another", "until": until}
    await therapist.put(f"/notes/{signed['id']}/sharing", held, 2)
    await therapist.post(f"/notes/{signed['id']}/enter-in-error", {"reason": "x"}, expect=200, match=3)
    assert (await patient.get("/me/inbox"))["items"] == []


@pytest.mark.thorough
async def test_the_guards_hold_where_no_rule_is_asked(world: World) -> None:
    """Each change runs alone, with the right version: the database itself refuses a wrong state or author."""
    therapist, _, patient_id = await _chart(world)
    both = await world.staff(Role.THERAPIST, Role.SUPERVISOR)
    await therapist.post(f"/patients/{patient_id}/care-team", {"account_id": both.id, "role": "supervisor"})
    of_drafts = [sql.UPDATE_DRAFT, sql.DELETE_DRAFT, sql.SIGN_NOTE]
    of_pending = [sql.COSIGN_NOTE, sql.RETURN_NOTE]
    of_final = [sql.AMEND_NOTE, sql.ENTER_IN_ERROR, sql.COUNT_ADDENDUM]
    made = await draft(therapist, patient_id)
    pending = await sign(therapist, await draft(therapist, patient_id), needs_cosign=True)
    final = await signed_note(therapist, patient_id)
    await supervise(world, therapist, both)
    therapist.actor = replace(therapist.actor, epoch=therapist.actor.epoch + 1)
    made, pending, final = [await therapist.get(f"/notes/{note['id']}") for note in (made, pending, final)]
    refused: list[tuple[Person, Json, list[Change]]] = [
        (therapist, made, [*of_pending, *of_final]),
        (therapist, pending, [*of_drafts, *of_pending, *of_final]),
        (therapist, final, [*of_drafts, *of_pending]),
        (both, made, [*of_drafts, *of_pending, *of_final, sql.SET_SHARING]),
        (both, pending, [*of_drafts, *of_final, sql.SET_SHARING]),
        (both, final, [*of_drafts, *of_pending, *of_final[:2], sql.SET_SHARING]),
    ]
    for person, note, changes in refused:
        for change in changes:
            given = grant(notes_operations.READ_NOTE, person.actor.roles)
            work = Work(world.api.runtime, notes_operations.READ_NOTE, "test", person.actor, given)
            row = await work.get(sql.READ_NOTE, id=UUID(note["id"]))
            work.change(change, row, expected_version=row.version, note_id=row.id)
            work.record(row.id, row.patient_id)
            with pytest.raises(StaleVersion):
                await work.apply()
    for note in (made, pending, final):
        assert await therapist.get(f"/notes/{note['id']}") == note


@pytest.mark.thorough
async def test_one_of_many_who_act_at_once_wins(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    made = await draft(therapist, patient_id)
    path = f"/notes/{made['id']}"
    supervisor = await supervisor_of(world, therapist, patient_id)
    answers = await asyncio.gather(
        *(therapist.send("POST", f"{path}/sign", {"needs_cosign": True}, match=1) for _ in range(4)),
        *(therapist.send("PATCH", path, {"sections": {"plan": "late"}}, match=1) for _ in range(4)),
    )
    assert sorted(a.status_code for a in answers).count(200) == 1
    assert {a.status_code for a in answers} <= {200, 409, 412}
    note = await therapist.get(path)
    if note["state"] == "draft":
        note = await sign(therapist, note, needs_cosign=True)
    answers = await asyncio.gather(
        *(supervisor.send("POST", f"{path}/cosign", match=note["version"]) for _ in range(3)),
        *(supervisor.send("POST", f"{path}/return", {"reason": "x"}, match=note["version"]) for _ in range(3)),
    )
    assert sorted(a.status_code for a in answers).count(200) == 1
    hidden = (
        {404} if (await therapist.get(path))["state"] == "draft" else set[int]()
    )  # returned: it is the author's again
    assert {a.status_code for a in answers} <= {200, 409, 412} | hidden


@pytest.mark.thorough
async def test_prose_is_sealed_and_out_of_the_ledger(world: World) -> None:
    """What people wrote is in no row of the database as it was written."""
    therapist, _, patient_id = await _chart(world)
    word = f"heron{uuid4().hex}"
    signed = await signed_note(therapist, patient_id, sections=sections(plan=word))
    await therapist.post(f"/notes/{signed['id']}/addenda", {"text": word}, key="kept")
    body = {"sections": sections(plan=word), "reason": word}
    await therapist.post(f"/notes/{signed['id']}/amendments", body, expect=200, match=signed["version"])
    await therapist.post(f"/notes/{signed['id']}/enter-in-error", {"reason": word}, expect=200, match=3)
    driver = world.api.runtime.database.driver
    for table in ("notes", "note_addenda", "note_versions", "ledger", "stored_responses"):
        rows = await driver.read(f"SELECT * FROM {table}", ())  # noqa: S608  names of ours
        assert rows
        assert word not in "".join(
            value.decode("latin-1") if isinstance(value, bytes) else str(value) for row in rows for value in row
        )
