"""The bounds of bulk exports: what a narrower token gets, how long they hold a process, and what ends their files."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from integration_api.access.actor import Role
from integration_api.access.jobs import Jobs
from integration_api.access.queues import due_rows
from integration_api.access.work import MAX_AGE
from integration_api.fhir import bulk_exporter, bulk_steps, operations
from integration_api.fhir.bulk_exporter import BulkExporter
from integration_api.fhir.capabilities import capability_statement
from integration_api.resources.oversight.exports.bulk_statements import BULK_EXPORTS
from tests.factories.bulk import asked, made, resources, send
from tests.factories.retention import keep_nothing
from tests.factories.smart import PUBLIC, TOKEN_URL, with_keys
from tests.support import Api, World

PATIENTS, MEDICINES = "system/Patient.rs", "system/MedicationStatement.rs"


@pytest.fixture(autouse=True)
def public_address(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deployment has a public address."""
    monkeypatch.setattr(api.runtime, "public_url", PUBLIC)


async def chart_of(world: World, medicines: int = 0, name: str = "Rowan Sample") -> str:
    therapist = await world.therapist()
    chart = str((await therapist.post("/patients", {"name": name}))["id"])
    for number in range(medicines):
        await therapist.post("/medicines", {"patient_id": chart, "name": f"Medicine {number}", "kind": "prescribed"})
    return chart


