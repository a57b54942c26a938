"""Escalating a flag: telling those who come next, by somebody's decision."""

from integration_api.access.actor import Role
from integration_api.access.notices import tell_role
from integration_api.access.work import Work
from integration_api.resources.attention.flags import statements as sql
from integration_api.resources.attention.flags.flag_tasks import open_flag_tasks, read_next
from integration_api.resources.attention.flags.rules import FlagState
from integration_api.resources.attention.flags.tables import FlagRow
from integration_api.resources.attention.worklist.tables import TaskKind


async def tell_next(work: Work, row: FlagRow) -> FlagRow:
    """Collect the escalation of a flag to those who come next, and return it as it will be.

    If nobody is left, the clinic's admins get a notice without anything of the chart (R36).
    """
    told = await read_next(work, row)
    due_at = work.now + (row.acknowledge_due_at - row.alerted_at)
    values = {"state": FlagState.ESCALATED, "escalations": told.passed, "escalate_at": due_at}
    changed = work.revise(sql.ESCALATE_FLAG, row, values)
    open_flag_tasks(work, row, TaskKind.FLAG_RAISED, told.on_team, due_at)
    open_flag_tasks(work, row, TaskKind.FLAG_RAISED, told.beyond, due_at, is_beyond_team=True)
    if not told.on_team and not told.beyond:
        tell_role(work, Role.CLINIC_ADMIN, work.operation.recorded, row.id)
    return changed
