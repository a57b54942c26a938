"""Reading what one was told."""

from integration_api.access.actor import Role
from integration_api.access.work import Work
from integration_api.resources.attention.notices import statements as sql
from integration_api.resources.attention.notices.schemas import Notice
from integration_api.web.paging import Page, Window


async def list_notices(work: Work, window: Window) -> Page[Notice]:
    """Return what the actor was told, newest first."""
    found = await work.page(
        sql.LIST_NOTICES,
        window,
        lambda row: (row.at, row.id),
        Notice.of,
        is_clinic_admin=Role.CLINIC_ADMIN in work.actor.roles,
        is_privacy_officer=Role.PRIVACY_OFFICER in work.actor.roles,
        is_prescriber=Role.PRESCRIBER in work.actor.roles,
    )
    work.record()
    return found
