"""Emergency access on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from integration_api.access.fields import PatientId, StaffId
from integration_api.resources.people.emergencies.rules import EmergencyReason, ReviewOutcome
from integration_api.web.schemas import LETTER, CreateSchema, Resource, Schema, example_with


class EmergencyFacts(Schema):
    """The kind of emergency, and what made it urgent."""

    reason_code: EmergencyReason = Field(description="The kind of emergency.", examples=["crisis_call"])
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=2_000), LETTER] = Field(
        description="The reason for the urgency, in the words of the person who opened it, at least 10 characters.",
        examples=["They called the front desk; nobody of their team can be reached."],
    )


class EmergencyOpen(EmergencyFacts, CreateSchema):
    """Why the chart must be opened now. A privacy officer reads it: say what made it urgent, nothing clinical."""


class EmergencyAccess(EmergencyFacts, Resource):
    """A chart that a clinician opened for a few hours. Its id is that of the care-team membership it made."""

    model_config = example_with(
        {
            "id": "019ab0de-0000-7000-8000-00000000000c",
            "created_at": "2026-11-20T22:10:00Z",
            "updated_at": "2026-11-20T22:10:00Z",
        }
    )

    patient_id: PatientId = Field(description="The patient whose chart was opened.")
    account_id: StaffId = Field(description="The account that opened it.")
    ends_at: datetime = Field(
        description="Until when the chart can be seen (UTC); it ends by itself.", examples=["2026-11-21T02:10:00Z"]
    )
    reviewed_at: datetime | None = Field(description="When a privacy officer reviewed it (UTC).")
    reviewed_by_id: UUID | None = Field(description="The account that reviewed it.")
    outcome: ReviewOutcome | None = Field(description="The finding of the review.")
    bar_lifted_at: datetime | None = Field(
        description="When a privacy officer let them open the chart again after `not_justified`."
    )
    bar_lifted_by_id: UUID | None = Field(description="The officer who lifted the bar.")


class EmergencyReview(Schema):
    """The finding of the review."""

    outcome: ReviewOutcome = Field(
        description="`not_justified` ends the access at once and bars another one on this chart.",
        examples=["justified"],
    )
