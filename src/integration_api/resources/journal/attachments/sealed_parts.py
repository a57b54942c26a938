"""The bytes of an attachment: parts, each sealed alone under the attachment's key and bound to its place.

A part is bound to the attachment, to its object, to its number, and to whether it is the last one. So a part that was
moved, swapped, left out or cut off does not open. Source: the STREAM construction (Hoang, Reyhanitabar, Rogaway and
Vizár, 2015), with random nonces, because a part may be sent twice.
"""

import asyncio
import base64
import hashlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from integration_api.core.ids import new_id
from integration_api.resources.journal.attachments.image_metadata import Stripper
from integration_api.resources.journal.attachments.rules import IMAGES, PART_BYTES, is_last_part, next_part_bytes
from integration_api.resources.journal.notes.tables import AttachmentRow, AttachmentTable, MediaType
from integration_api.storage.objects import ObjectName, Objects
from integration_api.storage.vault import KEY_BYTES, DataKey, associated_data

_ID_BYTES = 16
_TABLE = str(AttachmentTable.__tablename__)


class WrongDigest(Exception):
    """The bytes have another digest than was announced."""


def new_content_key() -> str:
    """Return a random key for one attachment, as its row holds it."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def part_ids(objects: bytes) -> list[UUID]:
    """Return the ids of an attachment's parts, in order."""
    return [UUID(bytes=objects[at : at + _ID_BYTES]) for at in range(0, len(objects), _ID_BYTES)]


class SealedFile(Protocol):
    """A file that is kept in parts, as its row tells it."""

    @property
    def clinic_id(self) -> UUID:
        """Return its clinic."""

    @property
    def id(self) -> UUID:
        """Return its id."""

    @property
    def patient_id(self) -> UUID:
        """Return the chart that it belongs to."""

    @property
    def size_bytes(self) -> int:
        """Return its size."""

    @property
    def content_key(self) -> str:
        """Return its key, as its row holds it."""

    @property
    def objects(self) -> bytes:
        """Return the ids of its parts."""


@dataclass(slots=True)
class Parts:
    """The parts of one file in the store; `table` is that of its row, which its parts are bound to."""

    row: SealedFile
    store: Objects
    table: str = _TABLE
    _key: DataKey = field(init=False)

    def __post_init__(self) -> None:
        """Take the key from the row."""
        context = self.row.clinic_id.bytes + self.row.patient_id.bytes
        self._key = DataKey(base64.b64decode(self.row.content_key), context)

    async def add(self, number: int, data: bytes, *, is_last: bool) -> UUID:
        """Seal a part, keep it, and return its id. Raises ObjectsDown."""
        part_id = new_id()
        bound = self._bound(part_id, number, is_last=is_last)
        sealed = await asyncio.to_thread(self._key.encrypt, data, bound)
        await self.store.put(self._name(part_id), sealed)
        return part_id

    async def read(self, number: int) -> bytes:
        """Return a part. Raises ObjectsDown, DecryptionFailed."""
        ids = part_ids(self.row.objects)
        sealed = await self.store.get(self._name(ids[number]))
        bound = self._bound(ids[number], number, is_last=number == len(ids) - 1)
        return await asyncio.to_thread(self._key.decrypt, sealed, bound)

    async def cut(self, wanted: range) -> AsyncIterator[bytes]:
        """Yield these bytes, a part at a time. Raises ObjectsDown, DecryptionFailed."""
        for number in range(wanted.start // PART_BYTES, -(-wanted.stop // PART_BYTES)):
            begins = number * PART_BYTES
            part = await self.read(number)
            yield part[max(wanted.start - begins, 0) : wanted.stop - begins]

    def _name(self, part_id: UUID) -> ObjectName:
        return ObjectName(self.row.clinic_id, self.row.id, part_id)

    def _bound(self, part_id: UUID, number: int, *, is_last: bool) -> bytes:
        return associated_data(self.table, part_id, "objects", number, (self.row.id, is_last))


@dataclass(frozen=True, slots=True)
class Checked:
    """A whole content: its size, its digest, and the parts that it is kept in."""

    size_bytes: int
    sha256: str
    objects: bytes


async def checked(parts: Parts, row: AttachmentRow) -> Checked:
    """Check the whole of what was sent, and take the metadata out of an image, which is then kept in parts of its own.

    Memory is flat: two parts are held at once. An image is read twice, since how long it becomes is told at its
    beginning and bound to its end. Raises WrongDigest, BrokenImage, ObjectsDown, DecryptionFailed.
    """
    digest, stripper = hashlib.sha256(), Stripper(row.content_type) if row.content_type in IMAGES else None
    for number in range(len(part_ids(row.objects))):
        data = await parts.read(number)
        await asyncio.to_thread(digest.update, data)
        if stripper is not None:
            await asyncio.to_thread(stripper.feed, data)
    if stripper is not None:
        stripper.end()
    if row.sha256 not in {None, digest.hexdigest()}:
        raise WrongDigest
    if stripper is None:
        return Checked(row.size_bytes, digest.hexdigest(), row.objects)
    return await _stripped(parts, row.content_type, stripper.kept_bytes)


async def _stripped(parts: Parts, content_type: MediaType, size: int) -> Checked:
    """Keep an image of this size, which is that of the first way through, without its metadata."""
    stripper, digest = Stripper(content_type, size), hashlib.sha256()
    waiting, kept = bytearray(), list[UUID]()
    for number in range(len(part_ids(parts.row.objects))):
        waiting += await asyncio.to_thread(stripper.feed, await parts.read(number))
        while due := next_part_bytes(size, len(kept) * PART_BYTES):
            if len(waiting) < due:
                break
            data, is_last = bytes(waiting[:due]), is_last_part(size, len(kept) * PART_BYTES)
            del waiting[:due]
            await asyncio.to_thread(digest.update, data)
            kept.append(await parts.add(len(kept), data, is_last=is_last))
    return Checked(size, digest.hexdigest(), b"".join(one.bytes for one in kept))
