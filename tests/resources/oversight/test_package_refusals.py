"""A package that is not whole, not known, or not as it was is refused, and then nothing of it is taken."""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from integration_api.operating.checks import NotDone
from integration_api.operating.envelopes import new_identity
from integration_api.resources.oversight.exports.package_manifests import PackageRefused, read_manifest
from integration_api.resources.oversight.exports.package_rows import BadLine, object_of
from integration_api.settings import Settings
from tests.factories import retention
from tests.factories.notes import signed_note
from tests.factories.packages import MASTER_KEYS, Deployment, edited, made_up, write_files
from tests.factories.reflections import submitted
from tests.support import Json, SettableClock, World

pytestmark = pytest.mark.thorough

PATIENTS, REFLECTIONS, NOTES = "rows/patients.jsonl", "rows/reflections.jsonl", "rows/notes.jsonl"
VERSIONS = "rows/note_versions.jsonl"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture(params=["sqlite", "postgresql"])
async def here(request: pytest.FixtureRequest, tmp_path: Path) -> Deployment:
    """The deployment that receives, on either database, with a clinic."""
    from tests.databases import migrated_postgres  # noqa: PLC0415  only one of the two asks for the server

    url = await migrated_postgres(request.getfixturevalue("postgres_url")) if request.param == "postgresql" else None
    made = Deployment.at(tmp_path / "here", url, MASTER_KEYS[1], SettableClock())
    await made.with_a_clinic()
    return made


@pytest.fixture
async def files(tmp_path: Path, here: Deployment) -> Mapping[str, bytes]:
    """The files of a package of a small chart."""
    home = Deployment.at(tmp_path / "home", None, MASTER_KEYS[0], here.clock)
    async with home.serve() as api:
        world = await World.build(api)
        therapist = await world.therapist()
        patient = await world.patient_of(therapist)
        await submitted(patient, share=True)
        await signed_note(therapist, world.chart_id(patient))
    await home.send(world.chart_id(patient), here, tmp_path / "sent.age")
    return here.opened(tmp_path / "sent.age")


def chart_of(files: Mapping[str, bytes]) -> str:
    return str(json.loads(files["manifest.json"])["patient_id"])


async def rows_here(here: Deployment, files: Mapping[str, bytes], path: Path) -> int:
    """How many rows of the chart are here: those that a dry run finds to be the same."""
    made_up(files, here, path)
    return int((await here.take(path, None, apply=False))["same"])


async def test_a_package_without_its_signature_digest_or_file_is_refused(
    here: Deployment, files: Mapping[str, bytes], tmp_path: Path
) -> None:
    def without(name: str) -> dict[str, bytes]:
        return {path: data for path, data in files.items() if path != name}

    wrong = {
        "not signed": {**files, "manifest.sig": bytes(64)},
        "missing that": without("manifest.sig"),
        "are missing": without(REFLECTIONS),
        "not as the manifest says": {**files, REFLECTIONS: files[REFLECTIONS].replace(b"lake", b"sea!")},
        "does not begin with": dict(reversed(list(files.items()))),
        "does not name": {**files, "rows/more.jsonl": b"{}\n"},
    }
    for number, (why, changed) in enumerate(wrong.items()):
        path = tmp_path / f"{number}.age"
        write_files(changed, here, path)
        with pytest.raises(PackageRefused, match=why if why != "missing that" else "missing|does not name"):
            await here.take(path, None, apply=False)


