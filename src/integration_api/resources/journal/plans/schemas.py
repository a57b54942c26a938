"""Plans on the wire."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, Field

from integration_api.core.ids import OwnId
from integration_api.resources.journal.plans.rules import PlanStep
from integration_api.resources.journal.plans.strategy_schemas import STRATEGY_EXAMPLE, Strategy, StrategyContent
from integration_api.resources.journal.plans.tables import PlanSide, PlanState
from integration_api.web.schemas import Instant, Line, Prose, Resource, Schema, example

_PATIENT_ID = "019ab0de-0000-7000-8000-000000000004"
_INSIGHT_ID = "019ab0de-0000-7000-8000-000000000014"
_COURSE_ID = "019ab0de-0000-7000-8000-000000000008"
_CLINICIAN_ID = "019ab0de-0000-7000-8000-000000000002"
_FACTS = {
    "title": "Evenings without the spiral",
    "aim": "I saw that I do not have to carry the evening alone.",
    "insight_id": _INSIGHT_ID,
    "course_id": _COURSE_ID,
    "review_on": "2026-12-15",
}
_PLAN = {
    "id": "019ab0de-0000-7000-8000-000000000010",
    "created_at": "2026-11-02T09:00:00Z",
    "updated_at": "2026-11-03T18:20:00Z",
    "version": 4,
    "patient_id": _PATIENT_ID,
    **_FACTS,
    "state": "proposed",
    "revision": 1,
    "strategy_count": 1,
    "proposed_by": "clinician",
    "proposed_at": "2026-11-03T18:20:00Z",
    "agreed_revision": None,
    "agreed_at": None,
    "declined_at": None,
    "decline_reason": None,
    "created_by_id": _CLINICIAN_ID,
    "allowed_actions": ["update", "accept", "decline", "archive"],
}
ReviewDay = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]


class PlanListItem(Resource):
    """A coping plan without its strategies."""

    model_config = example(_PLAN)

    patient_id: UUID = Field(description="The patient.")
    course_id: UUID | None = Field(description="The course of treatment it belongs to.")
    insight_id: UUID | None = Field(description="The insight of a reflection that it serves.")
    title: str = Field(description="What it is called.")
    aim: str = Field(description="The insight or goal it serves, in words.")
    review_on: date | None = Field(description="The day on which both look at it again.")
    state: PlanState = Field(description="Where it stands.")
    revision: int = Field(description="Counts its contents: what is agreed to is one revision.")
    strategy_count: int = Field(description="How many strategies it has.")
    proposed_by: PlanSide | None = Field(description="Which side proposed this revision.")
    proposed_at: datetime | None = Field(description="When this revision was proposed (UTC).")
    agreed_revision: int | None = Field(description="The newest revision that both sides agreed to.")
    agreed_at: datetime | None = Field(description="When they agreed to it (UTC).")
    declined_at: datetime | None = Field(description="When the revision before was declined; null once proposed again.")
    decline_reason: str | None = Field(description="Why, in the words of the side that declined.")
    created_by_id: UUID = Field(description="The account that began it.")
    allowed_actions: list[PlanStep] = Field(description="What you can do with it now.")


class Plan(PlanListItem):
    """A coping plan with its strategies."""

    model_config = example({**_PLAN, "strategies": [STRATEGY_EXAMPLE]})

    strategies: list[Strategy] = Field(description="Its strategies, in the order they were added; at most 50.")


class PlanCreate(Schema):
    """A new plan, as a draft that both sides can see."""

    model_config = example({"patient_id": _PATIENT_ID, **_FACTS})

    id: OwnId | None = Field(default=None, description="Your own id for it.")
    patient_id: UUID | None = Field(default=None, description="The patient; a patient may leave it out.")
    title: Line = Field(description="What it is called.")
    aim: Prose = Field(description="The insight or goal it serves, in words.")
    insight_id: UUID | None = Field(default=None, description="The insight of a reflection that it serves.")
    course_id: UUID | None = Field(default=None, description="A course of treatment of the same patient.")
    review_on: ReviewDay | None = Field(default=None, description="The day on which both look at it again.")


class PlanUpdate(Schema):
    """What is to change. Absent fields stay; null empties a field that may be empty."""

    model_config = example({"review_on": "2027-01-12"})

    title: Line | MISSING = Field(default=MISSING, description="What it is called.")
    aim: Prose | MISSING = Field(default=MISSING, description="The insight or goal it serves, in words.")
    insight_id: UUID | None | MISSING = Field(default=MISSING, description="The insight that it serves.")
    course_id: UUID | None | MISSING = Field(default=MISSING, description="A course of the same patient.")
    review_on: ReviewDay | None | MISSING = Field(default=MISSING, description="When both look at it again.")


class PlanAccept(Schema):
    """What you agree to."""

    model_config = example({"revision": 1})

    revision: int = Field(ge=1, le=1_000_000_000, description="The revision you read; 409 where it is another now.")


class PlanDecline(Schema):
    """Why not, if you want to say."""

    model_config = example({"reason": "I would rather start with something smaller."})

    reason: Prose | None = Field(default=None, description="Why, in your own words.")


class PlanVersion(Schema):
    """An earlier revision, as it was when it was declined or something newer took its place."""

    model_config = example(
        {
            "id": "019ab0de-0000-7000-8000-000000000012",
            "created_at": "2026-11-20T17:00:00Z",
            "plan_id": "019ab0de-0000-7000-8000-000000000010",
            "patient_id": _PATIENT_ID,
            "revision": 1,
            "state": "active",
            **_FACTS,
            "strategies": [],
            "proposed_by": "clinician",
            "proposed_by_id": _CLINICIAN_ID,
            "proposed_at": "2026-11-03T18:20:00Z",
            "agreed_at": "2026-11-04T08:10:00Z",
            "agreed_by_id": "019ab0de-0000-7000-8000-000000000003",
            "declined_at": None,
            "decline_reason": None,
        }
    )

    id: UUID = Field(description="Identifier of this version.")
    created_at: datetime = Field(description="When something newer took its place (UTC).")
    plan_id: UUID = Field(description="The plan.")
    patient_id: UUID = Field(description="The patient.")
    revision: int = Field(description="Which revision it was.")
    state: PlanState = Field(description="Where the plan stood until then.")
    title: str = Field(description="What it was called.")
    aim: str = Field(description="The insight or goal it served.")
    insight_id: UUID | None = Field(description="The insight that it served.")
    course_id: UUID | None = Field(description="The course of treatment it belonged to.")
    review_on: date | None = Field(description="The day on which both wanted to look at it again.")
    strategies: list[StrategyContent] = Field(description="Its strategies, in the order they were added.")
    proposed_by: PlanSide = Field(description="Which side proposed it.")
    proposed_by_id: UUID = Field(description="The account that proposed it.")
    proposed_at: datetime = Field(description="When it was proposed (UTC).")
    agreed_at: datetime | None = Field(description="When the other side agreed (UTC); null where it never did.")
    agreed_by_id: UUID | None = Field(description="The account that agreed for the other side.")
    declined_at: datetime | None = Field(description="When the other side declined (UTC).")
    decline_reason: str | None = Field(description="Why, in the words of the side that declined.")


@dataclass(frozen=True)
class PlanFilter:
    """Which plans a list shows; None means any."""

    patient_id: Annotated[UUID | None, Query(description="Only this patient's.")] = None
    state: Annotated[PlanState | None, Query(description="Only in this state.")] = None
    created_after: Annotated[Instant | None, Query(description="Only opened at this instant or later.")] = None
    created_before: Annotated[Instant | None, Query(description="Only opened before this instant.")] = None
