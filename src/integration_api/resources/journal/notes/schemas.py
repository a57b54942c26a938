"""Notes on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, BeforeValidator, ConfigDict, Field, StringConstraints, with_config
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from integration_api.core.ids import OwnId
from integration_api.resources.journal.notes.rules import ATTESTATION, SECTION_KEYS, NoteStep
from integration_api.resources.journal.notes.tables import NoteFormat, NoteState, SharingState, WithholdReason
from integration_api.web.schemas import Instant, Prose, Resource, Schema, example


def _known_sections(value: object) -> object:
    """Looked at before anything else, so that no refusal ever names a key that the client invented."""
    if isinstance(value, dict) and not SECTION_KEYS.issuperset(value):
        raise PydanticCustomError("unknown_section", "not every key is a section of a note format")
    return value


_Known = BeforeValidator(_known_sections)
_Keys = Field(json_schema_extra={"propertyNames": {"enum": [*sorted(SECTION_KEYS)]}})
Sections = Annotated[dict[str, Prose], _Known, _Keys]
SectionChanges = Annotated[dict[str, Prose | None], _Known, _Keys]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
"""Why something was done: never blank."""

_NOTHING_ELSE = ConfigDict(extra="forbid")
_NOTE_ID = "019ab0de-0000-7000-8000-000000000020"
_PATIENT_ID = "019ab0de-0000-7000-8000-000000000004"
_SESSION_ID = "019ab0de-0000-7000-8000-000000000009"
_THERAPIST_ID = "019ab0de-0000-7000-8000-000000000002"
_SECTIONS = {
    "data": "Came rested. Spoke of the garden that appeared during the last dosing session.",
    "assessment": "Finds words for what was nameless before; no risk was voiced.",
    "plan": "Ten minutes in the garden each morning; next integration session in a week.",
}
_HASH = "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7"
_SIGNATURE = {
    "at": "2026-11-21T16:05:00Z",
    "account_id": _THERAPIST_ID,
    "name": "Imani Vale",
    "credential": "LMFT",
    "attestation": ATTESTATION,
}
_ADDENDUM = {
    "id": "019ab0de-0000-7000-8000-000000000021",
    "created_at": "2026-11-22T09:30:00Z",
    "patient_id": _PATIENT_ID,
    "note_id": _NOTE_ID,
    "text": "The patient called: the garden is a park near the station.",
    "text_sha256": _HASH,
    "author_id": _THERAPIST_ID,
    "author_name": "Imani Vale",
    "author_credential": "LMFT",
}
_ITEM = {
    "id": _NOTE_ID,
    "created_at": "2026-11-21T15:40:00Z",
    "updated_at": "2026-11-22T09:30:00Z",
    "version": 4,
    "patient_id": _PATIENT_ID,
    "session_id": _SESSION_ID,
    "format": "dap",
    "state": "signed",
    "sections": _SECTIONS,
    "author_id": _THERAPIST_ID,
    "captured_at": None,
    "needs_cosign": False,
    "returns": [],
    "content_version": 1,
    "content_sha256": _HASH,
    "signature": _SIGNATURE,
    "cosignature": None,
    "service_at": "2026-11-21T15:00:00Z",
    "is_late_entry": False,
    "late_entry_reason": None,
    "entered_in_error_at": None,
    "error_reason": None,
    "sharing": {"state": "shared", "reason_code": None, "until": None},
    "addenda_count": 1,
    "allowed_actions": ["add_addendum", "amend", "enter_in_error", "set_sharing"],
}


@with_config(_NOTHING_ELSE)
class NoteSignature(TypedDict):
    """One person's signature, as they were when they signed."""

    at: Annotated[datetime, Field(description="When it was signed (UTC).")]
    account_id: Annotated[UUID, Field(description="The account that signed.")]
    name: Annotated[str | None, Field(description="Their name then.")]
    credential: Annotated[str | None, Field(description="Their credential then.")]
    attestation: Annotated[str, Field(description="What they attested by signing.")]


@with_config(_NOTHING_ELSE)
class NoteReturned(TypedDict):
    """One time a supervisor gave the note back."""

    at: Annotated[datetime, Field(description="When (UTC).")]
    account_id: Annotated[UUID, Field(description="The supervisor.")]
    reason: Annotated[str, Field(description="Why.")]


