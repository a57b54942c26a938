"""The job behind exports. The parts that a process kept before it ended are named by no row, and are swept."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from integration_api.access.actor import Actor
from integration_api.access.jobs import OnBehalf
from integration_api.access.queues import QueueJob, end, finish
from integration_api.access.runtime import Runtime
from integration_api.access.work import Work
from integration_api.core import logs
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
from integration_api.resources.oversight.exports.service import TABLE, ReadyFile
from integration_api.resources.oversight.exports.statements import told_as
from integration_api.resources.oversight.exports.tables import ExportRow, ExportTable

MAX_EARLIER = 100


class Exporter(QueueJob[DueExport, ExportRow, MadeExport]):
    """The job of one process."""

    def __init__(self, runtime: Runtime, translate: Translate = not_translated, printer: Printer | None = None) -> None:
        """Start nothing yet. `translate` makes the lines of FHIR, `printer` the PDF if the server makes one."""
        super().__init__(runtime, operations.MAKE_EXPORT, sql.EXPORTS)
        self._translate, self._signer, self._printer = translate, ExportSigner.of(runtime.vault), printer

    async def _make(self, row: ExportRow, actor: Actor) -> MadeExport:
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

    async def _finish(self, row: ExportRow, made: MadeExport) -> None:
        await self._jobs.unit(partial(_finish, row=row, made=made))

    def _ended(self, work: Work, due: DueExport, failure: str | None) -> None:
        work.telling.tell(*told_as(due), of=ExportTable)
        if failure is None:
            work.record(due.id, due.patient_id, event=operations.EXPORT_EXPIRED, clinic_id=due.clinic_id)
        else:
            work.record(
                due.id,
                due.patient_id,
                event=operations.EXPORT_FAILED,
                clinic_id=due.clinic_id,
                actor_id=due.account_id,
                reason=failure,
            )


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
        end(work, sql.EXPORTS, one, None)
        work.telling.tell(*told_as(one), of=ExportTable)
    finish(
        work,
        sql.EXPORTS,
        row,
        timedelta(days=row.kept_days),
        size_bytes=made.whole.size_bytes,
        sha256=made.whole.sha256,
        objects=made.whole.objects,
        missing=made.missing,
    )
    work.record(row.id, row.patient_id, clinic_id=row.clinic_id, actor_id=row.account_id)
