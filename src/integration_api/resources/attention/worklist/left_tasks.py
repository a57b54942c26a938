"""Tasks that somebody who leaves has open, for the admins who hand it over."""

from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.attention.worklist import leaver_statements as leaver_sql
from integration_api.resources.attention.worklist.schemas import Worklist
from integration_api.resources.attention.worklist.service import present_task
from integration_api.web.errors import Conflict
from integration_api.web.paging import Window


class NotHandedOver(Conflict):
    """The account is not handed over, so its tasks are its own; name a `successor_id` in it, or disable it."""

    code = "not-handed-over"
    title = "Not handed over"
    remedy = "Name who takes over at `PATCH /v1/accounts/{account_id}`, which changes nothing yet, then list again."


async def read_left_worklist(work: Work, window: Window, account_id: UUID) -> Worklist:
    """Return what an account that is handed over has open: ids, kinds and urgency alone.

    Raises NotFound, NotHandedOver.
    """
    found = await work.page(
        leaver_sql.LIST_LEFT,
        window,
        lambda row: (row.due_at, row.id),
        lambda row: row,
        ascending=True,
        rank=lambda row: row.urgency_rank,
        account_id=account_id,
    )
    waiting = found.items[0].waiting if found.items else 0
    if not found.items:
        left = await work.get(leaver_sql.COUNT_LEFT, account_id=account_id)
        if not left.is_handed_over:
            raise NotHandedOver
        waiting = left.waiting
    work.record(account_id)
    return Worklist.of(found, items=[present_task(row) for row in found.items], waiting=waiting)
