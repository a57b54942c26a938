"""REMS forms on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from integration_api.access.fields import PatientId
from integration_api.resources.care.rems_forms.rules import Concomitant, RemsState
from integration_api.web.schemas import Instant, Line, ReadSchema, Resource, Schema, example_with

_AT = "2026-11-20T15:20:00Z"

Confirmation = Annotated[Line, Field(description="The confirmation that REMS gave.", examples=["R-0001"])]


class RemsAnswers(Schema):
    """The answers that the record does not give; null for one that nobody gave."""

    patient_enrolled: bool | None = Field(default=None, description="Whether the patient is enrolled.", examples=[True])
    setting_enrolled: bool | None = Field(default=None, description="Whether the clinic is certified.", examples=[True])
    concomitant: list[Concomitant] | None = Field(
        default=None, max_length=5, description="The kinds of medicines taken too; empty for none.", examples=[[]]
    )
    acceptable_before: bool | None = Field(
        default=None, description="Whether vitals were acceptable before the dose.", examples=[True]
    )
    acceptable_at_end: bool | None = Field(
        default=None, description="Whether vitals were acceptable at the end.", examples=[True]
    )
    sedation: bool | None = Field(default=None, description="Whether there was sedation.", examples=[False])
    dissociation: bool | None = Field(default=None, description="Whether there was dissociation.", examples=[True])
    respiratory_depression: bool | None = Field(
        default=None, description="Whether breathing was depressed.", examples=[False]
    )


class RemsPressure(ReadSchema):
    """One blood pressure, in mm[Hg]."""

    taken_at: datetime = Field(description="When it was taken (UTC).", examples=[_AT])
    systolic: float = Field(description="The systolic value.", examples=[128])
    diastolic: float = Field(description="The diastolic value.", examples=[82])


class RemsForm(RemsAnswers, Resource):
    """The monitoring form of one esketamine session: the answers, and what the record fills in."""

    model_config = example_with({"submitted_at": None, "submitted_by_id": None, "confirmation": None})

    patient_id: PatientId
    state: RemsState = Field(description="`ready` once nothing is missing.", examples=["draft"])
    missing: list[str] = Field(description="The fields that it lacks.", examples=[["minutes_observed"]])
    due_at: datetime = Field(description="The end of the seven days (UTC).", examples=["2026-11-27T15:20:00Z"])
    form_version: str = Field(description="The version of the fields.", examples=["2026-11-28"])
    label_version: str = Field(description="The label on which they rest.", examples=["SPL 18, 2026-03-13"])
    first_dose_at: datetime = Field(description="When the first device was used (UTC).", examples=[_AT])
    dose_mg: float = Field(description="The dose of the session in mg.", examples=[56])
    lots: list[str] = Field(description="The lots of its devices.", examples=[["LOT-1"]])
    minutes_observed: int | None = Field(description="Minutes from the first device to the discharge.", examples=[130])
    pressure_before: RemsPressure | None = Field(description="The last blood pressure before the dose.")
    pressure_at_40: RemsPressure | None = Field(description="The blood pressure at about 40 minutes.")
    pressure_at_end: RemsPressure | None = Field(description="The last blood pressure.")
    serious_adverse_event: bool = Field(description="Whether one is on record.", examples=[False])
    changed_since_sent: list[str] = Field(
        description="The fields that differ from what was sent; `submit` says that it was sent anew.", examples=[[]]
    )
    submitted_at: datetime | None = Field(description="When the clinic sent it (UTC).")
    submitted_by_id: UUID | None = Field(description="The account that said so.")
    confirmation: Confirmation | None


class RemsSubmit(Schema):
    """The submission that the clinic made."""

    submitted_at: Instant | None = Field(default=None, description="When it was sent. Absent: now.")
    confirmation: Confirmation | None = None
