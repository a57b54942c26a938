"""Records of another system: reported, put in a chart at a time, marked, and read by everybody as what they are."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.access.binding_check import check_access
from integration_api.app import sealer_of
from integration_api.cli.ledger import access_checks
from integration_api.ledger.verify import verify_all
from integration_api.operating.checks import NotDone
from integration_api.settings import Settings
from tests.factories import exports
from tests.factories.foreign_files import (
    BY,
    CSV,
    MAPPING,
    NOTE_TEXT,
    SOURCE,
    Desk,
    bundle,
    member_of,
    resources,
    world_of,
)
from tests.fhir.clients import search
from tests.support import Api, Json, Person, enter

pytestmark = pytest.mark.thorough
KINDS = {
    "patient": "Patient/p1",
    "session": "Encounter/e1",
    "note": "DocumentReference/n1",
    "measure_response": "QuestionnaireResponse/q1",
    "plan": "CarePlan/c1",
    "goal": "Goal/g1",
}
"""What staff are told of; the entry of the patient is private."""
EVENTS = "SELECT event FROM ledger"


@pytest.fixture
async def desk(own: Settings, tmp_path: Path) -> Desk:
    return await Desk(own, tmp_path / "files").begin()


async def the_patient(api: Api, chart: str) -> Person:
    world = await world_of(api)
    return await enter(api, world.clinic_id, (Role.PATIENT,), "Rowan Sample", UUID(chart))


async def test_a_dry_run_tells_all_and_changes_nothing(desk: Desk) -> None:
    report = await desk.take({"b.json": bundle()}, apply=False)
    assert (report["read"], report["new"], report["left_out"], report["refused"]) == (9, 7, 2, 0)
    assert report["applied"] is False
    assert report["left_out_because"] == {
        "AllergyIntolerance is not imported": 1,
        "Practitioner is used for the names of authors alone": 1,
    }
    assert report["not_taken_fields"] == {
        **{f"CarePlan.{name}": 1 for name in ("intent", "status")},
        "DocumentReference.docStatus": 1,
        "Patient.maritalStatus": 1,
    }
    async with desk.serve() as api:
        world = await world_of(api)
        assert (await world.admin.get("/patients"))["items"] == []
        assert await api.runtime.database.driver.read("SELECT id FROM imported_records", ()) == []


async def test_a_bundle_becomes_a_chart_that_is_read_as_imported(desk: Desk) -> None:
    report = await desk.take({"b.json": bundle()})
    [chart] = report["charts"]["ids"]
    assert (report["applied"], report["new"], report["charts"]["new"]) == (True, 7, 1)
    async with desk.serve() as api:
        world = await world_of(api)
        stranger = await world.therapist()
        await stranger.get(f"/patients/{chart}", expect=404)
        therapist = await member_of(world, chart)
        found = await therapist.get(f"/patients/{chart}")
        assert (found["name"], found["preferred_name"], found["birth_on"]) == ("Rowan K. Sample", "Ro", "1988-04-17")
        searched = await therapist.post("/patients/search", {"name_part": "rowan"}, expect=200)
        assert [one["id"] for one in searched["items"]] == [chart]
        [session] = await listed(therapist, "sessions", chart)
        assert (session["phase"], session["state"], session["modality"]) == ("preparation", "completed", "telehealth")
        assert session["started_at"] == "2025-03-02T09:00:00Z"
        await the_note_is_nobody_s_here(therapist, world.admin, chart, session["id"])
        [answers] = await listed(therapist, "measure-responses", chart)
        assert {one["id"]: one["value"] for one in answers["scores"]}["total"] == 10
        assert (await listed(therapist, "flags", chart)) == []
        [plan] = await listed(therapist, "plans", chart)
        assert (plan["state"], plan["title"], plan["strategy_count"]) == ("archived", "Evenings", 1)
        [goal] = await listed(therapist, "goals", chart)
        assert (goal["title"], goal["withdrawn_at"]) == ("Out of the flat again", None)
        assert await listed(therapist, "reflections", chart) == []
        await origins_are_told(therapist, chart)
        told = await api.runtime.database.driver.read(EVENTS, ())
        assert [str(event) for [event] in told].count("chart.records_imported") == 1


async def test_the_ledger_accounts_for_what_was_put_in(desk: Desk) -> None:
    await desk.take({"b.json": bundle()})
    async with desk.serve() as api:
        key = sealer_of(api.runtime).signer.public_key
        assert [one.findings for one in await verify_all(api.runtime.database, key, {}, lambda _: None)] == [[]]
        reports = await check_access(api.runtime.database, api.runtime.bindings, access_checks(), api.clock())
        assert [one.findings for one in reports] == [[]]


async def the_note_is_nobody_s_here(therapist: Person, admin: Person, chart: str, session_id: str) -> None:
    """It is shown as imported and filed, by an author who has no way in, and nobody can sign it."""
    [item] = await listed(therapist, "notes", chart)
    note = await therapist.get(f"/notes/{item['id']}")
    assert (note["state"], note["session_id"], note["sections"]) == (
        "filed_unsigned",
        session_id,
        {"narrative": NOTE_TEXT},
    )
    assert note["imported_at"] is not None
    assert (note["signature"], note["content_sha256"]) == (None, None)
    assert not {"sign", "cosign", "amend"} & {*note["allowed_actions"]}
    await therapist.post(f"/notes/{note['id']}/sign", {}, match=note["version"], expect=403)
    author = await admin.get(f"/accounts/{note['author_id']}")
    assert (author["name"], author["credential"], author["state"], author["roles"]) == (
        "Imani Vale",
        "LMFT",
        "disabled",
        [],
    )


async def origins_are_told(therapist: Person, chart: str) -> None:
    """By the plain API and by FHIR, with the system, the identifier there, the file, the time and the person."""
    found = await listed(therapist, "imported-records", chart)
    assert {one["kind"]: one["identifier"] for one in found} == KINDS
    for one in found:
        assert (one["source"], one["imported_by"], len(one["file_sha256"])) == (SOURCE, BY, 64)
        assert await therapist.get(f"/imported-records/{one['id']}") == one
    by_fhir = await search(therapist, f"Provenance?patient={chart}")
    assert {one["entity"][0]["what"]["identifier"]["value"] for one in by_fhir} == {*KINDS.values()}
    assert all(one["agent"][0]["who"] == {"display": BY} for one in by_fhir)
    targets = {one["target"][0]["reference"] for one in by_fhir}
    everything = await search(therapist, f"Patient/{chart}/$everything")
    assert targets <= {f"{one['resourceType']}/{one['id']}" for one in everything}


async def listed(person: Person, name: str, chart: str) -> list[Json]:
    found: list[Json] = (await person.get(f"/{name}", params={"patient_id": chart, "limit": "100"}))["items"]
    return found


async def test_the_patient_has_the_entry_and_not_the_note_and_takes_the_origins_along(desk: Desk) -> None:
    report = await desk.take({"b.json": bundle()})
    [chart] = report["charts"]["ids"]
    async with desk.serve() as api:
        patient = await the_patient(api, chart)
        [entry] = await listed(patient, "reflections", chart)
        assert (entry["text"], entry["sharing"], entry["state"]) == ("The lake was still.", "private", "submitted")
        assert await listed(patient, "notes", chart) == []
        found = await listed(patient, "imported-records", chart)
        assert {one["kind"] for one in found} == {*KINDS, "reflection"} - {"note"}
        archive = await exports.opened(patient)
        lines = archive.read("data/imported_records.jsonl").decode().splitlines()
        assert {json.loads(line)["id"] for line in lines} == {one["id"] for one in found}
        assert all(json.loads(line)["source"] == SOURCE for line in lines)


async def test_a_second_run_inserts_nothing_and_overwrites_nothing(desk: Desk) -> None:
    first = await desk.take({"b.json": bundle()})
    [chart] = first["charts"]["ids"]
    async with desk.serve() as api:
        therapist = await member_of(await world_of(api), chart)
        [session] = await listed(therapist, "sessions", chart)
        [goal] = await listed(therapist, "goals", chart)
        changed = await therapist.patch(f"/goals/{goal['id']}", {"title": "Out again"}, goal["version"])
    again = await desk.take({"other.json": bundle()})
    assert (again["new"], again["same"], again["refused"], again["charts"]["new"]) == (0, 7, 0, 0)
    found = resources()
    found["document"]["date"] = "2025-03-02T13:00:00Z"
    found["goal"] = {**found["goal"], "id": "g2"}
    found["other"] = {**found["practitioner"], "id": "d2"}
    for author, count in (("Practitioner/d2", 1), ("Practitioner/d1", 0)):
        by_another = {**found, "document": {**resources()["document"], "author": [{"reference": author}]}}
        report = await desk.take({"b.json": bundle(by_another)}, apply=False)
        assert report["refused"] == count
    refused = await desk.take({"b.json": bundle({**found})})
    assert (refused["applied"], refused["refused"], refused["new"], refused["same"]) == (False, 1, 1, 5)
    assert refused["refused_records"] == [
        "b.json, entry[3] DocumentReference/n1: it is here with other content; nothing here is overwritten"
    ]
    async with desk.serve() as api:
        therapist = await member_of(await world_of(api), chart)
        assert await listed(therapist, "goals", chart) == [changed]
        assert [one["id"] for one in await listed(therapist, "sessions", chart)] == [session["id"]]


async def test_csv_becomes_charts_with_sessions_scores_and_totals(desk: Desk) -> None:
    report = await desk.take(CSV)
    assert (report["read"], report["new"], report["refused"], report["charts"]["new"]) == (6, 6, 0, 2)
    assert report["kinds"]["score_total"] == {"new": 1, "same": 0}
    assert report["not_taken_fields"] == {"patients.csv: Shoe size": 1}
    assert (await desk.take(CSV))["same"] == 6
    chart = report["charts"]["ids"][0]
    async with desk.serve() as api:
        therapist = await member_of(await world_of(api), chart)
        found = await therapist.get(f"/patients/{chart}")
        assert (found["birth_on"], found["phone"], found["time_zone"]) == ("1988-04-17", "+1 555 0100", "Europe/Berlin")
        sessions = await listed(therapist, "sessions", chart)
        assert [one["phase"] for one in sessions] == ["dosing", "preparation"]
        assert sessions[1]["started_at"] == "2025-03-02T09:00:00Z"
        [answers] = await listed(therapist, "measure-responses", chart)
        assert {one["id"]: one["value"] for one in answers["scores"]}["total"] == 9
        trajectory = await therapist.get(f"/patients/{chart}/trajectory")
        assert '"value": 14' not in json.dumps(trajectory["series"])
        query = {"patient_id": chart, "kind": "score_total"}
        [total] = (await therapist.get("/imported-records", params=query))["items"]
        assert total["total"] == {"instrument_id": "phq9", "value": 14, "happened_at": "2025-04-01T07:00:00Z"}
        assert total["subject_id"] is None


async def test_what_is_here_already_can_be_named_and_a_record_left_out(desk: Desk) -> None:
    async with desk.serve() as api:
        world = await world_of(api)
        therapist = await world.therapist()
        chart = (await therapist.post("/patients", {"name": "Rowan Sample"}))["id"]
    linked = MAPPING.replace("[fhir]", f'leave_out = ["Goal/g1"]\npatients = {{ "Patient/p1" = "{chart}" }}\n[fhir]', 1)
    report = await desk.take({"b.json": bundle()}, mapping=linked)
    assert (report["new"], report["left_out"], report["charts"]) == (5, 4, {"new": 0, "here": 1, "ids": [chart]})
    async with desk.serve() as api:
        therapist = await member_of(await world_of(api), chart)
        assert (await therapist.get(f"/patients/{chart}"))["name"] == "Rowan Sample"
        assert len(await listed(therapist, "sessions", chart)) == 1
        assert await listed(therapist, "goals", chart) == []


async def test_nothing_is_put_in_without_saying_who_does_it(desk: Desk) -> None:
    from integration_api.operating.record_imports import import_records  # noqa: PLC0415  of this test alone

    paths = desk.write({"b.json": bundle()})
    for by in (None, "", "two\nlines"):
        with pytest.raises(NotDone, match="--by"):
            await import_records(desk.settings, paths, desk.folder / "map.toml", None, by, apply=True)
