"""The job behind exports: claimed once, begun anew after a crash, read as the patient, and swept when it is over."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from uuid import UUID

import pytest

from integration_api.access.queues import CLAIMED_FOR, MAX_ATTEMPTS, RETRY_AFTER, SAID_EVERY
from integration_api.core.clock import system_clock
from integration_api.resources.journal.attachments.rules import PART_BYTES, SWEPT_AFTER
from integration_api.resources.journal.attachments.sweeper import Sweeper
from integration_api.resources.oversight.exports import chart_exports
from integration_api.resources.oversight.exports.exporter import Exporter
from integration_api.settings import Settings
from integration_api.storage.objects import ObjectName, Objects, ObjectsDown
from tests.applications import application
from tests.factories import exports, reflections, retention
from tests.factories.attachments import PDF, attached
from tests.support import Json, Person, World, enter_again


@pytest.fixture
async def world(own: Settings) -> AsyncIterator[World]:
    """A clinic in an application of its own: a turn makes whatever is due, and tests before have left exports."""
    async with application(own) as api:
        yield await World.build(api)


class Failing:
    """A store that fails with what a test gives it, at the part that the test names."""

    def __init__(self, store: Objects, at: int, error: BaseException) -> None:
        self.store, self.at, self.error, self.puts = store, at, error, 0

    async def put(self, name: ObjectName, data: bytes) -> None:
        self.puts += 1
        if self.puts == self.at:
            raise self.error
        await self.store.put(name, data)

    async def get(self, name: ObjectName) -> bytes:
        return await self.store.get(name)

    async def delete(self, names: Iterable[ObjectName]) -> None:
        await self.store.delete(names)

    def pages(self) -> AsyncIterator[list[ObjectName]]:
        return self.store.pages()

    def close(self) -> None:
        """The real one is closed by the application."""


async def a_patient(world: World) -> Person:
    return await world.patient_of(await world.therapist())


async def with_a_file(world: World) -> tuple[Person, Json]:
    """A patient with an entry that has a large file of random bytes."""
    patient = await a_patient(world)
    path = f"/reflections/{(await reflections.draft(patient))['id']}"
    return patient, await attached(patient, path, PDF + os.urandom(3 * PART_BYTES), "application/pdf")


async def names_of(world: World, thing_id: str) -> list[ObjectName]:
    pages = world.api.runtime.objects.pages()
    return [name async for page in pages for name in page if name.attachment_id == UUID(thing_id)]


async def state(patient: Person, made: Json) -> tuple[str, str | None]:
    found = await patient.get(f"/me/exports/{made['id']}")
    return found["state"], found["failure"]


async def test_an_end_in_the_middle_loses_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts of the first process are swept; the second process makes the export whole."""
    patient, _ = await with_a_file(world)
    made = await exports.asked(patient)
    runtime = world.api.runtime
    with monkeypatch.context() as broken:
        broken.setattr(runtime, "objects", Failing(runtime.objects, 3, asyncio.CancelledError()))
        with pytest.raises(asyncio.CancelledError):
            await Exporter(runtime).turn()
    assert len(await names_of(world, made["id"])) == 2
    assert await Exporter(runtime).turn() == 0, "the claim of the first still stands"
    assert await state(patient, made) == ("making", None)
    world.api.clock.advance(seconds=CLAIMED_FOR.total_seconds())
    assert await Exporter(runtime).turn() == 1
    assert await state(patient, made) == ("ready", None)
    whole = await exports.downloaded(patient, made["id"])
    await Sweeper(runtime).turn(system_clock() + 2 * SWEPT_AFTER)
    assert await exports.downloaded(patient, made["id"]) == whole
    assert len(await names_of(world, made["id"])) == -(-len(whole) // PART_BYTES)


async def test_two_processes_make_it_once(own: Settings) -> None:
    async with application(own) as api:
        world = await World.build(api)
        patients = [await a_patient(world) for _ in range(3)]
        made = [await exports.asked(patient) for patient in patients]
        if own.is_embedded:  # which one process serves: two jobs in it
            counts = await asyncio.gather(*(Exporter(api.runtime).turn() for _ in range(2)))
        else:
            async with application(own, api.clock) as other:
                counts = await asyncio.gather(*(Exporter(one.runtime).turn() for one in (api, other)))
        assert sum(counts) == 3
        for patient, one in zip(patients, made, strict=True):
            events = [event for event, _ in await reflections.ledger_of(api, one["id"])]
            assert events.count("export.made") == 1
            await exports.downloaded(patient, one["id"])


async def test_a_process_that_is_too_late_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its claim ran out while it wrote, and another one took the export over."""
    patient = await a_patient(world)
    made = await exports.asked(patient)
    runtime = world.api.runtime
    write = chart_exports.write_export
    took_over: list[bool] = []

    async def slow(task: chart_exports.ExportTask) -> chart_exports.MadeExport:
        found = await write(task)
        if not took_over:
            took_over.append(True)
            world.api.clock.advance(seconds=CLAIMED_FOR.total_seconds())
            assert await Exporter(runtime).turn() == 1
        return found

    monkeypatch.setattr("integration_api.resources.oversight.exports.exporter.write_export", slow)
    assert await Exporter(runtime).turn() == 0
    assert await state(patient, made) == ("ready", None)
    events = [event for event, _ in await reflections.ledger_of(world.api, made["id"])]
    assert events.count("export.made") == 1
    await exports.downloaded(patient, made["id"])


async def test_a_long_export_keeps_its_claim_and_its_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    patient, _ = await with_a_file(world)
    made = await exports.asked(patient)
    runtime = world.api.runtime
    swept: list[int] = []

    class Slow(Failing):
        async def put(self, name: ObjectName, data: bytes) -> None:
            if self.puts == 2:
                swept.append(await Sweeper(runtime).turn(system_clock() + 2 * SWEPT_AFTER))
                assert len(await names_of(world, made["id"])) == 2
            await super().put(name, data)
            world.api.clock.advance(seconds=SAID_EVERY.total_seconds() + 1)
            assert await Exporter(runtime).turn() == 0

    with monkeypatch.context() as slowed:
        slowed.setattr(runtime, "objects", Slow(runtime.objects, 0, ObjectsDown()))
        assert await Exporter(runtime).turn() == 1
    assert len(swept) == 1
    found = await patient.get(f"/me/exports/{made['id']}")
    assert len(await exports.downloaded(patient, made["id"])) == found["size_bytes"]


async def test_a_sign_in_that_ends_ends_the_export(world: World) -> None:
    patient = await a_patient(world)
    made = await exports.asked(patient)
    await patient.delete("/auth/tokens/current")
    assert await Exporter(world.api.runtime).turn() == 0
    await enter_again(patient)
    assert await state(patient, made) == ("failed", "sign_in_ended")
    events = [event for event, _ in await reflections.ledger_of(world.api, made["id"])]
    assert "export.failed" in events
    await exports.ready(patient)


async def test_a_sign_in_that_ends_in_the_middle_ends_it_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    patient, _ = await with_a_file(world)
    made = await exports.asked(patient)
    runtime = world.api.runtime

    class SigningOut(Failing):
        async def put(self, name: ObjectName, data: bytes) -> None:
            await super().put(name, data)
            if self.puts == 1:
                await patient.delete("/auth/tokens/current")

    with monkeypatch.context() as ended:
        ended.setattr(runtime, "objects", SigningOut(runtime.objects, 0, ObjectsDown()))
        await Exporter(runtime).turn()
    await enter_again(patient)
    assert await state(patient, made) == ("failed", "sign_in_ended")


async def test_a_chart_that_is_erased_meanwhile_is_not_exported(world: World) -> None:
    patient = await a_patient(world)
    await exports.asked(patient)
    await retention.keep_nothing(world)
    await retention.erase(world.admin, world.chart_id(patient))
    assert await Exporter(world.api.runtime).turn() == 0
    assert await Exporter(world.api.runtime).turn() == 0


async def test_an_erased_chart_s_export_cannot_be_read_and_its_parts_go(world: World) -> None:
    patient = await a_patient(world)
    made = await exports.ready(patient)
    assert await names_of(world, made["id"])
    await retention.keep_nothing(world)
    await retention.erase(world.admin, world.chart_id(patient))
    assert (await patient.send("GET", f"/me/exports/{made['id']}/content")).status_code in {401, 404}
    world.api.clock.advance(days=8)
    await Exporter(world.api.runtime).turn()
    await Sweeper(world.api.runtime).turn(system_clock() + 2 * SWEPT_AFTER)
    assert await names_of(world, made["id"]) == []


async def test_an_expired_export_s_parts_are_swept(world: World) -> None:
    patient = await a_patient(world)
    first = await exports.ready(patient)
    second = await exports.ready(patient)
    await Sweeper(world.api.runtime).turn(system_clock() + 2 * SWEPT_AFTER)
    assert await names_of(world, first["id"]) == []
    assert await names_of(world, second["id"])


async def test_a_store_that_is_down_delays_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    patient = await a_patient(world)
    made = await exports.asked(patient)
    runtime = world.api.runtime
    with monkeypatch.context() as down:
        down.setattr(runtime, "objects", Failing(runtime.objects, 1, ObjectsDown()))
        assert await Exporter(runtime).turn() == 0
    assert await Exporter(runtime).turn() == 0
    world.api.clock.advance(seconds=RETRY_AFTER.total_seconds())
    assert await Exporter(runtime).turn() == 1
    assert await state(patient, made) == ("ready", None)


async def test_what_never_ends_has_failed_in_the_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    patient = await a_patient(world)
    made = await exports.asked(patient)
    runtime = world.api.runtime
    for _ in range(MAX_ATTEMPTS):
        with monkeypatch.context() as killed:
            killed.setattr(runtime, "objects", Failing(runtime.objects, 1, asyncio.CancelledError()))
            with pytest.raises(asyncio.CancelledError):
                await Exporter(runtime).turn()
        world.api.clock.advance(seconds=CLAIMED_FOR.total_seconds())
    assert await Exporter(runtime).turn() == 0
    assert await state(patient, made) == ("failed", "not_possible")


async def break_file(world: World, attachment: Json) -> None:
    """Change a byte of its first part, as a broken disk does."""
    [first, *_] = await names_of(world, attachment["id"])
    sealed = bytearray(await world.api.runtime.objects.get(first))
    sealed[-1] ^= 1
    await world.api.runtime.objects.delete([first])
    await world.api.runtime.objects.put(first, bytes(sealed))


async def test_files_that_do_not_open_cost_one_more_pass_together(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of them have the same content, and a third copy of it opens."""
    patient = await a_patient(world)
    path = f"/reflections/{(await reflections.draft(patient))['id']}"
    content = PDF + os.urandom(PART_BYTES)
    same = [await attached(patient, path, content, "application/pdf") for _ in range(3)]
    others = [await attached(patient, path, PDF + os.urandom(100), "application/pdf") for _ in range(3)]
    for one in (*same[:2], *others[:2]):
        await break_file(world, one)
    write, passes = chart_exports.write_export, 0

    async def counted(task: chart_exports.ExportTask) -> chart_exports.MadeExport:
        nonlocal passes
        passes += 1
        return await write(task)

    monkeypatch.setattr("integration_api.resources.oversight.exports.exporter.write_export", counted)
    archive = await exports.opened(patient)
    files = {name for name in archive.namelist() if name.startswith("attachments/")}
    assert files == {f"attachments/{one['sha256']}.pdf" for one in (same[2], others[2])}
    assert passes == 2


async def test_a_file_that_does_not_open_is_left_out_and_counted(world: World) -> None:
    patient, broken = await with_a_file(world)
    path = f"/reflections/{(await reflections.draft(patient))['id']}"
    kept = await attached(patient, path)
    await break_file(world, broken)
    made = await exports.ready(patient)
    assert [one["count"] for one in made["left_out"] if one["kind"] == "unreadable"] == [1]
    archive = await exports.opened(patient)
    files = [name for name in archive.namelist() if name.startswith("attachments/")]
    assert files == [f"attachments/{kept['sha256']}.png"]
    assert "not in the export" in archive.read("chart.html").decode()


async def test_a_file_that_is_deleted_meanwhile_is_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    patient, one = await with_a_file(world)
    write = chart_exports._Export.write_files

    async def deleting(export: chart_exports._Export) -> None:
        await patient.delete(f"/attachments/{one['id']}", match=one["version"])
        await write(export)

    monkeypatch.setattr(chart_exports._Export, "write_files", deleting)
    made = await exports.ready(patient)
    assert [left["count"] for left in made["left_out"] if left["kind"] == "unreadable"] == [1]


async def test_a_file_that_is_missing_is_tried_again_and_then_left_out(world: World) -> None:
    patient, missing = await with_a_file(world)
    await world.api.runtime.objects.delete(await names_of(world, missing["id"]))
    made = await exports.asked(patient)
    for _ in range(MAX_ATTEMPTS - 1):
        assert await Exporter(world.api.runtime).turn() == 0
        world.api.clock.advance(seconds=RETRY_AFTER.total_seconds() * MAX_ATTEMPTS)
    assert await Exporter(world.api.runtime).turn() == 1
    found = await patient.get(f"/me/exports/{made['id']}")
    assert [one["count"] for one in found["left_out"] if one["kind"] == "unreadable"] == [1]


async def test_no_byte_is_plain_on_a_disk(world: World, own: Settings) -> None:
    word = "Whispered-90cd"
    patient = await a_patient(world)
    await reflections.submitted(patient, text=word)
    made = await exports.ready(patient)
    assert word.encode() in exports.everything(await exports.opened(patient))
    places = [path for path in own.data_dir.rglob("*") if path.is_file()]
    assert any(UUID(made["id"]).hex in str(path) for path in places)
    assert [
        path for path in places if word.encode() in path.read_bytes() or path.read_bytes()[:4] == b"PK\x03\x04"
    ] == []


async def test_claims_are_longer_than_the_time_between_two_signs_of_life() -> None:
    assert SAID_EVERY * 3 <= CLAIMED_FOR <= timedelta(hours=1) < SWEPT_AFTER * 2
