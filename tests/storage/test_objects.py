"""Objects in a folder and in a bucket: each is there for good once it was put, and what is not there is said."""

import asyncio
import os
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest

from integration_api.core.ids import new_id
from integration_api.resources.journal.attachments.sweeper import made_at
from integration_api.settings import Settings
from integration_api.storage.bucket import Bucket, BucketObjects
from integration_api.storage.objects import FolderObjects, ObjectName, Objects, ObjectsDown, StoreThreads
from tests.object_store import Store, object_store


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """A real S3-compatible server."""
    with object_store() as made:
        yield made


@pytest.fixture(params=["folder", "bucket"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    """Each kind of store."""
    if request.param == "folder":
        return FolderObjects(tmp_path / "attachments")
    return BucketObjects(request.getfixturevalue("store").bucket)


def name(clinic_id: UUID | None = None) -> ObjectName:
    return ObjectName(clinic_id or new_id(), new_id(), new_id())


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def names_in(objects: Objects, clinic_id: UUID) -> list[ObjectName]:
    return [one async for page in objects.pages() for one in page if one.clinic_id == clinic_id]


async def test_what_was_put_is_there_until_it_is_deleted(objects: Objects) -> None:
    clinic = new_id()
    names = sorted(name(clinic) for _ in range(3))
    assert await names_in(objects, clinic) == []
    for number, one in enumerate(names):
        await objects.put(one, bytes([number]) * 100_000)
    assert [await objects.get(one) for one in names] == [bytes([number]) * 100_000 for number in range(3)]
    assert await names_in(objects, clinic) == names
    await objects.delete(names[:2])
    await objects.delete(names[:2])
    await objects.delete([])
    assert await names_in(objects, clinic) == names[2:]
    with pytest.raises(ObjectsDown):
        await objects.get(names[0])


async def test_a_store_that_is_not_there_is_down() -> None:
    objects = BucketObjects(Bucket("nowhere", "http://127.0.0.1:9", "us-east-1", "key", "hidden-words"))
    for call in (objects.get(name()), objects.put(name(), b"x"), objects.delete([name()])):
        with pytest.raises(ObjectsDown) as told:
            await call
        assert "hidden-words" not in f"{told.value!r} {told.value.__cause__!r}"


async def test_a_full_disk_is_down(tmp_path: Path) -> None:
    objects = FolderObjects(tmp_path / "file")
    (tmp_path / "file").write_bytes(b"no folder")
    with pytest.raises(ObjectsDown):
        await objects.put(name(), b"x")


async def test_a_folder_is_written_through_before_it_says_so(tmp_path: Path) -> None:
    # Source: fsync(2): a new file needs its folder's list of files on disk too.
    objects, one, synced = FolderObjects(tmp_path / "attachments"), name(), list[str]()
    fsync = os.fsync

    def seen(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    with patch("os.fsync", seen):
        await objects.put(one, b"x")
    path = tmp_path / "attachments" / one.path
    assert {str(path.with_name(f".{path.name}")), *map(str, path.parents[:4])} <= set(synced)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_what_was_not_written_whole_leaves_nothing(tmp_path: Path) -> None:
    objects, one = FolderObjects(tmp_path), name()
    with patch.object(Path, "replace", side_effect=OSError(28, "the disk is full")), pytest.raises(ObjectsDown):
        await objects.put(one, b"half")
    assert files_in(tmp_path) == []


async def test_what_a_crash_left_half_written_is_listed_and_deleted(tmp_path: Path) -> None:
    objects, one = FolderObjects(tmp_path), name()
    await objects.put(one, b"half")
    path = tmp_path / one.path
    path.rename(path.with_name(f".{path.name}"))
    assert await names_in(objects, one.clinic_id) == [one]
    await objects.delete([one])
    assert files_in(tmp_path) == []
    assert await names_in(objects, one.clinic_id) == []


async def test_a_store_that_hangs_takes_no_thread_of_others(tmp_path: Path) -> None:
    """Password hashes and images have threads too. What nobody can begin soon is refused at once."""
    objects, ending = FolderObjects(tmp_path), threading.Event()
    objects._threads = StoreThreads(threads=2, max_waiting=60)
    try:
        with patch.object(FolderObjects, "_get", lambda *_: ending.wait(20)):
            asked = [asyncio.ensure_future(objects.get(name())) for _ in range(62)]
            await asyncio.sleep(0)
            assert await asyncio.wait_for(asyncio.to_thread(lambda: 1), 5) == 1
            for gone in asked[:2]:
                gone.cancel()
            await asyncio.sleep(0)
            with pytest.raises(ObjectsDown):
                await objects.get(name())
    finally:
        ending.set()
    await asyncio.wait(asked)
    await objects.put(name(), b"x")
    objects.close()
    with pytest.raises(ObjectsDown):
        await objects.put(name(), b"x")


async def test_only_what_is_named_so_is_listed(tmp_path: Path) -> None:
    objects, one = FolderObjects(tmp_path), name()
    await objects.put(one, b"x")
    (tmp_path / "notes.txt").write_text("a stranger's")
    (tmp_path / "other").mkdir()
    (tmp_path / one.clinic_id.hex / "odd").mkdir()
    (tmp_path / one.clinic_id.hex / "odd" / "file").write_text("x")
    assert [found async for page in objects.pages() for found in page] == [one]


def test_an_id_tells_when_it_was_made() -> None:
    """Source: RFC 9562, appendix A.6."""
    assert made_at(UUID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")) == datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)


def test_the_address_of_a_store_is_https_unless_it_is_here() -> None:
    for address in ("http://store.example.org", "ftp://127.0.0.1", "store.example.org"):
        with pytest.raises(ValueError, match="https"):
            Settings(attachments_endpoint=address)
    assert Settings(attachments_endpoint="https://store.example.org").attachments_endpoint
    assert Settings(attachments_endpoint="http://127.0.0.1:9000").attachments_endpoint


def test_the_store_is_a_folder_unless_a_bucket_is_named(tmp_path: Path) -> None:
    assert isinstance(Settings(data_dir=tmp_path).objects, FolderObjects)
    (tmp_path / "key").write_text(f"{uuid4().hex}\n")
    made = Settings(
        attachments_bucket="journal",
        attachments_endpoint="http://127.0.0.1:9000",
        attachments_access_key="key",
        attachments_secret_key_file=tmp_path / "key",
    )
    assert isinstance(made.objects, BucketObjects)
