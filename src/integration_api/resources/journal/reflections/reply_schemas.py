"""Replies on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from integration_api.access.fields import ChartId, StaffId
from integration_api.resources.journal.reflections.schemas import REFLECTION_ID
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
from integration_api.web.schemas import CreateSchema, FilledProse, ReadSchema, Schema


class ReplyFacts(Schema):
    """The text of a reply."""

    text: FilledProse = Field(
        description="The reply. It cannot be changed later.",
        examples=["Thank you for sharing this. Shall we start from the lake on Tuesday?"],
    )


class ReplyCreate(ReplyFacts, CreateSchema):
    """A reply to a shared reflection."""


class Reply(ReplyFacts, ReadSchema):
    """A reply, from the patient or from a clinician."""

    id: UUID = Field(description="Identifier, UUID version 7.", examples=["019ab0de-0000-7000-8000-000000000013"])
    created_at: datetime = Field(description="When it was written (UTC).", examples=["2026-11-21T14:30:00Z"])
    patient_id: ChartId
    reflection_id: UUID = Field(description="The reflection it answers.", examples=[REFLECTION_ID])
    author_id: StaffId = Field(description="The account that wrote it.")
    is_patient: bool = Field(description="Whether the patient wrote it.", examples=[False])
    monitoring: MonitoringNow
