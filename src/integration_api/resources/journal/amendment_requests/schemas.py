"""Amendment requests on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from integration_api.access.fields import PatientId
from integration_api.core.ids import Id
from integration_api.resources.journal.amendment_requests.rules import AmendmentState, DenialBasis
from integration_api.resources.journal.notes.schemas import NoteId
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
from integration_api.web.schemas import CreateSchema, FilledProse, Instant, Reason, Resource, Schema, example_with

_BY = "019ab0de-0000-7000-8000-000000000002"

Basis = Annotated[DenialBasis, Field(description="The ground of a denial.", examples=["accurate_and_complete"])]
Answer = Annotated[Reason, Field(description="The answer in writing.", examples=["The note tells what was said."])]
ExtensionReason = Annotated[Reason, Field(description="Why it takes longer.", examples=["Its author is away."])]


class AmendmentRequestFacts(Schema):
    """The words of a request."""

    text: FilledProse = Field(description="The change that is asked for.", examples=["It was my aunt, not my mother."])
    reason: Reason = Field(description="Why.", examples=["My aunt raised me."])


class AmendmentRequest(AmendmentRequestFacts, Resource):
    """A request to amend a note, and its answer."""

    model_config = example_with({"state": "open", "denial_basis": None, "answer": None, "extension_reason": None})

    patient_id: PatientId
    note_id: NoteId
    state: AmendmentState = Field(description="Its present state.")
    due_at: datetime = Field(description="Until when staff must answer (UTC).", examples=["2027-01-20T16:05:00Z"])
    extended_at: datetime | None = Field(description="When staff took 30 days more, once (UTC).")
    extension_reason: ExtensionReason | None
    answered_at: datetime | None = Field(description="When staff answered (UTC).")
    answered_by_id: UUID | None = Field(description="The account that did.")
    answer: Answer | None
    denial_basis: Basis | None
    rights: str | None = Field(description="The rights of the patient after a denial, to be shown as they are.")
    created_by_id: UUID = Field(description="The account that wrote it down.", examples=[_BY])
    monitoring: MonitoringNow


class AmendmentRequestCreate(AmendmentRequestFacts, CreateSchema):
    """A request to amend a note."""


class AmendmentRequestAccept(Schema):
    """The answer to a request that is granted."""

    answer: Answer


class AmendmentRequestDeny(AmendmentRequestAccept):
    """The answer to a request that is not granted, and its ground."""

    basis: Basis


class AmendmentRequestExtend(Schema):
    """Why the answer takes 30 days longer."""

    reason: ExtensionReason


@dataclass(frozen=True)
class AmendmentRequestFilter:
    """Which requests a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    note_id: Annotated[Id | None, Query(description="Only about this note.")] = None
    state: Annotated[AmendmentState | None, Query(description="Only in this state.")] = None
    created_after: Annotated[Instant | None, Query(description="Only made at this instant or later.")] = None
    created_before: Annotated[Instant | None, Query(description="Only made before this instant.")] = None
