"""Discharges on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from integration_api.access.fields import PatientId
from integration_api.resources.care.discharges.rules import DischargeItem
from integration_api.resources.care.doses.schemas import FindingThere
from integration_api.web.schemas import Instant, Reason, Remark, Resource, Schema, example_with

Met = Annotated[
    list[DischargeItem],
    Field(max_length=len(DischargeItem), description="The items that are met.", examples=[["awake", "oriented"]]),
]
DischargedAt = Annotated[Instant, Field(description="When the patient left.", examples=["2026-11-20T17:30:00Z"])]
Score = Annotated[int, Field(ge=0, le=10, examples=[9])]
OverrideReason = Annotated[
    Reason, Field(description="Why the session may end without it.", examples=["Left against advice; reached at home."])
]


class DischargeFacts(Schema):
    """The facts of a discharge."""

    met: Met = Field(default_factory=list)
    discharged_at: DischargedAt | None = None
    aldrete_score: Score | None = Field(default=None, description="Modified Aldrete score.")
    padss_score: Score | None = Field(default=None, description="PADSS score.")
    note: Remark | None = Field(default=None, description="A remark; the patient can read it.", examples=["Calm."])


class DischargeUpdate(DischargeFacts):
    """The discharge as it stands now; what is absent is not met, or not known."""


class Discharge(DischargeFacts, Resource):
    """The discharge of a dosing session, with what follows from its doses."""

    model_config = example_with({"overridden_at": None, "overridden_by_id": None, "override_reason": None})

    patient_id: PatientId
    observe_until: datetime | None = Field(
        description="The end of observation by the routes of all doses (UTC).", examples=["2026-11-20T17:20:00Z"]
    )
    blocking: list[DischargeItem] = Field(description="The items that are missing.", examples=[["escorted"]])
    findings: Annotated[list[FindingThere], Field(description="Remarks about a discharge that was too early.")]
    overridden_at: datetime | None = Field(description="When a prescriber let the session end without it (UTC).")
    overridden_by_id: UUID | None = Field(description="That prescriber.")
    override_reason: OverrideReason | None
    updated_by_id: UUID = Field(
        description="The account that wrote it last.", examples=["019ab0de-0000-7000-8000-000000000002"]
    )


class DischargeOverride(Schema):
    """Why the session may end without what is missing."""

    reason: OverrideReason
