"""The job behind research exports. The parts that a process kept before it ended are named by no row, and are swept."""

from datetime import timedelta
from functools import partial

from integration_api.access.actor import Actor
from integration_api.access.jobs import OnBehalf
from integration_api.access.queues import QueueJob, finish
from integration_api.access.runtime import Runtime
from integration_api.access.work import Work
from integration_api.resources.journal.attachments.sealed_parts import Parts
from integration_api.resources.oversight.exports.export_signatures import ExportSigner
from integration_api.resources.oversight.exports.service import ReadyFile
from integration_api.resources.oversight.research_exports import operations
from integration_api.resources.oversight.research_exports import research_job_statements as sql
from integration_api.resources.oversight.research_exports.research_files import (
    MadeResearchExport,
    ResearchTask,
    write_research_export,
)
from integration_api.resources.oversight.research_exports.research_job_statements import DueResearchExport
from integration_api.resources.oversight.research_exports.service import TABLE
from integration_api.resources.oversight.research_studies.tables import ResearchExportRow


class ResearchExporter(QueueJob[DueResearchExport, ResearchExportRow, MadeResearchExport]):
    """The job of one process."""

    def __init__(self, runtime: Runtime) -> None:
        """Start nothing yet."""
        super().__init__(runtime, operations.MAKE_RESEARCH_EXPORT, sql.RESEARCH_EXPORTS)
        self._signer = ExportSigner.of(runtime.vault)

    async def _make(self, row: ResearchExportRow, actor: Actor) -> MadeResearchExport:
        """Write it as the officer who asked. Raises as `write_research_export`."""
        file = ReadyFile(row.clinic_id, row.id, row.clinic_id, 0, row.content_key or "", b"")
        parts, behalf = Parts(file, self._runtime.objects, TABLE), OnBehalf(self._runtime, actor)
        return await write_research_export(ResearchTask(row, behalf, parts, self._signer, self._saying(row)))

    async def _finish(self, row: ResearchExportRow, made: MadeResearchExport) -> None:
        await self._jobs.load(partial(_finish, row=row, made=made))

    def _ended(self, work: Work, due: DueResearchExport, failure: str | None) -> None:
        event = operations.RESEARCH_EXPORT_EXPIRED if failure is None else operations.RESEARCH_EXPORT_FAILED
        work.record(due.id, event=event, clinic_id=due.clinic_id, actor_id=due.account_id, reason=failure)


async def _finish(work: Work, row: ResearchExportRow, made: MadeResearchExport) -> None:
    """Mark it ready, let earlier ones of the study expire, and tell each patient in their access log."""
    finish(
        work,
        sql.RESEARCH_EXPORTS,
        row,
        timedelta(days=row.kept_days),
        consent_mark=made.consent_mark,
        chart_count=len(made.charts),
        size_bytes=made.whole.size_bytes,
        sha256=made.whole.sha256,
        objects=made.whole.objects,
    )
    work.change(
        sql.EXPIRE_EARLIER_RESEARCH_EXPORTS, rows=None, clinic_id=row.clinic_id, study_id=row.study_id, id=row.id
    )
    work.record(row.id, clinic_id=row.clinic_id, actor_id=row.account_id)
    for patient_id in made.charts:
        work.record(
            row.study_id,
            patient_id,
            event=operations.RESEARCH_CHART_INCLUDED,
            is_opened=False,
            clinic_id=row.clinic_id,
            actor_id=row.account_id,
        )
