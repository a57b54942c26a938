"""Capture links, and what is written by them, on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from integration_api.access.fields import PatientId, StaffId
from integration_api.resources.journal.reflections.fragments import MoodTapsGiven, Word
from integration_api.resources.people.clinics.schemas import CrisisResource
from integration_api.web.schemas import VISIBLE, ClaimedInstant, CreateSchema, ReadSchema, example, example_with

MAX_TEXT_CHARACTERS = 500
_AT, _UNTIL = "2026-11-20T17:05:00Z", "2026-11-23T17:05:00Z"
_SESSION = Field(description="The dosing session after which it is.", examples=["019ab0de-0000-7000-8000-000000000009"])
ExpiresAt = Annotated[datetime, Field(description="When it ends by itself (UTC).", examples=[_UNTIL])]
CrisisLines = Annotated[list[CrisisResource], Field(description="Those who answer now, emergency services first.")]


class CaptureLink(ReadSchema):
    """The newest link of a session. How much was written by it is not shown: it is the patient's own."""

    model_config = example_with({"revoked_at": None})

    session_id: UUID = _SESSION
    patient_id: PatientId
    issued_at: datetime = Field(description="When it was issued (UTC).", examples=[_AT])
    issued_by_id: StaffId = Field(description="The account that issued it.")
    expires_at: ExpiresAt
    revoked_at: datetime | None = Field(description="When it was ended before that; null: it was not.")


class IssuedCaptureLink(ReadSchema):
    """A new link. Its token is shown only here."""

    model_config = example_with({"path": "/phone/#/capture/AZq…="})

    session_id: UUID = _SESSION
    token: str = Field(description="The secret, to be sent as `Authorization: Bearer`.", examples=["AZq…="])
    path: str = Field(description="The page that takes it. What stands behind `#` never leaves the device.")
    expires_at: ExpiresAt


class CaptureCreate(CreateSchema):
    """One moment: three taps or one word, and a few lines, each of which may be left out."""

    model_config = example({"word": "weightless", "captured_at": _AT})

    word: Word | None = None
    mood: Annotated[MoodTapsGiven | None, Field(description="Three taps; instead of a word.")] = None
    text: (
        Annotated[
            str,
            StringConstraints(min_length=1, max_length=MAX_TEXT_CHARACTERS),
            VISIBLE,
            Field(description="A few lines.", examples=["The lake was completely still."]),
        ]
        | None
    ) = None
    captured_at: ClaimedInstant | None = Field(
        default=None, description="When it was written, by the device's clock (UTC).", examples=[_AT]
    )

    @model_validator(mode="after")
    def _something(self) -> "CaptureCreate":
        if self.word is None and self.mood is None and self.text is None:
            raise PydanticCustomError("nothing_captured", "give a word, three taps, or a text")
        if self.word is not None and self.mood is not None:
            raise PydanticCustomError("not_of_form", "a word and three taps are two moments: send each by itself")
        return self


class Captured(ReadSchema):
    """The answer to a moment. It tells nothing of the chart."""

    id: UUID = Field(description="The entry.", examples=["019ab0de-0000-7000-8000-000000000007"])
    text: str = Field(
        description="To be shown as it is: nobody watches, and whom to call.",
        examples=["It is private: nobody but you can read it. If it becomes urgent, call 911."],
    )
    crisis_resources: CrisisLines


class CapturePage(ReadSchema):
    """All that the token of a link reads: whom to call, and how to ask for help. It tells nothing of the chart."""

    expires_at: datetime | None = Field(
        description="When the link ends (UTC); null for a patient who is signed in.", examples=[_UNTIL]
    )
    help_path: str = Field(
        description="Asks the clinic for help, by `POST` with the same token.", examples=["/v1/help"]
    )
    crisis_resources: CrisisLines
