"""`/notices`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.attention.notices import operations, service
from integration_api.resources.attention.notices.schemas import Notice
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/notices")
async def list_notices(page: PageQuery, work: Annotated[Work, allow(operations.LIST_NOTICES)]) -> Page[Notice]:
    """List your notices, newest first: roles that were given, emergencies, alarms."""
    return await service.list_notices(work, page)
