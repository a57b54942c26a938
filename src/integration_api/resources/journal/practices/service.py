"""Reading and logging practices."""

from uuid import UUID

from integration_api.access.references import referred_by
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.journal.plans.rules import is_practisable
from integration_api.resources.journal.plans.strategies import load_strategy
from integration_api.resources.journal.practices import statements as sql
from integration_api.resources.journal.practices.schemas import Practice, PracticeFilter, PracticeLog
from integration_api.resources.journal.practices.tables import PracticeRow
from integration_api.resources.people.patients.alerts import tell_of_write
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.web.errors import Conflict
from integration_api.web.instants import check_not_in_future
from integration_api.web.paging import Page, Window


class PlanNeverAgreed(Conflict):
    """Both sides never agreed on the plan of this strategy; propose it, and have it accepted first."""

    code = "plan-never-agreed"
    title = "Plan never agreed on"
    remedy = "Log a practice only for a strategy of a plan that both sides agreed to once."


async def list_practices(work: Work, window: Window, only: PracticeFilter) -> Page[Practice]:
    """Practices of one chart, or of every chart the actor may see; the newest use first."""
    patient_id = only.patient_id or work.actor.patient_id
    found = await work.page(
        sql.LIST_PRACTICES if patient_id else sql.LIST_TEAM_PRACTICES,
        window,
        lambda row: (row.used_at, row.id),
        _present,
        until=only.used_before,
        **{**vars(only), "patient_id": patient_id},
    )
    work.record_list([item.patient_id for item in found.items])
    return found


async def read_practice(work: Work, practice_id: UUID) -> Practice:
    """One practice. Raises NotFound."""
    row = await work.get(sql.READ_PRACTICE, id=practice_id)
    work.record(row.id, row.patient_id)
    return _present(row)


async def log_practice(work: Work, body: PracticeLog) -> Practice:
    """A use, or a skip, of a strategy of one's own plan. Raises NotFound, PlanNeverAgreed, IdTaken, Invalid."""
    with referred_by("strategy_id"):
        strategy, plan = await load_strategy(work, body.strategy_id)
    check_not_in_future("body.used_at", body.used_at, work.now)
    if not is_practisable(plan.agreed_revision):
        raise PlanNeverAgreed
    row = PracticeRow(**new_values(work, body), patient_id=strategy.patient_id, plan_id=strategy.plan_id)
    work.create(sql.INSERT_PRACTICE, row)
    work.record(row.id, row.patient_id)
    return _present(row, await tell_of_write(work, row.patient_id, TaskKind.PRACTICE_TO_READ, row.plan_id))


def _present(row: PracticeRow, monitoring: Monitoring | None = None) -> Practice:
    return Practice.of(row, was_skipped=row.skipped_reason is not None, monitoring=monitoring)
