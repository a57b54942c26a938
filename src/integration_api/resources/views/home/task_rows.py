"""Tasks as rows of a screen: whose they are, and what they are about."""

from integration_api.access.work import Work
from integration_api.core.texts import first_words
from integration_api.resources.attention.worklist import statements as worklist_sql
from integration_api.resources.attention.worklist.schemas import Task, Worklist
from integration_api.resources.attention.worklist.service import present_task
from integration_api.resources.views.home import task_statements as sql
from integration_api.resources.views.home.rules import display_name
from integration_api.resources.views.home.task_statements import ShownTask
from integration_api.web.paging import Window


async def read_worklist(work: Work, window: Window) -> Worklist:
    """Return one page of the actor's open tasks, and their number (counted up to 100).

    The ledger records the view of each chart of which it shows words, and else one view without a chart. A name of the
    actor's own case load is none, so that the patients' access logs stay readable. No chart counts as opened (ADR 18).
    """
    found = await work.page(
        sql.LIST_TASKS,
        window,
        lambda row: (row.due_at, row.id),
        lambda row: row,
        ascending=True,
        rank=lambda row: row.urgency_rank,
    )
    waiting = found.items[0].waiting if found.items else 0
    if window.cursor is not None and not found.items:
        waiting = (await work.get(worklist_sql.COUNT_TASKS)).waiting
    items = [shown_task(row) for row in found.items]
    shown = {item.patient_id for item in items if item.title is not None}
    work.record_list(sorted(shown), named=shown)
    return Worklist.of(found, items=items, waiting=waiting)


def shown_task(row: ShownTask) -> Task:
    """Return a task with the patient's name and its title, as far as its reader may see them."""
    return present_task(
        row,
        patient_name=display_name(row.preferred_name, row.name),
        title=row.plan_title or first_words((row.sections or {}).values()),
        detail=row.plan_state or row.note_format or row.reflection_kind,
    )
