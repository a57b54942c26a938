"""`/changes`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.delivery.changes import operations, service
from integration_api.resources.delivery.changes.schemas import ChangeFilter, ChangePage
from integration_api.resources.delivery.changes.service import CursorExpired
from integration_api.web.openapi import problems

router = APIRouter(route_class=ActionRoute)


@router.get("/changes", responses=problems(CursorExpired))
async def list_changes(
    only: Annotated[ChangeFilter, Depends()], work: Annotated[Work, allow(operations.LIST_CHANGES)]
) -> ChangePage:
    """List what changed among what you may see since the cursor: ids and fixed words, never content."""
    return await service.list_changes(work, only)
