"""Goals and their ratings on the wire."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, Field
from typing_extensions import TypedDict

from integration_api.access.fields import ClockSkewed, HappenedAt, PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.courses.schemas import CourseId
from integration_api.resources.journal.goals.rules import MAX_LEVEL, MAX_WEIGHT, MIN_LEVEL, GoalSide
from integration_api.resources.journal.reflections.contents import InsightId
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
from integration_api.web.schemas import (
    ClaimedInstant,
    CreateSchema,
    Instant,
    Line,
    ReadSchema,
    Reason,
    Remark,
    Resource,
    Schema,
    example,
    response_part,
)

_LEVELS = [
    "I do not leave the flat.",
    "I go to the corner shop.",
    "I walk to the park twice a week.",
    "I walk to the park every day.",
    "I meet a friend in the park.",
]
_RATED_AT = "2026-12-01T18:00:00Z"
Level = Annotated[int, Field(ge=MIN_LEVEL, le=MAX_LEVEL)]

WithdrawnReason = Annotated[
    Reason, Field(description="Why it is not worked on any more.", examples=["It was two goals in one."])
]
GoalId = Annotated[Id, Field(description="The goal.", examples=["019ab0de-0000-7000-8000-000000000016"])]
GoalCourseId = Annotated[CourseId, Field(description="The course of treatment in which it is pursued.")]
GoalInsightId = Annotated[InsightId, Field(description="The insight it comes from; null if you may not read that.")]
GoalTitle = Annotated[Line, Field(description="The goal in a few words.", examples=["Out of the flat again"])]
Levels = Annotated[
    list[Line],
    Field(
        min_length=5,
        max_length=5,
        description="The five levels in words, from -2 (much less than expected) over 0 (expected) to +2.",
        examples=[_LEVELS],
    ),
]
BaselineLevel = Annotated[Level, Field(description="The level at the start, usually -1.", examples=[-1])]
Weight = Annotated[
    int, Field(ge=1, le=MAX_WEIGHT, description="Its weight in the T score: importance x difficulty.", examples=[1])
]


class GoalFacts(Schema):
    """The facts of one goal that one side gives."""

    title: GoalTitle
    levels: Levels
    baseline_level: BaselineLevel = -1
    weight: Weight = 1
    course_id: GoalCourseId | None = None
    insight_id: GoalInsightId | None = None


class Goal(GoalFacts, Resource):
    """One goal of a chart."""

    patient_id: PatientId
    first_rated_at: datetime | None = Field(description="When it was first rated (UTC); its scale is fixed then.")
    created_by_id: StaffId = Field(description="The account that wrote the goal down.")
    withdrawn_at: datetime | None = Field(description="When it was withdrawn (UTC); no score counts it any more.")
    withdrawn_by_id: UUID | None = Field(description="The account that withdrew the goal.")
    withdrawn_reason: WithdrawnReason | None
    monitoring: MonitoringNow


class GoalCreate(GoalFacts, CreateSchema):
    """A new goal."""

    patient_id: PatientId | None = Field(default=None, description="The patient; a patient can leave it out.")


class GoalUpdate(Schema):
    """The fields to change. Absent fields stay; null empties a field that may be empty."""

    model_config = example({"title": "Out of the flat, to the park"})

    title: GoalTitle | MISSING = MISSING
    levels: Levels | MISSING = MISSING
    baseline_level: BaselineLevel | MISSING = MISSING
    weight: Weight | MISSING = MISSING
    course_id: GoalCourseId | None | MISSING = MISSING
    insight_id: GoalInsightId | None | MISSING = MISSING


class GoalWithdraw(Schema):
    """Why it is put away."""

    reason: WithdrawnReason


class GoalRatingFacts(Schema):
    """One rating of a goal."""

    level: Annotated[Level, Field(description="The level that is reached.", examples=[1])]
    rated_at: ClaimedInstant = Field(description="When, by the clock of the device (UTC).", examples=[_RATED_AT])
    remark: Remark | None = Field(default=None, description="A few words on it.", examples=["Four walks this week."])


class GoalRate(GoalRatingFacts, CreateSchema):
    """The level that you see reached. Of one side and day, the last rating counts."""


class GoalRating(GoalRatingFacts, ReadSchema):
    """One rating of a goal, by one side."""

    id: UUID = Field(description="Identifier of the rating.", examples=["019ab0de-0000-7000-8000-000000000017"])
    created_at: datetime = Field(description="When the server stored the rating (UTC).", examples=[_RATED_AT])
    patient_id: PatientId
    goal_id: GoalId
    side: GoalSide = Field(description="The side that rated.", examples=["patient"])
    rated_by_id: StaffId = Field(description="The account that rated.")
    happened_at: HappenedAt
    clock_skewed: ClockSkewed
    monitoring: MonitoringNow


@response_part
class AttainmentPoint(TypedDict):
    """The attainment as one side saw it on one day."""

    on: Annotated[date, Field(description="The day, in the patient's time zone.", examples=["2026-12-01"])]
    side: Annotated[GoalSide, Field(description="The side that rated that day.", examples=["patient"])]
    t_score: Annotated[float, Field(description="T over all goals that it had rated by then.", examples=[60.0])]
    baseline_t_score: Annotated[float, Field(description="T of the same goals at the start.", examples=[40.0])]
    goals_rated: Annotated[int, Field(description="Number of these goals.", examples=[1])]


class Attainment(ReadSchema):
    """The attainment of a patient's goals over time: T has a mean of 50, reached if all goals are at 0."""

    patient_id: PatientId
    goals: int = Field(description="Number of goals that were not withdrawn.", examples=[2])
    is_whole: bool = Field(
        description="False if it is too much for one answer: then the newest goals and ratings count.", examples=[True]
    )
    points: list[AttainmentPoint] = Field(description="One for each day and side with a rating, the first day first.")


@dataclass(frozen=True)
class AttainmentFilter:
    """Which goals count; None means all."""

    course_id: Annotated[Id | None, Query(description="Only those of this course.")] = None


@dataclass(frozen=True)
class GoalFilter:
    """Which goals a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    course_id: Annotated[Id | None, Query(description="Only of this course.")] = None
    withdrawn: Annotated[bool, Query(description="The withdrawn goals, instead of those that count.")] = False
    created_after: Annotated[Instant | None, Query(description="Only written at this instant or later.")] = None
    created_before: Annotated[Instant | None, Query(description="Only written before this instant.")] = None
