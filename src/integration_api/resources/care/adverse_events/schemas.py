"""Adverse events on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, Field

from integration_api.access.fields import PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.adverse_events.kinds import (
    AdverseEventKind,
    EventOutcome,
    EventReporter,
    EventSeverity,
    Relatedness,
    ReportedTo,
    Seriousness,
)
from integration_api.resources.care.doses.schemas import FindingThere
from integration_api.resources.care.sessions.schemas import SessionId
from integration_api.web.schemas import (
    CreateSchema,
    Instant,
    Prose,
    Remark,
    Resource,
    Schema,
    WithdrawnReason,
    example,
    example_with,
)

_ID, _ONSET = "019ab0de-0000-7000-8000-000000000035", "2026-11-20T15:50:00Z"

Kind = Annotated[AdverseEventKind, Field(description="The kind, of a coded list.", examples=["vomiting"])]
EndedAt = Annotated[Instant, Field(description="When it was over; null while it lasts, or if nobody knows.")]
Severity = Annotated[EventSeverity, Field(description="The severity: grades 1 to 5 of CTCAE.", examples=["moderate"])]
SeriousBecause = Annotated[
    list[Seriousness], Field(max_length=6, description="The ICH criteria by which it is serious; none if it is not.")
]
IsExpected = Annotated[bool, Field(description="Whether the label or the consent names it.", examples=[True])]
Related = Annotated[Relatedness, Field(description="The likelihood that the dose caused it.", examples=["probable"])]
Outcome = Annotated[EventOutcome, Field(description="The end, as far as is known.", examples=["recovered"])]
Text = Annotated[Prose, Field(description="The course of it, in words; the patient can read it.")]
Action = Annotated[Remark, Field(description="The action taken about the dose.", examples=["No booster."])]
Treatment = Annotated[Remark, Field(description="The treatment given for it.", examples=["Ondansetron 4 mg."])]
Reporter = Annotated[EventReporter, Field(description="The person who noticed it.", examples=["staff"])]
Told = Annotated[list[ReportedTo], Field(max_length=3, description="Those outside the clinic who were told.")]


class AdverseEventFacts(Schema):
    """The facts of one adverse event."""

    kind: Kind
    onset_at: Instant = Field(description="When it began, weeks after the dose too.", examples=[_ONSET])
    ended_at: EndedAt | None = None
    severity: Severity
    serious_because: SeriousBecause = Field(default_factory=list)
    is_expected: IsExpected | None = None
    relatedness: Related
    outcome: Outcome = EventOutcome.UNKNOWN
    text: Text | None = None
    action: Action | None = None
    treatment: Treatment | None = None
    reporter: Reporter = EventReporter.STAFF
    reported_to: Told = Field(default_factory=list)


class AdverseEventCreate(AdverseEventFacts, CreateSchema):
    """An adverse event to record."""

    model_config = example_with({"ended_at": None, "text": None})

    known_at: Instant | None = Field(default=None, description="When the clinic first knew of it. Absent: now.")


class AdverseEvent(AdverseEventFacts, Resource):
    """One adverse event, with what follows from it."""

    model_config = example_with({"id": _ID, "ended_at": None, "text": None})

    patient_id: PatientId
    session_id: SessionId
    known_at: datetime = Field(description="When the clinic first knew of it (UTC).", examples=[_ONSET])
    findings: Annotated[list[FindingThere], Field(description="R34, if a prescriber reviews it.")]
    review_due_at: datetime | None = Field(description="Until when (UTC); null if nobody has to.")
    reviewed_at: datetime | None = Field(description="When a prescriber reviewed it as it stands (UTC).")
    reviewed_by_id: UUID | None = Field(description="The account of that prescriber.")
    created_by_id: StaffId = Field(description="The account that recorded it.")
    withdrawn_at: datetime | None = Field(description="When it was withdrawn (UTC); it counts no more.")
    withdrawn_by_id: UUID | None = Field(description="The account that did.")
    withdrawn_reason: WithdrawnReason | None


class AdverseEventUpdate(Schema):
    """The facts as they are known now. Absent fields stay; null empties a field that may be empty."""

    model_config = example({"outcome": "recovered", "ended_at": "2026-11-20T17:00:00Z"})

    kind: Kind | MISSING = MISSING
    onset_at: Instant | MISSING = Field(default=MISSING, description="When it began.")
    ended_at: EndedAt | None | MISSING = MISSING
    severity: Severity | MISSING = MISSING
    serious_because: SeriousBecause | MISSING = MISSING
    is_expected: IsExpected | None | MISSING = MISSING
    relatedness: Related | MISSING = MISSING
    outcome: Outcome | MISSING = MISSING
    text: Text | None | MISSING = MISSING
    action: Action | None | MISSING = MISSING
    treatment: Treatment | None | MISSING = MISSING
    reported_to: Told | MISSING = MISSING


@dataclass(frozen=True)
class AdverseEventFilter:
    """Which adverse events a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    session_id: Annotated[Id | None, Query(description="Only of this session.")] = None
    kind: Annotated[AdverseEventKind | None, Query(description="Only of this kind.")] = None
    withdrawn: Annotated[bool, Query(description="Those that count no more, instead of the others.")] = False
    onset_after: Annotated[Instant | None, Query(description="Only begun then or later.")] = None
    onset_before: Annotated[Instant | None, Query(description="Only begun before then.")] = None
