"""The job behind uploads: it forgets those that were never completed, and deletes objects that no row names.

Objects are deleted here alone. A deleted attachment cannot be read from then on, since its key went with its row.
Any number of processes run it side by side. Objects of a clinic that this database does not know are left alone.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from uuid import UUID

from integration_api.access.binding_check import NEXT_CLINIC
from integration_api.access.jobs import Jobs
from integration_api.access.runtime import Runtime
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.core.clock import system_clock, time_of
from integration_api.resources.journal.attachments import operations
from integration_api.resources.journal.attachments import statements as sql
from integration_api.resources.journal.attachments.rules import SWEPT_AFTER, UPLOAD_WITHIN
from integration_api.resources.journal.attachments.sealed_parts import part_ids
from integration_api.resources.journal.notes.tables import AttachmentTable
from integration_api.storage.database import DatabaseDown
from integration_api.storage.objects import LIST_PAGE, ObjectName
from integration_api.web.errors import StaleVersion

MAX_EXPIRED = 100
"""Uploads of one clinic that one turn forgets."""
END_SECONDS = 2.0
_FIRST = UUID(int=0)
_TIME_BITS_AT = 80


class Sweeper:
    """The job of one process."""

    def __init__(self, runtime: Runtime) -> None:
        """Start nothing yet."""
        self._jobs, self._objects = Jobs(runtime, operations.EXPIRE), runtime.objects

    async def turn(self, now: datetime | None = None) -> int:
        """Forget and sweep once, and return how many objects were deleted. Raises DatabaseDown, ObjectsDown.

        Objects are as old as their ids say by this machine's clock; `now` is for tests.
        """
        last, ours = _FIRST, set[UUID]()
        while (clinic := await self._jobs.unit(partial(_next_clinic, last=last))) is not None:
            last = clinic
            ours.add(clinic)
            with time_of(clinic):
                await self._forget(clinic)
        deleted, before = 0, (now or system_clock()) - SWEPT_AFTER
        async for page in self._objects.pages():
            old = [name for name in page if name.clinic_id in ours and made_at(name.part_id) < before]
            for clinic, names in groupby(old, key=lambda name: name.clinic_id):
                orphans = await self._jobs.unit(partial(_orphans, clinic_id=clinic, names=list(names)))
                await self._objects.delete(orphans)
                deleted += len(orphans)
        return deleted

    async def _forget(self, clinic: UUID) -> None:
        """Forget uploads of one clinic, each alone. What fails is tried again on the next turn."""
        try:
            for row in await self._jobs.unit(partial(_expired, clinic_id=clinic)):
                with suppress(StaleVersion):  # it was completed or held meanwhile, or another process was faster
                    await self._jobs.unit(partial(_expire, row=row))
        except DatabaseDown:
            raise
        except Exception as error:  # noqa: BLE001  other clinics go on
            logs.event("sweep_failed", logs.WARNING, failed=error)

    async def run(self, seconds: float, ending: asyncio.Event) -> None:
        """Take a turn every `seconds` until `ending`."""
        while not ending.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), seconds)
                return
            try:
                await self.turn()
            except Exception as error:  # noqa: BLE001  it must go on: what failed is tried again on the next turn
                logs.event("sweep_failed", logs.WARNING, failed=error)


def made_at(part_id: UUID) -> datetime:
    """Return when an id of version 7 was made. Source: RFC 9562, 5.7."""
    return datetime.fromtimestamp((part_id.int >> _TIME_BITS_AT) / 1000, UTC)


async def _next_clinic(work: Work, last: UUID) -> UUID | None:
    found = await work.one(NEXT_CLINIC, last_clinic_id=last)
    return found.clinic_id if found else None


async def _expired(work: Work, clinic_id: UUID) -> list[sql.ExpiredUpload]:
    """Return uploads of one clinic that began too long ago."""
    before = work.now - UPLOAD_WITHIN
    return await work.part(sql.EXPIRED_UPLOADS, clinic_id=clinic_id, created_before=before, page_rows=MAX_EXPIRED)


async def _expire(work: Work, row: sql.ExpiredUpload) -> None:
    """Forget an attachment that nobody else sees any more, so nobody is told. Raises StaleVersion if it changed."""
    before = work.now - UPLOAD_WITHIN
    work.change(sql.EXPIRE_UPLOAD, clinic_id=row.clinic_id, id=row.id, created_before=before)
    work.leave_tombstone(AttachmentTable.__tablename__, row, row.patient_id)
    work.record(row.id, row.patient_id, clinic_id=row.clinic_id, is_private=True)


async def _orphans(work: Work, clinic_id: UUID, names: list[ObjectName]) -> list[ObjectName]:
    """Return those of one clinic's objects that no row names, of any table that names objects."""
    first, last = names[0].attachment_id, names[-1].attachment_id
    known_to, live = last, set[tuple[UUID, UUID]]()
    for read in sql.NAMING_OBJECTS:
        found = await work.part(read, clinic_id=clinic_id, first_id=first, last_id=last, page_rows=LIST_PAGE)
        known_to = known_to if len(found) < LIST_PAGE else min(known_to, found[-1].id)
        live |= {(row.id, part_id) for row in found for part_id in part_ids(row.objects)}
    return [name for name in names if name.attachment_id <= known_to and (name.attachment_id, name.part_id) not in live]
