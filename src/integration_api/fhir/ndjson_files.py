"""A file of a bulk export on its way into the store: lines go in, sealed parts come out, nothing plain is on a disk."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from integration_api.core.ids import new_id
from integration_api.fhir.bulk_exports import TABLE, BulkFile
from integration_api.fhir.elements import Json, pruned
from integration_api.resources.journal.attachments.rules import PART_BYTES
from integration_api.resources.journal.attachments.sealed_parts import Parts, new_content_key
from integration_api.resources.people.service_accounts.tables import BulkFileRow
from integration_api.storage.objects import Objects


@dataclass(slots=True)
class NdjsonFile:
    """Resources of one type, one a line. Of its text, one page and one part are held at once."""

    store: Objects
    row: BulkFileRow
    patients: set[UUID] = field(default_factory=set)
    """The charts that are in it."""
    _waiting: bytearray = field(default_factory=bytearray)

    @classmethod
    def begin(cls, store: Objects, clinic_id: UUID, export_id: UUID, number: int, kind: str) -> "NdjsonFile":
        """Begin an empty file."""
        row = BulkFileRow(
            clinic_id=clinic_id,
            id=new_id(),
            export_id=export_id,
            number=number,
            kind=kind,
            count=0,
            size_bytes=0,
            content_key=new_content_key(),
            objects=b"",
        )
        return cls(store, row)

    async def write(self, resources: Sequence[Json]) -> None:
        """Write some, and seal what is full. Raises ObjectsDown."""
        self._waiting += await asyncio.to_thread(_lines, resources)
        self.row.count += len(resources)
        while len(self._waiting) > PART_BYTES:
            await self._seal(PART_BYTES, is_last=False)

    async def end(self) -> BulkFileRow | None:
        """Seal the rest, and return the row; None of a file without a resource. Raises ObjectsDown."""
        if not self.row.count:
            return None
        await self._seal(len(self._waiting), is_last=True)
        return self.row

    async def _seal(self, size: int, *, is_last: bool) -> None:
        data = bytes(self._waiting[:size])
        del self._waiting[:size]
        number = len(self.row.objects) // 16
        part_id = await Parts(BulkFile(self.row), self.store, TABLE).add(number, data, is_last=is_last)
        self.row.objects += part_id.bytes
        self.row.size_bytes += size


def _lines(resources: Sequence[Json]) -> bytes:
    return b"".join(json.dumps(pruned(one), ensure_ascii=False, allow_nan=False).encode() + b"\n" for one in resources)
