"""The job behind bulk exports. Any number of processes run it; one claims an export, and goes on where it stands.

After each file, the file, the place and the ledger rows are committed together. A process that ends meanwhile says
nothing more, so its claim runs out, and another one goes on after the last file.
"""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from integration_api.access.actor import BY_FHIR, Actor
from integration_api.access.jobs import Jobs, OnBehalf, asker
from integration_api.access.reads import StartAgain
from integration_api.access.runtime import Runtime
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.core.clock import time_of
from integration_api.fhir import operations
from integration_api.fhir.bulk_exports import KEPT_FOR
from integration_api.fhir.bulk_parameters import sources_of
from integration_api.fhir.bundle_pages import query_of, resources_of
from integration_api.fhir.elements import Json, instant
from integration_api.fhir.ndjson_files import NdjsonFile
from integration_api.fhir.search_parameters import Asked
from integration_api.fhir.served_types import KIND_OF, Source
from integration_api.fhir.translation import PREFIX, scope_of
from integration_api.resources.oversight.exports import bulk_statements as sql
from integration_api.resources.oversight.exports.bulk_statements import DueBulkExport
from integration_api.resources.oversight.exports.rules import CLAIMED_FOR, RETRY_AFTER
from integration_api.resources.oversight.exports.tables import (
    BulkExportRow,
    BulkFileRow,
    ExportFailure,
    ExportState,
)
from integration_api.resources.people.sign_in import statements as sign_in_sql
from integration_api.storage.database import DatabaseDown
from integration_api.web.errors import Forbidden, NotFound, StaleVersion
from integration_api.web.paging import MAX_LIMIT

FILE_RESOURCES = 1_000
"""Resources of one file, and so between two commits. Our own choice: a file is written again after a crash."""
MAX_ATTEMPTS = 20
"""An export that was begun so often, and never ended, has failed."""
MAX_DUE = 20
END_SECONDS = 2.0
_FIRST = UUID(int=0)


class ClaimLost(StartAgain):
    """Another process has the export now, or it has ended."""


class SourcePage(NamedTuple):
    """One page of a list: resources, the charts that they are of, and the cursor of the next."""

    resources: Sequence[Json]
    patients: set[UUID]
    cursor: str | None


