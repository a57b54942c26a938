"""Practices on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import Query
from pydantic import Field, model_validator

from integration_api.core.ids import OwnId
from integration_api.resources.journal.practices.tables import SkippedReason
from integration_api.web.schemas import Instant, Prose, Resource, Schema, Score10, example

_STRATEGY_ID = "019ab0de-0000-7000-8000-000000000011"
_FACTS = {
    "strategy_id": _STRATEGY_ID,
    "used_at": "2026-11-05T20:31:00Z",
    "context": "After the phone call, on the back step.",
    "distress_before": 7,
    "distress_after": 4,
    "helpfulness": 3,
    "would_use_again": True,
    "skipped_reason": None,
}
_RATINGS = ("distress_before", "distress_after", "helpfulness", "would_use_again")
Helpfulness = Annotated[int, Field(ge=0, le=4)]


class Practice(Resource):
    """One use of a strategy, or one skip."""

    model_config = example(
        {
            "id": "019ab0de-0000-7000-8000-000000000013",
            "created_at": "2026-11-05T20:34:00Z",
            "updated_at": "2026-11-05T20:34:00Z",
            "version": 1,
            "patient_id": "019ab0de-0000-7000-8000-000000000004",
            "plan_id": "019ab0de-0000-7000-8000-000000000010",
            **_FACTS,
            "was_skipped": False,
        }
    )

    patient_id: UUID = Field(description="The patient.")
    plan_id: UUID = Field(description="The plan.")
    strategy_id: UUID = Field(description="The strategy; it may have left the plan since.")
    used_at: datetime = Field(description="When, by the patient's device (UTC).")
    context: str | None = Field(description="What was going on.")
    distress_before: int | None = Field(description="Distress before, 0-10.")
    distress_after: int | None = Field(description="Distress after, 0-10.")
    helpfulness: int | None = Field(description="How much it helped, 0-4.")
    would_use_again: bool | None = Field(description="Whether they would use it again.")
    was_skipped: bool = Field(description="It was meant to be used and was not.")
    skipped_reason: SkippedReason | None = Field(description="Why it was skipped.")


class PracticeLog(Schema):
    """One use of a strategy of your own plan; or a skip, which has a reason and no ratings."""

    model_config = example(_FACTS)

    id: OwnId | None = Field(default=None, description="Your own id for it.")
    strategy_id: UUID = Field(description="The strategy.")
    used_at: Instant = Field(description="When, by your device; not in the future.")
    context: Prose | None = Field(default=None, description="What was going on.")
    distress_before: Score10 | None = Field(default=None, description="Distress before, 0-10.")
    distress_after: Score10 | None = Field(default=None, description="Distress after, 0-10.")
    helpfulness: Helpfulness | None = Field(default=None, description="How much it helped, 0-4.")
    would_use_again: bool | None = Field(default=None, description="Whether you would use it again.")
    skipped_reason: SkippedReason | None = Field(default=None, description="Why you skipped it, if you did.")

    @model_validator(mode="after")
    def _skip_has_no_ratings(self) -> Self:
        if self.skipped_reason is not None and any(getattr(self, name) is not None for name in _RATINGS):
            msg = f"a skip has none of {', '.join(_RATINGS)}"
            raise ValueError(msg)
        return self


@dataclass(frozen=True)
class PracticeFilter:
    """Which practices a list shows; None means any."""

    patient_id: Annotated[UUID | None, Query(description="Only this patient's.")] = None
    plan_id: Annotated[UUID | None, Query(description="Only of this plan.")] = None
    strategy_id: Annotated[UUID | None, Query(description="Only of this strategy.")] = None
    used_after: Annotated[Instant | None, Query(description="Only uses at this instant or later.")] = None
    used_before: Annotated[Instant | None, Query(description="Only uses before this instant.")] = None
