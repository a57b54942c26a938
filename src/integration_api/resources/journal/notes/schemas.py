"""Notes on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, BeforeValidator, Field
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from integration_api.access.fields import ClockSkewed, ConflictOfId, HappenedAt, PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.sessions.schemas import SessionId
from integration_api.resources.journal.note_templates.schemas import NoteTemplateId
from integration_api.resources.journal.notes.disagreement_schemas import NoteDisagreements
from integration_api.resources.journal.notes.layouts import SECTION_KEYS
from integration_api.resources.journal.notes.rules import NoteStep
from integration_api.resources.journal.notes.signature_schemas import NoteSignature, TheirCredential, TheirName
from integration_api.resources.journal.notes.sources import NoteSource, NoteSourceChange, NoteSourceGiven
from integration_api.resources.journal.notes.tables import NoteFormat, NoteState, SharingState, WithholdReason
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
from integration_api.web.schemas import (
    ClaimedInstant,
    CreateSchema,
    FilledProse,
    Instant,
    Prose,
    ReadSchema,
    Reason,
    Resource,
    Schema,
    example,
    example_with,
    response_part,
)


def _known_sections(value: object) -> object:
    """Looked at before anything else, so that no refusal ever names a key that the client invented."""
    if isinstance(value, dict) and not SECTION_KEYS.issuperset(value):
        raise PydanticCustomError("unknown_section", "not every key is a section of a note format")
    return value


_NOTE_ID = "019ab0de-0000-7000-8000-000000000020"
_SIGNED_AT, _ADDED_AT = "2026-11-21T16:05:00Z", "2026-11-22T09:30:00Z"
_PLAN = "Ten minutes in the garden each morning; next integration session in a week."
_SECTIONS = {
    "data": "Came rested. Spoke of the garden that appeared during the last dosing session.",
    "assessment": "Finds words for what was nameless before; no risk was voiced.",
    "plan": _PLAN,
}
_HASH = "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7"
_CHANGED = {"id": _NOTE_ID, "created_at": "2026-11-21T15:40:00Z", "updated_at": _ADDED_AT, "version": 4}

_Known = BeforeValidator(_known_sections)
_KEYS = Field(json_schema_extra={"propertyNames": {"title": "NoteSection", "enum": [*sorted(SECTION_KEYS)]}})
Sections = Annotated[
    dict[str, Prose],
    _Known,
    _KEYS,
    Field(description="Text by section key, as the format names them.", examples=[_SECTIONS]),
]

NoteId = Annotated[Id, Field(description="The note.", examples=[_NOTE_ID])]
ContentHash = Annotated[str, Field(description="SHA-256 of the signed content, hexadecimal.", examples=[_HASH])]
NoteSessionId = Annotated[SessionId, Field(description="The session it is about.")]
NeedsCosign = Annotated[
    bool,
    Field(description="Whether a supervisor must co-sign it; true if the author is supervised.", examples=[False]),
]
CapturedAt = Annotated[ClaimedInstant, Field(description="When it was written, by the device's own clock (UTC).")]
NamesConfirmed = Annotated[
    bool, Field(description="Whether you looked, and no word names another member of the group.", examples=[False])
]
LateEntryReason = Annotated[Reason, Field(description="Why it is late; given, it labels the note.")]
SharedAs = Annotated[SharingState, Field(description="Shared, or withheld for a time.", examples=["shared"])]
WithholdCode = Annotated[WithholdReason, Field(description="Why it is withheld; needed to withhold it.")]
WithheldUntil = Annotated[
    Instant, Field(description="When withholding ends by itself (UTC), within `withhold_days`; needed to withhold it.")
]


@response_part
class NoteReturned(TypedDict):
    """One time a supervisor gave the note back, or filed it."""

    at: Annotated[datetime, Field(description="When (UTC).")]
    account_id: Annotated[UUID, Field(description="The supervisor.")]
    reason: Annotated[str, Field(description="Why.")]


@response_part
class NoteSharing(TypedDict):
    """Whether the patient sees the note once it is signed; as it is now."""

    state: SharedAs
    reason_code: WithholdCode | None
    until: WithheldUntil | None


class NoteFacts(Schema):
    """The facts of a note that its author gives."""

    session_id: NoteSessionId
    format: NoteFormat = Field(description="Its layout; decides the sections, and cannot change.", examples=["dap"])
    template_id: NoteTemplateId | None = None
    sections: Sections = Field(default_factory=dict)
    captured_at: CapturedAt | None = None
    needs_cosign: NeedsCosign = False


class SignedContent(ReadSchema):
    """The signed content, and who signed it."""

    content_sha256: ContentHash | None = Field(
        description="SHA-256 of the signed content, hexadecimal; null before it is signed."
    )
    signature: NoteSignature | None = Field(
        description="The author's signature under this content, or their successor's."
    )
    cosignature: NoteSignature | None = Field(description="The supervisor's signature under this content.")


class NoteItem(NoteFacts, SignedContent, Resource):
    """A note as lists show it."""

    model_config = example_with({**_CHANGED, "cosignature": None, "filed": None})

    patient_id: PatientId
    state: NoteState = Field(description="Its present state.", examples=["signed"])
    author_id: StaffId = Field(description="The account that began it.")
    returns: list[NoteReturned] = Field(
        description="Each time a supervisor gave it back, oldest first; staff only.", examples=[[]]
    )
    content_version: int = Field(
        description="Which signed content this is, counted from 1; 0 before it is final.", examples=[1]
    )
    happened_at: HappenedAt
    clock_skewed: ClockSkewed
    service_at: datetime | None = Field(
        description="When the session ended, as known at signing; counts for lateness.",
        examples=["2026-11-21T15:00:00Z"],
    )
    is_late_entry: bool = Field(description="Whether it was signed late by the clinic's policy.", examples=[False])
    late_entry_reason: str | None = Field(description="Why it is late.")
    entered_in_error_at: datetime | None = Field(description="When it was declared an error (UTC).")
    error_reason: str | None = Field(description="Why it was an error.")
    filed: NoteReturned | None = Field(description="The filing without a signature, if its author is gone.")
    sharing: NoteSharing = Field(description="The part that the patient sees.")
    addenda_count: int = Field(description="Number of addenda, at most 100.", examples=[1])
    conflict_of_id: ConflictOfId | None
    source: NoteSource | None = Field(description="The tool that it was made with, if any; it stays after signing.")
    carried_from_id: UUID | None = Field(description="The note whose plan it began with.")
    imported_at: datetime | None = Field(
        description="When it came with its chart from another deployment (UTC); its proof is from there."
    )
    disagreements: NoteDisagreements
    allowed_actions: list[NoteStep] = Field(
        description="The actions that you may take on it now.",
        examples=[["add_addendum", "amend", "enter_in_error", "set_sharing"]],
    )


class AddendumFacts(Schema):
    """The text of an addendum."""

    text: FilledProse = Field(
        description="The text that is added.", examples=["The patient called: the garden is a park near the station."]
    )


class NoteAddendum(AddendumFacts, ReadSchema):
    """An addition to a signed note by somebody of the team. It never changes."""

    id: UUID = Field(
        description="Identifier of the addendum, UUID version 7.", examples=["019ab0de-0000-7000-8000-000000000021"]
    )
    created_at: datetime = Field(description="When it was added (UTC).", examples=[_ADDED_AT])
    patient_id: PatientId
    note_id: NoteId
    text_sha256: str = Field(description="SHA-256 of the text's UTF-8 bytes, hexadecimal.", examples=[_HASH])
    author_id: StaffId = Field(description="The account that added it.")
    author_name: TheirName | None
    author_credential: TheirCredential | None


class Note(NoteItem):
    """Read one note with its addenda."""

    model_config = example_with({**_CHANGED, "cosignature": None, "filed": None})

    addenda: list[NoteAddendum] = Field(description="Its addenda, oldest first.")
    monitoring: MonitoringNow


class NoteVersion(SignedContent):
    """One content of a note, as it was finally signed. It never changes."""

    model_config = example_with({"cosignature": None})

    id: UUID = Field(
        description="Identifier of the version, UUID version 7.", examples=["019ab0de-0000-7000-8000-000000000022"]
    )
    created_at: datetime = Field(description="Since when it stands (UTC).", examples=[_SIGNED_AT])
    patient_id: PatientId
    note_id: NoteId
    number: int = Field(description="Counted from 1; each amendment adds one.", examples=[1])
    sections: Sections
    reason: str | None = Field(description="Why it was amended; null for the first.")
    created_by_id: StaffId = Field(description="The account whose act made it final.")
    disagreements: NoteDisagreements


class NoteCreate(NoteFacts, CreateSchema):
    """A new draft. Sections may be missing or empty until it is signed."""

    patient_id: PatientId | None = Field(default=None, description="The patient; if given, the session must be theirs.")
    source: NoteSourceGiven | None = Field(default=None, description="The tool that it was made with, if any.")
    carry_forward: bool = Field(
        default=False, description="Begin with the plan of the last signed note that you may read, if there is one."
    )


class NoteUpdate(Schema):
    """The fields to change in a draft. Absent fields and absent sections stay."""

    model_config = example({"sections": {"plan": _PLAN}})

    sections: Annotated[dict[str, Prose | None], _Known, _KEYS] | MISSING = Field(
        default=MISSING, description="New text by section key; null removes."
    )
    captured_at: CapturedAt | None | MISSING = MISSING
    needs_cosign: NeedsCosign | MISSING = MISSING
    source: NoteSourceChange | MISSING = Field(
        default=MISSING, description="The tool that it was made with; never taken away."
    )


class NoteSign(Schema):
    """Facts that signing may need. The body may be absent."""

    model_config = example({"late_entry_reason": "The network was down for three days.", "needs_cosign": True})

    late_entry_reason: LateEntryReason | None = None
    needs_cosign: NeedsCosign | MISSING = MISSING
    names_confirmed: NamesConfirmed = False


class NoteReason(Schema):
    """Why a note goes back to its author, was an error, or is filed without a signature."""

    reason: Reason = Field(description="Why; the patient never sees it.", examples=["Written into the wrong chart."])


class NoteAddendumCreate(AddendumFacts, CreateSchema):
    """The text to add."""

    names_confirmed: NamesConfirmed = False


class NoteAmend(Schema):
    """New content that takes the place of the old, which is kept. It is signed by the same act."""

    sections: Sections = Field(
        description="The whole new content: every section of the format.",
        examples=[{**_SECTIONS, "plan": "Ten minutes in the park."}],
    )
    reason: Reason = Field(description="Why it is amended.", examples=["It is a park, not a garden."])
    names_confirmed: NamesConfirmed = False


class NoteSetSharing(Schema):
    """Let the patient see the note, or withhold it for a time. Withholding needs a reason and an end."""

    model_config = example({"state": "withheld", "reason_code": "danger_to_life", "until": "2026-12-01T09:00:00Z"})

    state: SharedAs
    reason_code: WithholdCode | None = None
    until: WithheldUntil | None = None


@dataclass(frozen=True)
class NoteFilter:
    """Which notes a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    session_id: Annotated[Id | None, Query(description="Only about this session.")] = None
    state: Annotated[NoteState | None, Query(description="Only in this state.")] = None
    format: Annotated[NoteFormat | None, Query(description="Only of this format.")] = None
    written_after: Annotated[Instant | None, Query(description="Only by `happened_at`, from this instant on.")] = None
    written_before: Annotated[Instant | None, Query(description="Only by `happened_at`, before this instant.")] = None
