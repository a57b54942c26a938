"""The job behind bulk exports. One that is taken over goes on where it stands.

After each file, the file, the place and the ledger rows are committed together.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from integration_api.access.actor import BY_FHIR, Actor
from integration_api.access.jobs import OnBehalf
from integration_api.access.queues import CLAIMED_FOR, NOT_POSSIBLE, NotMade, QueueJob
from integration_api.access.runtime import Runtime
from integration_api.access.work import Work
from integration_api.fhir import operations
from integration_api.fhir.bulk_exports import MAX_FILES
from integration_api.fhir.bulk_parameters import sources_of
from integration_api.fhir.bulk_steps import count_of_files, ended, finish, keep
from integration_api.fhir.bundle_pages import query_of, resources_of
from integration_api.fhir.elements import Json
from integration_api.fhir.ndjson_files import NdjsonFile
from integration_api.fhir.search_parameters import Asked
from integration_api.fhir.served_types import KIND_OF, Source
from integration_api.fhir.translation import PREFIX, scope_of
from integration_api.resources.oversight.exports.bulk_statements import BULK_EXPORTS, DueBulkExport
from integration_api.resources.people.service_accounts.tables import BulkExportRow
from integration_api.web.errors import Forbidden
from integration_api.web.paging import MAX_LIMIT, Page

FILE_RESOURCES = 1_000
"""Resources of one file, and so between two commits. Our own choice: a file is written again after a crash."""
FILE_PAGES = 20
"""Pages that are read for one file at most: a long list of which `_since` keeps little must not outlast the claim."""
FILES_AT_ONCE = 50
"""After so many files an export gives way to the others that are due. It goes on with the next turn."""
MAX_ATTEMPTS = 20
"""An export that was begun so often, and did not get further, has failed."""


class SourcePage(NamedTuple):
    """One page of a list: resources, the chart that each is of, and the cursor of the next."""

    resources: Sequence[Json]
    charts: Sequence[UUID | None]
    cursor: str | None


class BulkExporter(QueueJob[DueBulkExport, BulkExportRow, BulkExportRow]):
    """The job of one process."""

    def __init__(self, runtime: Runtime) -> None:
        """Start nothing yet."""
        super().__init__(runtime, operations.MAKE_BULK_EXPORT, BULK_EXPORTS)

    def _is_spent(self, due: DueBulkExport) -> bool:
        return due.attempts >= MAX_ATTEMPTS + due.made_count // FILE_RESOURCES

    async def _make(self, row: BulkExportRow, actor: Actor) -> BulkExportRow | None:
        """Write files that are missing, one after the other, with the types that the program asked for.

        Raises ClaimLost, StartAgain, ObjectsDown, NotMade if it has more files than a manifest lists.
        """
        behalf = OnBehalf(self._runtime, replace(actor, scopes=frozenset({BY_FHIR, *map(scope_of, row.kinds)})))
        sources = [source for kind in row.kinds for source in sources_of(kind, behalf.actor.scopes)]
        text, _, rest = row.place.partition(".")
        number, cursor = int(text), rest or None
        kept = await self._jobs.unit(partial(count_of_files, row=row))
        for written in count():
            if number >= len(sources):
                break
            if written == FILES_AT_ONCE:
                await self._jobs.unit(partial(keep, row=row, wait=timedelta()))
                return None
            source = sources[number]
            file = NdjsonFile.begin(self._runtime.objects, row.clinic_id, row.id, row.made_count, KIND_OF[source])
            cursor = await _fill(file, behalf, source, cursor, row)
            number += cursor is None
            place = f"{number}.{cursor or ''}"
            made = await file.end()
            kept += made is not None
            if kept > MAX_FILES:
                raise NotMade(NOT_POSSIBLE)
            row = row.model_copy(update={"place": place, "made_count": row.made_count + file.row.count})
            await self._jobs.unit(partial(keep, row=row, wait=CLAIMED_FOR, made=made, patients=file.patients))
        await behalf.work(operations.READ_BULK_EXPORT).confirm()  # it stood all the time: what has ended stays so
        return row

    async def _finish(self, _: BulkExportRow, made: BulkExportRow) -> None:
        await self._jobs.unit(partial(finish, row=made))

    def _ended(self, work: Work, due: DueBulkExport, failure: str | None) -> None:
        ended(work, due, failure)


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
