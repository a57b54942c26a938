"""`/strategy-library`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.journal.strategy_library import operations, service
from integration_api.resources.journal.strategy_library.schemas import LibraryEntry, LibraryEntryCreate, LibraryFilter
from integration_api.web.errors import IdTaken
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


@router.post("/strategy-library", status_code=201, responses=problems(IdTaken))
async def add_strategy_library_entry(
    body: LibraryEntryCreate, work: Annotated[Work, allow(operations.ADD_STRATEGY_LIBRARY_ENTRY)]
) -> LibraryEntry:
    """Add an entry of the clinic's own."""
    return work.tagged(await service.add_strategy_library_entry(work, body))
