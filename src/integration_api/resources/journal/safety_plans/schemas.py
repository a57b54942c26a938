"""Safety plans on the wire."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from integration_api.access.fields import PatientId
from integration_api.core.ids import Id
from integration_api.core.written import DATE_TEXT
from integration_api.resources.journal.safety_plans.rules import SafetyPlanStep
from integration_api.resources.people.clinics.schemas import CrisisResource
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
from integration_api.resources.people.patients.tables import SafetyPlanSide, SafetyPlanState
from integration_api.web.schemas import (
    VISIBLE,
    CreateSchema,
    Instant,
    Line,
    ReadSchema,
    Resource,
    Schema,
    example_with,
    response_part,
)

MAX_LISTED = 20
MAX_NUMBER = 1_000_000
_ACCOUNT = "019ab0de-0000-7000-8000-000000000002"
_AT = "2026-11-20T17:00:00Z"

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), VISIBLE]
"""A few words of one line of a step."""
Phone = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^\+?[0-9*#][0-9 ()./*#-]{1,38}$"),
    Field(description="The number to call: digits and what stands between them.", examples=["+1 555 0142"]),
]
ContactName = Annotated[Line, Field(description="The person, place or service.", examples=["Maria, my sister"])]
Hours = Annotated[Line, Field(description="When they answer.", examples=["Monday to Friday, 9 to 17"])]


@response_part
class SafetyContact(TypedDict):
    """A person or place, with a number if there is one."""

    name: ContactName
    phone: Phone | None


@response_part
class SafetyProfessional(TypedDict):
    """A professional or service, with number and hours if they are known."""

    name: ContactName
    phone: Phone | None
    hours: Hours | None


class SafetyContactCreate(Schema):
    """A person or place, with a number if there is one."""

    name: ContactName
    phone: Phone | None = None


class SafetyProfessionalCreate(SafetyContactCreate):
    """A professional or service, with number and hours if they are known."""

    hours: Hours | None = None


WarningSigns = Annotated[
    list[Words],
    Field(
        max_length=MAX_LISTED,
        description="Step 1: signs that a crisis may be coming; at most 20.",
        examples=[["I stop answering messages"]],
    ),
]
InternalCoping = Annotated[
    list[Words],
    Field(
        max_length=MAX_LISTED,
        description="Step 2: things to do alone; at most 20.",
        examples=[["Walk to the river and back"]],
    ),
]
MeansSafety = Annotated[
    list[Words],
    Field(
        max_length=MAX_LISTED,
        description="Step 6: how dangerous things are kept away; at most 20.",
        examples=[["My brother keeps the medicines"]],
    ),
]
_DISTRACTION = "Step 3: people and places that take the mind off it; at most 20."
_PEOPLE = "Step 4: people to ask for help; at most 20."
_PROFESSIONALS = "Step 5: professionals and services; at most 20."
_CONTACTS: list[list[dict[str, str]]] = [[{"name": "Maria, my sister", "phone": "+1 555 0142"}]]
ReasonForLiving = Annotated[
    Words, Field(description="A reason to live, in the patient's words.", examples=["My daughter"])
]
_ReviewDay = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31)), DATE_TEXT]
ReviewOn = Annotated[_ReviewDay, Field(description="The day on which both look at it again.", examples=["2027-02-15"])]
Number = Annotated[int, Field(ge=1, le=MAX_NUMBER, description="Counts the versions of the plan.", examples=[2])]


class SafetyPlanCreate(CreateSchema):
    """A new version, as a draft. It takes the place of a draft that waits."""

    patient_id: PatientId | None = Field(default=None, description="The patient; a patient may leave it out.")
    after_number: int = Field(
        ge=0,
        le=MAX_NUMBER,
        description="The newest version that you read, draft or not; 0 if there is none.",
        examples=[1],
    )
    warning_signs: Annotated[WarningSigns, Field(min_length=1)]
    internal_coping: Annotated[InternalCoping, Field(min_length=1)]
    distraction: list[SafetyContactCreate] = Field(max_length=MAX_LISTED, description=_DISTRACTION, examples=_CONTACTS)
    people_to_ask: list[SafetyContactCreate] = Field(max_length=MAX_LISTED, description=_PEOPLE, examples=_CONTACTS)
    professionals: list[SafetyProfessionalCreate] = Field(
        max_length=MAX_LISTED, description=_PROFESSIONALS, examples=_CONTACTS
    )
    means_safety: MeansSafety
    reason_for_living: ReasonForLiving | None = None
    review_on: ReviewOn | None = None


class SafetyPlan(Resource):
    """One version of a patient's safety plan."""

    patient_id: PatientId
    number: Number
    state: SafetyPlanState = Field(description="Only a version in force is followed.", examples=["in_force"])
    warning_signs: WarningSigns
    internal_coping: InternalCoping
    distraction: list[SafetyContact] = Field(description="Step 3: people and places that take the mind off it.")
    people_to_ask: list[SafetyContact] = Field(description="Step 4: people to ask for help.")
    professionals: list[SafetyProfessional] = Field(description="Step 5: professionals and services.")
    means_safety: MeansSafety
    reason_for_living: ReasonForLiving | None
    review_on: ReviewOn | None
    written_by: SafetyPlanSide = Field(description="The side that wrote this version.", examples=["clinician"])
    written_by_id: UUID = Field(description="The account that wrote it.", examples=[_ACCOUNT])
    confirmed_at: datetime | None = Field(
        description="When the patient put it in force (UTC); null if they did not.", examples=[_AT]
    )
    confirmed_by_id: UUID | None = Field(description="The patient's account, which confirmed it.")
    monitoring: MonitoringNow


