"""Shared summaries on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from integration_api.access.fields import PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.courses.schemas import CourseId
from integration_api.resources.care.sessions.schemas import SessionId
from integration_api.resources.journal.plans.tables import PlanSide
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
from integration_api.web.schemas import (
    VISIBLE,
    CreateSchema,
    Day,
    Instant,
    Line,
    ReadSchema,
    Resource,
    Schema,
    WithdrawnReason,
    example,
    example_with,
)

_AT = "2026-11-21T18:00:00Z"
_ABOUT_A_SESSION = {"course_id": None, "covers_from": None, "covers_until": None}
_NEVER_WITHDRAWN = {"withdrawn_at": None, "withdrawn_by_id": None, "withdrawn_reason": None}
MAX_TEXT_CHARACTERS = 4_000
"""A page: what both sides can read together in a session."""

SummaryTitle = Annotated[Line, Field(description="The summary in a few words.", examples=["What November brought"])]
SummaryText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MAX_TEXT_CHARACTERS),
    VISIBLE,
    Field(
        description="The text, in words that both sides can stand behind.",
        examples=["The fear at the lake had a beginning. We go on with the walks, and slower."],
    ),
]
SummarySessionId = Annotated[SessionId, Field(description="The session that it is about; null if about a course.")]
SummaryCourseId = Annotated[CourseId, Field(description="The course that it is about; null if about one session.")]
CoversFrom = Annotated[
    Day, Field(description="The first day of the part of a course; null: from its beginning.", examples=["2026-11-01"])
]
CoversUntil = Annotated[
    Day, Field(description="The last day of the part of a course; null: up to now.", examples=["2026-11-30"])
]
Revision = Annotated[int, Field(ge=1, le=1_000_000_000)]
SummaryId = Annotated[Id, Field(description="The summary.", examples=["019ab0de-0000-7000-8000-000000000041"])]
EndorserId = Annotated[
    UUID, Field(description="The account that endorsed it.", examples=["019ab0de-0000-7000-8000-000000000002"])
]
AsOf = Annotated[datetime, Field(examples=[_AT])]


class SummaryFacts(Schema):
    """The text of a summary, and the time that it is about."""

    title: SummaryTitle
    text: SummaryText
    covers_from: CoversFrom | None = None
    covers_until: CoversUntil | None = None


class Endorsements(Schema):
    """The author of a revision, and those who stand behind it."""

    written_by: PlanSide = Field(description="The side that wrote this revision.", examples=["clinician"])
    written_by_id: StaffId = Field(description="The account that wrote this revision.")
    written_at: AsOf = Field(description="When it was written (UTC).")
    patient_endorsed_at: AsOf | None = Field(description="When the patient endorsed this revision (UTC).")
    patient_endorsed_by_id: EndorserId | None
    clinician_endorsed_at: AsOf | None = Field(description="When a clinician endorsed this revision (UTC).")
    clinician_endorsed_by_id: EndorserId | None
    endorsed_at: AsOf | None = Field(description="When the second side endorsed it (UTC); null: not both do.")


class SharedSummary(SummaryFacts, Endorsements, Resource):
    """The present revision of a summary of one session, or of a part of a course."""

    model_config = example_with({**_ABOUT_A_SESSION, **_NEVER_WITHDRAWN, "monitoring": None})

    patient_id: PatientId
    session_id: SummarySessionId | None
    course_id: SummaryCourseId | None
    revision: int = Field(description="The number of this revision; a change of the text adds one.", examples=[1])
    created_by_id: StaffId = Field(description="The account that began the summary.")
    withdrawn_at: datetime | None = Field(description="When it was withdrawn (UTC).")
    withdrawn_by_id: UUID | None = Field(description="The account that withdrew it.")
    withdrawn_reason: WithdrawnReason | None
    monitoring: MonitoringNow


class SharedSummaryCreate(SummaryFacts, CreateSchema):
    """A new summary, of one session or of a part of a course. Nobody has endorsed it yet."""

    model_config = example_with(_ABOUT_A_SESSION)

    patient_id: PatientId | None = Field(default=None, description="The patient; a patient can leave it out.")
    session_id: SummarySessionId | None = None
    course_id: SummaryCourseId | None = None

    @model_validator(mode="after")
    def _about_one(self) -> Self:
        if (self.session_id is None) == (self.course_id is None):
            raise PydanticCustomError("one_of", "give either session_id or course_id")
        if self.session_id is not None and (self.covers_from or self.covers_until):
            raise PydanticCustomError("not_of_form", "a summary of one session covers no other days")
        return self


class SharedSummaryUpdate(Schema):
    """The fields to change. A changed text is a new revision, which both sides endorse anew."""

    model_config = example({"text": "The fear at the lake had a beginning. We go on with the walks."})

    title: SummaryTitle | MISSING = MISSING
    text: SummaryText | MISSING = MISSING
    covers_from: CoversFrom | None | MISSING = MISSING
    covers_until: CoversUntil | None | MISSING = MISSING


class SharedSummaryEndorse(Schema):
    """The revision that you stand behind."""

    revision: Revision = Field(description="The revision you read; 409 if it is another now.", examples=[1])


class SharedSummaryWithdraw(Schema):
    """Why it is put away."""

    reason: WithdrawnReason


class SharedSummaryVersion(SummaryFacts, Endorsements, ReadSchema):
    """An earlier revision, as it was when it was changed."""

    model_config = example_with({"endorsed_at": None, "patient_endorsed_at": None, "patient_endorsed_by_id": None})

    id: UUID = Field(description="Identifier of this version.", examples=["019ab0de-0000-7000-8000-000000000042"])
    created_at: AsOf = Field(description="When it was changed (UTC).")
    patient_id: PatientId
    summary_id: SummaryId
    revision: int = Field(description="Which revision it was.", examples=[1])


@dataclass(frozen=True)
class SharedSummaryFilter:
    """Which summaries a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    session_id: Annotated[Id | None, Query(description="Only of this session.")] = None
    course_id: Annotated[Id | None, Query(description="Only of this course.")] = None
    withdrawn: Annotated[bool, Query(description="The withdrawn ones, instead of those that count.")] = False
    created_after: Annotated[Instant | None, Query(description="Only begun at this instant or later.")] = None
    created_before: Annotated[Instant | None, Query(description="Only begun before this instant.")] = None