class BulkExporter:
    """The job of one process. It makes one export at a time, so its memory does not grow with what waits."""

    def __init__(self, runtime: Runtime) -> None:
        """Start nothing yet."""
        self._runtime, self._jobs = runtime, Jobs(runtime, operations.MAKE_BULK_EXPORT)

    async def run(self, seconds: float, ending: asyncio.Event) -> None:
        """Take a turn every `seconds` until `ending`. One that is being made at the end goes on elsewhere."""
        while not ending.is_set():
            try:
                await self.turn()
            except Exception as error:  # noqa: BLE001  it must go on: what failed is tried again on the next turn
                logs.event("bulk_export_turn_failed", logs.WARNING, failed=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), seconds)

    async def turn(self) -> int:
        """Make what is due, forget what has expired, and return how many were made. Raises DatabaseDown."""
        made, last = 0, _FIRST
        while (clinic := await self._jobs.unit(partial(_next_clinic, last=last))) is not None:
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
                continue  # another process was faster, or the program ended it
            except DatabaseDown:
                raise
            except Exception as error:  # noqa: BLE001  one export must not keep the others waiting; it is due again
                logs.event("bulk_export_failed", logs.ERROR, failed=error)
        return made

    async def _attend(self, due: DueBulkExport) -> int:
        """Return 1 if it was made. Raises ClaimLost, StaleVersion."""
        if due.state is ExportState.READY:
            await self._jobs.unit(partial(_end, due=due, state=ExportState.EXPIRED, failure=None))
            return 0
        if due.attempts >= MAX_ATTEMPTS:
            await self._fail(due, ExportFailure.NOT_POSSIBLE)
            return 0
        await self._jobs.unit(partial(_claim, due=due))
        claimed = due.model_copy(update={"attempts": due.attempts + 1})
        row = await self._jobs.unit(partial(_claimed, due=claimed))
        if row is None:
            raise ClaimLost
        actor = await self._jobs.unit(partial(_asker, row=row))
        if actor is None:
            await self._fail(claimed, ExportFailure.SIGN_IN_ENDED)
            return 0
        try:
            row = await self._write(row, OnBehalf(self._runtime, actor))
        except ClaimLost:
            raise
        except (StartAgain, Forbidden, NotFound):
            await self._fail(claimed, ExportFailure.SIGN_IN_ENDED)
            return 0
        except Exception as error:  # noqa: BLE001  what stopped it may be over at the next try; they are counted
            logs.event("bulk_export_failed", logs.WARNING, failed=error)
            row = await self._jobs.unit(partial(_claimed, due=claimed)) or row
            await self._jobs.unit(partial(_keep, row=row, wait=RETRY_AFTER * row.attempts))
            return 0
        await self._jobs.unit(partial(_finish, row=row))
        return 1

    async def _fail(self, due: DueBulkExport, failure: ExportFailure) -> None:
        await self._jobs.unit(partial(_end, due=due, state=ExportState.FAILED, failure=failure))

    async def _write(self, row: BulkExportRow, behalf: OnBehalf) -> BulkExportRow:
        """Write the files that are missing, one after the other. Raises ClaimLost, StartAgain, ObjectsDown."""
        sources = [source for kind in row.kinds for source in sources_of(kind, behalf.actor.scopes)]
        text, _, rest = row.place.partition(".")
        number, cursor = int(text), rest or None
        while number < len(sources):
            source = sources[number]
            file = NdjsonFile.begin(self._runtime.objects, row.clinic_id, row.id, row.made_count, KIND_OF[source])
            cursor = await _fill(file, behalf, source, cursor, row)
            number += cursor is None
            place = f"{number}.{cursor or ''}"
            made = await file.end()
            row = row.model_copy(update={"place": place, "made_count": row.made_count + file.row.count})
            await self._jobs.unit(partial(_keep, row=row, wait=CLAIMED_FOR, made=made, patients=file.patients))
        await behalf.work(operations.READ_BULK_EXPORT).confirm()  # it stood all the time: what has ended stays so
        return row


async def _fill(
    file: NdjsonFile, behalf: OnBehalf, source: Source, cursor: str | None, row: BulkExportRow
) -> str | None:
    """Write pages of a list into a file until it is full, and return the cursor of what is left."""
    while True:
        found = await page_of_source(behalf, source, cursor)
        since = instant(row.since) if row.since is not None else ""
        kept = [one for one in found.resources if str(one["meta"].get("lastUpdated", since)) >= since]
        await file.write(kept)
        file.patients |= found.patients if kept else set()
        cursor = found.cursor
        if cursor is None or file.row.count >= FILE_RESOURCES:
            return cursor


async def page_of_source(behalf: OnBehalf, source: Source, cursor: str | None) -> SourcePage:
    """Return one page of a list, by the handler of the plain operation. Raises Forbidden, StartAgain, NotFound."""
    route = source.list_route
    work = behalf.work(route.operation, scope_of(KIND_OF[source]))
    if not work.role_is_granted:
        raise Forbidden
    asked = Asked(count=MAX_LIMIT)
    query = urlencode(query_of(source, asked, cursor)).encode()
    scope = {
        "type": "http",
        "method": "GET",
        "path": PREFIX + route.path,
        "query_string": query,
        "headers": [],
        "path_params": {},
    }
    held: list[object] = []

    def hold(found: object) -> Response:
        held.append(found)
        return Response()

    await route.declared.rendered_by(hold).call(Request(scope), b"", work)
    resources, following = resources_of(source, {}, asked, held[0])
    return SourcePage(resources, work.charts, following)


