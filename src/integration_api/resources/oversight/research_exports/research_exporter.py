"""The job behind research exports. Any number of processes run it; one claims an export, writes it, marks it ready.

A process that ends meanwhile says nothing more, so its claim runs out and another one begins anew. The parts that the
first one kept are named by no row then, and are swept.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
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
from integration_api.resources.oversight.exports.export_signatures import ExportSigner
from integration_api.resources.oversight.exports.rules import CLAIMED_FOR, MAX_ATTEMPTS, RETRY_AFTER, SAID_EVERY
from integration_api.resources.oversight.exports.service import ReadyFile
from integration_api.resources.oversight.research_exports import operations
from integration_api.resources.oversight.research_exports import research_job_statements as sql
from integration_api.resources.oversight.research_exports.research_files import (
    ExportImpossible,
    MadeResearchExport,
    ResearchTask,
    write_research_export,
)
from integration_api.resources.oversight.research_exports.research_job_statements import DueResearchExport
from integration_api.resources.oversight.research_exports.service import TABLE
from integration_api.resources.oversight.research_studies.tables import ResearchExportRow, ResearchFailure
from integration_api.resources.people.service_accounts.tables import ExportState
from integration_api.storage.database import DatabaseDown, Missed
from integration_api.web.errors import Forbidden, NotFound, StaleVersion

MAX_DUE = 20
"""Exports of one clinic that one turn looks at."""
END_SECONDS = 2.0
_FIRST = UUID(int=0)


class ClaimLost(StartAgain):
    """Another process has the export now, or it has ended."""


class ResearchExporter:
    """The job of one process. It makes one export at a time, so its memory does not grow with what waits."""

    def __init__(self, runtime: Runtime) -> None:
        """Start nothing yet."""
        self._runtime, self._jobs = runtime, Jobs(runtime, operations.MAKE_RESEARCH_EXPORT)
        self._signer = ExportSigner.of(runtime.vault)

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
                continue  # another process was faster, or a chart was erased
            except DatabaseDown:
                raise
            except Exception as error:  # noqa: BLE001  one export must not keep the others waiting; it is due again
                logs.event("research_export_failed", logs.ERROR, failed=error)
        return made

    async def _attend(self, due: DueResearchExport) -> int:
        """Return 1 if it was made. Raises ClaimLost, StaleVersion."""
        if due.state is ExportState.READY:
            return await self._over(due, None)
        if due.attempts >= MAX_ATTEMPTS:
            return await self._over(due, ResearchFailure.NOT_POSSIBLE)
        await self._jobs.unit(partial(_claim, due=due))
        claimed = due.model_copy(update={"attempts": due.attempts + 1, "claim_number": due.claim_number + 1})
        row = await self._jobs.unit(partial(_claimed, due=claimed))
        if row is None:
            raise ClaimLost
        try:
            made = await self._write(row)
        except ExportImpossible as error:
            return await self._over(claimed, error.failure)
        except ClaimLost:
            raise
        except (StartAgain, Forbidden, NotFound):
            return await self._over(claimed, ResearchFailure.SIGN_IN_ENDED)
        except Exception as error:  # noqa: BLE001  what stopped it may be over at the next try; they are counted
            logs.event("research_export_failed", logs.WARNING, failed=error)
            until = self._runtime.clock() + RETRY_AFTER * claimed.attempts
            await self._jobs.unit(partial(_keep, row=row, until=until, objects=b""))
        else:
            with _as_lost():
                await self._jobs.load(partial(_finish, row=row, made=made))
            return 1
        return 0

    async def _over(self, due: DueResearchExport, failure: ResearchFailure | None) -> int:
        await self._jobs.unit(partial(_end, due=due, failure=failure))
        return 0

    async def _write(self, row: ResearchExportRow) -> MadeResearchExport:
        """Write it as the officer who asked. Raises as `write_research_export`."""
        actor = await self._jobs.unit(partial(_asker, row=row))
        if actor is None:
            raise ExportImpossible(ResearchFailure.SIGN_IN_ENDED)
        file = ReadyFile(row.clinic_id, row.id, row.clinic_id, 0, row.content_key or "", b"")
        parts = Parts(file, self._runtime.objects, TABLE)
        behalf = OnBehalf(self._runtime, actor)
        return await write_research_export(ResearchTask(row, behalf, parts, self._signer, self._saying(row)))

    def _saying(self, row: ResearchExportRow) -> Callable[[bytes], Awaitable[None]]:
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
        found = await work.one(sql.NEXT_RESEARCH_CLINIC, last_clinic_id=last)
        return found.clinic_id if found else None

    async def run(self, seconds: float, ending: asyncio.Event) -> None:
        """Take a turn every `seconds` until `ending`. One that is being made at the end is begun anew elsewhere."""
        while not ending.is_set():
            try:
                await self.turn()
            except Exception as error:  # noqa: BLE001  it must go on: what failed is tried again on the next turn
                logs.event("research_export_turn_failed", logs.WARNING, failed=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), seconds)


@contextmanager
def _as_lost() -> Iterator[None]:
    """Raise ClaimLost if the export is another's by now."""
    try:
        yield
    except Missed as error:
        raise ClaimLost from error