class PatientSafetyPlan(ReadSchema):
    """The safety plan of a patient now."""

    model_config = example_with({"draft": None})

    in_force: SafetyPlan | None = Field(description="The version that the patient confirmed last; null if none.")
    draft: SafetyPlan | None = Field(description="The version that waits for the patient; null if none.")


class MySafetyPlan(ReadSchema):
    """The safety plan to keep on a phone, with crisis lines."""

    plan: SafetyPlan | None = Field(description="The version in force; null if there is none yet.")
    crisis_resources: list[CrisisResource] = Field(description="Those who answer now, emergency services first.")


class SafetyPlanToken(ReadSchema):
    """A token that reads your safety plan and nothing else. It is shown only here."""

    token: str = Field(
        description="Send it as `Authorization: Bearer`. Any other operation refuses it.",
        examples=["AZqw3gAAcACAAAAAAAAAAQ-one-secret-per-phone"],
    )
    sign_in_id: UUID = Field(
        description="Its sign-in, by which you end it.", examples=["019ab0de-0000-7000-8000-00000000000c"]
    )
    expires_at: datetime = Field(
        description="When it ends if it is not used (UTC): each day of use renews it for 90 days.", examples=[_AT]
    )


class SafetyPlanReview(Schema):
    """The next day of review."""

    review_on: ReviewOn


class SafetyPlanChange(ReadSchema):
    """One difference between two versions."""

    step: SafetyPlanStep = Field(description="The step that it is in.", examples=["internal_coping"])
    text: str = Field(description="The difference, as a sentence.", examples=["Added: Walk to the river and back"])


class SafetyPlanDifference(ReadSchema):
    """The differences between two versions, in the order of the steps."""

    model_config = example_with({"from_number": 1, "to_number": 2})

    from_number: Number
    to_number: Number
    changes: list[SafetyPlanChange] = Field(description="All of them; none if the versions say the same.")


@dataclass(frozen=True)
class SafetyPlanPair:
    """The two versions to compare."""

    from_number: Annotated[int, Query(ge=1, le=MAX_NUMBER, description="The earlier version.", examples=[1])]
    to_number: Annotated[int, Query(ge=1, le=MAX_NUMBER, description="The later version.", examples=[2])]


@dataclass(frozen=True)
class SafetyPlanFilter:
    """Which versions a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    state: Annotated[SafetyPlanState | None, Query(description="Only in this state.")] = None
    created_after: Annotated[Instant | None, Query(description="Only made at this instant or later.")] = None
    created_before: Annotated[Instant | None, Query(description="Only made before this instant.")] = None
