"""Read, write and withdraw goals. Ratings of them are in `ratings`."""

from uuid import UUID

from pydantic import MISSING, JsonValue

from integration_api.access.chart_lists import list_charts
from integration_api.access.references import not_found, referred_by, unseen_chart
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import changed_values, new_values
from integration_api.access.work import Work
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.courses.service import load_course
from integration_api.resources.journal.goals import statements as sql
from integration_api.resources.journal.goals.schemas import Goal, GoalCreate, GoalFilter, GoalUpdate, GoalWithdraw
from integration_api.resources.journal.goals.statements import GoalSeen
from integration_api.resources.journal.reflections.insights import check_insight
from integration_api.resources.people.patients.alerts import tell_of_write
from integration_api.resources.people.patients.holds import keep_if_held
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.tables import KeptKind
from integration_api.web.errors import Conflict, Invalid
from integration_api.web.paging import Page, Window

_SCALE = ("levels", "baseline_level", "weight")


class GoalRated(Conflict):
    """The goal was rated; its levels, its baseline and its weight stay, since ratings mean them."""

    code = "goal-rated"
    title = "Goal already rated"
    remedy = "Withdraw it with a reason, and write a new goal with the scale that you want."


async def list_goals(work: Work, window: Window, only: GoalFilter) -> Page[Goal]:
    """List the goals of one chart, or of every chart that the actor may see; newest first."""
    return await list_charts(work, sql.GOALS, window, only, present)


async def read_goal(work: Work, goal_id: UUID) -> Goal:
    """Return one goal. Raises NotFound."""
    row = await load_goal(work, goal_id)
    work.record(row.id, row.patient_id)
    return present(row)


async def create_goal(work: Work, body: GoalCreate) -> Goal:
    """Add a goal to a chart that the actor may see. Raises NotFound, IdTaken, Invalid."""
    patient_id = body.patient_id or work.actor.patient_id
    if patient_id is None:
        raise Invalid(errors=[{"field": "body.patient_id", "code": "missing", "message": "say whose goal it is"}])
    await _check_links(work, patient_id, body.course_id, body.insight_id)
    row = GoalSeen(**new_values(work, body, patient_id=patient_id), created_by_id=work.actor.id, sees_insight=True)
    work.create(sql.INSERT_GOAL, row, missed=unseen_chart)
    work.record(row.id, row.patient_id)
    return present(row, await tell(work, row))


async def update_goal(work: Work, goal_id: UUID, body: GoalUpdate, expected_version: int) -> Goal:
    """Change what is given. Raises NotFound, StaleVersion, Superseded, GoalRated."""
    row = await load_current(work, goal_id, expected_version)
    if body.insight_id is None and not row.sees_insight:  # what was read goes back: null, as it may not be seen
        body = body.model_copy(update={"insight_id": MISSING})
    given = changed_values(body, vars(row))
    if row.first_rated_at is not None and any(
        given.get(name, getattr(row, name)) != getattr(row, name) for name in _SCALE
    ):
        raise GoalRated
    if any(given.get(name, getattr(row, name)) != getattr(row, name) for name in ("title", "levels")):
        before: dict[str, JsonValue] = {"title": row.title, "levels": [*row.levels]}
        keep_if_held(work, KeptKind.GOAL, row.id, row.patient_id, row.created_by_id, before)
    insight_id = body.insight_id if body.insight_id not in (MISSING, row.insight_id) else None
    await _check_links(work, row.patient_id, body.course_id if body.course_id is not MISSING else None, insight_id)
    changed = work.revise(sql.UPDATE_GOAL, row, given)
    changed.sees_insight = row.sees_insight or insight_id is not None
    work.record(row.id, row.patient_id)
    return present(changed, await tell(work, row))


async def withdraw_goal(work: Work, goal_id: UUID, body: GoalWithdraw, expected_version: int) -> Goal:
    """Keep a goal that is not worked on any more, as withdrawn. Raises NotFound, StaleVersion, Superseded."""
    row = await load_current(work, goal_id, expected_version)
    withdrawn = {"withdrawn_at": work.now, "withdrawn_by_id": work.actor.id, "withdrawn_reason": body.reason}
    changed = work.revise(sql.WITHDRAW_GOAL, row, withdrawn)
    work.record(row.id, row.patient_id)
    return present(changed, await tell(work, row))


async def load_goal(work: Work, goal_id: UUID) -> GoalSeen:
    """Return a goal in a chart that the actor may see. Raises NotFound."""
    return await work.get(sql.READ_GOAL, id=goal_id)


async def check_goal(work: Work, patient_id: UUID, goal_id: UUID) -> None:
    """Raise NotFound unless it is a goal of this chart, for other resources."""
    with referred_by("goal_id"):
        row = await load_goal(work, goal_id)
    if row.patient_id != patient_id:
        raise not_found("goal_id")


async def load_current(work: Work, goal_id: UUID, expected_version: int | None = None) -> GoalSeen:
    """Return one that was not withdrawn, at the version that was read. Raises NotFound, StaleVersion, Superseded."""
    row = await load_goal(work, goal_id)
    if expected_version is not None:
        check_version(row, expected_version)
    if row.withdrawn_at is not None:
        raise Superseded
    return row


async def tell(work: Work, row: GoalSeen) -> Monitoring | None:
    """Let the care team read what the patient wrote, and return what the patient is told; None if staff wrote it."""
    return await tell_of_write(work, row.patient_id, TaskKind.GOAL_TO_READ, row.id)


def present(row: GoalSeen, monitoring: Monitoring | None = None) -> Goal:
    """Return a goal as the actor sees it. Its insight shows only to those who may read the reflection."""
    return Goal.of(row, insight_id=row.insight_id if row.sees_insight else None, monitoring=monitoring)


async def _check_links(work: Work, patient_id: UUID, course_id: UUID | None, insight_id: UUID | None) -> None:
    """Raise NotFound for a course of another chart, and for an insight that the actor cannot read."""
    if course_id is not None:
        with referred_by("course_id"):
            course = await load_course(work, course_id)
        if course.patient_id != patient_id:
            raise not_found("course_id")
    if insight_id is not None:
        with referred_by("insight_id"):
            await check_insight(work, patient_id, insight_id)
