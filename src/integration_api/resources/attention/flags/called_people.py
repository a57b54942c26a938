"""Those on call, of a flag that is overdue and goes along the roster by no call of its own: the next on the roster.

Source: clinical.md section 6, Due.
"""

from collections.abc import Collection
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.attention.flags import clock_statements as sql
from integration_api.resources.attention.flags.escalation_rules import goes_along_roster
from integration_api.resources.attention.flags.tables import FlagRow
from integration_api.resources.attention.notifications.rules import NotificationKind
from integration_api.resources.attention.notifications.service import notification
from integration_api.resources.attention.roster.rules import DAYS_BACK, first_on_call, on_call_at
from integration_api.resources.attention.roster.shift_statements import SHIFTS_OF_CLINIC


async def called_for(work: Work, row: FlagRow) -> set[UUID]:
    """Return who is on call for a flag; nobody if a call takes it along the roster already."""
    if goes_along_roster(row.severity_rank, row.acknowledged_at):
        return set()
    since_on = (work.now - DAYS_BACK).date()
    return first_on_call(
        on_call_at(await work.part(SHIFTS_OF_CLINIC, clinic_id=row.clinic_id, since_on=since_on), work.now)
    )


def call_next(work: Work, row: FlagRow, accounts: Collection[UUID]) -> None:
    """Collect a message to each of these, beside the change of the flag that claims the step."""
    for account_id in sorted(accounts):
        told = notification(work, row.clinic_id, account_id, NotificationKind.URGENT_TASK, row.id)
        work.change(sql.TELL_BY_CLOCK, told)
