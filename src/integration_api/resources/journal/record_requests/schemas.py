"""Record requests on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from integration_api.access.fields import PatientId
from integration_api.core.ids import Id
from integration_api.resources.journal.record_requests.rules import AccessDenialGround, RecordRequestState
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
from integration_api.web.schemas import CreateSchema, Instant, Reason, Remark, Resource, Schema, example_with

_BY = "019ab0de-0000-7000-8000-000000000002"
_AT = "2026-11-20T15:04:06Z"

DenialGround = Annotated[
    AccessDenialGround,
    Field(
        description="The ground of a denial. The patient may have the last three reviewed.", examples=["danger_to_life"]
    ),
]
DenialAnswer = Annotated[
    Reason, Field(description="The denial in writing.", examples=["Another clinic has these papers."])
]
LongerReason = Annotated[Reason, Field(description="Why it takes longer.", examples=["An older part is on paper."])]


class RecordRequestFacts(Schema):
    """The facts of a request for a copy."""

    patient_id: PatientId
    text: Remark | None = Field(
        default=None,
        description="The part and the form that are asked for; null: the whole record as a file.",
        examples=["The notes of this year, on paper."],
    )


class RecordRequest(RecordRequestFacts, Resource):
    """A request for a copy of the record, and its answer."""

    model_config = example_with({"state": "open", "denial_ground": None, "answer": None, "extension_reason": None})

    state: RecordRequestState = Field(description="Its present state.")
    received_at: datetime = Field(description="When the clinic received it (UTC).", examples=[_AT])
    due_at: datetime = Field(description="Until when staff must answer (UTC).", examples=["2026-12-20T15:04:06Z"])
    extended_at: datetime | None = Field(description="When staff took 30 days more, once (UTC).")
    extension_reason: LongerReason | None
    answered_at: datetime | None = Field(description="When staff answered (UTC).")
    answered_by_id: UUID | None = Field(description="The account that did.")
    answer: DenialAnswer | None
    denial_ground: DenialGround | None
    is_reviewable: bool | None = Field(
        description="Whether the patient may have a denial reviewed; null if it was not denied.", examples=[None]
    )
    rights: str | None = Field(description="The rights of the patient after a denial, to be shown as they are.")
    created_by_id: UUID = Field(description="The account that wrote it down.", examples=[_BY])
    monitoring: MonitoringNow


class RecordRequestCreate(RecordRequestFacts, CreateSchema):
    """A request for a copy of the record."""

    received_at: Instant | None = Field(
        default=None,
        description="When the clinic received it, if staff write down a letter or a call; from then on 30 days count.",
        examples=[_AT],
    )


class RecordRequestDeny(Schema):
    """A denial in writing, and its ground."""

    answer: DenialAnswer
    ground: DenialGround


class RecordRequestExtend(Schema):
    """Why the answer takes 30 days longer."""

    reason: LongerReason


@dataclass(frozen=True)
class RecordRequestFilter:
    """Which requests a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    state: Annotated[RecordRequestState | None, Query(description="Only in this state.")] = None
    created_after: Annotated[Instant | None, Query(description="Only made at this instant or later.")] = None
    created_before: Annotated[Instant | None, Query(description="Only made before this instant.")] = None