def small_files(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Let pages and files be small, so that few rows are many of them."""
    monkeypatch.setattr(bulk_exporter, "MAX_LIMIT", size)
    monkeypatch.setattr(bulk_exporter, "FILE_RESOURCES", size)


async def test_a_narrower_token_gets_no_file_of_another_type(world: World) -> None:
    await chart_of(world, medicines=1)
    program = await with_keys(world, PATIENTS, MEDICINES)
    manifest = await made(await program.token())
    assert {one["type"] for one in manifest["output"]} == {"Patient", "MedicationStatement"}
    narrow = await program.token(PATIENTS)
    shown = (await send(narrow, manifest["place"])).json()
    assert [one["type"] for one in shown["output"]] == ["Patient"]
    status = {
        one["type"]: (await send(narrow, one["url"].partition("/fhir/R4/")[2])).status_code
        for one in manifest["output"]
    }
    assert status == {"Patient": 200, "MedicationStatement": 404}


async def test_a_grant_that_was_taken_back_is_no_way_to_files(world: World) -> None:
    await chart_of(world, medicines=1)
    program = await with_keys(world, PATIENTS, MEDICINES)
    caller = await program.token()
    manifest = await made(caller)
    [file] = [one["url"].partition("/fhir/R4/")[2] for one in manifest["output"] if one["type"] != "Patient"]
    await world.admin.patch(f"/service-accounts/{program.account['id']}", {"scopes": [PATIENTS]}, 2)
    assert (await send(caller, file)).status_code == 404


async def test_the_time_of_an_export_is_before_every_write_that_it_may_have_missed(world: World) -> None:
    await chart_of(world)
    caller = await (await with_keys(world, PATIENTS)).token()
    now = world.api.clock()
    manifest = await made(caller)
    assert datetime.fromisoformat(manifest["transactionTime"]) <= now + timedelta(seconds=1) - MAX_AGE
    again = await resources(caller, await made(caller, f"$export?_since={manifest['transactionTime']}"))
    assert len(again) == 1, "written just before the export: it may come twice, and never not at all"


@pytest.mark.parametrize(
    ("changed", "since", "is_kept"),
    [
        ("2026-11-30T10:00:00.400000Z", "2026-11-30T10:00:00+00:00", True),
        ("2026-11-30T10:00:00Z", "2026-11-30T10:00:00.400000+00:00", False),
        ("2026-11-30T10:00:00Z", "2026-11-30T10:00:00+00:00", True),
    ],
)
def test_since_compares_times_and_no_texts(changed: str, since: str, is_kept: bool) -> None:
    resource = {"meta": {"lastUpdated": changed}}
    assert bulk_exporter.is_later(resource, datetime.fromisoformat(since)) is is_kept


async def test_a_long_list_of_which_nothing_is_kept_does_not_outlast_the_claim(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two pages for a file: the export is kept between them, although no file came of it."""
    await chart_of(world, medicines=9)
    world.api.clock.advance(minutes=5)
    small_files(monkeypatch, 1)
    monkeypatch.setattr(bulk_exporter, "FILE_PAGES", 2)
    caller = await (await with_keys(world, MEDICINES)).token()
    since = (world.api.clock() - timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
    place = await asked(caller, f"$export?_since={since}")
    kept: list[str] = []
    keep = bulk_steps.keep

    async def noted(work: object, row: object, **more: object) -> None:
        kept.append(row.place)  # type: ignore[attr-defined]  # a row
        await keep(work, row, **more)  # type: ignore[arg-type]  # as it is called

    monkeypatch.setattr(bulk_exporter, "keep", noted)
    await BulkExporter(world.api.runtime).turn()
    assert (await send(caller, place)).json()["output"] == []
    assert len(kept) == 5


async def test_only_who_is_in_a_file_sees_that_a_program_has_their_chart(world: World) -> None:
    old = await chart_of(world)
    world.api.clock.advance(minutes=5)
    since = (world.api.clock() - timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
    new = await chart_of(world, name="Wren Invented")
    program = await with_keys(world, PATIENTS)
    caller = await program.token()
    assert [one["id"] for one in await resources(caller, await made(caller, f"$export?_since={since}"))] == [new]
    auditor = await world.staff(Role.AUDITOR)
    rows = (await auditor.get("/ledger", params={"event": "bulk_export.chart_read"}))["items"]
    assert {row["patient_id"] for row in rows} == {new} != {old}


async def test_a_new_export_takes_the_place_of_the_one_before(world: World) -> None:
    await chart_of(world)
    mine, other = await with_keys(world, PATIENTS), await with_keys(world, PATIENTS)
    caller, stranger = await mine.token(), await other.token()
    first, elsewhere = await made(caller), await made(stranger)
    second = await made(caller)
    file = first["output"][0]["url"].partition("/fhir/R4/")[2]
    assert [(await send(caller, path)).status_code for path in (first["place"], file)] == [404, 404]
    assert len(await resources(caller, second)) == len(await resources(stranger, elsewhere)) == 1
    await BulkExporter(world.api.runtime).turn()
    auditor = await world.staff(Role.AUDITOR)
    [gone] = (await auditor.get("/ledger", params={"event": "bulk_export.expired"}))["items"]
    assert gone["subject_id"] == first["place"].partition("/")[2]


async def test_a_long_export_gives_way_and_goes_on_however_often(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine files, one in a turn: another program has its own after the first, and no turn counts as a failure."""
    await chart_of(world, medicines=9)
    small_files(monkeypatch, 1)
    monkeypatch.setattr(bulk_exporter, "FILES_AT_ONCE", 1)
    monkeypatch.setattr(bulk_exporter, "MAX_ATTEMPTS", 2)
    long, short = await (await with_keys(world, MEDICINES)).token(), await (await with_keys(world, PATIENTS)).token()
    first, second = await asked(long), await asked(short)
    exporter = BulkExporter(world.api.runtime)
    await exporter.turn()
    await exporter.turn()
    assert (await send(short, second)).status_code == 200
    assert (await send(long, first)).headers["x-progress"] == "2 resources"
    for _ in range(8):
        await exporter.turn()
    assert len((await send(long, first)).json()["output"]) == 9


async def test_what_is_over_is_attended_first(world: World) -> None:
    """An export was due before the files of another one were over: these come first nevertheless."""
    await chart_of(world)
    ready, waiting = await with_keys(world, PATIENTS), await with_keys(world, PATIENTS)
    await made(await ready.token())
    world.api.clock.advance(hours=23)
    await asked(await waiting.token())
    world.api.clock.advance(hours=2)
    jobs = Jobs(world.api.runtime, operations.MAKE_BULK_EXPORT)
    found = await jobs.unit(partial(due_rows, queue=BULK_EXPORTS, clinic_id=world.clinic_id))
    assert [one.state.value for one in found] == ["ready", "making"]


async def test_more_files_than_a_manifest_lists_fail_and_are_not_cut(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chart_of(world, medicines=4)
    small_files(monkeypatch, 1)
    monkeypatch.setattr(bulk_exporter, "FILES_AT_ONCE", 1)
    monkeypatch.setattr(bulk_exporter, "MAX_FILES", 3)
    caller = await (await with_keys(world, MEDICINES)).token()
    place = await asked(caller)
    for _ in range(4):
        await BulkExporter(world.api.runtime).turn()
    assert (await send(caller, place)).status_code == 409


async def test_an_erasure_ends_the_copies_of_the_clinic(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are ready, and one that is being made: neither is served any more, and the files go."""
    chart = await chart_of(world, medicines=3)
    await keep_nothing(world)
    ready, making = await with_keys(world, PATIENTS), await with_keys(world, MEDICINES)
    caller, other = await ready.token(), await making.token()
    manifest = await made(caller)
    small_files(monkeypatch, 1)
    monkeypatch.setattr(bulk_exporter, "FILES_AT_ONCE", 1)
    place = await asked(other)
    await BulkExporter(world.api.runtime).turn()
    await world.admin.post(f"/patients/{chart}/erasure", match=1, expect=200)
    file = manifest["output"][0]["url"].partition("/fhir/R4/")[2]
    for who, path in ((caller, manifest["place"]), (caller, file), (other, place)):
        assert (await send(who, path)).status_code == 404
    await BulkExporter(world.api.runtime).turn()
    auditor = await world.staff(Role.AUDITOR)
    rows = (await auditor.get("/ledger", params={"event": "bulk_export.expired"}))["items"]
    assert {row["subject_id"] for row in rows} == {manifest["place"].partition("/")[2], place.partition("/")[2]}
    assert (await send(other, place)).status_code == 404


@pytest.mark.parametrize("written", ["application/fhir+ndjson", "application/fhir%2Bndjson"])
async def test_a_plus_need_not_be_escaped(world: World, written: str) -> None:
    await chart_of(world)
    caller = await (await with_keys(world, PATIENTS)).token()
    assert await asked(caller, f"$export?_outputFormat={written}")
    assert (await send(caller, f"Patient?_format={written.replace('ndjson', 'json')}")).status_code == 200


async def test_preferences_are_read_as_http_has_them(world: World) -> None:
    caller = await (await with_keys(world, PATIENTS)).token()
    headers = [("Authorization", f"Bearer {caller.token}"), ("Prefer", "Respond-Async"), ("Prefer", "handling=lenient")]
    answer = await world.api.client.request("GET", "/fhir/R4/$export", headers=headers)
    assert answer.status_code == 202, answer.text


async def test_a_file_is_sent_as_a_whole_and_says_nothing_else(world: World) -> None:
    await chart_of(world)
    caller = await (await with_keys(world, PATIENTS)).token()
    manifest = await made(caller)
    answer = await send(caller, manifest["output"][0]["url"].partition("/fhir/R4/")[2], Range="bytes=0-1")
    assert (answer.status_code, answer.headers.get("accept-ranges")) == (200, None)
    assert len(answer.content) == int(answer.headers["content-length"])


def test_exports_are_named_where_programs_can_sign_in() -> None:
    [rest] = capability_statement(f"{PUBLIC}/fhir/R4", TOKEN_URL)["rest"]
    [patient] = [one for one in rest["resource"] if one["type"] == "Patient"]
    assert [one["name"] for one in rest["operation"]] == ["export"]
    assert [one["name"] for one in patient["operation"]] == ["everything", "export"]
    [alone] = capability_statement(f"{PUBLIC}/fhir/R4")["rest"]
    assert alone["operation"] == []
    assert [one["operation"] for one in alone["resource"] if one["type"] != "Patient"].count([]) > 1
