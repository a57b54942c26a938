"""Statements of goals and of their ratings."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.visible import (
    chart_rows,
    in_clinic,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
    visible,
)
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.journal.goals.rules import GoalSide
from integration_api.resources.journal.goals.schemas import GoalUpdate
from integration_api.resources.journal.goals.tables import GoalRatingRow, GoalRatingTable, GoalRow, GoalTable
from integration_api.resources.journal.reflections.insight_statements import sees_insight
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_goals, _ratings = table_of(GoalTable), table_of(GoalRatingTable)
MAX_GOALS, MAX_RATINGS = 100, 1000
"""The newest goals of a chart, and the newest ratings of them, that one score is made of."""


class GoalSeen(GoalRow):
    """A goal, and whether the actor may read the insight that it comes from."""

    sees_insight: bool


counts = _goals.c.withdrawn_at.is_(None)
"""Match a goal that was not withdrawn."""
_filters = (
    _goals.c.withdrawn_at.is_not(None) == sa.bindparam("withdrawn", type_=sa.Boolean()),
    optional(_goals.c.course_id),
    between(_goals.c.created_at, "created_after", "created_before"),
)
_sees = (sees_insight(_goals).label("sees_insight"),)

READ_GOAL = Read(
    "read_goal",
    chart_rows(GoalTable, *_sees).where(_goals.c.id == param("id", _goals.c.id)),
    GoalSeen,
    Scope.OWNER,
)
LIST_GOALS = Read("list_goals", list_by_chart(GoalTable, "created_at", *_filters, more=_sees), GoalSeen, Scope.OWNER)
LIST_TEAM_GOALS = Read(
    "list_team_goals", list_by_team(GoalTable, "created_at", *_filters, more=_sees), GoalSeen, Scope.OWNER
)
GOALS_BY_IDS = Read("goals_by_ids", rows_by_ids(GoalTable, more=_sees), GoalSeen, Scope.OWNER)
GOALS = ChartList(LIST_GOALS, LIST_TEAM_GOALS, GOALS_BY_IDS, at="created_at", bound="created_before")
INSERT_GOAL = Change("insert_goal", insert_for_chart(GoalTable), Scope.OWNER)
UPDATE_GOAL = Change("update_goal", update_in_chart(GoalTable, GoalUpdate.model_fields), Scope.OWNER)
WITHDRAW_GOAL = Change(
    "withdraw_goal",
    update_in_chart(GoalTable, ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason")),
    Scope.OWNER,
)
FIX_GOAL = Change("fix_goal", update_in_chart(GoalTable, ("first_rated_at",)), Scope.OWNER)
"""The first rating: of it and a change of the scale at the same time, one is refused."""

INSERT_GOAL_RATING = Change("insert_goal_rating", insert_for_chart(GoalRatingTable), Scope.OWNER)
LIST_GOAL_RATINGS = Read(
    "list_goal_ratings",
    list_by_chart(GoalRatingTable, "happened_at", _ratings.c.goal_id == param("goal_id", _ratings.c.goal_id)),
    GoalRatingRow,
    Scope.OWNER,
)


class ScaledRow(BaseModel):
    """A goal that counts in a score, and one of its ratings; null if it has none."""

    goal_id: UUID
    weight: int
    baseline_level: int
    level: int | None
    side: GoalSide | None
    happened_at: datetime | None


_counted = (
    sa.select(_goals.c.id, _goals.c.weight, _goals.c.baseline_level)
    .where(
        in_clinic(_goals),
        visible(_goals.c.patient_id),
        _goals.c.patient_id == param("patient_id", _goals.c.patient_id),
        counts,
        optional(_goals.c.course_id),
    )
    .order_by(_goals.c.created_at.desc(), _goals.c.id.desc())
    .limit(MAX_GOALS + 1)
    .subquery()
)
READ_ATTAINMENT = Read(
    "read_attainment",
    sa.select(
        _counted.c.id.label("goal_id"),
        _counted.c.weight,
        _counted.c.baseline_level,
        _ratings.c.level,
        _ratings.c.side,
        _ratings.c.happened_at,
    )
    .select_from(_counted)
    .outerjoin(
        _ratings,
        sa.and_(
            in_clinic(_ratings),
            _ratings.c.patient_id == param("patient_id", _goals.c.patient_id),
            _ratings.c.goal_id == _counted.c.id,
        ),
    )
    .order_by(_ratings.c.happened_at.desc().nulls_first(), _ratings.c.id.desc())
    .limit(MAX_GOALS + MAX_RATINGS + 1),
    ScaledRow,
    Scope.OWNER,
)
"""The newest ratings of a chart's goals. A goal without a rating is one row."""

declare(GoalTable, of_chart("goal"))


def _audience(row: GoalRatingRow, _: object) -> Iterator[Changed]:
    """Yield the goal of a rating, which everybody of the chart sees."""
    yield Changed("goal", row.goal_id, Channel.CHART, row.patient_id)


declare(GoalRatingTable, _audience)
