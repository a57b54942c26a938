"""The job behind bulk exports. Any number of processes run it; one claims an export, and goes on where it stands.

After each file, the file, the place and the ledger rows are committed together. A process that ends meanwhile says
nothing more, so its claim runs out, and another one goes on after the last file.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from integration_api.access.jobs import Jobs, OnBehalf
from integration_api.access.reads import StartAgain
from integration_api.access.runtime import Runtime
from integration_api.core import logs
from integration_api.core.clock import time_of
from integration_api.fhir import operations
from integration_api.fhir.bulk_exports import MAX_FILES
from integration_api.fhir.bulk_parameters import sources_of
from integration_api.fhir.bulk_steps import (
    ClaimLost,
    claim,
    claimed_export,
    count_of_files,
    due_exports,
    end,
    finish,
    keep,
    next_clinic,
    program_of,
)
from integration_api.fhir.bundle_pages import query_of, resources_of
from integration_api.fhir.elements import Json
from integration_api.fhir.ndjson_files import NdjsonFile
from integration_api.fhir.search_parameters import Asked
from integration_api.fhir.served_types import KIND_OF, Source
from integration_api.fhir.translation import PREFIX, scope_of
from integration_api.resources.oversight.exports.bulk_statements import DueBulkExport
from integration_api.resources.oversight.exports.rules import CLAIMED_FOR, RETRY_AFTER
from integration_api.resources.people.service_accounts.tables import BulkExportRow, ExportFailure, ExportState
from integration_api.storage.database import DatabaseDown
from integration_api.web.errors import Forbidden, NotFound, StaleVersion
from integration_api.web.paging import MAX_LIMIT, Page

FILE_RESOURCES = 1_000
"""Resources of one file, and so between two commits. Our own choice: a file is written again after a crash."""
FILE_PAGES = 20
"""Pages that are read for one file at most: a long list of which `_since` keeps little must not outlast the claim."""
FILES_AT_ONCE = 50
"""After so many files an export gives way to the others that are due. It goes on with the next turn."""
MAX_ATTEMPTS = 20
"""An export that was begun so often, and did not get further, has failed."""
END_SECONDS = 2.0
_FIRST = UUID(int=0)


class TooManyFiles(Exception):
    """An export has more files than a manifest lists."""


class SourcePage(NamedTuple):
    """One page of a list: resources, the chart that each is of, and the cursor of the next."""

    resources: Sequence[Json]
    charts: Sequence[UUID | None]
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
        while (clinic := await self._jobs.unit(partial(next_clinic, last=last))) is not None:
            last = clinic
            with time_of(clinic):
                made += await self._serve(clinic)
        return made

    async def _serve(self, clinic: UUID) -> int:
        made = 0
        for due in await self._jobs.unit(partial(due_exports, clinic_id=clinic)):
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
            await self._jobs.unit(partial(end, due=due, state=ExportState.EXPIRED, failure=None))
            return 0
        if due.attempts >= MAX_ATTEMPTS + due.made_count // FILE_RESOURCES:
            await self._fail(due, ExportFailure.NOT_POSSIBLE)
            return 0
        await self._jobs.unit(partial(claim, due=due))
        claimed = due.model_copy(update={"attempts": due.attempts + 1})
        row = await self._jobs.unit(partial(claimed_export, due=claimed))
        if row is None:
            raise ClaimLost
        actor = await self._jobs.unit(partial(program_of, row=row))
        if actor is None:
            await self._fail(claimed, ExportFailure.SIGN_IN_ENDED)
            return 0
        try:
            row, is_whole = await self._write(row, OnBehalf(self._runtime, actor))
        except ClaimLost:
            raise
        except (StartAgain, Forbidden, NotFound, TooManyFiles) as error:
            is_too_much = isinstance(error, TooManyFiles)
            await self._fail(claimed, ExportFailure.NOT_POSSIBLE if is_too_much else ExportFailure.SIGN_IN_ENDED)
            return 0
        except Exception as error:  # noqa: BLE001  what stopped it may be over at the next try; they are counted
            logs.event("bulk_export_failed", logs.WARNING, failed=error)
            row = await self._jobs.unit(partial(claimed_export, due=claimed)) or row
            await self._jobs.unit(partial(keep, row=row, wait=RETRY_AFTER * row.attempts))
            return 0
        if is_whole:
            await self._jobs.unit(partial(finish, row=row))
        return int(is_whole)

    async def _fail(self, due: DueBulkExport, failure: ExportFailure) -> None:
        await self._jobs.unit(partial(end, due=due, state=ExportState.FAILED, failure=failure))

    async def _write(self, row: BulkExportRow, behalf: OnBehalf) -> tuple[BulkExportRow, bool]:
        """Write files that are missing, one after the other, and return whether none is any more.

        Raises ClaimLost, StartAgain, ObjectsDown, TooManyFiles.
        """
        sources = [source for kind in row.kinds for source in sources_of(kind, behalf.actor.scopes)]
        text, _, rest = row.place.partition(".")
        number, cursor = int(text), rest or None
        kept = await self._jobs.unit(partial(count_of_files, row=row))
        for written in count():
            if number >= len(sources):
                break
            if written == FILES_AT_ONCE:
                await self._jobs.unit(partial(keep, row=row, wait=timedelta()))
                return row, False
            source = sources[number]
            file = NdjsonFile.begin(self._runtime.objects, row.clinic_id, row.id, row.made_count, KIND_OF[source])
            cursor = await _fill(file, behalf, source, cursor, row)
            number += cursor is None
            place = f"{number}.{cursor or ''}"
            made = await file.end()
            kept += made is not None
            if kept > MAX_FILES:
                raise TooManyFiles
            row = row.model_copy(update={"place": place, "made_count": row.made_count + file.row.count})
            await self._jobs.unit(partial(keep, row=row, wait=CLAIMED_FOR, made=made, patients=file.patients))
        await behalf.work(operations.READ_BULK_EXPORT).confirm()  # it stood all the time: what has ended stays so
        return row, True


async def _fill(
    file: NdjsonFile, behalf: OnBehalf, source: Source, cursor: str | None, row: BulkExportRow
) -> str | None:
    """Write pages of a list into a file until it is full or many were read, and return the cursor of what is left."""
    for _ in range(FILE_PAGES):
        found = await page_of_source(behalf, source, cursor)
        kept = [(one, chart) for one, chart in zip(*found[:2], strict=True) if is_later(one, row.since)]
        await file.write([one for one, _ in kept])
        file.patients |= {chart for _, chart in kept if chart is not None}
        cursor = found.cursor
        if cursor is None or file.row.count >= FILE_RESOURCES:
            break
    return cursor


def is_later(resource: Json, since: datetime | None) -> bool:
    """Return whether a resource was changed then or later. One that does not say when is kept."""
    changed = resource["meta"].get("lastUpdated")
    return since is None or changed is None or datetime.fromisoformat(changed) >= since


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
    items = [item for item in held[0].items if source.shows(item)] if isinstance(held[0], Page) else held
    return SourcePage(resources, [_chart_of(item, work.charts) for item in items], following)


def _chart_of(item: Any, charts: set[UUID]) -> UUID | None:  # noqa: ANN401  any item of a list
    """Return the chart that an item is of, or that it is; None of what is of no chart."""
    chart = getattr(item, "patient_id", None) or item.id
    return chart if chart in charts else None
