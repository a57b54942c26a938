"""Parts of a screen: the first rows of lists, each by the list's own Statement, rules and presenter."""

from datetime import datetime, timedelta
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.care.sessions.schemas import Session
from integration_api.resources.care.sessions.service import present as present_session
from integration_api.resources.journal.plans import statements as plans_sql
from integration_api.resources.journal.plans.schemas import PlanFilter
from integration_api.resources.journal.plans.statements import PlanSeen, StrategySeen
from integration_api.resources.journal.plans.tables import PlanState
from integration_api.resources.views.home import statements as sql
from integration_api.resources.views.home.rules import MAX_PLANS, MAX_ROWS
from integration_api.web.paging import Window, first_rows

_LONGEST_SESSION = timedelta(hours=12)
_STILL_NEXT = timedelta(hours=1)
"""The time for which a session that has not begun is shown as the next, after its planned end."""


def first_since(since: datetime, rows: int) -> dict[str, object]:
    """Return the cursor's parameters of the first rows since an instant, in a list that runs oldest first."""
    return {**Window(rows, None).values(b"", ascending=True), "cursor_at": since, "page_rows": rows}


async def next_sessions(work: Work, patient_id: UUID) -> list[Session]:
    """Return what is planned or goes on, the next one first."""
    window = first_since(work.now - _LONGEST_SESSION, MAX_ROWS)
    rows = await work.part(sql.NEXT_SESSIONS, patient_id=patient_id, ends_after=work.now - _STILL_NEXT, **window)
    return [present_session(work, row) for row in rows]


async def active_plans(work: Work, patient_id: UUID) -> list[PlanSeen]:
    """Return the active plans, the newest first."""
    only = PlanFilter(patient_id=patient_id, state=PlanState.ACTIVE)
    return await work.part(plans_sql.LIST_PLANS, **first_rows(MAX_PLANS), **vars(only))


async def strategies_of(work: Work, plans: list[PlanSeen]) -> dict[UUID, list[StrategySeen]]:
    """Return the strategies of these plans of one chart, in the order they were added."""
    found: dict[UUID, list[StrategySeen]] = {plan.id: [] for plan in plans}
    if plans:
        ids = [plan.id for plan in plans]
        padded = ids + ids[-1:] * (MAX_PLANS - len(ids))
        rows = await work.part(
            sql.STRATEGIES_AMONG, patient_id=plans[0].patient_id, **dict(zip(sql.PLAN_IDS, padded, strict=True))
        )
        for row in sorted(rows, key=lambda row: (row.created_at, row.id)):
            found[row.plan_id].append(row)
    return found
