"""Lab results on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from integration_api.access.fields import PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.lab_results.tables import Analyte
from integration_api.web.schemas import CreateSchema, Instant, Resource, Schema, WithdrawnReason

_TAKEN_AT = "2026-11-18T08:30:00Z"
AnalyteIs = Annotated[Analyte, Field(description="The liver value that was measured.", examples=["alt"])]
Value = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False, description="The value, in U/L.", examples=[34])]
UpperLimit = Annotated[
    float,
    Field(
        gt=0,
        le=1000,
        allow_inf_nan=False,
        description="The upper limit of normal of its laboratory, in U/L.",
        examples=[40],
    ),
]


class LabResultFacts(Schema):
    """The facts of one liver value."""

    patient_id: PatientId
    analyte: AnalyteIs
    value: Value
    upper_limit: UpperLimit


class LabResultCreate(LabResultFacts, CreateSchema):
    """A liver value to keep."""

    taken_at: Instant = Field(description="When the blood was taken.", examples=[_TAKEN_AT])


class LabResult(LabResultFacts, Resource):
    """One liver value."""

    taken_at: datetime = Field(description="When the blood was taken (UTC).", examples=[_TAKEN_AT])
    is_high: bool = Field(description="Whether it is above three times the upper limit (R27).", examples=[False])
    created_by_id: StaffId = Field(description="The account that wrote it.")
    withdrawn_at: datetime | None = Field(description="When it was withdrawn (UTC); it counts no more.")
    withdrawn_by_id: UUID | None = Field(description="The account that withdrew it.")
    withdrawn_reason: WithdrawnReason | None


@dataclass(frozen=True)
class LabResultFilter:
    """Which lab results a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    analyte: Annotated[Analyte | None, Query(description="Only of this liver value.")] = None
    withdrawn: Annotated[bool, Query(description="Values that were withdrawn, instead of the others.")] = False
    taken_after: Annotated[Instant | None, Query(description="Only taken then or later.")] = None
    taken_before: Annotated[Instant | None, Query(description="Only taken before then.")] = None
