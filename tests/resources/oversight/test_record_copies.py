"""Copies for record requests: made by staff of what they and the patient are both shown, and then handed over."""

import io
import json
import zipfile
from datetime import timedelta
from uuid import UUID

import pytest

from integration_api.access.actor import FRESH, Role
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.journal.notes.tables import NoteState
from integration_api.resources.oversight.exports import chart_exports, selections
from integration_api.resources.oversight.exports.exporter import Exporter
from integration_api.resources.oversight.exports.rules import MAX_A_DAY
from integration_api.resources.oversight.exports.selections import LEFT_TO_PATIENT
from integration_api.resources.oversight.imported_records.operations import IMPORT_RECORDS
from integration_api.resources.oversight.imported_records.statements import INSERT_IMPORTED_RECORD
from integration_api.resources.oversight.imported_records.tables import ImportedFor, ImportedKind, ImportedRecordRow
from tests.factories import exports, notes, plans, reflections
from tests.factories.attachments import attached
from tests.factories.emergencies import WHY
from tests.factories.exports import everything, things
from tests.factories.feeds import seal
from tests.factories.imported_rows import imported, rows_of
from tests.factories.record_copies import copied, fulfilled
from tests.scene import Scene
from tests.support import Api, Json, Person, World

_OF_OTHERS = ("private", "begun", "draft", "supervised", "team", "confided", "granted", "reported", "handled", "hold")
"""The audiences of texts that the patient and the staff are not both shown."""


async def requested(world: World) -> tuple[Person, Person, Json]:
    """A therapist, a patient, and the patient's request for a copy."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made: Json = await patient.post("/record-requests", {"patient_id": world.chart_id(patient)})
    return therapist, patient, made


async def opened(who: Person, copy: Json) -> zipfile.ZipFile:
    answer = await who.send("GET", f"/record-copies/{copy['id']}/content")
    assert answer.status_code == 200, answer.text
    return zipfile.ZipFile(io.BytesIO(answer.content))


async def test_nobody_without_a_token(api: Api) -> None:
    for path in (f"/record-requests/{new_id()}/copies", f"/record-copies/{new_id()}"):
        assert (await api.send("GET", path)).status_code == 401
    assert (await api.send("GET", f"/record-copies/{new_id()}/content")).status_code == 401
    assert (await api.send("POST", f"/record-requests/{new_id()}/copies", json={})).status_code == 401
    assert (await api.send("POST", f"/record-requests/{new_id()}/fulfil", json={})).status_code == 401


async def test_staff_make_it_look_at_it_and_hand_it_over(world: World) -> None:
    therapist, patient, request = await requested(world)
    copy = await copied(therapist, request)
    assert (copy["record_request_id"], copy["made_by_id"]) == (request["id"], therapist.id)
    await opened(therapist, copy)
    await patient.get(f"/record-copies/{copy['id']}", expect=404)
    await patient.get(f"/record-copies/{copy['id']}/content", expect=404)
    assert (await patient.get(f"/record-requests/{request['id']}/copies"))["items"] == []
    done = await fulfilled(therapist, request, copy)
    assert (done["state"], done["answered_by_id"], done["answer"]) == ("fulfilled", therapist.id, None)
    [given] = (await patient.get(f"/record-requests/{request['id']}/copies"))["items"]
    assert (given["id"], given["state"], given["handed_over_at"]) == (copy["id"], "ready", done["answered_at"])
    archive = await opened(patient, copy)
    assert json.loads(archive.read("manifest.json"))["record_request_id"] == request["id"]
    assert "45 CFR 164.524" in archive.read("README.html").decode()
    assert [item["subject_id"] for item in (await patient.get("/me/inbox"))["items"]] == [request["id"]]
    assert (await therapist.get("/worklist"))["items"] == []
    assert (await fulfilled(therapist, done, copy, expect=409))["code"] == "record-request-closed"


async def test_it_has_what_both_are_shown_and_nothing_more(world: World) -> None:
    """Nothing of the patient's that is private goes to the staff, and no draft of theirs to the patient."""
    therapist, patient, request = await requested(world)
    chart = world.chart_id(patient)
    await reflections.submitted(patient, text="Hidden-77")
    shared = await reflections.submitted(patient, share=True, text="Told-77")
    await therapist.get(f"/reflections/{shared['id']}")
    await attached(patient, f"/reflections/{(await reflections.draft(patient))['id']}")
    signed = await notes.signed_note(therapist, chart)
    await notes.draft(therapist, chart, sections=notes.sections(plan="Draft-77"))
    withheld = await notes.signed_note(therapist, chart)
    until = (world.api.clock() + timedelta(days=5)).isoformat()
    sharing = {"state": "withheld", "reason_code": "danger_to_life", "until": until}
    await therapist.put(f"/notes/{withheld['id']}/sharing", sharing, match=withheld["version"])
    await plans.plan(therapist, chart, title="Unproposed-77", is_shared=False)
    await plans.plan(patient, chart, title="Whispered-77", is_shared=False)
    other = await world.patient_of(therapist)
    await reflections.submitted(other, share=True, text="Another-77")
    await notes.signed_note(therapist, world.chart_id(other))
    archive = await opened(therapist, await copied(therapist, request))
    assert [one["id"] for one in things(archive, "reflections")] == [shared["id"]]
    assert [one["id"] for one in things(archive, "notes")] == [signed["id"]]
    assert things(archive, "plans") == things(archive, "attachments") == []
    for word in ("Hidden-77", "Draft-77", "Unproposed-77", "Whispered-77", "Another-77", other.id):
        assert word.encode() not in everything(archive), word
    assert b"Told-77" in archive.read("chart.html")


