"""Bulk exports: what searches show, in files that only their program reads, by a job that goes on after a crash."""

import gc
import tracemalloc
from datetime import timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.core.clock import system_clock
from integration_api.fhir import bulk_exporter
from integration_api.fhir.bulk_exporter import BulkExporter
from integration_api.fhir.requested_scopes import SCOPES
from integration_api.resources.journal.attachments.rules import SWEPT_AFTER
from integration_api.resources.journal.attachments.sweeper import Sweeper
from tests.factories.bulk import asked, made, resources, send
from tests.factories.consents import published
from tests.factories.smart import PUBLIC, with_keys
from tests.fhir.charts import Charts
from tests.fhir.clients import Caller, search
from tests.fhir.validators import findings
from tests.support import Api, Json, Person, World

pytestmark = pytest.mark.thorough
MEDICINES = "system/MedicationStatement.rs"
NOT_EXPORTED = {"CareTeam"}
OF_NO_PATIENT = {"Organization", "Practitioner", "PractitionerRole"}


@pytest.fixture(autouse=True)
def public_address(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deployment has a public address."""
    monkeypatch.setattr(api.runtime, "public_url", PUBLIC)


def named(found: list[Json]) -> list[tuple[str, str]]:
    return [(one["resourceType"], one["id"]) for one in found]


async def chart_of(world: World, medicines: int = 0) -> tuple[Person, str]:
    therapist = await world.therapist()
    chart = (await therapist.post("/patients", {"name": "Rowan Sample"}))["id"]
    for number in range(medicines):
        await therapist.post("/medicines", {"patient_id": chart, "name": f"Medicine {number}", "kind": "prescribed"})
    return therapist, chart


@pytest.mark.parametrize("level", ["$export", "Patient/$export"])
async def test_an_export_has_what_searches_show(charts: Charts, level: str) -> None:
    program = await with_keys(charts.own.world, *SCOPES)
    caller = await program.token()
    manifest = await made(caller, level)
    found = await resources(caller, manifest)
    kinds = [scope.removeprefix("system/").removesuffix(".rs") for scope in SCOPES]
    left_out = NOT_EXPORTED | (OF_NO_PATIENT if level != "$export" else set())
    wanted = [
        resource for kind in kinds if kind not in left_out for resource in await search(caller, f"{kind}?_count=100")
    ]
    assert sorted(named(found)) == sorted(named(wanted))
    assert {one["resourceType"] for one in found} == set(kinds) - left_out
    assert [fault for one in found for fault in findings(one)] == []
    assert (manifest["requiresAccessToken"], manifest["error"]) == (True, [])
    assert manifest["request"].startswith(f"{PUBLIC}/fhir/R4/{level}?_type=")


async def test_each_patient_sees_that_a_program_has_their_chart(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    program = await with_keys(world, "system/Patient.rs")
    await made(await program.token())
    auditor = await world.staff(Role.AUDITOR)
    query = {"actor_id": program.account["id"], "patient_id": world.chart_id(patient)}
    rows = (await auditor.get("/ledger", params=query))["items"]
    assert [row["event"] for row in rows] == ["bulk_export.chart_read"]
    seen = (await patient.get("/me/access-log"))["items"]
    assert ("bulk_export.chart_read", "Data platform") in {(row["event"], row["actor"]["name"]) for row in seen}


async def test_an_export_is_followed_and_its_files_go(world: World) -> None:
    await chart_of(world)
    program = await with_keys(world, "system/Patient.rs")
    caller = await program.token()
    place = await asked(caller)
    waiting = await send(caller, place)
    assert (waiting.status_code, waiting.headers["x-progress"]) == (202, "0 resources")
    assert int(waiting.headers["retry-after"]) >= 1
    again = await send(caller, "$export", Prefer="respond-async")
    assert (again.status_code, again.json()["resourceType"]) == (429, "OperationOutcome")
    await BulkExporter(world.api.runtime).turn()
    manifest = (await send(caller, place)).json()
    [file] = [one["url"].partition("/fhir/R4/")[2] for one in manifest["output"]]
    assert (await send(caller, file)).status_code == 200
    assert (await send(caller, place, "DELETE")).status_code == 202
    for gone in (place, file):
        assert (await send(caller, gone)).status_code == 404
    assert (await send(caller, place, "DELETE")).status_code == 404


async def test_an_export_that_is_being_made_can_be_ended(world: World) -> None:
    await chart_of(world)
    caller = await (await with_keys(world, "system/Patient.rs")).token()
    place = await asked(caller)
    assert (await send(caller, place, "DELETE")).status_code == 202
    await BulkExporter(world.api.runtime).turn()
    assert (await send(caller, place)).status_code == 404
    assert await asked(caller) != place


async def test_files_expire_and_are_swept(world: World) -> None:
    await chart_of(world)
    program = await with_keys(world, "system/Patient.rs")
    caller, store = await program.token(), world.api.runtime.objects
    manifest = await made(caller)
    mine = [name async for page in store.pages() for name in page if name.clinic_id == world.clinic_id]
    assert len(mine) == 1
    await Sweeper(world.api.runtime).turn(system_clock() + 2 * SWEPT_AFTER)
    assert (await resources(caller, manifest))[0]["resourceType"] == "Patient", "its row names it"
    world.api.clock.advance(hours=25)
    late = await program.token()
    assert (await send(late, manifest["place"])).status_code == 404
    await BulkExporter(world.api.runtime).turn()
    await Sweeper(world.api.runtime).turn(system_clock() + 2 * SWEPT_AFTER)
    assert [name async for page in store.pages() for name in page if name.clinic_id == world.clinic_id] == []
    assert (await send(late, manifest["place"])).status_code == 404


async def test_files_are_of_their_program_alone_and_nothing_plain_is_kept(world: World) -> None:
    await chart_of(world)
    mine, other = await with_keys(world, "system/Patient.rs"), await with_keys(world, "system/Patient.rs")
    caller, stranger = await mine.token(), await other.token()
    manifest = await made(caller)
    file = manifest["output"][0]["url"].partition("/fhir/R4/")[2]
    for path in (manifest["place"], file):
        assert (await send(stranger, path)).status_code == 404
        assert (await send(Caller(world.api, world.admin.token), path)).status_code == 403
        assert (await world.api.client.request("GET", f"/fhir/R4/{path}")).status_code == 401
    assert (await send(stranger, manifest["place"], "DELETE")).status_code == 404
    store = world.api.runtime.objects
    kept = [await store.get(name) async for page in store.pages() for name in page if name.clinic_id == world.clinic_id]
    assert kept
    assert b"Rowan" not in b"".join(kept)


REFUSED = (
    "$export?_type=Flag",
    "$export?_type=Encounter",
    "$export?_type=CareTeam",
    "$export?_type=",
    "$export?_since=yesterday",
    "$export?_since=2026-11-20",
    "$export?_outputFormat=application/fhir%2Bjson",
    "$export?_typeFilter=Patient%3Fname%3Da",
    "$export?_elements=id",
    "$export?_type=Patient&_type=Patient",
    "Patient/$export?_type=Organization",
)


@pytest.mark.parametrize("query", REFUSED)
async def test_what_cannot_be_exported_is_refused(world: World, query: str) -> None:
    program = await with_keys(world, "system/Patient.rs", "system/Organization.rs", "system/CareTeam.rs")
    await asked(await program.token(), query, expect=400)


async def test_an_export_is_asked_for_in_the_open_and_by_programs_alone(world: World) -> None:
    caller = await (await with_keys(world, "system/Patient.rs")).token()
    assert (await send(caller, "$export")).status_code == 400
    for person in (world.admin, await world.therapist(), await world.patient_of(await world.therapist())):
        assert (await send(Caller(world.api, person.token), "$export", Prefer="respond-async")).status_code == 403


async def test_since_leaves_out_what_did_not_change(world: World) -> None:
    therapist, _ = await chart_of(world, medicines=2)
    world.api.clock.advance(minutes=5)
    since = (world.api.clock() - timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
    _, chart = await chart_of(world)
    later = await therapist.post("/patients", {"name": "Wren Invented"})
    program = await with_keys(world, "system/Patient.rs", MEDICINES)
    caller = await program.token()
    found = await resources(caller, await made(caller, f"$export?_since={since}"))
    assert sorted(named(found)) == sorted([("Patient", chart), ("Patient", later["id"])])
    alone = await resources(caller, await made(caller, f"$export?_type=MedicationStatement&_since={since}"))
    assert alone == []


async def test_a_patient_who_does_not_permit_sharing_is_in_no_export(world: World) -> None:
    await chart_of(world, medicines=2)
    await published(world.admin, "sharing")
    program = await with_keys(world, "system/Patient.rs", MEDICINES)
    caller = await program.token()
    assert await resources(caller, await made(caller)) == []


async def test_a_process_that_takes_over_goes_on_after_the_last_file(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one ends in the middle; the second makes the files that are missing, and none twice."""
    await chart_of(world, medicines=9)
    small_files(monkeypatch, 2)
    program = await with_keys(world, MEDICINES)
    caller = await program.token()
    place = await asked(caller)
    asked_for = [0]
    page_of_source = bulk_exporter.page_of_source

    async def ends_at_the_third(*args: object) -> object:
        asked_for[0] += 1
        if asked_for[0] == 3:
            raise KeyboardInterrupt
        return await page_of_source(*args)  # type: ignore[arg-type]  # as it is called

    monkeypatch.setattr(bulk_exporter, "page_of_source", ends_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        await BulkExporter(world.api.runtime).turn()
    assert (await send(caller, place)).headers["x-progress"] == "4 resources"
    await BulkExporter(world.api.runtime).turn()
    assert (await send(caller, place)).status_code == 202, "another process has claimed it"
    world.api.clock.advance(minutes=3)
    await BulkExporter(world.api.runtime).turn()
    manifest = (await send(caller, place)).json()
    found = await resources(caller, manifest)
    assert len(found) == len({one["id"] for one in found}) == 9
    assert [one["count"] for one in manifest["output"]] == [2, 2, 2, 2, 1]
    assert asked_for[0] == 6


def small_files(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Let pages and files be small, so that few rows are many of them."""
    monkeypatch.setattr(bulk_exporter, "MAX_LIMIT", size)
    monkeypatch.setattr(bulk_exporter, "FILE_RESOURCES", size)


@pytest.mark.parametrize("change", ["disabled", "new keys", "fewer types"])
async def test_an_export_fails_when_its_program_may_not_any_more(world: World, change: str) -> None:
    await chart_of(world)
    program = await with_keys(world, "system/Patient.rs", MEDICINES)
    place = await asked(await program.token())
    path = f"/service-accounts/{program.account['id']}"
    if change == "new keys":
        await world.admin.put(f"{path}/keys", {}, 2)
    else:
        body = {"state": "disabled"} if change == "disabled" else {"scopes": [MEDICINES]}
        await world.admin.patch(path, body, 2)
    await BulkExporter(world.api.runtime).turn()
    auditor = await world.staff(Role.AUDITOR)
    [row] = (await auditor.get("/ledger", params={"event": "bulk_export.failed"}))["items"]
    assert row["reason"] == "sign_in_ended"
    if change == "fewer types":
        answer = await send(await program.token(), place)
        assert (answer.status_code, answer.json()["resourceType"]) == (409, "OperationOutcome")


async def test_memory_does_not_grow_with_what_is_exported(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight times as much, in pages and files of ten: the peak is that of one page."""
    small_files(monkeypatch, 10)
    therapist, chart = await chart_of(world, medicines=20)
    caller = await (await with_keys(world, MEDICINES)).token()
    await made(caller)  # what a first export loads and caches
    peaks = []
    for wanted in (20, 160):
        have = len(await search(caller, "MedicationStatement?_count=100"))
        for number in range(wanted - have):
            facts = {"patient_id": chart, "name": f"Another {number} " + "x" * 150, "kind": "prescribed"}
            await therapist.post("/medicines", facts)
        gc.collect()
        tracemalloc.start()
        manifest = await made(caller)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert sum(one["count"] for one in manifest["output"]) == wanted
    assert peaks[1] < 1.5 * peaks[0], peaks
