"""Reading and logging practices."""

from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.reads import StartAgain
from integration_api.access.references import referred_by
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.journal.plans.rules import is_practisable
from integration_api.resources.journal.plans.strategies import load_strategy
from integration_api.resources.journal.practices import operations
from integration_api.resources.journal.practices import statements as sql
from integration_api.resources.journal.practices.schemas import Practice, PracticeFilter, PracticeLog
from integration_api.resources.journal.practices.tables import PracticeRow, PracticeState
from integration_api.resources.people.patients.alerts import tell_of_write
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.web.errors import Conflict
from integration_api.web.instants import credible_time, is_skewed
from integration_api.web.paging import Page, Window


class PlanNeverAgreed(Conflict):
    """Both sides never agreed on the plan of this strategy; propose it, and have it accepted first."""

    code = "plan-never-agreed"
    title = "Plan never agreed on"
    remedy = "Log a practice only for a strategy of a plan that both sides agreed to once."


async def list_practices(work: Work, window: Window, only: PracticeFilter) -> Page[Practice]:
    """List the practices of one chart, or of every chart that the actor may see; the newest use first."""
    return await list_charts(work, sql.PRACTICES, window, only, present)


async def read_practice(work: Work, practice_id: UUID) -> Practice:
    """Return one practice. Raises NotFound."""
    row = await work.get(sql.READ_PRACTICE, id=practice_id)
    work.record(row.id, row.patient_id)
    return present(row)


async def log_practice(work: Work, body: PracticeLog) -> Practice:
    """Log a use, or a skip, of a strategy of the actor's own plan; it may take the place of an earlier entry.

    Raises NotFound, PlanNeverAgreed, Superseded, IdTaken.
    """
    with referred_by("strategy_id"):
        strategy, plan = await load_strategy(work, body.strategy_id)
    if not is_practisable(plan.agreed_revision):
        raise PlanNeverAgreed
    if body.replaces_id is not None:
        with referred_by("replaces_id"):
            replaced = await work.get(sql.READ_PRACTICE, id=body.replaces_id)
        _end(work, replaced, PracticeState.CORRECTED)
        work.record(replaced.id, replaced.patient_id, event=operations.PRACTICE_CORRECTED)
    row = PracticeRow(
        **new_values(work, body),
        patient_id=strategy.patient_id,
        plan_id=strategy.plan_id,
        happened_at=credible_time(body.used_at, work.now),
    )
    work.create(sql.INSERT_PRACTICE, row)
    work.record(row.id, row.patient_id)
    return present(row, await _tell(work, row))


async def withdraw_practice(work: Work, practice_id: UUID, expected_version: int) -> Practice:
    """Take an entry back; it is kept, and counts no more. Raises NotFound, StaleVersion, Superseded."""
    row = await work.get(sql.READ_PRACTICE, id=practice_id)
    check_version(row, expected_version)
    changed = _end(work, row, PracticeState.WITHDRAWN)
    work.record(row.id, row.patient_id)
    return present(changed, await _tell(work, row))


def _end(work: Work, row: PracticeRow, state: PracticeState) -> PracticeRow:
    """Keep the entry without counting it. Raises Superseded, also if another request was first."""
    if row.state is not PracticeState.LOGGED:
        raise Superseded
    return work.revise(sql.END_PRACTICE, row, {"state": state}, missed=StartAgain)


async def _tell(work: Work, row: PracticeRow) -> Monitoring | None:
    return await tell_of_write(work, row.patient_id, TaskKind.PRACTICE_TO_READ, row.plan_id)


def present(row: PracticeRow, monitoring: Monitoring | None = None) -> Practice:
    return Practice.of(
        row,
        clock_skewed=is_skewed(row.used_at, row.happened_at),
        was_skipped=row.skipped_reason is not None,
        monitoring=monitoring,
    )
