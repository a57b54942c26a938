"""A sandbox on the wire."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from integration_api.access.sandbox_clock import MAX_MOVED
from integration_api.resources.people.clinics.schemas import ClinicIdentity
from integration_api.web.schemas import ReadSchema, Schema

_SECOND = "2026-11-20T15:00:00Z"
Slug = Annotated[
    str,
    StringConstraints(pattern=r"^sandbox-[0-9a-f]{12}$"),
    Field(description="The clinic's short name, as it was made.", examples=["sandbox-0123456789ab"]),
]


class SandboxClinicCreate(ClinicIdentity):
    """A clinic to make."""


class SandboxPerson(ReadSchema):
    """Somebody who can sign in."""

    key: str = Field(description="The part of this person in the clinic.", examples=["therapist"])
    email: str = Field(description="The address to sign in with.", examples=["therapist@sandbox-01.example.org"])
    account_id: UUID = Field(description="The account.")
    patient_id: UUID | None = Field(description="The chart that is this person's own; null for staff.")


class SandboxClinic(ReadSchema):
    """A clinic of invented people, and how they sign in."""

    clinic_id: UUID = Field(description="The clinic.")
    slug: str = Field(description="Its short name.", examples=["sandbox-0123456789ab"])
    password: str = Field(description="The password of all.")
    totp_secret: str = Field(description="The second factor of all staff; for `integration-api code`.")
    people: list[SandboxPerson] = Field(description="Everybody.")


class ClockMove(Schema):
    """A move of a clinic's clock."""

    clinic: Slug
    forward_seconds: int = Field(
        ge=1, le=int(MAX_MOVED.total_seconds()), description="The seconds; never back.", examples=[86400]
    )


class SandboxTime(ReadSchema):
    """The time by a clinic's clock."""

    now: datetime = Field(description="The time (UTC).", examples=[_SECOND])


class MovedTime(SandboxTime):
    """The time after a move, and which tokens it ended."""

    access_tokens_ended: bool = Field(description="Whether every access token has expired: refresh them.")
    sign_ins_ended: bool = Field(description="Whether sign-ins may have expired: sign in again.")


class EventName(StrEnum):
    """Events that can be made to order."""

    REFLECTION_SUBMITTED = "reflection.submitted"
    SESSION_CREATED = "session.created"
    SESSION_COMPLETED = "session.completed"
    SESSION_CANCELLED = "session.cancelled"
    PLAN_PROPOSED = "plan.proposed"


class EventCreate(Schema):
    """An event to make."""

    clinic: Slug
    event: EventName = Field(description="The event.")


class EventMade(ReadSchema):
    """An event that was made, through the API's own operations."""

    event: EventName = Field(description="The event.")
    id: UUID = Field(description="The thing that it happened to.")
    patient_id: UUID = Field(description="The chart that it is in.")
