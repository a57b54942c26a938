"""Plans on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, Field, StringConstraints

from integration_api.access.fields import PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.courses.schemas import CourseId
from integration_api.resources.journal.plans.rules import PlanStep
from integration_api.resources.journal.plans.strategy_schemas import PlanDay, PlanId, Strategy, StrategyContent
from integration_api.resources.journal.plans.tables import PlanSide, PlanState
from integration_api.resources.journal.reflections.contents import InsightId
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
from integration_api.web.schemas import (
    LETTER,
    CreateSchema,
    Instant,
    Line,
    Prose,
    ReadSchema,
    Resource,
    Schema,
    example,
    example_with,
)

_PROPOSED_AT = "2026-11-03T18:20:00Z"
_PLAN = {"id": "019ab0de-0000-7000-8000-000000000010", "updated_at": _PROPOSED_AT, "version": 4}

Title = Annotated[Line, Field(description="Its title.", examples=["Evenings without the spiral"])]
Aim = Annotated[
    Prose,
    Field(
        description="The insight or goal it serves, in words.",
        examples=["I saw that I do not have to carry the evening alone."],
    ),
]
ServedInsightId = Annotated[InsightId, Field(description="The insight of a reflection that it serves.")]
PlanCourseId = Annotated[CourseId, Field(description="A course of treatment of the same patient.")]
ReviewOn = Annotated[
    PlanDay,
    Field(
        description="The day on which both look at it again.",
        examples=["2026-12-15"],
    ),
]
IsShared = Annotated[
    bool,
    Field(description="Whether the other side sees it; else it is its author's until it is proposed.", examples=[True]),
]
ReplacesId = Annotated[PlanId, Field(description="The agreed plan of which it is the next version.")]
DeclineReason = Annotated[str, Field(description="Why, in the words of the side that declined.")]


class PlanFacts(Schema):
    """The facts of a plan that its revisions keep."""

    title: Title
    aim: Aim
    insight_id: ServedInsightId | None = None
    course_id: PlanCourseId | None = None
    review_on: ReviewOn | None = None


class PlanListItem(PlanFacts, Resource):
    """A coping plan without its strategies."""

    model_config = example_with(_PLAN)

    patient_id: PatientId
    state: PlanState = Field(description="Its present state.", examples=["proposed"])
    revision: int = Field(description="Counts its contents: what is agreed to is one revision.", examples=[1])
    is_shared: IsShared
    replaces_id: ReplacesId | None
    strategy_count: int = Field(description="Number of strategies.", examples=[1])
    proposed_by: PlanSide | None = Field(description="Which side proposed this revision.", examples=["clinician"])
    proposed_at: datetime | None = Field(description="When this revision was proposed (UTC).", examples=[_PROPOSED_AT])
    agreed_revision: int | None = Field(description="The revision that both sides agreed to.")
    agreed_at: datetime | None = Field(description="When they agreed to it (UTC).")
    resumed_at: datetime | None = Field(description="When it was last taken up again after a rest (UTC).")
    declined_at: datetime | None = Field(description="When the revision before was declined; null once proposed again.")
    decline_reason: DeclineReason | None
    created_by_id: StaffId = Field(description="The account that began it.")
    allowed_actions: list[PlanStep] = Field(
        description="The actions that you may take on it now.", examples=[["update", "accept", "decline", "archive"]]
    )


class Plan(PlanListItem):
    """A coping plan with its strategies."""

    model_config = example_with({**_PLAN, "strategy_count": 0, "strategies": []})

    strategies: list[Strategy] = Field(description="Its strategies, in the order they were added; at most 50.")
    monitoring: MonitoringNow


class PlanCreate(PlanFacts, CreateSchema):
    """A new draft; or the draft of a next version, which begins with the strategies of the plan that it replaces."""

    patient_id: PatientId | None = Field(default=None, description="The patient; a patient may leave it out.")
    is_shared: IsShared = False
    replaces_id: ReplacesId | None = None


class PlanUpdate(Schema):
    """The fields to change. Absent fields stay; null empties a field that may be empty."""

    model_config = example({"review_on": "2027-01-12"})

    title: Title | MISSING = MISSING
    aim: Aim | MISSING = MISSING
    insight_id: ServedInsightId | None | MISSING = MISSING
    course_id: PlanCourseId | None | MISSING = MISSING
    review_on: ReviewOn | None | MISSING = MISSING
    is_shared: IsShared | MISSING = MISSING


class PlanAccept(Schema):
    """The revision that you agree to."""

    revision: int = Field(
        ge=1, le=1_000_000_000, description="The revision you read; 409 if it is another now.", examples=[1]
    )


class PlanDecline(Schema):
    """Why not, if you want to say."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=20_000), LETTER] | None = Field(
        default=None,
        description="Why, in your own words.",
        examples=["I would rather start with something smaller."],
    )


class PlanVersion(PlanFacts, ReadSchema):
    """An earlier proposal, as it was when it was declined or changed."""

    id: UUID = Field(description="Identifier of this version.", examples=["019ab0de-0000-7000-8000-000000000012"])
    created_at: datetime = Field(
        description="When it was declined or changed (UTC).", examples=["2026-11-20T17:00:00Z"]
    )
    plan_id: PlanId
    patient_id: PatientId
    revision: int = Field(description="Which revision it was.", examples=[1])
    strategies: list[StrategyContent] = Field(
        description="Its strategies, in the order they were added.", examples=[[]]
    )
    proposed_by: PlanSide = Field(description="Which side proposed it.", examples=["clinician"])
    proposed_by_id: StaffId = Field(description="The account that proposed it.")
    proposed_at: datetime = Field(description="When it was proposed (UTC).", examples=[_PROPOSED_AT])
    declined_at: datetime | None = Field(description="When the other side declined (UTC).")
    decline_reason: DeclineReason | None


@dataclass(frozen=True)
class PlanFilter:
    """Which plans a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    state: Annotated[PlanState | None, Query(description="Only in this state.")] = None
    created_after: Annotated[Instant | None, Query(description="Only made at this instant or later.")] = None
    created_before: Annotated[Instant | None, Query(description="Only made before this instant.")] = None
