"""The command `records import`: its exit codes, and our own FHIR of a demo patient taken in by another clinic."""

import json
from collections import Counter
from pathlib import Path

import pytest

from integration_api.demo import ensure_demo
from integration_api.settings import Settings
from tests.applications import application, settings_of
from tests.databases import migrated_postgres, migrated_sqlite
from tests.demo.test_demo import embedded
from tests.demo.visitor import EMAILS, Visitor
from tests.factories.foreign_files import CSV, Desk, bundle, member_of, resources, world_of
from tests.fhir.clients import Caller, pages, resources_of
from tests.ledger.test_commands import run

pytestmark = pytest.mark.thorough
MAPPED = ("Patient", "Encounter", "DocumentReference", "QuestionnaireResponse", "CarePlan", "Goal")


async def test_the_exit_code_says_how_it_ended(own: Settings, tmp_path: Path) -> None:
    desk = await Desk(own, tmp_path / "files").begin()
    files = [str(path) for path in desk.write({**CSV, "b.json": bundle()})]
    command = ("records", "import", *files, "--mapping", str(desk.folder / "map.toml"))
    code, said = await run(own, *command, "--json")
    assert (code, json.loads(said)["new"], json.loads(said)["applied"]) == (0, 13, False)
    code, said = await run(own, *command)
    assert code == 0
    assert "Nothing was changed. Run it with --apply to do it." in said
    assert "Rowan" not in said
    code, said = await run(own, *command, "--apply")
    assert (code, "--by" in said) == (1, True)
    code, said = await run(own, *command, "--apply", "--by", "Ada Keeper")
    assert (code, "Done." in said) == (0, True), said
    found = resources()
    found["goal"]["description"]["text"] = "Another"
    changed = desk.write({"c.json": bundle(found)})[0]
    code, said = await run(own, "records", "import", str(changed), *command[-2:], "--apply", "--by", "Ada Keeper")
    assert (code, "Goal/g1: it is here with other content" in said) == (3, True), said
    unread = desk.write({"d.json": b"["})[0]
    code, said = await run(own, "records", "import", str(unread), *command[-2:])
    assert (code, said) == (1, "integration-api: d.json: the file is not JSON (at character 1).\n")


@pytest.fixture(params=["sqlite", "postgresql"])
async def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a database of another clinic."""
    if request.param == "postgresql":
        return settings_of(tmp_path / "there", await migrated_postgres(request.getfixturevalue("postgres_url")))
    made = settings_of(tmp_path / "there")
    migrated_sqlite(made.sqlite_path)
    return made


@pytest.fixture(scope="module")
async def ours(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The pages of `$everything` of a patient of the demo, as the patient is shown them."""
    settings = embedded(tmp_path_factory.mktemp("demo"))
    await ensure_demo(settings)
    async with application(settings) as api:
        visitor = await Visitor.enter(api, next(key for key in EMAILS if key.startswith("patient")))
        caller = Caller(api, visitor.headers["Authorization"].removeprefix("Bearer "))
        [patient] = resources_of(await pages(caller, "Patient"))
        found = await pages(caller, f"Patient/{patient['id']}/$everything?_count=100")
    return [json.dumps(page).encode() for page in found]


async def test_our_own_fhir_of_a_demo_patient_is_taken_in(
    ours: list[bytes], elsewhere: Settings, tmp_path: Path
) -> None:
    desk = await Desk(elsewhere, tmp_path / "files").begin()
    desk.clock.advance(days=90)  # the demo has a clock of its own, which may be ahead of that of the tests
    sent = [entry["resource"] for page in ours for entry in json.loads(page).get("entry", ())]
    counted = Counter(one["resourceType"] for one in sent if one["resourceType"] in MAPPED)
    assert counted.keys() == {*MAPPED}
    report = await desk.take({f"page{number}.json": page for number, page in enumerate(ours)})
    assert report["refused_records"] == []
    assert report["read"] == len(sent)
    kinds = Counter({name: count["new"] for name, count in report["kinds"].items()})
    left = Counter(
        record.split("] ")[1].split("/")[0] for record in report["left_out_records"] if "is not imported" not in record
    )
    drafts = sum(one["resourceType"] == "QuestionnaireResponse" and one["status"] != "completed" for one in sent)
    safety = sum(one["id"].startswith("safety-") for one in sent)
    assert kinds["patient"] == counted["Patient"] == 1
    assert kinds["session"] == counted["Encounter"]
    counted["DocumentReference"] -= sum(one["id"].startswith("summary-") for one in sent)  # no note, and left out
    assert kinds["note"] == counted["DocumentReference"]
    assert kinds["goal"] == counted["Goal"]
    assert kinds["plan"] == counted["CarePlan"] - safety
    answers = kinds["measure_response"] + kinds["reflection"]
    assert counted["QuestionnaireResponse"] - drafts <= answers <= counted["QuestionnaireResponse"]
    assert left.keys() <= {"QuestionnaireResponse", "CarePlan", "Practitioner", "Organization"}
    [chart] = report["charts"]["ids"]
    async with desk.serve() as api:
        therapist = await member_of(await world_of(api), chart)
        shown = resources_of(await pages(Caller(api, therapist.token), f"Patient/{chart}/$everything?_count=100"))
    again = Counter(one["resourceType"] for one in shown)
    for kind in ("Encounter", "DocumentReference", "Goal"):
        assert again[kind] == counted[kind]
    assert again["CarePlan"] == kinds["plan"]
    assert again["Provenance"] == report["new"] - kinds["reflection"]
