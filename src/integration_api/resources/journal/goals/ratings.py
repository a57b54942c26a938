"""Ratings of goals, and the T score that follows from them."""

import asyncio
from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from integration_api.access.reads import StartAgain
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.journal.goals import statements as sql
from integration_api.resources.journal.goals.rules import GoalSide, Rated, Scaled, attainment
from integration_api.resources.journal.goals.schemas import (
    Attainment,
    AttainmentFilter,
    AttainmentPoint,
    GoalRate,
    GoalRating,
)
from integration_api.resources.journal.goals.service import load_current, load_goal, tell
from integration_api.resources.journal.goals.statements import MAX_GOALS, MAX_RATINGS, ScaledRow
from integration_api.resources.journal.goals.tables import GoalRatingRow
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.service import load_patient
from integration_api.web.instants import credible_time, is_skewed
from integration_api.web.paging import Page, Window


async def rate_goal(work: Work, goal_id: UUID, body: GoalRate) -> GoalRating:
    """Rate a goal for the actor's side. Raises NotFound, Superseded, IdTaken."""
    goal = await load_current(work, goal_id)
    values = new_values(work, body)
    del values["updated_at"]
    row = GoalRatingRow(
        **values,
        patient_id=goal.patient_id,
        goal_id=goal.id,
        happened_at=credible_time(body.rated_at, work.now),
        side=GoalSide.PATIENT if work.actor.is_patient else GoalSide.CLINICIAN,
        rated_by_id=work.actor.id,
    )
    work.create(sql.INSERT_GOAL_RATING, row)
    if goal.first_rated_at is None:
        work.revise(sql.FIX_GOAL, goal, {"first_rated_at": work.now}, missed=StartAgain)
    work.record(goal.id, goal.patient_id)
    return _present(row, await tell(work, goal))


async def list_goal_ratings(work: Work, goal_id: UUID, window: Window) -> Page[GoalRating]:
    """List the ratings of a goal, the newest first. Raises NotFound."""
    goal = await load_goal(work, goal_id)
    found = await work.page(
        sql.LIST_GOAL_RATINGS,
        window,
        lambda row: (row.happened_at, row.id),
        _present,
        patient_id=goal.patient_id,
        goal_id=goal.id,
    )
    work.record(goal.id, goal.patient_id)
    return found


async def read_attainment(work: Work, patient_id: UUID, only: AttainmentFilter) -> Attainment:
    """Return the T score of a chart's goals on each day on which one side rated. Raises NotFound."""
    rows = await work.part(sql.READ_ATTAINMENT, patient_id=patient_id, course_id=only.course_id)
    patient = await load_patient(work, patient_id)
    work.record(patient_id=patient.id)
    points = await asyncio.to_thread(_points, rows, ZoneInfo(patient.time_zone))
    goals = len({row.goal_id for row in rows})
    is_whole = goals <= MAX_GOALS and len(rows) <= MAX_GOALS + MAX_RATINGS
    return Attainment(patient_id=patient.id, goals=goals, is_whole=is_whole, points=points)


def _points(rows: Sequence[ScaledRow], zone: ZoneInfo) -> list[AttainmentPoint]:
    goals = {row.goal_id: Scaled(row.weight, row.baseline_level) for row in rows}
    ratings = [
        Rated(row.goal_id, row.happened_at.astimezone(zone).date(), row.side, row.level)
        for row in reversed(rows)
        if row.happened_at is not None and row.side is not None and row.level is not None
    ]
    return [
        AttainmentPoint(
            on=one.on,
            side=one.side,
            t_score=one.t_score,
            baseline_t_score=one.baseline_t_score,
            goals_rated=one.goals_rated,
        )
        for one in attainment(goals, ratings)
    ]


def _present(row: GoalRatingRow, monitoring: Monitoring | None = None) -> GoalRating:
    return GoalRating.of(row, clock_skewed=is_skewed(row.rated_at, row.happened_at), monitoring=monitoring)
