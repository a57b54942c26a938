"""The job behind exports. Any number of processes run it; one of them claims an export, writes it, and marks it ready.

A process that ends meanwhile says nothing more, so its claim runs out and another one begins anew. The parts that the
first one kept are named by no row then, and are swept.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from integration_api.access.actor import Actor
from integration_api.access.jobs import Jobs, OnBehalf, asker
from integration_api.access.reads import StartAgain
from integration_api.access.runtime import Runtime
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.core.clock import time_of
from integration_api.resources.journal.attachments.sealed_parts import Parts
from integration_api.resources.oversight.exports import export_job_statements as sql
from integration_api.resources.oversight.exports import operations
from integration_api.resources.oversight.exports.chart_exports import (
    ExportTask,
    FilesUnreadable,
    MadeExport,
    Translate,
    not_translated,
    write_export,
)
from integration_api.resources.oversight.exports.export_job_statements import DueExport
from integration_api.resources.oversight.exports.export_signatures import ExportSigner
from integration_api.resources.oversight.exports.printers import Printer
from integration_api.resources.oversight.exports.rules import CLAIMED_FOR, MAX_ATTEMPTS, RETRY_AFTER, SAID_EVERY
from integration_api.resources.oversight.exports.service import TABLE, ReadyFile
from integration_api.resources.oversight.exports.statements import told_as
from integration_api.resources.oversight.exports.tables import ExportRow, ExportTable
from integration_api.resources.people.service_accounts.tables import ExportFailure, ExportState
from integration_api.storage.database import DatabaseDown
from integration_api.web.errors import Forbidden, NotFound, StaleVersion

MAX_DUE = 20
"""Exports of one clinic that one turn looks at."""
MAX_EARLIER = 100
END_SECONDS = 2.0
_FIRST = UUID(int=0)


class ClaimLost(StartAgain):
    """Another process has the export now, or it has ended."""


class Exporter:
    """The job of one process. It makes one export at a time, so its memory does not grow with what waits."""

    def __init__(self, runtime: Runtime, translate: Translate = not_translated, printer: Printer | None = None) -> None:
        """Start nothing yet. `translate` makes the lines of FHIR, `printer` the PDF if the server makes one."""
        self._runtime, self._jobs, self._translate = runtime, Jobs(runtime, operations.MAKE_EXPORT), translate
        self._signer, self._printer = ExportSigner.of(runtime.vault), printer

    async def turn(self) -> int:
        """Make what is due, forget what has expired, and return how many were made. Raises DatabaseDown."""
        made, last = 0, _FIRST
        while (clinic := await self._jobs.unit(partial(self._next_clinic, last=last))) is not None:
            last = clinic
            with time_of(clinic):
                made += await self._serve(clinic)
        return made

    async def _serve(self, clinic: UUID) -> int:
        made = 0
        for due in await self._jobs.unit(partial(_due, clinic_id=clinic)):
            try:
                made += await self._attend(due)
            except (ClaimLost, StaleVersion):
                continue  # another process was faster
            except DatabaseDown:
                raise
            except Exception as error:  # noqa: BLE001  one export must not keep the others waiting; it is due again
                logs.event("export_failed", logs.ERROR, failed=error)
        return made

    async def _attend(self, due: DueExport) -> int:
        """Return 1 if it was made. Raises ClaimLost, StaleVersion."""
        if due.state is ExportState.READY:
            await self._jobs.unit(partial(_expire, due=due))
            return 0
        if due.attempts >= MAX_ATTEMPTS:
            await self._jobs.unit(partial(_fail, due=due, failure=ExportFailure.NOT_POSSIBLE))
            return 0
        await self._jobs.unit(partial(_claim, due=due))
        claimed = due.model_copy(update={"attempts": due.attempts + 1})
        row = await self._jobs.unit(partial(_claimed, due=claimed))
        actor = await self._jobs.unit(partial(_asker, row=row)) if row else None
        if row is None or actor is None:
            await self._jobs.unit(partial(_fail, due=claimed, failure=ExportFailure.SIGN_IN_ENDED))
            return 0
        try:
            made = await self._write(row, actor)
        except ClaimLost:
            raise
        except (StartAgain, Forbidden, NotFound):
            await self._jobs.unit(partial(_fail, due=claimed, failure=ExportFailure.SIGN_IN_ENDED))
            return 0
        except Exception as error:  # noqa: BLE001  what stopped it may be over at the next try; they are counted
            logs.event("export_failed", logs.WARNING, failed=error)
            until = self._runtime.clock() + RETRY_AFTER * claimed.attempts
            await self._jobs.unit(partial(_keep, row=row, until=until, objects=b""))
            return 0
        await self._jobs.unit(partial(_finish, row=row, made=made))
        return 1

    async def _write(self, row: ExportRow, actor: Actor) -> MadeExport:
        """Write it, without the files that do not open. Raises as `write_export`, but for FilesUnreadable."""
        unreadable = frozenset[UUID]()
        file = ReadyFile(row.clinic_id, row.id, row.patient_id, 0, row.content_key or "", b"")
        while True:
            task = ExportTask(
                row,
                OnBehalf(self._runtime, actor),
                Parts(file, self._runtime.objects, TABLE),
                self._signer,
                self._saying(row),
                unreadable,
                self._translate,
                self._printer,
            )
            try:
                return await write_export(task)
            except FilesUnreadable as error:
                logs.event("export_without_file", logs.WARNING, failed=error)
                unreadable |= error.attachment_ids

    def _saying(self, row: ExportRow) -> Callable[[bytes], Awaitable[None]]:
        """Return the call that keeps the claim; it goes to the database once in a while."""
        said_at = self._runtime.clock()

        async def say(objects: bytes) -> None:
            nonlocal said_at
            now = self._runtime.clock()
            if now - said_at >= SAID_EVERY:
                said_at = now
                await self._jobs.unit(partial(_keep, row=row, until=now + CLAIMED_FOR, objects=objects))

        return say

    @staticmethod
    async def _next_clinic(work: Work, last: UUID) -> UUID | None:
        found = await work.one(sql.NEXT_EXPORT_CLINIC, last_clinic_id=last)
        return found.clinic_id if found else None

    async def run(self, seconds: float, ending: asyncio.Event) -> None:
        """Take a turn every `seconds` until `ending`. One that is being made at the end is begun anew elsewhere."""
        while not ending.is_set():
            try:
                await self.turn()
            except Exception as error:  # noqa: BLE001  it must go on: what failed is tried again on the next turn
                logs.event("export_turn_failed", logs.WARNING, failed=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), seconds)


async def _due(work: Work, clinic_id: UUID) -> list[DueExport]:
    return await work.part(sql.DUE_EXPORTS, clinic_id=clinic_id, page_rows=MAX_DUE)


async def _claim(work: Work, due: DueExport) -> None:
    """Raises ClaimLost, when applied, if another process was faster."""
    work.change(
        sql.CLAIM_EXPORT,
        missed=ClaimLost,
        clinic_id=due.clinic_id,
        id=due.id,
        attempts=due.attempts,
        claimed_until=work.now + CLAIMED_FOR,
        objects=b"",
    )
    work.telling.tell(of=ExportTable)  # nobody sees a claim


async def _claimed(work: Work, due: DueExport) -> ExportRow | None:
    """Return the whole row; None if its chart was erased."""
    return await work.one(sql.READ_CLAIMED_EXPORT, clinic_id=due.clinic_id, id=due.id, attempts=due.attempts)


async def _asker(work: Work, row: ExportRow) -> Actor | None:
    return await asker(work, row.clinic_id, row.account_id, row.sign_in_id, row.epoch)


async def _keep(work: Work, row: ExportRow, until: datetime, objects: bytes) -> None:
    """Raises ClaimLost, when applied, if another process has it."""
    work.change(
        sql.KEEP_EXPORT,
        missed=ClaimLost,
        clinic_id=row.clinic_id,
        id=row.id,
        attempts=row.attempts,
        claimed_until=until,
        objects=objects,
    )
    work.telling.tell(of=ExportTable)


async def _finish(work: Work, row: ExportRow, made: MadeExport) -> None:
    """Mark it ready, and let earlier ones of the chart expire: the new one replaces them."""
    earlier = await work.part(
        sql.EARLIER_EXPORTS,
        clinic_id=row.clinic_id,
        patient_id=row.patient_id,
        record_request_id=row.record_request_id,
        page_rows=MAX_EARLIER,
    )
    for one in earlier:
        _end(work, one, ExportState.EXPIRED, None)
    expires_at = work.now + timedelta(days=row.kept_days)
    ready = {
        "state": ExportState.READY,
        "size_bytes": made.whole.size_bytes,
        "sha256": made.whole.sha256,
        "objects": made.whole.objects,
        "missing": made.missing,
        "ready_at": work.now,
        "expires_at": expires_at,
        "due_at": expires_at,
    }
    work.revise(sql.FINISH_EXPORT, row, ready, missed=ClaimLost)
    work.record(row.id, row.patient_id, clinic_id=row.clinic_id, actor_id=row.account_id)


async def _fail(work: Work, due: DueExport, failure: ExportFailure) -> None:
    _end(work, due, ExportState.FAILED, failure)
    work.record(
        due.id,
        due.patient_id,
        event=operations.EXPORT_FAILED,
        clinic_id=due.clinic_id,
        actor_id=due.account_id,
        reason=failure.value,
    )


async def _expire(work: Work, due: DueExport) -> None:
    _end(work, due, ExportState.EXPIRED, None)
    work.record(due.id, due.patient_id, event=operations.EXPORT_EXPIRED, clinic_id=due.clinic_id)


def _end(work: Work, due: DueExport, state: ExportState, failure: ExportFailure | None) -> None:
    """Collect the end of one: its key goes, and its parts with the next sweep."""
    work.change(
        sql.END_EXPORT,
        clinic_id=due.clinic_id,
        id=due.id,
        expected_version=due.version,
        attempts=due.attempts,
        state=state,
        failure=failure,
        objects=b"",
        due_at=None,
        content_key=None,
    )
    work.telling.tell(*told_as(due), of=ExportTable)
