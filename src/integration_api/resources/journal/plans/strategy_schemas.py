"""Strategies on the wire."""

from datetime import date, datetime
from typing import Annotated

from pydantic import MISSING, AfterValidator, Field, StringConstraints
from typing_extensions import TypedDict

from integration_api.access.fields import ClockSkewed, PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.core.written import DATE_TEXT
from integration_api.resources.journal.goals.schemas import GoalId
from integration_api.resources.journal.plans.schedules import checked_schedule
from integration_api.resources.journal.reflections.contents import InsightId
from integration_api.resources.journal.strategy_library.tables import StrategyCategory
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
from integration_api.web.schemas import (
    ClaimedInstant,
    CreateSchema,
    Line,
    Resource,
    Schema,
    Score10,
    example,
    example_with,
    response_part,
)

_STRATEGY_ID = "019ab0de-0000-7000-8000-000000000011"
_MAX_LISTED = 10
Text = Annotated[str, StringConstraints(max_length=2000)]

PlanDay = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31)), DATE_TEXT]
"""A day of the centuries in which there are plans."""

PlanId = Annotated[Id, Field(description="The plan.", examples=["019ab0de-0000-7000-8000-000000000010"])]
StrategyId = Annotated[Id, Field(description="The strategy.", examples=[_STRATEGY_ID])]
Category = Annotated[StrategyCategory, Field(description="The kind of strategy.", examples=["paced_breathing"])]
Title = Annotated[Line, Field(description="A few words.", examples=["Longer out than in"])]
Description = Annotated[
    Text, Field(description="A description, and how to do it.", examples=["Two minutes on the back step."])
]
IfCue = Annotated[
    Text,
    Field(
        description="The cue: when, where or at which feeling.",
        examples=["If I notice the spiral starting after dinner"],
    ),
]
ThenAction = Annotated[
    Text,
    Field(
        description="The action: what to do then.",
        examples=["then I breathe in to four and out to six for two minutes."],
    ),
]
Schedule = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200),
    AfterValidator(checked_schedule),
    Field(
        description="When, in the patient's time zone: an RFC 5545 RRULE with FREQ=DAILY, WEEKLY or MONTHLY. "
        "Its parts: docs/schedules.md.",
        examples=["FREQ=DAILY;BYHOUR=20;BYMINUTE=30"],
    ),
]
StartsOn = Annotated[
    PlanDay,
    Field(
        description="The schedule's first day, from which COUNT and INTERVAL count; by default the patient's day when "
        "it is given.",
        examples=["2026-11-30"],
    ),
]
DurationMinutes = Annotated[int, Field(ge=1, le=480, description="The duration of one use, in minutes.", examples=[2])]
Obstacle = Annotated[Line, Field(description="A possible obstacle.", examples=["The children need me"])]
Workaround = Annotated[Line, Field(description="The answer to it.", examples=["I ask for two minutes first"])]
Supports = Annotated[
    list[Line],
    Field(max_length=_MAX_LISTED, description="People and things that help; at most 10.", examples=[["My sister"]]),
]
Confidence = Annotated[Score10, Field(description="The patient's confidence to do it, 0-10.", examples=[6])]
Importance = Annotated[Score10, Field(description="Its importance to the patient, 0-10.", examples=[9])]
StrategyInsightId = Annotated[InsightId, Field(description="The insight behind it; null if you may not read that.")]
StrategyGoalId = Annotated[GoalId, Field(description="The goal that it serves.")]
LibraryId = Annotated[Id, Field(description="The library entry it is made from.")]
RehearsedAt = Annotated[ClaimedInstant, Field(description="When it was last rehearsed, by the device's clock (UTC).")]


@response_part
class Barrier(TypedDict):
    """A possible obstacle, with an answer to it."""

    barrier: Obstacle
    workaround: Workaround | None


class BarrierCreate(Schema):
    """A possible obstacle, with an answer to it."""

    barrier: Obstacle
    workaround: Workaround | None = None


