"""The inbox as rows of a screen: which plan, and who replied."""

from collections.abc import Sequence
from uuid import UUID

from integration_api.access.work import Work
from integration_api.core.models import trusted
from integration_api.core.texts import first_words
from integration_api.resources.attention.inbox.schemas import InboxItem
from integration_api.resources.attention.inbox.tables import InboxKind
from integration_api.resources.journal.reflections.contents import texts_of
from integration_api.resources.views.home import inbox_statements as sql
from integration_api.resources.views.home.inbox_statements import ShownItem
from integration_api.web.paging import Page, Window


async def read_inbox(work: Work, window: Window) -> Page[InboxItem]:
    """Return what the actor was told, newest first."""
    patient_id = work.actor.patient_id
    found = await work.page(
        sql.LIST_INBOX, window, lambda row: (row.opened_at, row.id), lambda row: row, patient_id=patient_id
    )
    items = await present_items(work, found.items)
    work.record(patient_id=patient_id)
    return trusted(Page[InboxItem], {"items": items, "next_cursor": found.next_cursor})


async def present_items(work: Work, rows: Sequence[ShownItem]) -> list[InboxItem]:
    """Return items, given newest first, with the names of those who replied. Reads one Statement if somebody did."""
    names: dict[UUID, str | None] = {}
    if any(row.kind is InboxKind.REPLY_TO_READ for row in rows):
        newest, oldest = rows[0], rows[-1]
        found = await work.all(
            sql.INBOX_SENDERS,
            patient_id=newest.patient_id,
            newest_at=newest.opened_at,
            newest_id=newest.id,
            oldest_at=oldest.opened_at,
            oldest_id=oldest.id,
        )
        names = {sender.item_id: sender.name for sender in found}
    return [InboxItem.of(row, title=_title(row), from_name=names.get(row.id)) for row in rows]


def _title(row: ShownItem) -> str | None:
    """Return the title of a plan, or the first words of the reflection that was answered."""
    return row.title or (first_words(texts_of(row.content)) if row.content else None)
