"""The zip of an export, written as a stream: pieces go in, sealed parts come out, and nothing plain touches a disk."""

import asyncio
import hashlib
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from integration_api.resources.journal.attachments.rules import PART_BYTES
from integration_api.resources.journal.attachments.sealed_parts import Parts


class _Sink:
    """The bytes that the zip has written and that are not sealed yet. It cannot seek, so the zip is a stream."""

    def __init__(self) -> None:
        """Begin empty."""
        self.waiting = bytearray()

    def write(self, data: bytes) -> int:
        """Take some."""
        self.waiting += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: `Archive` takes them out."""

    def close(self) -> None:
        """Do nothing."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file in the archive: its name, size and digest, and how many things it has, if they are counted."""

    path: str
    size_bytes: int
    sha256: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Whole:
    """The archive as it is kept."""

    size_bytes: int
    sha256: str
    objects: bytes


class FileWriter:
    """Writes one file of the archive."""

    def __init__(self, archive: "Archive", handle: IO[bytes]) -> None:
        """Begin with an open handle of the zip."""
        self._archive, self._handle = archive, handle
        self.digest, self.size_bytes = hashlib.sha256(), 0
        self.count: int | None = None

    async def write(self, data: bytes) -> None:
        """Write a piece, and seal what is full. Raises ObjectsDown, and as `go_on` of the archive."""
        await asyncio.to_thread(self._take, data)
        await self._archive.drain()

    def _take(self, data: bytes) -> None:
        self._handle.write(data)
        self.digest.update(data)
        self.size_bytes += len(data)


class Archive:
    """One archive on its way into the store."""

    def __init__(self, parts: Parts, made_at: datetime, go_on: Callable[[bytes], Awaitable[None]]) -> None:
        """`made_at` is the time of its files by the patient's clock; `go_on` is told the parts so far."""
        self._parts, self._made_at, self._go_on = parts, made_at, go_on
        self._sink = _Sink()
        self._zip = zipfile.ZipFile(self._sink, "w", zipfile.ZIP_DEFLATED)
        self._digest, self._size, self.objects = hashlib.sha256(), 0, b""
        self.files: list[Written] = []

    @asynccontextmanager
    async def file(self, path: str) -> AsyncIterator[FileWriter]:
        """Write one file; one at a time. It is listed if it was written to its end."""
        made = zipfile.ZipInfo(path, self._made_at.timetuple()[:6])
        made.compress_type = zipfile.ZIP_DEFLATED
        handle = self._zip.open(made, "w")
        writer = FileWriter(self, handle)
        try:
            yield writer
        finally:
            handle.close()
        self.files.append(Written(path, writer.size_bytes, writer.digest.hexdigest(), writer.count))
        await self.drain()

    async def add(self, path: str, data: bytes) -> None:
        """Write one small file."""
        async with self.file(path) as writer:
            await writer.write(data)

    async def drain(self) -> None:
        """Seal every full part that more comes after. Raises ObjectsDown, and as `go_on`."""
        while len(self._sink.waiting) > PART_BYTES:
            await self._seal(PART_BYTES, is_last=False)

    async def end(self) -> Whole:
        """Write the directory and the last part. Raises ObjectsDown."""
        self._zip.close()
        await self.drain()
        await self._seal(len(self._sink.waiting), is_last=True)
        return Whole(self._size, self._digest.hexdigest(), self.objects)

    def give_up(self) -> None:
        """End the zip without keeping more of it; what was kept is swept."""
        self._zip.close()

    async def _seal(self, size: int, *, is_last: bool) -> None:
        data = bytes(self._sink.waiting[:size])
        del self._sink.waiting[:size]
        await asyncio.to_thread(self._digest.update, data)
        self._size += size
        number = len(self.objects) // 16
        part_id = await self._parts.add(number, data, is_last=is_last)
        self.objects += part_id.bytes
        await self._go_on(self.objects)
