"""Medicines on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, Field

from integration_api.access.fields import PatientId
from integration_api.core.ids import Id
from integration_api.resources.care.medicines.tables import MedicineKind
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
from integration_api.web.schemas import (
    CreateSchema,
    Day,
    Instant,
    Line,
    Resource,
    Schema,
    WithdrawnReason,
    example,
)

Name = Annotated[Line, Field(description="The name of the medicine or substance.", examples=["Sertraline"])]
Dose = Annotated[
    Line, Field(description="The dose as it is taken: how much, and how often.", examples=["50 mg in the morning"])
]
Kind = Annotated[
    MedicineKind, Field(description="The way in which the patient comes to take it.", examples=["prescribed"])
]
StartedOn = Annotated[Day, Field(description="The day on which it was begun.", examples=["2026-03-02"])]
EndedOn = Annotated[Day, Field(description="The last day on which it was taken; null while it is.")]


class MedicineFacts(Schema):
    """The facts of one medicine."""

    patient_id: PatientId
    name: Name
    kind: Kind
    dose: Dose | None = None
    started_on: StartedOn | None = None
    ended_on: EndedOn | None = None


class Medicine(MedicineFacts, Resource):
    """One medicine, or another substance, that a patient takes or took."""

    created_by_id: UUID = Field(
        description="The account that wrote it: the patient's, or of staff.",
        examples=["019ab0de-0000-7000-8000-000000000002"],
    )
    withdrawn_at: datetime | None = Field(description="When it was withdrawn (UTC); it counts no more.")
    withdrawn_by_id: UUID | None = Field(description="The account that withdrew it.")
    withdrawn_reason: WithdrawnReason | None
    monitoring: MonitoringNow


class MedicineCreate(MedicineFacts, CreateSchema):
    """A new medicine."""


class MedicineUpdate(Schema):
    """The fields to change. Absent fields stay; null empties a field that may be empty."""

    model_config = example({"ended_on": "2026-11-20"})

    name: Name | MISSING = MISSING
    kind: Kind | MISSING = MISSING
    dose: Dose | None | MISSING = MISSING
    started_on: StartedOn | None | MISSING = MISSING
    ended_on: EndedOn | None | MISSING = MISSING


@dataclass(frozen=True)
class MedicineFilter:
    """Which medicines a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    kind: Annotated[MedicineKind | None, Query(description="Only of this kind.")] = None
    withdrawn: Annotated[bool, Query(description="Those that were withdrawn, instead of the others.")] = False
    created_after: Annotated[Instant | None, Query(description="Only made at this instant or later.")] = None
    created_before: Annotated[Instant | None, Query(description="Only made before this instant.")] = None
