"""Notices on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from integration_api.access.fields import RoleName, StaffId
from integration_api.ledger.events import Event
from integration_api.web.schemas import ReadSchema


class Notice(ReadSchema):
    """Something that you are to know of. Ids and fixed words: read the thing itself for more."""

    id: UUID = Field(
        description="Identifier of the notice, UUID version 7.", examples=["019ab0de-0000-7000-8000-00000000000b"]
    )
    at: datetime = Field(description="When it happened (UTC).", examples=["2026-11-20T15:04:00Z"])
    event: Event = Field(description="The Event that happened.", examples=["account.updated"])
    to_role: RoleName | None = Field(
        description="The role of the clinic that is told; null if it is for you alone.", examples=["clinic_admin"]
    )
    actor_id: StaffId | None = Field(description="The account that did it; null if nobody was signed in.")
    subject_id: UUID | None = Field(
        description="The thing it was done to.", examples=["019ab0de-0000-7000-8000-000000000009"]
    )
    patient_id: UUID | None = Field(description="The patient whose chart it is about.")
