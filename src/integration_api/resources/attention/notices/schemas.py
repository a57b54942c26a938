"""Notices on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from integration_api.web.schemas import Schema, example


class Notice(Schema):
    """Something that you are to know of. Ids and fixed words: read the thing itself for more."""

    model_config = example(
        {
            "id": "019ab0de-0000-7000-8000-00000000000b",
            "at": "2026-11-20T15:04:00Z",
            "event": "account.updated",
            "to_role": "clinic_admin",
            "actor_id": "019ab0de-0000-7000-8000-000000000002",
            "subject_id": "019ab0de-0000-7000-8000-000000000009",
            "patient_id": None,
        }
    )

    id: UUID = Field(description="Identifier of the notice, UUID version 7.")
    at: datetime = Field(description="When it happened (UTC).")
    event: str = Field(description="What happened.")
    to_role: str | None = Field(description="The role of the clinic that is told; null where you alone are.")
    actor_id: UUID | None = Field(description="Whose doing it was; null where nobody was signed in.")
    subject_id: UUID | None = Field(description="What it was done to.")
    patient_id: UUID | None = Field(description="Whose chart it is about.")
