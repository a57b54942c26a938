"""`/strategy-library`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.journal.strategy_library import operations, service
from integration_api.resources.journal.strategy_library.schemas import LibraryEntry, LibraryEntryCreate, LibraryFilter
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/strategy-library")
async def list_strategy_library(
    only: Annotated[LibraryFilter, Depends()],
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_STRATEGY_LIBRARY)],
) -> Page[LibraryEntry]:
    """List strategies to start from, newest first: the clinic's own, and those that come with the product."""
    return await service.list_strategy_library(work, page, only)


@router.post("/strategy-library", status_code=201, responses=problems(IdTaken, Superseded))
async def add_strategy_library_entry(
    body: LibraryEntryCreate, work: Annotated[Work, allow(operations.ADD_STRATEGY_LIBRARY_ENTRY)]
) -> LibraryEntry:
    """Add an entry of the clinic's own, or the next version of one. Plans keep the version that they copied."""
    return work.tagged(await service.add_strategy_library_entry(work, body))


@router.get("/strategy-library/{entry_id}")
async def read_strategy_library_entry(
    entry_id: Id, work: Annotated[Work, allow(operations.READ_STRATEGY_LIBRARY_ENTRY)]
) -> LibraryEntry:
    """Read one version of an entry, in use or not."""
    return work.tagged(await service.read_strategy_library_entry(work, entry_id))


@router.post("/strategy-library/{entry_id}/retire", responses=problems(Superseded))
async def retire_strategy_library_entry(
    entry_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.RETIRE_STRATEGY_LIBRARY_ENTRY)],
) -> LibraryEntry:
    """Take an entry of the clinic's own out of use. Plans that copied it stay as they are."""
    return work.tagged(await service.retire_strategy_library_entry(work, entry_id, expected_version))
