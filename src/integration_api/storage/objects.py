"""Objects: ciphertext beside the database, each written once under a name of its own.

A name is `clinic/attachment/part`, three ids in hexadecimal. A part's id is of version 7, so it tells when it was made.
A store keeps an object for good before it says so: a folder by `fsync`, a bucket by its response.
"""

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol, Self, TypeVar
from uuid import UUID

Result = TypeVar("Result")

LIST_PAGE = 1000
"""Names that are listed together."""
_ID_CHARACTERS = 32


class ObjectsDown(Exception):
    """The store did not do what it was asked, or does not have what it was asked for."""


class ObjectName(NamedTuple):
    """The name of one object."""

    clinic_id: UUID
    attachment_id: UUID
    part_id: UUID

    @property
    def path(self) -> str:
        """Return the name as the store knows it."""
        return "/".join(one.hex for one in self)

    @classmethod
    def parse(cls, path: str) -> Self | None:
        """Return the name of a path; None for a file of somebody else."""
        parts = path.split("/")
        if len(parts) != len(cls._fields) or any(len(part) != _ID_CHARACTERS for part in parts):
            return None
        with suppress(ValueError):
            return cls(*map(UUID, parts))
        return None


class StoreThreads:
    """Threads of a store alone: one that hangs takes no thread of the rest of the process.

    A call holds its place until it has ended, also if who asked for it has gone. If all are taken, it is refused.
    """

    def __init__(self, threads: int = 8, max_waiting: int = 64) -> None:
        """Start nothing yet."""
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="objects")
        self._places = threading.BoundedSemaphore(threads + max_waiting)

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return what a call returns. Raises as it does, and ObjectsDown."""
        if not self._places.acquire(blocking=False):
            raise ObjectsDown
        try:
            running = self._pool.submit(work)
        except RuntimeError as error:  # it is closed
            self._places.release()
            raise ObjectsDown from error
        running.add_done_callback(lambda _: self._places.release())
        return await asyncio.wrap_future(running)

    def close(self) -> None:
        """Drop waiting calls. Running ones end by themselves, within the times that the store was given."""
        self._pool.shutdown(wait=False, cancel_futures=True)


class Objects(Protocol):
    """A store of objects. Each method raises ObjectsDown."""

    async def put(self, name: ObjectName, data: bytes) -> None:
        """Keep an object. A name is given once."""

    async def get(self, name: ObjectName) -> bytes:
        """Return an object."""

    async def delete(self, names: Iterable[ObjectName]) -> None:
        """Delete objects; one that is not there is deleted already."""

    def pages(self) -> AsyncIterator[list[ObjectName]]:
        """Yield all names in order, at most LIST_PAGE at a time."""

    def close(self) -> None:
        """End its threads."""


class FolderObjects:
    """Objects as files of one folder, which only this program's user may read."""

    def __init__(self, folder: Path) -> None:
        """Make the folder with the first object."""
        self._folder, self._threads = folder, StoreThreads()

    async def put(self, name: ObjectName, data: bytes) -> None:
        """Write a file and its folder through to the disk."""
        await self._threads.run(partial(self._put, name, data))

    async def get(self, name: ObjectName) -> bytes:
        """Read a file."""
        return await self._threads.run(partial(self._get, name))

    async def delete(self, names: Iterable[ObjectName]) -> None:
        """Remove files, and folders that are empty then."""
        await self._threads.run(partial(self._delete, tuple(names)))

    async def pages(self) -> AsyncIterator[list[ObjectName]]:
        """Yield the names of all files, in order."""
        found = self._walk()
        while page := await self._threads.run(lambda: list(islice(found, LIST_PAGE))):
            yield page

    def close(self) -> None:
        """End its threads."""
        self._threads.close()

    def _put(self, name: ObjectName, data: bytes) -> None:
        path = self._folder / name.path
        aside = _aside(path)
        with _reported():
            self._make(path.parent)
            try:
                descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                with os.fdopen(descriptor, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                aside.replace(path)
            except BaseException:
                with suppress(OSError):  # the sweep takes it then
                    aside.unlink(missing_ok=True)
                raise
            write_through(path.parent)

    def _make(self, folder: Path) -> None:
        """Make a folder, and write each that is new through."""
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for made in missing:
            write_through(made.parent)

    def _get(self, name: ObjectName) -> bytes:
        with _reported():
            return (self._folder / name.path).read_bytes()

    def _delete(self, names: tuple[ObjectName, ...]) -> None:
        with _reported():
            for name in names:
                path = self._folder / name.path
                path.unlink(missing_ok=True)
                _aside(path).unlink(missing_ok=True)
                with suppress(OSError):  # it is not empty
                    path.parent.rmdir()

    def _walk(self) -> Iterator[ObjectName]:
        """Yield names; what a crash left half written is listed under the name that it was to have."""
        with _reported():
            for clinic in _sorted(self._folder):
                for attachment in _sorted(clinic):
                    for part in _sorted(attachment):
                        name = ObjectName.parse(f"{clinic.name}/{attachment.name}/{part.name.removeprefix('.')}")
                        if name is not None:
                            yield name


def _aside(path: Path) -> Path:
    """Return the place where a file is written until it is whole."""
    return path.with_name(f".{path.name}")


def _sorted(folder: Path) -> list[Path]:
    with suppress(FileNotFoundError, NotADirectoryError):
        return sorted(folder.iterdir())
    return []


def write_through(path: Path) -> None:
    """Return when a file, or a folder's list of files, is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _reported() -> Iterator[None]:
    """Raise ObjectsDown in the place of what the disk says."""
    try:
        yield
    except OSError as error:
        raise ObjectsDown(error.__class__.__name__) from error