@with_config(_NOTHING_ELSE)
class NoteSharing(TypedDict):
    """Whether the patient sees the note once it is signed; as it is now."""

    state: Annotated[SharingState, Field(description="Shared, or withheld for a time.")]
    reason_code: Annotated[WithholdReason | None, Field(description="Why it is withheld.")]
    until: Annotated[datetime | None, Field(description="When withholding ends by itself (UTC).")]


class NoteItem(Resource):
    """A note as lists show it."""

    model_config = example(_ITEM)

    patient_id: UUID = Field(description="The patient.")
    session_id: UUID = Field(description="The session it is about.")
    format: NoteFormat = Field(description="How it is laid out.")
    state: NoteState = Field(description="Where it stands.")
    sections: dict[str, str] = Field(description="Text by section key, as the format names them.")
    author_id: UUID = Field(description="The account that writes it.")
    captured_at: datetime | None = Field(description="When it was written by the device's own clock (UTC).")
    needs_cosign: bool = Field(description="Whether it waits for a supervisor after the author has signed.")
    returns: list[NoteReturned] = Field(description="Each time a supervisor gave it back, oldest first; staff only.")
    content_version: int = Field(description="Which signed content this is, counted from 1; 0 before it is final.")
    content_sha256: str | None = Field(description="SHA-256 of the signed content, hexadecimal; null while a draft.")
    signature: NoteSignature | None = Field(description="The author's signature under this content.")
    cosignature: NoteSignature | None = Field(description="The supervisor's signature under this content.")
    service_at: datetime | None = Field(description="When the session ended, as known at signing; counts for lateness.")
    is_late_entry: bool = Field(description="Whether it was signed late by the clinic's policy.")
    late_entry_reason: str | None = Field(description="Why it is late.")
    entered_in_error_at: datetime | None = Field(description="When it was declared an error (UTC).")
    error_reason: str | None = Field(description="Why it was an error.")
    sharing: NoteSharing = Field(description="What the patient sees of it.")
    addenda_count: int = Field(description="How many addenda it has, at most 100.")
    allowed_actions: list[NoteStep] = Field(description="What you may do with it now.")


class NoteAddendum(Schema):
    """What somebody of the team added to a signed note. It never changes."""

    model_config = example(_ADDENDUM)

    id: UUID = Field(description="Identifier, UUID version 7.")
    created_at: datetime = Field(description="When it was added (UTC).")
    patient_id: UUID = Field(description="The patient.")
    note_id: UUID = Field(description="The note.")
    text: str = Field(description="What was added.")
    text_sha256: str = Field(description="SHA-256 of the text's UTF-8 bytes, hexadecimal.")
    author_id: UUID = Field(description="The account that added it.")
    author_name: str | None = Field(description="Their name then.")
    author_credential: str | None = Field(description="Their credential then.")


class Note(NoteItem):
    """One note, with its addenda."""

    model_config = example({**_ITEM, "addenda": [_ADDENDUM]})

    addenda: list[NoteAddendum] = Field(description="Its addenda, oldest first.")


class NoteVersion(Schema):
    """One content of a note, as it was finally signed. It never changes."""

    model_config = example(
        {
            "id": "019ab0de-0000-7000-8000-000000000022",
            "created_at": "2026-11-21T16:05:00Z",
            "patient_id": _PATIENT_ID,
            "note_id": _NOTE_ID,
            "number": 1,
            "sections": _SECTIONS,
            "reason": None,
            "content_sha256": _HASH,
            "signature": _SIGNATURE,
            "cosignature": None,
            "created_by_id": _THERAPIST_ID,
        }
    )

    id: UUID = Field(description="Identifier, UUID version 7.")
    created_at: datetime = Field(description="Since when it stands (UTC).")
    patient_id: UUID = Field(description="The patient.")
    note_id: UUID = Field(description="The note.")
    number: int = Field(description="Counted from 1; each amendment adds one.")
    sections: dict[str, str] = Field(description="Text by section key.")
    reason: str | None = Field(description="Why it was amended; null for the first.")
    content_sha256: str | None = Field(description="SHA-256 of this content, hexadecimal.")
    signature: NoteSignature | None = Field(description="The author's signature under this content.")
    cosignature: NoteSignature | None = Field(description="The supervisor's signature under this content.")
    created_by_id: UUID = Field(description="The account whose act made it final.")


