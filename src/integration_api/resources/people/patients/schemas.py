"""Patients and care teams on the wire."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, AfterValidator, Field, StringConstraints

from integration_api.access.tables import CareTeamBasis, CareTeamRole
from integration_api.core.ids import OwnId
from integration_api.resources.people.clinics.schemas import TimeZone
from integration_api.resources.people.sign_in.schemas import Email
from integration_api.web.schemas import Instant, Line, Resource, Schema, example


def _is_born(value: date) -> date:
    if not date(1900, 1, 1) <= value <= datetime.now(UTC).date() + timedelta(days=1):
        msg = "must be a day since 1900 that has come"
        raise ValueError(msg)
    return value


BirthDate = Annotated[date, AfterValidator(_is_born)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=40)]
_ID = "019ab0de-0000-7000-8000-000000000004"
_FACTS = {
    "name": "Rowan Sample",
    "preferred_name": "Ro",
    "birth_on": "1988-04-17",
    "email": "rowan.sample@example.org",
    "phone": "+1 555 0100",
    "emergency_contact": "Sister, +1 555 0101",
    "time_zone": "America/New_York",
}
_STAMPS = {"created_at": "2026-11-02T09:00:00Z", "updated_at": "2026-11-02T09:00:00Z", "version": 1}


class Patient(Resource):
    """A patient: who they are and how to reach them. Everything clinical is in resources of its own."""

    model_config = example({"id": _ID, **_STAMPS, **_FACTS})

    name: str = Field(description="Full name.")
    preferred_name: str | None = Field(description="What they want to be called.")
    birth_on: date | None = Field(description="Date of birth.")
    email: str | None = Field(description="E-mail address; also the address they sign in with.")
    phone: str | None = Field(description="Phone number.")
    emergency_contact: str | None = Field(description="Whom to call in an emergency, and how.")
    time_zone: str = Field(description="IANA time zone the patient lives by.")


class PatientCreate(Schema):
    """A new patient."""

    model_config = example(_FACTS)

    id: OwnId | None = Field(default=None, description="Your own id for it.")
    name: Line = Field(description="Full name.")
    preferred_name: Line | None = Field(default=None, description="What they want to be called.")
    birth_on: BirthDate | None = Field(default=None, description="Date of birth.")
    email: Email | None = Field(default=None, description="E-mail address; needed before the patient can be invited.")
    phone: Phone | None = Field(default=None, description="Phone number.")
    emergency_contact: Line | None = Field(default=None, description="Whom to call in an emergency, and how.")
    time_zone: TimeZone | None = Field(default=None, description="IANA time zone; the clinic's where absent.")


class PatientUpdate(Schema):
    """What is to change. Absent fields stay; null empties a field that may be empty."""

    model_config = example({"phone": "+1 555 0102", "preferred_name": None})

    name: Line | MISSING = Field(default=MISSING, description="Full name.")
    preferred_name: Line | None | MISSING = Field(default=MISSING, description="What they want to be called.")
    birth_on: BirthDate | None | MISSING = Field(default=MISSING, description="Date of birth.")
    email: Email | None | MISSING = Field(default=MISSING, description="E-mail address.")
    phone: Phone | None | MISSING = Field(default=MISSING, description="Phone number.")
    emergency_contact: Line | None | MISSING = Field(default=MISSING, description="Whom to call in an emergency.")
    time_zone: TimeZone | MISSING = Field(default=MISSING, description="IANA time zone.")


class PatientSearch(Schema):
    """Words of a name. In a body, so that no name is ever part of an address."""

    model_config = example({"name_part": "sample"})

    name_part: Line = Field(
        description="Whole words of the name, in any order; case, accents and apostrophes do not matter."
    )


_MEMBER_EXAMPLE = {
    "id": "019ab0de-0000-7000-8000-000000000005",
    **_STAMPS,
    "patient_id": _ID,
    "account_id": "019ab0de-0000-7000-8000-000000000002",
    "name": "Imani Vale",
    "credential": "LMFT",
    "role": "therapist",
    "basis": "team",
    "started_at": "2026-11-02T09:00:00Z",
    "ends_at": None,
    "ended_at": None,
}


class CareTeamMember(Resource):
    """One member of staff who may see the chart, since when, and until when."""

    model_config = example(_MEMBER_EXAMPLE)

    patient_id: UUID = Field(description="The patient.")
    account_id: UUID = Field(description="The member of staff.")
    name: str | None = Field(description="Their name.")
    credential: str | None = Field(description="Their credential.")
    role: CareTeamRole = Field(description="What they are to this patient.")
    basis: CareTeamBasis = Field(description="`team`, or `emergency`: opened by themselves for a few hours.")
    started_at: datetime = Field(description="Since when.")
    ends_at: datetime | None = Field(description="Planned end; visibility ends then by itself.")
    ended_at: datetime | None = Field(description="When it was ended.")


class CareTeamAdd(Schema):
    """Whom to add."""

    model_config = example({"account_id": "019ab0de-0000-7000-8000-000000000002", "role": "prescriber"})

    id: OwnId | None = Field(default=None, description="Your own id for it.")
    account_id: UUID = Field(description="The member of staff.")
    role: CareTeamRole = Field(description="What they are to this patient; the account must hold that role.")
    ends_at: Instant | None = Field(default=None, description="When it ends by itself.")