@pytest.mark.thorough
async def test_of_one_of_everything_it_is_within_both_views(world: World) -> None:
    """Each thing of the copy is byte for byte one that the patient's own export has too."""
    scene = await Scene.build(world)
    request = await scene.patient.post("/record-requests", {"patient_id": scene.chart})
    exports.prove(scene.patient)
    own = zipfile.ZipFile(
        io.BytesIO(await exports.downloaded(scene.patient, (await exports.ready(scene.patient))["id"]))
    )
    exports.prove(scene.therapist)
    archive = await opened(scene.therapist, await copied(scene.therapist, request))
    kinds = [name for name in archive.namelist() if name.startswith("data/")]
    assert {f"data/{kind}.jsonl" for kind in LEFT_TO_PATIENT} == {
        name for name in own.namelist() if name.startswith("data/")
    } - set(kinds)
    for name in kinds:
        kind = name.removeprefix("data/").removesuffix(".jsonl")
        theirs = things(own, kind)
        assert [one for one in things(archive, kind) if one not in theirs] == [], name
    assert len(things(archive, "notes")) == len(things(own, "notes")) > 0
    found = everything(archive)
    assert [audience for audience in _OF_OTHERS if f"{scene.mark}-{audience}-".encode() in found] == []
    assert f"{scene.mark}-text-".encode() in found


