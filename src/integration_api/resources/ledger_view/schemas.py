"""The ledger on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from integration_api.core.schemas import Schema, example
from integration_api.ledger.events import Outcome

__all__ = ["LedgerEntry"]


class LedgerEntry(Schema):
    """One thing that happened: ids and fixed words, never a name or text."""

    model_config = example(
        {
            "id": "019ab0de-0000-7000-8000-00000000000a",
            "at": "2026-11-20T15:04:00Z",
            "event": "session.started",
            "action": "session:start",
            "outcome": "done",
            "reason": None,
            "actor_id": "019ab0de-0000-7000-8000-000000000002",
            "actor_role": "therapist",
            "subject_id": "019ab0de-0000-7000-8000-000000000009",
            "patient_id": "019ab0de-0000-7000-8000-000000000004",
            "request_id": "5f0c2c3d9a1b4e6f8a7b6c5d4e3f2a1b",
        }
    )

    id: UUID = Field(description="Identifier of the entry, UUID version 7.")
    at: datetime = Field(description="When it happened (UTC).")
    event: str = Field(description="What happened.")
    action: str = Field(description="What was asked for.")
    outcome: Outcome = Field(description="How it ended.")
    reason: str | None = Field(description="The code of a refusal.")
    actor_id: UUID | None = Field(description="The account that asked; null where nobody was signed in.")
    actor_role: str | None = Field(description="The role by which it was allowed.")
    subject_id: UUID | None = Field(description="What it was done to.")
    patient_id: UUID | None = Field(description="Whose chart it was in.")
    request_id: str = Field(description="The request, as the client was told.")