async def _due(work: Work, clinic_id: UUID) -> list[DueResearchExport]:
    return await work.part(sql.DUE_RESEARCH_EXPORTS, clinic_id=clinic_id, page_rows=MAX_DUE)


async def _claim(work: Work, due: DueResearchExport) -> None:
    """Raises ClaimLost, when applied, if another process was faster."""
    work.change(
        sql.CLAIM_RESEARCH_EXPORT,
        missed=ClaimLost,
        clinic_id=due.clinic_id,
        id=due.id,
        claim_number=due.claim_number,
        claimed_until=work.now + CLAIMED_FOR,
        objects=b"",
    )


async def _claimed(work: Work, due: DueResearchExport) -> ResearchExportRow | None:
    asked = {"clinic_id": due.clinic_id, "id": due.id, "claim_number": due.claim_number}
    return await work.one(sql.READ_CLAIMED_RESEARCH_EXPORT, **asked)


async def _asker(work: Work, row: ResearchExportRow) -> Actor | None:
    return await asker(work, row.clinic_id, row.account_id, row.sign_in_id, row.epoch)


async def _keep(work: Work, row: ResearchExportRow, until: datetime, objects: bytes) -> None:
    """Raises ClaimLost, when applied, if another process has it, or a chart was erased."""
    work.change(
        sql.KEEP_RESEARCH_EXPORT,
        missed=ClaimLost,
        clinic_id=row.clinic_id,
        id=row.id,
        claim_number=row.claim_number,
        claimed_until=until,
        objects=objects,
    )


async def _finish(work: Work, row: ResearchExportRow, made: MadeResearchExport) -> None:
    """Mark it ready, let earlier ones of the study expire, and tell each patient in their access log."""
    expires_at = work.now + timedelta(days=row.kept_days)
    ready = {
        "state": ExportState.READY,
        "consent_mark": made.consent_mark,
        "chart_count": len(made.charts),
        "size_bytes": made.whole.size_bytes,
        "sha256": made.whole.sha256,
        "objects": made.whole.objects,
        "ready_at": work.now,
        "expires_at": expires_at,
        "due_at": expires_at,
    }
    work.revise(sql.FINISH_RESEARCH_EXPORT, row, ready)
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


async def _end(work: Work, due: DueResearchExport, failure: ResearchFailure | None) -> None:
    """Collect the end of one: its key goes, and its parts with the next sweep."""
    work.change(
        sql.END_RESEARCH_EXPORT,
        clinic_id=due.clinic_id,
        id=due.id,
        expected_version=due.version,
        claim_number=due.claim_number,
        state=ExportState.EXPIRED if failure is None else ExportState.FAILED,
        failure=failure,
        objects=b"",
        due_at=None,
        content_key=None,
    )
    event = operations.RESEARCH_EXPORT_EXPIRED if failure is None else operations.RESEARCH_EXPORT_FAILED
    reason = None if failure is None else failure.value
    work.record(due.id, event=event, clinic_id=due.clinic_id, actor_id=due.account_id, reason=reason)
