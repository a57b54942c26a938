"""Patients and care teams on the wire."""

from datetime import date, datetime
from typing import Annotated

from pydantic import MISSING, AfterValidator, Field, StringConstraints

from integration_api.access.fields import PatientId, StaffId, TimeZone
from integration_api.access.tables import CareTeamBasis, CareTeamRole
from integration_api.resources.people.accounts.schemas import Credential, LicenceEnd, LicenceRegion
from integration_api.resources.people.clinics.languages import LANGUAGE_TAG, language_tag
from integration_api.resources.people.sign_in.schemas import Email
from integration_api.web.schemas import (
    LETTER,
    ONE_LINE,
    CreateSchema,
    Day,
    Instant,
    Line,
    NameLine,
    Resource,
    Schema,
    example,
    example_with,
)


def _is_of_the_living(value: date) -> date:
    if value < date(1900, 1, 1):
        msg = "must be a day since 1900 that has come"
        raise ValueError(msg)
    return value


_MEMBER_ID = "019ab0de-0000-7000-8000-000000000005"

Name = Annotated[NameLine, Field(description="Full name.", examples=["Rowan Sample"])]
PreferredName = Annotated[NameLine, Field(description="The name by which they want to be called.", examples=["Ro"])]
BirthDate = Annotated[
    Day, AfterValidator(_is_of_the_living), Field(description="Date of birth.", examples=["1988-04-17"])
]
PatientEmail = Annotated[
    Email,
    Field(
        description="E-mail address: the patient signs in with it, and needs it before they can be invited.",
        examples=["rowan.sample@example.org"],
    ),
]
Phone = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=40),
    ONE_LINE,
    LETTER,
    Field(description="Phone number.", examples=["+1 555 0100"]),
]
EmergencyContact = Annotated[
    Line, Field(description="The person to call in an emergency, and their number.", examples=["Sister, +1 555 0101"])
]
TheirTimeZone = Annotated[TimeZone, Field(description="IANA time zone that the patient lives by.")]
Language = Annotated[
    str,
    StringConstraints(pattern=LANGUAGE_TAG, max_length=35),
    AfterValidator(language_tag),
    Field(description="The patient's language, as a BCP 47 tag; texts are in it if we have them, else English."),
]
MemberRole = Annotated[CareTeamRole, Field(description="The part they have for this patient.", examples=["therapist"])]
EndsAt = Annotated[Instant, Field(description="Planned end (UTC); visibility ends then by itself.")]


class PatientFacts(Schema):
    """The name of a patient, and ways to reach them."""

    name: Name
    preferred_name: PreferredName | None = None
    birth_on: BirthDate | None = None
    email: PatientEmail | None = None
    phone: Phone | None = None
    emergency_contact: EmergencyContact | None = None
    language: Language | None = Field(default=None, examples=["es-US"])


class Patient(PatientFacts, Resource):
    """A patient: who they are and how to reach them. Everything clinical is in resources of its own."""

    model_config = example_with({"id": "019ab0de-0000-7000-8000-000000000004"})

    time_zone: TheirTimeZone


class PatientCreate(PatientFacts, CreateSchema):
    """A new patient."""

    time_zone: TheirTimeZone | None = Field(default=None, description="IANA time zone; the clinic's if absent.")


class PatientUpdate(Schema):
    """The fields to change. Absent fields stay; null empties a field that may be empty."""

    model_config = example({"phone": "+1 555 0102", "preferred_name": None})

    name: Name | MISSING = MISSING
    preferred_name: PreferredName | None | MISSING = MISSING
    birth_on: BirthDate | None | MISSING = MISSING
    email: PatientEmail | None | MISSING = MISSING
    phone: Phone | None | MISSING = MISSING
    emergency_contact: EmergencyContact | None | MISSING = MISSING
    time_zone: TheirTimeZone | MISSING = MISSING
    language: Language | None | MISSING = MISSING


class PatientSearch(Schema):
    """Words of a name. In a body, so that no name is ever part of an address."""

    name_part: Line = Field(
        description="Whole words of the name, in any order; case, accents and apostrophes do not matter.",
        examples=["sample"],
    )


class CareTeamFacts(Schema):
    """The member of staff, and what they are to the patient."""

    account_id: StaffId = Field(description="The member of staff.")
    role: MemberRole
    ends_at: EndsAt | None = None


class CareTeamMember(CareTeamFacts, Resource):
    """One member of staff who may see the chart, since when, and until when."""

    model_config = example_with({"id": _MEMBER_ID})

    patient_id: PatientId
    name: str | None = Field(description="Their name.", examples=["Imani Vale"])
    credential: Credential | None
    licence_region: LicenceRegion | None
    licence_ends_on: LicenceEnd | None
    basis: CareTeamBasis = Field(
        description="`team`, or `emergency`: opened by themselves for a few hours.", examples=["team"]
    )
    started_at: datetime = Field(description="Since when (UTC).", examples=["2026-11-02T09:00:00Z"])
    ended_at: datetime | None = Field(description="When it was ended (UTC).")


class CareTeamAdd(CareTeamFacts, CreateSchema):
    """The member of staff to add."""

    role: MemberRole = Field(description="The part they have for this patient; the account must hold that role.")
