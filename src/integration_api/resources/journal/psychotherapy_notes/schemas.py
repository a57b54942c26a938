"""Psychotherapy notes on the wire.

No field holds what 45 CFR 164.501 excludes: medication, session times, modalities, frequencies and test results.
Nor is there one for a summary of diagnosis, functional status, plan, symptoms, prognosis or progress.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, Field

from integration_api.access.fields import PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.journal.psychotherapy_notes.tables import PsychotherapyNoteState
from integration_api.web.schemas import FilledProse, Instant, ReadSchema, Reason, Resource, Schema

SessionId = Annotated[
    Id,
    Field(description="The session it belongs to, of this patient.", examples=["019ab0de-0000-7000-8000-000000000006"]),
]
Text = Annotated[FilledProse, Field(description="The note.", examples=["He spoke of his father."])]
Until = Annotated[Instant, Field(description="Its end, within 90 days.", examples=["2026-12-20T09:00:00Z"])]


class PsychotherapyNoteFacts(Schema):
    """The facts of a psychotherapy note besides its text."""

    session_id: SessionId | None = None


class PsychotherapyNoteCreate(PsychotherapyNoteFacts):
    """A new psychotherapy note. The server chooses its id."""

    text: Text


class PsychotherapyNoteUpdate(Schema):
    """The text to put in its place."""

    text: Text | MISSING = MISSING


class PsychotherapyNoteItem(PsychotherapyNoteFacts, Resource):
    """A psychotherapy note without its text, which only its GET shows."""

    patient_id: PatientId
    author_id: StaffId
    state: PsychotherapyNoteState = Field(description="A signed note does not change.", examples=["draft"])
    signed_at: datetime | None = Field(description="When its author signed it (UTC).")
    granted_until: datetime | None = Field(description="If another's: when your grant ends (UTC).")


class PsychotherapyNote(PsychotherapyNoteItem):
    """One psychotherapy note."""

    text: Text


@dataclass(frozen=True)
class PsychotherapyNoteFilter:
    """Which psychotherapy notes a list shows."""

    patient_id: Annotated[Id | None, Query(description="Only about this patient.")] = None
    granted: Annotated[bool, Query(description="Those of others that you were granted, not yours.")] = False


class PsychotherapyGrantFacts(Schema):
    """The account that may read a note, and the end of that."""

    account_id: StaffId
    until: Until


class PsychotherapyGrantCreate(PsychotherapyGrantFacts):
    """A permission for one supervisor to read one note."""

    reason: Annotated[Reason, Field(description="Why.", examples=["Supervision of my training."])]


class PsychotherapyGrantItem(PsychotherapyGrantFacts, ReadSchema):
    """A permission without its reason."""

    id: UUID = Field(description="Identifier of the grant.", examples=["019ab0de-0000-7000-8000-0000000000ab"])
    created_at: datetime = Field(description="When it was given (UTC).", examples=["2026-11-20T09:00:00Z"])
    revoked_at: datetime | None = Field(description="When it was revoked (UTC).")


class PsychotherapyGrant(PsychotherapyGrantItem):
    """A permission for one supervisor to read one note."""

    reason: Annotated[Reason, Field(description="The reason that was given.", examples=["Supervision of my training."])]
