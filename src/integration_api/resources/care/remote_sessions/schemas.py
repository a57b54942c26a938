"""Remote records and support tokens on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from integration_api.access.fields import PatientId, StaffId
from integration_api.resources.care.remote_sessions.rules import RemoteItem
from integration_api.web.schemas import (
    LETTER,
    ONE_LINE,
    Instant,
    NameLine,
    ReadSchema,
    Remark,
    Resource,
    Schema,
    example,
    example_with,
    response_part,
)

MIN_TOKEN_MINUTES, DEFAULT_TOKEN_MINUTES, MAX_TOKEN_MINUTES = 15, 480, 1440
"""The time box of a support token. Our own choice: a session and the way home, and never longer than a day."""

_ISSUED_AT, _ENDS_AT = "2026-11-20T14:30:00Z", "2026-11-20T22:30:00Z"
_Telephone = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=40), ONE_LINE, LETTER, Field()
]
EmergencyAddress = Annotated[
    Remark, Field(description="The place to which help is sent.", examples=["1 Lake Road, back door, Springfield"])
]
PatientPhone = Annotated[_Telephone, Field(description="The patient's number during it.", examples=["+1 555 0142"])]
EmergencyNumber = Annotated[
    _Telephone, Field(description="The emergency number where the patient is.", examples=["911"])
]
ObserverName = Annotated[NameLine, Field(description="The observer's name.", examples=["Ash Doe"])]
Relation = Annotated[NameLine, Field(description="The observer's relation to the patient.", examples=["sister"])]
IsAdult = Annotated[bool, Field(description="Whether the observer is an adult; needed.", examples=[True])]
ObserverPhone = Annotated[_Telephone, Field(description="The observer's number.", examples=["+1 555 0143"])]
OnCallName = Annotated[NameLine, Field(description="The name of who is on call.", examples=["Ines Orr"])]
OnCallCredential = Annotated[NameLine, Field(description="Their licence to act.", examples=["MD"])]
OnCallPhone = Annotated[_Telephone, Field(description="Their number, answered throughout.", examples=["+1 555 0144"])]
_BRIEFED = Field(description="When staff told the observer what to do; needed.", examples=["2026-11-20T14:20:00Z"])
_OBSERVER = Field(description="The adult who is beside the patient.")
_ON_CALL = Field(description="The clinician to whom the observer turns.")


class Observer(Schema):
    """The adult who is beside the patient."""

    name: ObserverName
    relation: Relation
    is_adult: IsAdult
    phone: ObserverPhone
    briefed_at: Annotated[Instant | None, _BRIEFED] = None


@response_part
class ObserverThere(TypedDict):
    """The adult who is beside the patient, as was written."""

    name: ObserverName
    relation: Relation
    is_adult: IsAdult
    phone: ObserverPhone
    briefed_at: Annotated[str | None, _BRIEFED]


class MedicalOnCall(Schema):
    """The clinician to whom the observer turns."""

    name: OnCallName
    credential: OnCallCredential
    phone: OnCallPhone


@response_part
class OnCallThere(TypedDict):
    """The clinician to whom the observer turns, as was written."""

    name: OnCallName
    credential: OnCallCredential
    phone: OnCallPhone


class RemoteFacts(Schema):
    """The facts of a remote record that are one text each."""

    emergency_address: EmergencyAddress | None = None
    phone: PatientPhone | None = None
    local_emergency_number: EmergencyNumber | None = None


class RemoteRecord(RemoteFacts):
    """The remote record as it stands now; what is absent is not known."""

    observer: Annotated[Observer | None, _OBSERVER] = None
    medical_on_call: Annotated[MedicalOnCall | None, _ON_CALL] = None


class RemoteSession(RemoteFacts, Resource):
    """The remote record of a session, whose id it has. Version 0: nobody wrote it yet."""

    model_config = example_with({"token_revoked_at": None})

    patient_id: PatientId
    observer: Annotated[ObserverThere | None, _OBSERVER]
    medical_on_call: Annotated[OnCallThere | None, _ON_CALL]
    lacking: list[RemoteItem] = Field(
        description="The items that it lacks. While it lacks any, a dose at home is held (policy `remote_record`).",
        examples=[["observer_briefed"]],
    )
    video_lost_at: datetime | None = Field(description="Since when the video is lost (UTC).")
    observer_lost_at: datetime | None = Field(description="Since when the observer is lost (UTC).")
    token_issued_at: datetime | None = Field(
        description="When the newest support token was issued (UTC).", examples=[_ISSUED_AT]
    )
    token_expires_at: datetime | None = Field(
        description="Until when it works, while the session is not over.", examples=[_ENDS_AT]
    )
    token_revoked_at: datetime | None = Field(description="When staff ended it.")
    updated_by_id: StaffId | None = Field(description="The account that wrote the record last.")


class RemoteSessionVersion(RemoteFacts, Resource):
    """A remote record as it was before a change."""

    model_config = example_with({})

    patient_id: PatientId
    observer: Annotated[ObserverThere | None, _OBSERVER]
    medical_on_call: Annotated[OnCallThere | None, _ON_CALL]
    updated_by_id: StaffId = Field(description="The account that wrote it so.")
    kept_at: datetime = Field(description="Until when it stood (UTC).", examples=[_ENDS_AT])


class SupportTokenCreate(Schema):
    """The time box of a support token."""

    model_config = example({"minutes": DEFAULT_TOKEN_MINUTES})

    minutes: int = Field(
        default=DEFAULT_TOKEN_MINUTES,
        ge=MIN_TOKEN_MINUTES,
        le=MAX_TOKEN_MINUTES,
        description="Minutes until it ends by itself.",
    )


class SupportToken(ReadSchema):
    """A new support token. It is shown only here."""

    session_id: UUID = Field(
        description="The one session that it is of.", examples=["019ab0de-0000-7000-8000-000000000009"]
    )
    token: str = Field(description="The secret that the observer's device sends.", examples=["AZq…="])
    expires_at: datetime = Field(description="When it ends at the latest (UTC).", examples=[_ENDS_AT])
