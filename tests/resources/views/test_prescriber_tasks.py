"""POLICY `prescribers_read_prose` 0: prescribers are told of no task, request or origin that is about prose."""

from uuid import UUID

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.oversight.imported_records.operations import IMPORT_RECORDS
from integration_api.resources.oversight.imported_records.statements import INSERT_IMPORTED_RECORD
from integration_api.resources.oversight.imported_records.tables import ImportedFor, ImportedKind, ImportedRecordRow
from tests.factories import notes
from tests.factories.feeds import Client, seal
from tests.factories.prose import POLICY, Prose, close_prose, waiting
from tests.factories.reflections import submitted
from tests.support import Json, World


async def test_what_waits_already_is_hidden_while_somebody_has_it_who_reads(world: World) -> None:
    made = await Prose.of(world)
    [task] = (await made.prescriber.get("/worklist"))["items"]
    await close_prose(world)
    assert await waiting(made.prescriber) == set()
    await made.prescriber.post(f"/worklist/{task['id']}/done", expect=404)
    assert await waiting(made.therapist) == {made.entry["id"]}
    await close_prose(world, None)
    assert await waiting(made.prescriber) == {made.entry["id"]}


async def test_what_nobody_else_has_waits_on(world: World) -> None:
    """Else a text that waited before prose was closed would wait for nobody."""
    made = await Prose.of(world)
    await made.leave(made.therapist)
    await close_prose(world)
    assert await waiting(made.prescriber) == {made.entry["id"]}


async def test_without_a_reader_on_the_team_it_falls_to_a_supervisor(world: World) -> None:
    made = await Prose.of(world)
    await close_prose(world)
    await made.leave(made.therapist)
    assert (await waiting(made.supervisor), await waiting(made.prescriber)) == ({made.entry["id"]}, set())
    later = await submitted(made.patient, share=True)
    both = {made.entry["id"], later["id"]}
    assert (await waiting(made.supervisor), await waiting(made.prescriber)) == (both, set())
    assert later["monitoring"]["told"] == "supervisors"


async def test_a_request_about_a_note_is_told_to_those_who_read_it(world: World) -> None:
    made = await Prose.of(world)
    request = await made.requested()
    path, lists = (
        f"/amendment-requests/{request['id']}",
        ("/amendment-requests", f"/amendment-requests?patient_id={made.chart}"),
    )
    assert request["id"] in await waiting(made.prescriber)
    await close_prose(world)
    assert request["id"] not in await waiting(made.prescriber)
    await made.prescriber.get(path, expect=404)
    for found in lists:
        assert (await made.prescriber.get(found))["items"] == []
        assert [one["id"] for one in (await made.therapist.get(found))["items"]] == [request["id"]]
    for step, body in (("accept", {"answer": "Yes."}), ("extend", {"reason": "The author is away."})):
        await made.prescriber.post(f"{path}/{step}", body, match=request["version"], expect=404)
    assert (await made.patient.get(path))["id"] == request["id"]
    later = await made.requested()
    assert later["id"] not in await waiting(made.prescriber)
    assert later["id"] in await waiting(made.therapist)


async def test_a_prescriber_answers_requests_about_their_own_notes(world: World) -> None:
    made = await Prose.of(world)
    await close_prose(world)
    own = await notes.signed_note(made.prescriber, made.chart)
    await made.leave(made.therapist)
    request = await made.requested(own)
    assert request["id"] in await waiting(made.prescriber)
    path = f"/amendment-requests/{request['id']}"
    await made.prescriber.post(f"{path}/accept", {"answer": "Yes."}, match=request["version"], expect=200)


async def test_a_withheld_note_does_not_hide_the_patient_s_own_request(world: World) -> None:
    made = await Prose.of(world)
    request = await made.requested()
    until = (world.api.clock().replace(microsecond=0)).replace(year=world.api.clock().year + 1).isoformat()
    sharing = {"state": "withheld", "reason_code": "danger_to_life", "until": until}
    await made.therapist.put(f"/notes/{made.note['id']}/sharing", sharing, match=made.note["version"])
    await made.patient.get(f"/notes/{made.note['id']}", expect=404)
    assert (await made.patient.get(f"/amendment-requests/{request['id']}"))["id"] == request["id"]


async def test_the_feed_tells_of_no_request_about_a_note(world: World) -> None:
    made = await Prose.of(world)
    await close_prose(world)
    client = Client(made.prescriber)
    await seal(world)
    await client.poll()
    request = await made.requested()
    await seal(world)
    assert request["id"] not in {item["id"] for item in await client.poll()}
    assert request["id"] not in {name for _, name in client.ever}


async def test_a_feed_of_one_chart_begins_anew_too(world: World) -> None:
    """A client that follows one chart would keep the prose of it for good."""
    made = await Prose.of(world)
    await seal(world)
    client = Client(made.prescriber)
    client.cursor = (await client.page(patient_id=made.chart))["next_cursor"]
    other = await world.therapist()
    await world.admin.patch(f"/accounts/{other.id}", {"name": "Juniper Vale"}, 1)
    await seal(world)
    page = await client.page(patient_id=made.chart)
    assert page["items"] == []  # nothing of the clinic but this news
    client.cursor = page["next_cursor"]
    await close_prose(world)
    await seal(world)
    assert (await client.page(410, patient_id=made.chart))["code"] == "cursor-expired"
    client.cursor = None
    page = await client.page(patient_id=made.chart)
    assert not {"note", "reflection"} & {item["kind"] for item in page["items"]}
    client.cursor = page["next_cursor"]
    await client.page(patient_id=made.chart)


async def _origin(world: World, made: Prose, kind: ImportedKind, subject: Json, shown_to: ImportedFor) -> str:
    work = Work(world.api.runtime, IMPORT_RECORDS, "test")
    row = ImportedRecordRow(
        clinic_id=world.clinic_id,
        id=new_id(),
        created_at=work.now,
        updated_at=work.now,
        patient_id=UUID(made.chart),
        kind=kind,
        shown_to=shown_to,
        subject_id=UUID(subject["id"]),
        source="Harbour EHR",
        identifier="DocumentReference/1",
        file_sha256="ab" * 32,
        content_sha256="cd" * 32,
        imported_by="Ada Keeper",
    )
    work.change(INSERT_IMPORTED_RECORD, row)
    work.record(row.patient_id, row.patient_id, clinic_id=world.clinic_id)
    await work.apply()
    return str(row.id)


async def test_origins_of_prose_are_not_told(world: World) -> None:
    made = await Prose.of(world)
    origins = {
        await _origin(world, made, ImportedKind.NOTE, made.note, ImportedFor.TEAM),
        await _origin(world, made, ImportedKind.REFLECTION, made.entry, ImportedFor.CHART),
    }
    assert {one["id"] for one in (await made.prescriber.get("/imported-records"))["items"]} == origins
    await close_prose(world)
    for path in ("/imported-records", f"/imported-records?patient_id={made.chart}"):
        assert (await made.prescriber.get(path))["items"] == []
        assert {one["id"] for one in (await made.therapist.get(path))["items"]} == origins
    for one in origins:
        await made.prescriber.get(f"/imported-records/{one}", expect=404)
    assert POLICY in (await world.admin.get("/clinic"))["policies"]
