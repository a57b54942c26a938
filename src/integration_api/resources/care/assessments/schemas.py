"""Assessments on the wire: words of lists alone, and no text."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from integration_api.access.fields import PatientId
from integration_api.resources.care.assessments.rules import AssessmentDecision, AssessmentReason
from integration_api.web.schemas import Resource, Schema

Decision = Annotated[AssessmentDecision, Field(description="The therapist's decision.", examples=["concern"])]
Reasons = Annotated[
    list[AssessmentReason],
    Field(max_length=len(AssessmentReason), description="Its reasons; none for `go`.", examples=[["sleep_loss"]]),
]


class AssessmentFacts(Schema):
    """The facts of an assessment."""

    decision: Decision
    reasons: Reasons = Field(default_factory=list)


class AssessmentUpdate(AssessmentFacts):
    """The assessment as it stands now. `hold` opens a hold that only a prescriber closes."""


class Assessment(Resource):
    """The therapist's assessment of a dosing session."""

    patient_id: PatientId
    decision: Decision | None = Field(description="The therapist's decision; null if there is none yet.")
    reasons: Reasons
    updated_by_id: UUID | None = Field(
        description="The therapist who wrote it last.", examples=["019ab0de-0000-7000-8000-000000000002"]
    )
