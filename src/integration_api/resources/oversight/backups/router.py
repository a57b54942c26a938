"""`/backups`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.oversight.backups import operations, service
from integration_api.resources.oversight.backups.schemas import Backups

router = APIRouter(route_class=ActionRoute)


@router.get("/backups")
async def read_backups(work: Annotated[Work, allow(operations.READ_BACKUPS)]) -> Backups:
    """Read when the last backup was made and checked, as `integration-api backup` wrote it down.

    Of a PostgreSQL nothing is known here: its own programs make the backups.
    """
    return await service.read_backups(work)