async def _next_clinic(work: Work, last: UUID) -> UUID | None:
    found = await work.one(sql.NEXT_BULK_CLINIC, last_clinic_id=last)
    return found.clinic_id if found else None


async def _due(work: Work, clinic_id: UUID) -> list[DueBulkExport]:
    return await work.part(sql.DUE_BULK_EXPORTS, clinic_id=clinic_id, page_rows=MAX_DUE)


async def _claim(work: Work, due: DueBulkExport) -> None:
    """Raises ClaimLost, when applied, if another process was faster."""
    until = work.now + CLAIMED_FOR
    work.change(
        sql.CLAIM_BULK_EXPORT,
        missed=ClaimLost,
        clinic_id=due.clinic_id,
        id=due.id,
        attempts=due.attempts,
        claimed_until=until,
    )


async def _claimed(work: Work, due: DueBulkExport) -> BulkExportRow | None:
    return await work.one(sql.READ_CLAIMED_BULK_EXPORT, clinic_id=due.clinic_id, id=due.id, attempts=due.attempts)


async def _asker(work: Work, row: BulkExportRow) -> Actor | None:
    """Return the program with the types that it asked for; None if its sign-in has ended or its account has changed."""
    actor = await asker(work, row.clinic_id, row.account_id, row.sign_in_id, row.epoch)
    scopes = frozenset({BY_FHIR, *map(scope_of, row.kinds)})
    return replace(actor, scopes=scopes) if actor is not None else None


async def _keep(
    work: Work,
    row: BulkExportRow,
    wait: timedelta,
    made: BulkFileRow | None = None,
    patients: Collection[UUID] = (),
) -> None:
    """Keep a file, the place after it, and who is in it. Raises ClaimLost, when applied, if another process has it."""
    work.change(
        sql.KEEP_BULK_EXPORT,
        missed=ClaimLost,
        clinic_id=row.clinic_id,
        id=row.id,
        attempts=row.attempts,
        claimed_until=work.now + wait,
        place=row.place,
        made_count=row.made_count,
    )
    if made is None:
        return
    work.create(sql.INSERT_BULK_FILE, made)
    for patient_id in sorted(patients):
        work.record(
            row.id,
            patient_id,
            event=operations.BULK_EXPORT_CHART_READ,
            clinic_id=row.clinic_id,
            actor_id=row.account_id,
        )


async def _finish(work: Work, row: BulkExportRow) -> None:
    expires_at = work.now + KEPT_FOR
    ready = {"state": ExportState.READY, "ready_at": work.now, "expires_at": expires_at, "due_at": expires_at}
    work.revise(sql.FINISH_BULK_EXPORT, row, ready, missed=ClaimLost)
    work.change(sign_in_sql.REVOKE_SIGN_IN, rows=None, clinic_id=row.clinic_id, id=row.sign_in_id)
    work.record(row.id, clinic_id=row.clinic_id, actor_id=row.account_id)


async def _end(work: Work, due: DueBulkExport, state: ExportState, failure: ExportFailure | None) -> None:
    """Collect the end of one: its files go, and their parts with the next sweep."""
    work.change(
        sql.END_BULK_EXPORT,
        clinic_id=due.clinic_id,
        id=due.id,
        expected_version=due.version,
        attempts=due.attempts,
        state=state,
        failure=failure,
        due_at=None,
    )
    work.change(sql.DELETE_BULK_FILES, rows=None, clinic_id=due.clinic_id, export_id=due.id)
    if failure is not None:
        work.change(sign_in_sql.REVOKE_SIGN_IN, rows=None, clinic_id=due.clinic_id, id=due.sign_in_id)
    event = operations.BULK_EXPORT_EXPIRED if failure is None else operations.BULK_EXPORT_FAILED
    reason = failure.value if failure is not None else None
    work.record(due.id, event=event, clinic_id=due.clinic_id, actor_id=due.account_id, reason=reason)
