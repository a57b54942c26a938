"""Emergency access on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from integration_api.core.ids import OwnId
from integration_api.resources.people.emergencies.rules import EmergencyReason, ReviewOutcome
from integration_api.web.schemas import Resource, Schema, example

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=2_000)]
_GIVEN = {"reason_code": "crisis_call", "reason": "They called the front desk; nobody of their team can be reached."}


class EmergencyOpen(Schema):
    """Why the chart must be opened now. A privacy officer reads it: say what made it urgent, nothing clinical."""

    model_config = example(_GIVEN)

    id: OwnId | None = Field(default=None, description="Your own id for it.")
    reason_code: EmergencyReason = Field(description="The kind of emergency.")
    reason: Reason = Field(description="What made it urgent, in your own words, at least 10 characters.")


class EmergencyAccess(Resource):
    """A chart that a clinician opened for a few hours. Its id is that of the care-team membership it made."""

    model_config = example(
        {
            "id": "019ab0de-0000-7000-8000-00000000000c",
            "created_at": "2026-11-20T22:10:00Z",
            "updated_at": "2026-11-20T22:10:00Z",
            "version": 1,
            "patient_id": "019ab0de-0000-7000-8000-000000000004",
            "account_id": "019ab0de-0000-7000-8000-000000000002",
            **_GIVEN,
            "ends_at": "2026-11-21T02:10:00Z",
            "reviewed_at": None,
            "reviewed_by_id": None,
            "outcome": None,
            "bar_lifted_at": None,
            "bar_lifted_by_id": None,
        }
    )

    patient_id: UUID = Field(description="Whose chart was opened.")
    account_id: UUID = Field(description="Who opened it.")
    reason_code: EmergencyReason = Field(description="The kind of emergency.")
    reason: str = Field(description="What made it urgent, in their words.")
    ends_at: datetime = Field(description="Until when the chart can be seen; it ends by itself.")
    reviewed_at: datetime | None = Field(description="When a privacy officer reviewed it.")
    reviewed_by_id: UUID | None = Field(description="Who reviewed it.")
    outcome: ReviewOutcome | None = Field(description="What the review found.")
    bar_lifted_at: datetime | None = Field(
        description="When a privacy officer let them open the chart again after `not_justified`."
    )
    bar_lifted_by_id: UUID | None = Field(description="Who lifted the bar.")


class EmergencyReview(Schema):
    """What the review found."""

    model_config = example({"outcome": "justified"})

    outcome: ReviewOutcome = Field(
        description="`not_justified` ends the access at once and bars another one on this chart."
    )