async def test_a_thing_of_another_patient_stops_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a list shows by mistake: nothing is handed over."""
    therapist, _, request = await requested(world)
    await notes.signed_note(therapist, world.chart_id(await world.patient_of(therapist)))
    monkeypatch.setattr(selections, "_of_chart", lambda walk, **_: walk)
    made = await therapist.post(f"/record-requests/{request['id']}/copies", {}, expect=202)
    assert await Exporter(world.api.runtime).turn() == 0
    assert (await therapist.get(f"/record-copies/{made['id']}"))["state"] == "making"


async def test_it_says_that_private_things_are_left_out(world: World) -> None:
    therapist, patient, request = await requested(world)
    copy = await copied(therapist, request)
    assert [one["kind"] for one in copy["left_out"]][-1] == "private"
    assert "private" not in [one["kind"] for one in (await exports.ready(patient))["left_out"]]


async def test_it_is_no_export_of_the_patient_s_own(world: World) -> None:
    """Each is made, listed and replaced by itself."""
    therapist, patient, request = await requested(world)
    own = await exports.ready(patient)
    await therapist.post(f"/record-requests/{request['id']}/copies", {}, expect=202)
    again = await therapist.post(f"/record-requests/{request['id']}/copies", {}, expect=409)
    assert again["code"] == "export-in-progress"
    await exports.asked(patient)
    await Exporter(world.api.runtime).turn()
    [copy] = (await therapist.get(f"/record-requests/{request['id']}/copies"))["items"]
    await copied(therapist, request)
    states = [one["state"] for one in (await therapist.get(f"/record-requests/{request['id']}/copies"))["items"]]
    assert states == ["ready", "expired"]
    found = (await patient.get("/me/exports"))["items"]
    assert ([one["state"] for one in found], found[1]["id"]) == (["ready", "expired"], own["id"])
    await patient.get(f"/me/exports/{copy['id']}", expect=404)
    await patient.get(f"/me/exports/{copy['id']}/content", expect=404)
    await therapist.get(f"/record-copies/{own['id']}", expect=404)
    await therapist.get(f"/record-copies/{own['id']}/content", expect=404)
    assert (await fulfilled(therapist, request, own, expect=404))["errors"][0]["field"] == "body.copy_id"


async def test_only_a_copy_that_is_ready_and_for_this_request_answers(world: World) -> None:
    therapist, patient, request = await requested(world)
    other = await patient.post("/record-requests", {"patient_id": request["patient_id"]})
    copy = await copied(therapist, request)
    await fulfilled(therapist, other, copy, expect=404)
    begun = await therapist.post(f"/record-requests/{other['id']}/copies", {}, expect=202)
    assert (await fulfilled(therapist, other, begun, expect=409))["code"] == "export-not-ready"


async def test_a_request_that_was_denied_gets_no_copy(world: World) -> None:
    therapist, _, request = await requested(world)
    denial = {"answer": "We never had it.", "ground": "not_held"}
    await therapist.post(f"/record-requests/{request['id']}/deny", denial, match=1, expect=200)
    told = await therapist.post(f"/record-requests/{request['id']}/copies", {}, expect=409)
    assert told["code"] == "record-request-closed"


async def test_it_needs_a_fresh_proof_of_who_makes_and_of_who_downloads(world: World) -> None:
    therapist, _, request = await requested(world)
    copy = await copied(therapist, request)
    exports.prove(therapist, ago=FRESH + timedelta(seconds=1))
    paths = (("POST", f"/record-requests/{request['id']}/copies"), ("GET", f"/record-copies/{copy['id']}/content"))
    for method, path in paths:
        answer = await therapist.send(method, path, {} if method == "POST" else None)
        assert (answer.status_code, answer.json()["code"]) == (403, "step-up-required")


@pytest.mark.thorough
async def test_nobody_else_makes_or_takes_one(world: World) -> None:
    therapist, patient, request = await requested(world)
    copy = await copied(therapist, request)
    await patient.post(f"/record-requests/{request['id']}/copies", {}, expect=403)
    await patient.post(f"/record-requests/{request['id']}/fulfil", {"copy_id": copy["id"]}, match=1, expect=403)
    stranger, other = await world.therapist(), await world.patient_of(therapist)
    await stranger.post(f"/record-requests/{request['id']}/copies", {}, expect=404)
    await fulfilled(stranger, request, copy, expect=404)
    for person in (stranger, other):
        await person.get(f"/record-requests/{request['id']}/copies", expect=404)
        await person.get(f"/record-copies/{copy['id']}", expect=404)
        await person.get(f"/record-copies/{copy['id']}/content", expect=404)
    for role in (Role.CLINIC_ADMIN, Role.PRIVACY_OFFICER, Role.AUDITOR):
        await (await world.staff(role)).get(f"/record-copies/{copy['id']}/content", expect=403)


async def test_whoever_leaves_the_team_makes_none(world: World) -> None:
    """The job reads by the sign-in that asked: what it may not see any more, the copy does not have."""
    therapist, _, request = await requested(world)
    second = await notes.join(world, therapist, request["patient_id"], Role.THERAPIST)
    made = await second.post(f"/record-requests/{request['id']}/copies", {}, expect=202)
    team = (await therapist.get(f"/patients/{request['patient_id']}/care-team"))["items"]
    [member] = [one for one in team if one["account_id"] == second.id]
    await therapist.delete(f"/patients/{request['patient_id']}/care-team/{member['id']}", match=member["version"])
    await Exporter(world.api.runtime).turn()
    found = await therapist.get(f"/record-copies/{made['id']}")
    assert (found["state"], found["failure"]) == ("failed", "sign_in_ended")


async def test_five_of_a_chart_in_a_day(world: World) -> None:
    therapist, _, request = await requested(world)
    for _ in range(MAX_A_DAY):
        await copied(therapist, request)
    await therapist.post(f"/record-requests/{request['id']}/copies", {}, expect=429)


async def test_each_step_is_in_the_ledger_and_the_privacy_officers_are_told(world: World) -> None:
    therapist, patient, request = await requested(world)
    officer = await world.staff(Role.PRIVACY_OFFICER)
    copy = await copied(therapist, request)
    await fulfilled(therapist, request, copy)
    await opened(patient, copy)
    await seal(world)
    assert "record_copy.asked" in [one["event"] for one in (await officer.get("/notices"))["items"]]
    rows = (await patient.get("/me/access-log?limit=100"))["items"]
    events = [row["event"] for row in rows if row["subject_id"] == copy["id"]]
    assert events == ["record_copy.downloaded", "record_copy.read", "export.made", "record_copy.asked"]
    assert "record_request.fulfilled" in [row["event"] for row in rows if row["subject_id"] == request["id"]]


async def test_an_entry_that_nobody_has_read_is_not_in_it(world: World) -> None:
    """Making a copy reads nothing, so the patient still takes back what is shared; its files stay out too."""
    therapist, patient, request = await requested(world)
    draft = await reflections.draft(patient, text="Unread-77")
    await attached(patient, f"/reflections/{draft['id']}")
    shared = {"share": True, "release_at": None}
    unread = await patient.post(f"/reflections/{draft['id']}/submit", shared, match=draft["version"], expect=200)
    copy = await copied(therapist, request)
    unread = await patient.get(f"/reflections/{unread['id']}")
    assert unread["first_read_at"] is None
    await patient.post(f"/reflections/{unread['id']}/unshare", match=unread["version"], expect=200)
    archive = await opened(therapist, copy)
    assert b"Unread-77" not in everything(archive)
    assert things(archive, "reflections") == things(archive, "attachments") == []


async def withhold(world: World, therapist: Person, note: Json) -> None:
    until = (world.api.clock() + timedelta(days=5)).isoformat()
    sharing = {"state": "withheld", "reason_code": "danger_to_life", "until": until}
    await therapist.put(f"/notes/{note['id']}/sharing", sharing, match=note["version"])


async def test_a_note_that_is_withheld_later_is_not_handed_over(world: World) -> None:
    therapist, _, request = await requested(world)
    note = await notes.signed_note(therapist, request["patient_id"])
    copy = await copied(therapist, request)
    await withhold(world, therapist, note)
    assert (await fulfilled(therapist, request, copy, expect=409))["code"] == "export-not-ready"
    assert (await therapist.get(f"/record-copies/{copy['id']}"))["state"] == "expired"
    await fulfilled(therapist, request, await copied(therapist, request))


async def test_a_note_that_is_withheld_after_it_was_handed_over_is_not_downloaded(world: World) -> None:
    """A note that was signed after the copy was made stops nothing."""
    therapist, patient, request = await requested(world)
    note = await notes.signed_note(therapist, request["patient_id"])
    copy = await copied(therapist, request)
    await fulfilled(therapist, request, copy)
    await withhold(world, therapist, await notes.signed_note(therapist, request["patient_id"]))
    await opened(patient, copy)
    await withhold(world, therapist, note)
    refused = await patient.send("GET", f"/record-copies/{copy['id']}/content")
    assert (refused.status_code, refused.json()["code"]) == (409, "export-not-ready")


async def test_the_patient_sees_the_copies_that_were_handed_over_and_no_other(world: World) -> None:
    """What was handed over stays while staff make another, which they hand over too."""
    therapist, patient, request = await requested(world)
    first = await copied(therapist, request)
    done = await fulfilled(therapist, request, first)
    second = await copied(therapist, request)
    path = f"/record-requests/{request['id']}/copies"
    assert [(one["id"], one["state"]) for one in (await patient.get(path))["items"]] == [(first["id"], "ready")]
    await patient.get(f"/record-copies/{second['id']}", expect=404)
    again = await fulfilled(therapist, done, second)
    assert (again["answered_at"], again["version"]) == (done["answered_at"], done["version"])
    assert [one["id"] for one in (await patient.get(path))["items"]] == [second["id"], first["id"]]


async def test_whoever_leaves_while_it_is_written_gets_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lists that come after would be empty, and the copy would look whole."""
    therapist, _, request = await requested(world)
    second = await notes.join(world, therapist, request["patient_id"], Role.THERAPIST)
    made = await second.post(f"/record-requests/{request['id']}/copies", {}, expect=202)
    team = f"/patients/{request['patient_id']}/care-team"
    [member] = [one for one in (await therapist.get(team))["items"] if one["account_id"] == second.id]
    write = chart_exports._Export.write_files

    async def leaving(export: chart_exports._Export) -> None:
        await therapist.delete(f"{team}/{member['id']}", match=member["version"])
        await write(export)

    monkeypatch.setattr(chart_exports._Export, "write_files", leaving)
    await Exporter(world.api.runtime).turn()
    assert (await therapist.get(f"/record-copies/{made['id']}"))["failure"] == "sign_in_ended"