Barriers = Annotated[
    list[BarrierCreate],
    Field(max_length=_MAX_LISTED, description="Possible obstacles, each with an answer to it; at most 10."),
]


@response_part
class StrategyContent(TypedDict):
    """A strategy as it was in an earlier revision of its plan."""

    id: Annotated[str, Field(description="Identifier of the strategy.")]
    category: Annotated[str, Field(description="The kind of strategy then.")]
    title: Title
    description: Description | None
    if_cue: IfCue | None
    then_action: ThenAction | None
    schedule: Schedule | None
    starts_on: Annotated[
        str | None, Field(description="The schedule's first day.", json_schema_extra={"format": "date"})
    ]
    duration_minutes: DurationMinutes | None
    barriers: Annotated[list[Barrier], Field(description="Possible obstacles.")]
    supports: Supports
    confidence: Confidence | None
    importance: Importance | None
    library_id: Annotated[str | None, Field(description="The library entry it was made from.")]


class StrategyFacts(Schema):
    """The facts of a strategy, but for its barriers."""

    category: Category
    title: Title
    description: Description | None = None
    if_cue: IfCue | None = None
    then_action: ThenAction | None = None
    schedule: Schedule | None = None
    starts_on: StartsOn | None = None
    duration_minutes: DurationMinutes | None = None
    supports: Supports = Field(default_factory=list)
    confidence: Confidence | None = None
    importance: Importance | None = None
    library_id: LibraryId | None = None
    insight_id: StrategyInsightId | None = None
    goal_id: StrategyGoalId | None = None
    rehearsed_at: RehearsedAt | None = None


class Strategy(StrategyFacts, Resource):
    """One strategy of a plan. It is changed under the plan's version, never under its own."""

    model_config = example_with({"id": _STRATEGY_ID})

    plan_id: PlanId
    plan_version: int = Field(
        description="The plan's version now; the ETag of this answer and the next If-Match.", examples=[2]
    )
    patient_id: PatientId
    barriers: list[Barrier] = Field(description="Possible obstacles, each with an answer to it.")
    rehearsal_happened_at: datetime | None = Field(description="The time of `rehearsed_at` that counts (UTC).")
    clock_skewed: ClockSkewed
    suggest_smaller_step: bool = Field(
        description="Confidence is below 7: a smaller step may be easier to keep.", examples=[True]
    )
    continues_id: StrategyId | None = Field(description="The strategy of the replaced plan that it was copied from.")
    created_by_id: StaffId = Field(description="The account that added it.")
    monitoring: MonitoringNow


class StrategyCreate(StrategyFacts, CreateSchema):
    """A new strategy. Before the plan can be proposed, it needs its cue and its action."""

    barriers: Barriers = Field(default_factory=list)


class StrategyUpdate(Schema):
    """The fields to change. Absent fields stay; null empties a field that may be empty."""

    model_config = example({"then_action": "then I breathe out slowly three times.", "confidence": 8})

    category: Category | MISSING = MISSING
    title: Title | MISSING = MISSING
    description: Description | None | MISSING = MISSING
    if_cue: IfCue | None | MISSING = MISSING
    then_action: ThenAction | None | MISSING = MISSING
    schedule: Schedule | None | MISSING = MISSING
    starts_on: StartsOn | None | MISSING = MISSING
    duration_minutes: DurationMinutes | None | MISSING = MISSING
    barriers: Barriers | MISSING = MISSING
    supports: Supports | MISSING = MISSING
    confidence: Confidence | None | MISSING = MISSING
    importance: Importance | None | MISSING = MISSING
    library_id: LibraryId | None | MISSING = MISSING
    insight_id: StrategyInsightId | None | MISSING = Field(
        default=MISSING, description="The insight behind it; no new revision."
    )
    goal_id: StrategyGoalId | None | MISSING = Field(
        default=MISSING, description="The goal that it serves; no new revision."
    )
    rehearsed_at: RehearsedAt | None | MISSING = Field(
        default=MISSING, description="When it was last rehearsed, by the device's clock (UTC); no new revision."
    )