async def test_the_sender_is_named_before_anything_is_taken(
    here: Deployment, files: Mapping[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "made.age"
    key = made_up(files, here, path)
    with pytest.raises(NotDone, match="--sender"):
        await here.take(path, None)
    with pytest.raises(PackageRefused, match="another key"):
        await here.take(path, hashlib.sha256(b"other").hexdigest())
    other = tmp_path / "other.txt"
    other.write_text(new_identity()[0])
    stranger = Deployment(here.settings, here.clock, other, "")
    with pytest.raises(NotDone, match="does not open"):
        await stranger.take(path, None, apply=False)
    assert (await here.take(path, key))["applied"]


async def test_little_of_a_stranger_package_is_read(
    here: Deployment, files: Mapping[str, bytes], tmp_path: Path
) -> None:
    """The sender is compared at the signature, and sizes before any content."""
    head = {name: files[name] for name in ("manifest.json", "manifest.sig")}
    write_files(head, here, tmp_path / "head.age")
    with pytest.raises(PackageRefused, match="another key"):
        await here.take(tmp_path / "head.age", "00" * 32, apply=False)
    with pytest.raises(PackageRefused, match="are missing"):
        await here.take(tmp_path / "head.age", None, apply=False)
    large = json.loads(files["manifest.json"])
    large["files"][0]["size_bytes"] = 2**40
    write_files({"manifest.json": json.dumps(large).encode()}, here, tmp_path / "large.age")
    with pytest.raises(PackageRefused, match="larger than"):
        await here.take(tmp_path / "large.age", None, apply=False)


async def test_an_unknown_major_is_refused_and_an_unknown_field_reported(
    here: Deployment, files: Mapping[str, bytes], tmp_path: Path
) -> None:
    made_up(files, here, tmp_path / "two.age", version="2.0")
    with pytest.raises(PackageRefused, match=r"^The package has version 2.0, and this program reads version 1 only\.$"):
        await here.take(tmp_path / "two.age", None, apply=False)
    made_up({**files, "rows/dreams.jsonl": b'{"id":"x"}\n'}, here, tmp_path / "kind.age", version="1.7")
    with pytest.raises(PackageRefused, match="does not know"):
        await here.take(tmp_path / "kind.age", None, apply=False)
    changed = {
        **files,
        PATIENTS: edited(
            files[PATIENTS], lambda row: (row.update(shoe_size=42), row.pop("phone"), row.pop("language"))
        ),
    }
    key = made_up(changed, here, tmp_path / "field.age", version="1.7")
    report = await here.take(tmp_path / "field.age", key)
    assert (report["unknown_fields"], report["refused"], report["applied"]) == (["patients.shoe_size"], 0, True)


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (REFLECTIONS, lambda row: row.update(patient_id=str(uuid4()))),
        (REFLECTIONS, lambda row: row.update(sharing="everybody")),
        (REFLECTIONS, lambda row: row.update(created_at="yesterday")),
        (NOTES, lambda row: row.pop("author_id")),
        (NOTES, lambda row: row.update(version="2")),
        (NOTES, lambda row: row["sections"].update(plan="Rest.")),
        (NOTES, lambda row: row.update(signer_name="Another Name")),
        (NOTES, lambda row: row.update(signed_at="2026-11-01T09:00:00.000000Z")),
        (VERSIONS, lambda row: row["sections"].update(plan="Rest.")),
    ],
)
async def test_one_bad_row_and_nothing_is_taken(
    here: Deployment, files: Mapping[str, bytes], tmp_path: Path, path: str, change: Change
) -> None:
    key = made_up({**files, path: edited(files[path], change)}, here, tmp_path / "bad.age")
    report = await here.take(tmp_path / "bad.age", key)
    assert (report["refused"], report["applied"]) == (1, False)
    assert await rows_here(here, files, tmp_path / "again.age") == 0


async def test_a_signed_note_without_its_proof_is_counted(
    here: Deployment, files: Mapping[str, bytes], tmp_path: Path
) -> None:
    made_up(files, here, tmp_path / "whole.age")
    told = (await here.take(tmp_path / "whole.age", None, apply=False))["proofs"]
    assert (told["sound"], told["broken"], told["missing"], len(told["seal_keys"])) == (1, 0, 0, 1)
    bare = {path: data for path, data in files.items() if not path.startswith("evidence/proofs/")}
    key = made_up(bare, here, tmp_path / "bare.age")
    report = await here.take(tmp_path / "bare.age", key)
    assert report["proofs"] == {"sound": 0, "broken": 0, "missing": 1, "seal_keys": []}
    assert (report["applied"], report["authors"]["linked_ids"]) == (True, [])
    made_up(files, here, tmp_path / "again.age")
    assert (await here.take(tmp_path / "again.age", None, apply=False))["refused"] == 0