async def test_emergency_access_makes_and_hands_over_none(world: World) -> None:
    therapist, _, request = await requested(world)
    copy = await copied(therapist, request)
    stranger = await world.therapist()
    await stranger.post(f"/patients/{request['patient_id']}/emergency-access", WHY)
    made = await stranger.post(f"/record-requests/{request['id']}/copies", {}, expect=403)
    assert made["code"] == "not-on-care-team"
    assert (await fulfilled(stranger, request, copy, expect=403))["code"] == "not-on-care-team"


async def test_a_note_of_another_system_goes_in_without_its_origin(world: World) -> None:
    """Nobody here signs it, so the app does not show it to its patient (ADR 82)."""
    therapist, patient, request = await requested(world)
    chart = request["patient_id"]
    await notes.draft(therapist, chart, sections=notes.sections(plan="Elsewhere-77"))
    [like] = await rows_of(patient, "notes")
    filed = {"filed_at": like.created_at, "filed_by_id": like.author_id, "filed_reason": "Imported"}
    for note_id, source in ((new_id(), "Origin-77"), (new_id(), None)):
        await imported(patient, "notes", like, id=note_id, state=NoteState.FILED_UNSIGNED, **filed)
        if source:
            await origin_of(world, patient, note_id, source)
    archive = await opened(therapist, await copied(therapist, request))
    assert [one["sections"]["plan"] for one in things(archive, "notes")] == ["Elsewhere-77"]
    assert things(archive, "imported_records") == []
    assert b"Origin-77" not in everything(archive)


async def origin_of(world: World, patient: Person, note_id: UUID, source: str) -> None:
    """Say that this note was imported out of another system."""
    work = Work(world.api.runtime, IMPORT_RECORDS, "test")
    chart = patient.actor.patient_id
    assert chart is not None
    row = ImportedRecordRow(
        clinic_id=world.clinic_id,
        id=new_id(),
        created_at=work.now,
        updated_at=work.now,
        patient_id=chart,
        kind=ImportedKind.NOTE,
        shown_to=ImportedFor.TEAM,
        subject_id=note_id,
        source=source,
        identifier="DocumentReference/1",
        file_sha256="ab" * 32,
        content_sha256="cd" * 32,
        imported_by="Ada Keeper",
    )
    work.change(INSERT_IMPORTED_RECORD, row)
    work.record(chart, chart, clinic_id=world.clinic_id)
    await work.apply()
