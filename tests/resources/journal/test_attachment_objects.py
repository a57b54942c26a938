"""The bytes of attachments: sealed each in its place, gone with their key, swept, and never plain on a disk."""

import shutil
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from integration_api.access.work import Work
from integration_api.core.clock import system_clock
from integration_api.core.ids import new_id
from integration_api.resources.journal.attachments import sweeper
from integration_api.resources.journal.attachments.rules import PART_BYTES, SWEPT_AFTER, UPLOAD_WITHIN
from integration_api.resources.journal.attachments.sealed_parts import part_ids
from integration_api.resources.journal.attachments.statements import ExpiredUpload
from integration_api.resources.journal.attachments.sweeper import Sweeper
from integration_api.settings import Settings
from integration_api.storage.objects import FolderObjects, ObjectName, ObjectsDown
from tests.applications import application
from tests.factories import notes, reflections, retention
from tests.factories.attachments import PDF, announced, attached, content, facts, part, png, sent
from tests.object_store import object_store
from tests.storage.hand import Hand
from tests.support import Api, Json, Person, World, enter_again

DATA = (PDF + bytes(range(256)) * (PART_BYTES // 256 * 2))[: PART_BYTES + 1000]
"""Two parts."""


async def a_file(world: World, data: bytes = DATA) -> tuple[Person, str, Json]:
    """A patient, the path of an entry, and a file on it."""
    patient = await world.patient_of(await world.therapist())
    path = f"/reflections/{(await reflections.draft(patient))['id']}"
    return patient, path, await attached(patient, path, data, "application/pdf")


async def names_of(world: World) -> list[ObjectName]:
    """The objects of this clinic."""
    pages = world.api.runtime.objects.pages()
    return [name async for page in pages for name in page if name.clinic_id == world.clinic_id]


def file_of(world: World, name: ObjectName) -> Path:
    objects = world.api.runtime.objects
    assert isinstance(objects, FolderObjects)
    return objects._folder / name.path


async def later(world: World) -> int:
    """Sweep when every object is old."""
    return await Sweeper(world.api.runtime).turn(system_clock() + 2 * SWEPT_AFTER)


async def test_no_byte_is_plain_on_the_disk(world: World, settings: Settings) -> None:
    word = new_id().hex.encode()
    await a_file(world, PDF + word)
    places = [path for path in settings.data_dir.rglob("*") if path.is_file()]
    assert any(path.parent.parent.name == world.clinic_id.hex for path in places)
    assert [path for path in places if word in path.read_bytes()] == []


@pytest.mark.parametrize("kind", ["changed", "swapped", "of another file", "cut"])
async def test_a_part_opens_in_its_place_alone(world: World, kind: str) -> None:
    """A writer to the store who has no key shows nobody a wrong byte: it is an alarm, no response."""
    patient, path, made = await a_file(world)
    other = await attached(patient, path, DATA, "application/pdf")
    names = [name for name in await names_of(world) if name.attachment_id == UUID(made["id"])]
    files = [file_of(world, name) for name in names]
    if kind == "changed":
        sealed = bytearray(files[0].read_bytes())
        sealed[-1] ^= 1
        files[0].write_bytes(sealed)
    elif kind == "swapped":
        first, second = files[0].read_bytes(), files[1].read_bytes()
        files[0].write_bytes(second)
        files[1].write_bytes(first)
    elif kind == "of another file":
        theirs = [name for name in await names_of(world) if name.attachment_id == UUID(other["id"])]
        shutil.copyfile(file_of(world, theirs[0]), files[0])
    else:
        files[0].write_bytes(files[0].read_bytes()[:40])
    answer = await patient.send("GET", f"/attachments/{made['id']}/content")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")


async def test_a_file_that_was_cut_at_a_part_does_not_open(world: World, settings: Settings) -> None:
    """A writer to the database cannot leave the last parts out."""
    patient, _, made = await a_file(world)
    hand = Hand(settings)
    objects = await hand.text("attachments", made["id"], "objects")
    assert len(part_ids(objects)) == 2
    await hand.put("attachments", made["id"], "objects", objects[:16])
    answer = await patient.send("GET", f"/attachments/{made['id']}/content")
    assert answer.status_code == 500


async def test_a_part_that_breaks_later_cuts_the_response(world: World) -> None:
    """Nobody takes half a file for the whole: less came than the length that was told."""
    patient, _, made = await a_file(world)
    names = [name for name in await names_of(world) if name.attachment_id == UUID(made["id"])]
    file_of(world, names[1]).unlink()
    answer = await patient.send("GET", f"/attachments/{made['id']}/content")
    assert answer.status_code == 200
    assert len(answer.content) < int(answer.headers["content-length"])
    file_of(world, names[0]).unlink()
    assert (await patient.send("GET", f"/attachments/{made['id']}/content")).status_code == 503


async def test_bytes_of_a_deleted_file_are_swept_and_no_others(world: World) -> None:
    patient, path, made = await a_file(world)
    kept = await attached(patient, path, DATA, "application/pdf")
    assert len(await names_of(world)) == 4
    await later(world)
    assert len(await names_of(world)) == 4
    await patient.delete(f"/attachments/{made['id']}", match=made["version"])
    await Sweeper(world.api.runtime).turn()
    assert len(await names_of(world)) == 4, "an object may be of a request that goes on"
    await later(world)
    assert {name.attachment_id for name in await names_of(world)} == {UUID(kept["id"])}
    assert await content(patient, kept["id"]) == DATA


async def test_an_image_s_first_bytes_are_swept(world: World) -> None:
    """They hold the metadata that the patient was told is gone."""
    patient, path, _ = await a_file(world)
    image = await attached(patient, path, png())
    assert len([name for name in await names_of(world) if name.attachment_id == UUID(image["id"])]) == 2
    await later(world)
    assert len([name for name in await names_of(world) if name.attachment_id == UUID(image["id"])]) == 1
    assert await content(patient, image["id"])


async def test_an_upload_that_is_not_completed_leaves_nothing(world: World) -> None:
    patient, path, _ = await a_file(world)
    half = await announced(patient, path, DATA, "application/pdf")
    await patient.post(f"/attachments/{half['id']}/parts", part(DATA[:PART_BYTES]), match=1, expect=200)
    world.api.clock.advance(hours=UPLOAD_WITHIN / timedelta(hours=1) - 0.1)
    await later(world)
    await enter_again(patient)
    assert (await patient.get(f"/attachments/{half['id']}"))["received_bytes"] == PART_BYTES
    world.api.clock.advance(hours=0.2)
    await later(world)
    await enter_again(patient)
    await patient.get(f"/attachments/{half['id']}", expect=404)
    assert UUID(half["id"]) not in {name.attachment_id for name in await names_of(world)}
    told = await reflections.ledger_of(world.api, half["id"])
    assert ("attachment.expired", True) in told


async def _late(world: World) -> tuple[Person, Json, UUID]:
    """A patient, and an upload that began too long ago; the attachment's id."""
    patient, path, _ = await a_file(world)
    half = await sent(patient, path, PDF, "application/pdf")
    world.api.clock.advance(hours=UPLOAD_WITHIN / timedelta(hours=1) + 0.1)
    return patient, half, UUID(half["id"])


async def test_an_upload_that_was_completed_meanwhile_is_not_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient, half, its_id = await _late(world)
    expire = sweeper._expire

    async def slow(work: Work, row: ExpiredUpload) -> None:
        if row.id == its_id:
            await enter_again(patient)
            await patient.post(f"/attachments/{half['id']}/complete", match=half["version"], expect=200)
        await expire(work, row)

    monkeypatch.setattr(sweeper, "_expire", slow)
    await later(world)
    assert (await patient.get(f"/attachments/{half['id']}"))["state"] == "ready"
    assert ("attachment.expired", True) not in await reflections.ledger_of(world.api, half["id"])
    await patient.delete(f"/attachments/{half['id']}", match=half["version"] + 1)


async def test_an_error_in_one_clinic_stops_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    other = await World.build(world.api)
    patient, half, _ = await _late(world)
    expired = sweeper._expired

    async def failing(work: Work, clinic_id: UUID) -> list[ExpiredUpload]:
        if clinic_id != world.clinic_id:
            raise ValueError
        return await expired(work, clinic_id)

    assert other.clinic_id != world.clinic_id
    monkeypatch.setattr(sweeper, "_expired", failing)
    await later(world)
    await enter_again(patient)
    await patient.get(f"/attachments/{half['id']}", expect=404)


async def test_a_draft_that_is_deleted_takes_its_files_along(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    note = await notes.draft(therapist, world.chart_id(patient))
    path = f"/notes/{note['id']}"
    await attached(therapist, path, PDF, "application/pdf")
    await announced(therapist, path, PDF, "application/pdf")
    made = await attached(therapist, path, PDF, "application/pdf")
    other = f"/notes/{(await notes.draft(therapist, world.chart_id(patient)))['id']}"
    kept = await attached(therapist, other, PDF, "application/pdf")
    await therapist.delete(path, match=note["version"])
    await later(world)
    assert {name.attachment_id for name in await names_of(world)} == {UUID(kept["id"])}
    again = facts(PDF, "application/pdf") | {"id": made["id"]}
    await therapist.post(f"{other}/attachments", again, expect=410)


async def test_a_draft_that_is_deleted_under_a_hold_keeps_its_files(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    note = await notes.draft(therapist, world.chart_id(patient))
    made = await attached(therapist, f"/notes/{note['id']}", PDF, "application/pdf")
    await world.admin.put(
        f"/patients/{world.chart_id(patient)}/legal-hold",
        {"reason": "litigation", "reference": "Docket 1"},
        match=(await world.admin.get(f"/patients/{world.chart_id(patient)}"))["version"],
    )
    await therapist.delete(f"/notes/{note['id']}", match=note["version"])
    await therapist.get(f"/attachments/{made['id']}", expect=404)
    await later(world)
    assert {name.attachment_id for name in await names_of(world)} == {UUID(made["id"])}


async def test_no_digest_stands_in_clear(world: World, settings: Settings) -> None:
    """In a backup it would tell who has a known file, also after an erasure."""
    _, _, made = await a_file(world)
    stored = await Hand(settings).text("attachments", made["id"], "sha256")
    plain = made["sha256"]
    assert stored is not None
    assert plain.encode() not in bytes(stored)
    assert bytes.fromhex(plain) not in bytes(stored)


async def test_an_erased_chart_s_files_are_gone(world: World) -> None:
    patient, _, made = await a_file(world)
    await retention.keep_nothing(world)
    await retention.erase(world.admin, world.chart_id(patient))
    assert (await patient.send("GET", f"/attachments/{made['id']}/content")).status_code == 401
    await later(world)
    assert await names_of(world) == []


async def test_objects_of_a_clinic_that_is_not_here_stay(world: World) -> None:
    name = ObjectName(new_id(), new_id(), new_id())
    await world.api.runtime.objects.put(name, b"of another database")
    await later(world)
    assert await world.api.runtime.objects.get(name) == b"of another database"
    await world.api.runtime.objects.delete([name])


async def test_a_bucket_serves_as_a_folder_does_and_is_missed(own: Settings) -> None:
    with object_store() as store:
        bucket = store.bucket
        settings = own.model_copy(
            update={
                "attachments_bucket": bucket.name,
                "attachments_endpoint": bucket.endpoint,
                "attachments_access_key": bucket.access_key,
                "attachments_secret_key_file": _key(own.data_dir, bucket.secret_key or ""),
            }
        )
        async with application(settings) as api:
            world = await World.build(api)
            patient, path, made = await a_file(world)
            assert await content(patient, made["id"]) == DATA
            assert not own.objects_dir.exists()
            await patient.delete(f"/attachments/{made['id']}", match=made["version"])
            await later(world)
            assert await names_of(world) == []
            image, late = await attached(patient, path, png()), await sent(patient, path, png())
            store.process.kill()
            await _is_missed(api, patient, path, image, late)


def _key(folder: Path, key: str) -> Path:
    path = folder / "bucket.key"
    path.write_text(key)
    return path


async def _is_missed(api: Api, patient: Person, path: str, image: Json, late: Json) -> None:
    """Nothing is said to be done that is not, and nobody gets half a file."""
    made = await announced(patient, path, DATA, "application/pdf")
    asked = (
        ("GET", f"/attachments/{image['id']}/content", None, None),
        ("POST", f"/attachments/{made['id']}/parts", part(DATA[:PART_BYTES]), 1),
        ("POST", f"/attachments/{late['id']}/complete", None, late["version"]),
    )
    for method, at, body, version in asked:
        answer = await patient.send(method, at, body, match=version)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert (await patient.get(f"/attachments/{made['id']}"))["received_bytes"] == 0
    with pytest.raises(ObjectsDown):
        await Sweeper(api.runtime).turn()