@pytest.mark.parametrize(
    "facts",
    [
        b'"made_at":"yesterday"',
        b'"made_at":"2026-11-30"',
        b'"made_at":7',
        b'"clinic":"\\ud83d"',
        b'"files":[{"path":"x","size_bytes":1e999,"sha256":"","count":1}]',
        b'"files":[{"path":"x","size_bytes":-1,"sha256":"","count":1}]',
        b'"files":[{"path":"x","size_bytes":true,"sha256":"","count":1}]',
    ],
)
def test_a_manifest_that_cannot_be_shown_or_stored_is_refused(facts: bytes) -> None:
    manifest = (
        b'{"format":"integration-journal-package","version":"1.0","patient_id":"x","files":[],'
        b'"deployment":{"public_key":"00",' + facts + b"}}"
    )
    with pytest.raises(PackageRefused, match="cannot be read"):
        read_manifest(manifest)


@pytest.mark.parametrize("line", [b'{"text":"\\ud83d"}', b'{"text":1e999}', b'{"text":NaN}', b"[]", b"{"])
def test_a_line_that_no_database_stores_is_refused(line: bytes) -> None:
    with pytest.raises(BadLine):
        object_of(line)


async def test_a_row_that_the_database_refuses_takes_the_chart_with_it(
    here: Deployment, files: Mapping[str, bytes], tmp_path: Path
) -> None:
    """An entry names a session that is not in the package: a late table of many."""
    changed = {**files, REFLECTIONS: edited(files[REFLECTIONS], lambda row: row.update(session_id=str(uuid4())))}
    key = made_up(changed, here, tmp_path / "stray.age")
    with pytest.raises(PackageRefused, match="nothing of it was taken"):
        await here.take(tmp_path / "stray.age", key)
    assert await rows_here(here, files, tmp_path / "again.age") == 0
    async with here.serve() as api:
        rows = await api.runtime.database.driver.read("SELECT count(*) FROM patients", ())
        assert rows[0][0] == 0


async def test_other_content_of_an_id_is_refused_and_listed(
    here: Deployment, files: Mapping[str, bytes], tmp_path: Path
) -> None:
    key = made_up(files, here, tmp_path / "first.age")
    first = await here.take(tmp_path / "first.age", key)
    changed = {**files, NOTES: edited(files[NOTES], lambda row: row["sections"].update(plan="Rest."))}
    made_up(changed, here, tmp_path / "second.age")
    report = await here.take(tmp_path / "second.age", key)
    [told] = report["refused_rows"]
    assert told.startswith("notes ")
    assert told.endswith("it is here with other content")
    assert (report["applied"], report["new"], report["same"]) == (False, 0, first["new"] - 1)
    assert "Rest." not in json.dumps(report)


async def test_a_chart_that_was_erased_here_does_not_come_back(
    here: Deployment, files: Mapping[str, bytes], tmp_path: Path
) -> None:
    chart = chart_of(files)
    async with here.serve() as api:
        world = await World.build(api)
        settings: Settings = here.settings
        assert settings is not None
        slug = (await world.admin.get("/clinic"))["slug"]
        key = made_up(files, here, tmp_path / "first.age")
        await take_into(here, slug, tmp_path / "first.age", key)
        await retention.keep_nothing(world)
        done: Json = await retention.erase(world.admin, chart)
        assert done
        with pytest.raises(PackageRefused, match="erased"):
            await take_into(here, slug, tmp_path / "first.age", key)


async def take_into(here: Deployment, clinic: str, path: Path, key: str) -> None:
    """Import into the clinic of this short name."""
    from integration_api.operating.chart_packages import import_chart  # noqa: PLC0415  of this helper alone

    await import_chart(here.settings, path, here.identity, clinic, key, apply=True, clock=here.clock)


async def test_several_clinics_have_to_be_told_apart(
    here: Deployment, files: Mapping[str, bytes], tmp_path: Path
) -> None:
    await here.with_a_clinic()
    key = made_up(files, here, tmp_path / "made.age")
    with pytest.raises(NotDone, match="several clinics"):
        await here.take(tmp_path / "made.age", key)
    with pytest.raises(NotDone, match="no clinic of this short name"):
        await take_into(here, "nowhere", tmp_path / "made.age", key)
