"""Practices on the wire."""

from dataclasses import dataclass
from typing import Annotated, Self

from fastapi import Query
from pydantic import Field, model_validator

from integration_api.access.fields import ClockSkewed, PatientId
from integration_api.core.ids import Id
from integration_api.resources.journal.plans.strategy_schemas import PlanId, StrategyId
from integration_api.resources.journal.practices.tables import PracticeState, SkippedReason
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
from integration_api.web.schemas import ClaimedInstant, CreateSchema, Instant, Prose, Resource, Schema, Score10

_RATINGS = ("distress_before", "distress_after", "helpfulness", "would_use_again")


class PracticeFacts(Schema):
    """The facts of one use of a strategy, or of one skip, that the patient gives."""

    strategy_id: StrategyId = Field(description="The strategy. It may leave the plan later; its practices stay.")
    replaces_id: Id | None = Field(default=None, description="The practice that this one corrects.")
    used_at: ClaimedInstant = Field(
        description="When, by the clock of the patient's device (UTC).", examples=["2026-11-05T20:31:00Z"]
    )
    context: Prose | None = Field(
        default=None, description="The situation.", examples=["After the phone call, on the back step."]
    )
    distress_before: Score10 | None = Field(default=None, description="Distress before, 0-10.", examples=[7])
    distress_after: Score10 | None = Field(default=None, description="Distress after, 0-10.", examples=[4])
    helpfulness: Annotated[int, Field(ge=0, le=4)] | None = Field(
        default=None, description="The degree to which it helped, 0-4.", examples=[3]
    )
    would_use_again: bool | None = Field(
        default=None, description="Whether the patient would use it again.", examples=[True]
    )
    skipped_reason: SkippedReason | None = Field(
        default=None, description="Why it was skipped; null if it was used. A skip has no ratings."
    )


class Practice(PracticeFacts, Resource):
    """One use of a strategy, or one skip."""

    patient_id: PatientId
    plan_id: PlanId
    state: PracticeState = Field(description="`logged`, or kept and not counted.", examples=["logged"])
    clock_skewed: ClockSkewed
    was_skipped: bool = Field(description="Whether it was meant to be used and was not.", examples=[False])
    monitoring: MonitoringNow


class PracticeLog(PracticeFacts, CreateSchema):
    """One use of a strategy of your own plan; or a skip, which has a reason and no ratings."""

    @model_validator(mode="after")
    def _skip_has_no_ratings(self) -> Self:
        if self.skipped_reason is not None and any(getattr(self, name) is not None for name in _RATINGS):
            msg = f"a skip has none of {', '.join(_RATINGS)}"
            raise ValueError(msg)
        return self


@dataclass(frozen=True)
class PracticeFilter:
    """Which practices a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    plan_id: Annotated[Id | None, Query(description="Only of this plan.")] = None
    strategy_id: Annotated[
        Id | None, Query(description="Only of this strategy, in all versions of its plan so far.")
    ] = None
    state: Annotated[PracticeState, Query(description="Only in this state: unless you ask, those that count.")] = (
        PracticeState.LOGGED
    )
    used_after: Annotated[Instant | None, Query(description="Only uses at this instant or later.")] = None
    used_before: Annotated[Instant | None, Query(description="Only uses before this instant.")] = None
