"""Disclosures on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from integration_api.access.fields import PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.journal.disclosures.tables import DisclosureBasis
from integration_api.web.schemas import CreateSchema, Instant, Line, NameLine, Remark, Resource, Schema, WithdrawnReason

_AT = "2026-11-20T15:40:00Z"


class DisclosureFacts(Schema):
    """The facts of one disclosure."""

    patient_id: PatientId
    recipient: NameLine = Field(description="The person or body that was told.", examples=["County court"])
    address: Line | None = Field(default=None, description="Their address.", examples=["1 Lake Road"])
    content: Remark = Field(description="The part of the record that was told.", examples=["Notes of November."])
    purpose: Remark = Field(description="The purpose.", examples=["An order of the court."])
    basis: DisclosureBasis = Field(description="Its ground in law.", examples=["court"])


class DisclosureCreate(DisclosureFacts, CreateSchema):
    """A disclosure to record."""

    disclosed_at: Instant = Field(description="When it was told.", examples=[_AT])


class Disclosure(DisclosureFacts, Resource):
    """One disclosure of a part of a chart to somebody outside the clinic."""

    disclosed_at: datetime = Field(description="When it was told (UTC).", examples=[_AT])
    created_by_id: StaffId = Field(description="The account that recorded it.")
    is_permitted: bool | None = Field(
        description="Whether the patient's consents permitted it when it was recorded; null: its basis needs none.",
        examples=[None],
    )
    withdrawn_at: datetime | None = Field(description="When it was withdrawn (UTC); it counts no more.")
    withdrawn_by_id: UUID | None = Field(description="The account that did.")
    withdrawn_reason: WithdrawnReason | None


@dataclass(frozen=True)
class DisclosureFilter:
    """Which disclosures a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    withdrawn: Annotated[bool, Query(description="Those that count no more, instead of the others.")] = False
    disclosed_after: Annotated[Instant | None, Query(description="Only told then or later.")] = None
    disclosed_before: Annotated[Instant | None, Query(description="Only told before then.")] = None