class NoteCreate(Schema):
    """A new draft. Sections may be missing or empty until it is signed."""

    model_config = example(
        {"patient_id": _PATIENT_ID, "session_id": _SESSION_ID, "format": "dap", "sections": _SECTIONS}
    )

    id: OwnId | None = Field(default=None, description="Your own id for it.")
    patient_id: UUID | None = Field(default=None, description="The patient; where given, the session must be theirs.")
    session_id: UUID = Field(description="The session it is about.")
    format: NoteFormat = Field(description="How it is laid out; decides the sections, and stays.")
    sections: Sections = Field(default_factory=dict, description="Text by section key, as the format names them.")
    captured_at: Instant | None = Field(default=None, description="When it was written by the device's own clock.")
    needs_cosign: bool = Field(default=False, description="Whether a supervisor is to co-sign it.")


class NoteUpdate(Schema):
    """What is to change in a draft. Absent fields and absent sections stay."""

    model_config = example({"sections": {"plan": _SECTIONS["plan"]}})

    sections: SectionChanges | MISSING = Field(default=MISSING, description="New text by section key; null removes.")
    captured_at: Instant | None | MISSING = Field(default=MISSING, description="When it was written, by the device.")
    needs_cosign: bool | MISSING = Field(default=MISSING, description="Whether a supervisor is to co-sign it.")


class NoteSign(Schema):
    """What signing may need. The body may be absent."""

    model_config = example({"late_entry_reason": "The network was down for three days.", "needs_cosign": True})

    late_entry_reason: Reason | None = Field(default=None, description="Why it is late; given, it labels the note.")
    needs_cosign: bool | MISSING = Field(default=MISSING, description="Whether a supervisor is to co-sign it.")


class NoteReturn(Schema):
    """Why the note goes back to its author."""

    model_config = example({"reason": "Please say how the risk was assessed."})

    reason: Reason = Field(description="What is missing or wrong; the patient never sees it.")


class NoteAddendumCreate(Schema):
    """What is to be added."""

    model_config = example({"text": _ADDENDUM["text"]})

    id: OwnId | None = Field(default=None, description="Your own id for it.")
    text: Annotated[Prose, StringConstraints(min_length=1, pattern=r"\S")] = Field(description="What is added.")


class NoteAmend(Schema):
    """New content that takes the place of the old, which is kept. It is signed by the same act."""

    model_config = example(
        {"sections": {**_SECTIONS, "plan": "Ten minutes in the park."}, "reason": "It is a park, not a garden."}
    )

    sections: Sections = Field(description="The whole new content: every section of the format.")
    reason: Reason = Field(description="Why it is amended.")


class NoteEnterInError(Schema):
    """Why the note should never have been."""

    model_config = example({"reason": "Written into the wrong chart."})

    reason: Reason = Field(description="Why it is an error; the patient sees neither this nor the note.")


class NoteSetSharing(Schema):
    """Let the patient see the note, or withhold it for a time. Withholding needs a reason and an end."""

    model_config = example({"state": "withheld", "reason_code": "danger_to_life", "until": "2026-12-01T09:00:00Z"})

    state: SharingState = Field(description="Shared, or withheld.")
    reason_code: WithholdReason | None = Field(default=None, description="Why; needed to withhold.")
    until: Instant | None = Field(default=None, description="When withholding ends by itself; needed to withhold.")


@dataclass(frozen=True)
class NoteFilter:
    """Which notes a list shows; None means any."""

    patient_id: Annotated[UUID | None, Query(description="Only this patient's.")] = None
    session_id: Annotated[UUID | None, Query(description="Only about this session.")] = None
    state: Annotated[NoteState | None, Query(description="Only in this state.")] = None
    format: Annotated[NoteFormat | None, Query(description="Only of this format.")] = None
    written_after: Annotated[Instant | None, Query(description="Only those begun at or after this instant.")] = None
    written_before: Annotated[Instant | None, Query(description="Only those begun before this instant.")] = None
