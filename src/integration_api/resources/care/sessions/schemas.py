"""Sessions on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import Query
from pydantic import MISSING, Field, StringConstraints
from typing_extensions import TypedDict

from integration_api.access.fields import ClockSkewed, PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.courses.schemas import CourseId
from integration_api.resources.care.sessions.rules import SessionStep
from integration_api.resources.care.sessions.setting_schemas import SetAndSetting, SetAndSettingThen
from integration_api.resources.care.sessions.tables import Modality, PersonRole, Phase, SessionState
from integration_api.resources.people.accounts.rules import MAX_LOOKED_UP
from integration_api.web.schemas import (
    LETTER,
    ClaimedInstant,
    CreateSchema,
    Instant,
    NameLine,
    Prose,
    Reason,
    Resource,
    Schema,
    example,
    example_with,
    response_part,
)

_SESSION_ID = "019ab0de-0000-7000-8000-000000000009"
_STARTED_AT = "2026-11-20T15:04:00Z"
_ROLE = Field(description="Their part in the session.", examples=["therapist"])
_PEOPLE = Field(description="Everybody who is there beside the patient.")
_SETTING = Field(description="The patient's state of mind and the place.")
_ACCOUNT = Field(
    description="Their account, if they are staff of the clinic.", examples=["019ab0de-0000-7000-8000-000000000002"]
)

SessionId = Annotated[Id, Field(description="The session it belongs to.", examples=[_SESSION_ID])]
SessionCourseId = Annotated[CourseId, Field(description="A course of treatment of the same patient.")]
Name = Annotated[NameLine, Field(description="Their name.", examples=["Imani Vale"])]
HeldAs = Annotated[Modality, Field(description="Its modality: where the people are.", examples=["in_person"])]
PlannedStart = Annotated[Instant, Field(description="When it is to begin (UTC).", examples=["2026-11-20T15:00:00Z"])]
PlannedEnd = Annotated[
    Instant, Field(description="When it is to end (UTC); after its start.", examples=["2026-11-20T18:00:00Z"])
]
EndReason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000), LETTER]
Began = Annotated[Instant, Field(description="When it began (UTC).", examples=[_STARTED_AT])]
Ended = Annotated[Instant, Field(description="When it ended, completed or broken off (UTC).")]
WhyEnded = Annotated[EndReason, Field(description="Why it was cancelled or missed.")]
CorrectionReason = Annotated[Reason, Field(description="Why it was corrected; the patient can read it.")]
NoDoseReason = Annotated[Reason, Field(description="Why a dosing session took place without a dose.")]
Intention = Annotated[
    Prose,
    Field(description="The patient's intention, in their words.", examples=["To meet what comes with kindness"]),
]


class Person(Schema):
    """Somebody who is there beside the patient."""

    role: Annotated[PersonRole, _ROLE]
    name: Name | None = None
    account_id: Annotated[Id | None, _ACCOUNT] = None


@response_part
class PersonThere(TypedDict):
    """Somebody who is there beside the patient."""

    role: Annotated[
        str, _ROLE, Field(title="PersonRole", json_schema_extra={"enum": [role.value for role in PersonRole]})
    ]
    name: Name | None
    account_id: Annotated[str | None, _ACCOUNT]


People = Annotated[list[Person], Field(max_length=MAX_LOOKED_UP), _PEOPLE]
Setting = Annotated[SetAndSetting, _SETTING]


class SessionFacts(Schema):
    """The facts of a planned session, but for the people and the setting."""

    patient_id: PatientId
    course_id: SessionCourseId | None = None
    phase: Phase = Field(description="Its purpose.", examples=["dosing"])
    modality: HeldAs
    planned_start_at: PlannedStart
    planned_end_at: PlannedEnd | None = None
    intention: Intention | None = None


class Session(SessionFacts, Resource):
    """One meeting of patient and staff."""

    model_config = example_with({"id": _SESSION_ID, "updated_at": _STARTED_AT, "version": 2})

    state: SessionState = Field(description="Its present state.", examples=["in_progress"])
    started_at: Began | None
    ended_at: Ended | None
    claimed_started_at: datetime | None = Field(description="Start by a device whose clock was wrong.")
    claimed_ended_at: datetime | None = Field(description="End by a device whose clock was wrong.")
    clock_skewed: ClockSkewed
    people: Annotated[list[PersonThere], _PEOPLE]
    set_and_setting: Annotated[SetAndSettingThen | None, _SETTING]
    end_reason: WhyEnded | None
    created_by_id: StaffId = Field(description="The account that planned it.")
    corrected_at: datetime | None = Field(description="When it was last corrected (UTC).")
    corrected_by_id: StaffId | None = Field(description="The account that corrected it.")
    correction_reason: CorrectionReason | None
    no_dose_reason: NoDoseReason | None
    doses_recorded: int = Field(description="The number of its doses that stand.", examples=[0])
    is_group: bool = Field(description="Whether others take part, each by a session of their own.", examples=[False])
    allowed_actions: list[SessionStep] = Field(
        description="The actions that you may take on it now.", examples=[["update", "complete", "cancel"]]
    )


class SessionCreate(SessionFacts, CreateSchema):
    """A session to plan."""

    people: People = Field(default_factory=list)
    set_and_setting: Setting | None = None


class SessionUpdate(Schema):
    """The fields to change. Absent fields stay; null empties a field that may be empty."""

    model_config = example({"planned_start_at": "2026-11-21T15:00:00Z", "planned_end_at": None})

    course_id: SessionCourseId | None | MISSING = MISSING
    modality: HeldAs | MISSING = MISSING
    planned_start_at: PlannedStart | MISSING = MISSING
    planned_end_at: PlannedEnd | None | MISSING = MISSING
    people: People | MISSING = MISSING
    intention: Intention | None | MISSING = MISSING
    set_and_setting: Setting | None | MISSING = MISSING
    no_dose_reason: NoDoseReason | None | MISSING = MISSING
    state: Literal["completed", "cancelled", "no_show"] | MISSING = Field(
        default=MISSING,
        title="CorrectedSessionState",
        description="The right state; this and all below only in a correction.",
    )
    started_at: Began | None | MISSING = MISSING
    ended_at: Ended | None | MISSING = MISSING
    end_reason: WhyEnded | None | MISSING = MISSING
    correction_reason: CorrectionReason | MISSING = MISSING


class SessionStart(Schema):
    """The time at which it began, if that was not just now."""

    started_at: ClaimedInstant | None = Field(
        default=None, description="When it began. Absent: now.", examples=[_STARTED_AT]
    )


class SessionComplete(Schema):
    """The time at which it ended, if that was not just now."""

    ended_at: ClaimedInstant | None = Field(
        default=None, description="When it ended. Absent: now.", examples=["2026-11-20T17:40:00Z"]
    )


class SessionCancel(Schema):
    """Why it does not take place, or was broken off."""

    reason: EndReason | None = Field(
        default=None,
        description="Why; the patient can read it.",
        examples=["Moved to next week at the patient's wish"],
    )


class SessionNoShow(Schema):
    """The reason, if it is known, why the patient did not come."""

    reason: EndReason | None = Field(
        default=None,
        description="The facts that are known; the patient can read them.",
        examples=["No answer by phone; letter sent"],
    )


@dataclass(frozen=True)
class SessionFilter:
    """Which sessions a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    course_id: Annotated[Id | None, Query(description="Only of this course.")] = None
    phase: Annotated[Phase | None, Query(description="Only of this phase.")] = None
    state: Annotated[SessionState | None, Query(description="Only in this state.")] = None
    planned_by_id: Annotated[Id | None, Query(description="Only those that this account planned.")] = None
    starts_after: Annotated[Instant | None, Query(description="Planned to start then or later.")] = None
    starts_before: Annotated[Instant | None, Query(description="Planned to start before then.")] = None
