"""Reflections on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, Field, StringConstraints

from integration_api.core.ids import OwnId
from integration_api.resources.journal.reflections.contents import Answer, Insight, Monitoring, Ratings, Safety
from integration_api.resources.journal.reflections.prompts import Key
from integration_api.resources.journal.reflections.rules import ReflectionStep
from integration_api.resources.journal.reflections.tables import ReflectionKind, ReflectionState, Sharing
from integration_api.web.schemas import Instant, Line, Prose, Resource, Schema, Score10, example

_ID, _PATIENT_ID = "019ab0de-0000-7000-8000-000000000007", "019ab0de-0000-7000-8000-000000000004"
_WRITTEN = {
    "text": "The lake was completely still, and so was I.",
    "prompt_set": "coming_back",
    "prompt_set_version": 1,
    "answers": [{"prompt_id": "seen_anew", "text": "I can put the phone down in the evening."}],
    "ratings": {"mood": 6, "anxiety": 3, "energy": 5, "sleep": None, "connection": 7, "distress": 2},
    "tags": ["lake", "Body"],
    "insights": [{"id": "019ab0de-0000-7000-8000-000000000011", "text": "Stillness is allowed."}],
    "safety": "safe",
    "contact_me": False,
}
_MONITORING = {
    "stated_at": "2026-11-20T21:14:00Z",
    "is_monitored_now": False,
    "reviewed_by": "2026-11-23T21:14:00Z",
    "clinic_opens_at": "2026-11-23T14:00:00Z",
    "text": "Nobody watches entries as they come in. Your care team can read it and means to by Monday 23 November, "
    "16:14 clinic time. Your clinic is closed now and opens on Monday 23 November, 09:00 clinic time. If it becomes "
    "urgent, do not wait for an answer here. Call 911: Emergency services.",
    "crisis_resources": [
        {
            "name": "Emergency services",
            "kind": "emergency",
            "contact": "911",
            "how": "call",
            "verified_on": None,
            "source": None,
        }
    ],
}
_REPLY = {"text": "Thank you for sharing this. Shall we start from the lake on Tuesday?"}

Statement = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_PROMPT_SET = Field(default=None, description="The prompt set that was answered; only for `prompted`.")
_PROMPT_SET_VERSION = Field(default=None, ge=1, le=9999, description="Its version.")


class AnswerGiven(Schema):
    """What is written to one prompt."""

    prompt_id: Key = Field(description="The prompt, of this version of the prompt set.")
    text: Prose = Field(description="What is written.")


class RatingsGiven(Schema):
    """How it is right now, each from 0 (not at all) to 10 (as much as can be)."""

    mood: Score10 | None = Field(default=None, description="Mood, 0-10.")
    anxiety: Score10 | None = Field(default=None, description="Anxiety, 0-10.")
    energy: Score10 | None = Field(default=None, description="Energy, 0-10.")
    sleep: Score10 | None = Field(default=None, description="How sleep was, 0-10.")
    connection: Score10 | None = Field(default=None, description="Feeling connected, 0-10.")
    distress: Score10 | None = Field(default=None, description="Distress, 0-10.")


class InsightGiven(Schema):
    """One short statement that a plan can point to."""

    id: OwnId | None = Field(default=None, description="Its id: the one it has, your own, or none for a new one.")
    text: Statement = Field(description="The statement.")


Answers = Annotated[list[AnswerGiven], Field(max_length=50)]
Tags = Annotated[list[Line], Field(max_length=20)]
Insights = Annotated[list[InsightGiven], Field(max_length=20)]


class ReflectionCreate(Schema):
    """A new draft in one's own chart. Everything may be left out."""

    model_config = example({"kind": "prompted", **_WRITTEN, "captured_at": "2026-11-20T22:10:00+01:00"})

    id: OwnId | None = Field(default=None, description="Your own id for it.")
    session_id: UUID | None = Field(default=None, description="The session it belongs to.")
    kind: ReflectionKind = Field(default=ReflectionKind.TEXT, description="Free text, or answers to prompts.")
    text: Prose | None = Field(default=None, description="Free text.")
    prompt_set: Key | None = _PROMPT_SET
    prompt_set_version: int | None = _PROMPT_SET_VERSION
    answers: Answers = Field(default_factory=list, description="What was written to prompts; only for `prompted`.")
    ratings: RatingsGiven | None = Field(default=None, description="How it is right now.")
    tags: Tags = Field(default_factory=list, description="Own words, or domains of integration.")
    insights: Insights = Field(default_factory=list, description="Short statements that plans can point to.")
    safety: Safety | None = Field(default=None, description="Whether the patient feels safe. It alerts nobody.")
    contact_me: bool = Field(default=False, description="Whether the patient wants to be contacted. It alerts nobody.")
    captured_at: Instant | None = Field(default=None, description="When it was written, by the device's clock.")


class ReflectionUpdate(Schema):
    """What is to change. Absent fields stay; lists and `ratings` are replaced as a whole."""

    model_config = example({"text": "The lake was completely still."})

    session_id: UUID | None | MISSING = Field(default=MISSING, description="The session it belongs to.")
    text: Prose | None | MISSING = Field(default=MISSING, description="Free text.")
    prompt_set: Key | None | MISSING = Field(default=MISSING, description="The prompt set that was answered.")
    prompt_set_version: Annotated[int, Field(ge=1, le=9999)] | None | MISSING = Field(
        default=MISSING, description="Its version."
    )
    answers: Answers | MISSING = Field(default=MISSING, description="What was written to prompts.")
    ratings: RatingsGiven | None | MISSING = Field(default=MISSING, description="How it is right now.")
    tags: Tags | MISSING = Field(default=MISSING, description="Own words, or domains of integration.")
    insights: Insights | MISSING = Field(default=MISSING, description="Short statements that plans can point to.")
    safety: Safety | None | MISSING = Field(default=MISSING, description="Whether the patient feels safe.")
    contact_me: bool | MISSING = Field(default=MISSING, description="Whether the patient wants to be contacted.")


class ReflectionSubmit(Schema):
    """How it is handed in."""

    model_config = example({"share": True, "release_at": "2026-11-21T21:14:00Z"})

    share: bool = Field(default=False, description="Let the care team read it.")
    release_at: Instant | None = Field(
        default=None, description="The care team reads it from then on, not before; only with `share`."
    )


class ReflectionShare(Schema):
    """How it is shared."""

    model_config = example({"release_at": "2026-11-21T21:14:00Z"})

    release_at: Instant | None = Field(
        default=None, description="The care team reads it from then on, not before; null: from now on."
    )


class Reflection(Resource):
    """What the patient wrote, and who may read it."""

    model_config = example(
        {
            "id": _ID,
            "created_at": "2026-11-20T21:10:00Z",
            "updated_at": "2026-11-20T21:14:00Z",
            "version": 2,
            "patient_id": _PATIENT_ID,
            "session_id": None,
            "kind": "prompted",
            "state": "submitted",
            "sharing": "shared",
            "release_at": None,
            **_WRITTEN,
            "captured_at": "2026-11-20T21:10:00Z",
            "submitted_at": "2026-11-20T21:14:00Z",
            "shared_at": "2026-11-20T21:14:00Z",
            "first_read_at": None,
            "reviewed_at": None,
            "reviewed_by_id": None,
            "edited_at": None,
            "edited_since_review": False,
            "monitoring": _MONITORING,
            "allowed_actions": ["update", "unshare", "reply"],
        }
    )

    patient_id: UUID = Field(description="The patient, who wrote it.")
    session_id: UUID | None = Field(description="The session it belongs to.")
    kind: ReflectionKind = Field(description="Free text, or answers to prompts.")
    state: ReflectionState = Field(description="Where it stands.")
    sharing: Sharing = Field(description="`private`: the patient alone; `shared`: the care team too, once released.")
    release_at: datetime | None = Field(description="The care team reads it from then on (UTC); null: no delay.")
    text: str | None = Field(description="Free text.")
    prompt_set: str | None = Field(description="The prompt set that was answered.")
    prompt_set_version: int | None = Field(description="Its version.")
    answers: list[Answer] = Field(description="What was written to prompts.")
    ratings: Ratings | None = Field(description="How it was, each 0-10.")
    tags: list[str] = Field(description="Own words, or domains of integration.")
    insights: list[Insight] = Field(description="Short statements that plans can point to.")
    safety: Safety | None = Field(description="Whether the patient felt safe.")
    contact_me: bool = Field(description="Whether the patient wanted to be contacted.")
    captured_at: datetime | None = Field(description="When it was written, by the device's clock (UTC).")
    submitted_at: datetime | None = Field(description="When it was handed in (UTC).")
    shared_at: datetime | None = Field(description="When it was shared (UTC).")
    first_read_at: datetime | None = Field(description="When the care team read it first (UTC).")
    reviewed_at: datetime | None = Field(description="When a clinician marked it as reviewed last (UTC).")
    reviewed_by_id: UUID | None = Field(description="The account that did.")
    edited_at: datetime | None = Field(description="When its content was changed last after it was handed in (UTC).")
    edited_since_review: bool = Field(description="Whether it says something else than what was reviewed.")
    monitoring: Monitoring | None = Field(
        description="What the patient was told last; null for a draft that asks for no help."
    )
    allowed_actions: list[ReflectionStep] = Field(description="What you may do with it now.")


class ReflectionVersion(Schema):
    """One text of a reflection that was handed in; the one with the highest number is the present one."""

    model_config = example(
        {
            "id": "019ab0de-0000-7000-8000-000000000012",
            "number": 1,
            "saved_at": "2026-11-20T21:14:00Z",
            **_WRITTEN,
            "monitoring": _MONITORING,
        }
    )

    id: UUID = Field(description="Identifier of the version.")
    number: int = Field(description="Counts from 1, the text that was handed in.")
    saved_at: datetime = Field(description="Since when it is kept (UTC).")
    text: str | None = Field(description="Free text.")
    prompt_set: str | None = Field(description="The prompt set that was answered.")
    prompt_set_version: int | None = Field(description="Its version.")
    answers: list[Answer] = Field(description="What was written to prompts.")
    ratings: Ratings | None = Field(description="How it was, each 0-10.")
    tags: list[str] = Field(description="Own words, or domains of integration.")
    insights: list[Insight] = Field(description="Short statements that plans can point to.")
    safety: Safety | None = Field(description="Whether the patient felt safe.")
    contact_me: bool = Field(description="Whether the patient wanted to be contacted.")
    monitoring: Monitoring = Field(description="What the patient was told then.")


class ReplyCreate(Schema):
    """An answer to a shared reflection."""

    model_config = example(_REPLY)

    id: OwnId | None = Field(default=None, description="Your own id for it.")
    text: Annotated[Prose, Field(min_length=1)] = Field(description="What you answer. It cannot be changed later.")


class Reply(Schema):
    """An answer, from the patient or from a clinician."""

    model_config = example(
        {
            "id": "019ab0de-0000-7000-8000-000000000013",
            "created_at": "2026-11-21T14:30:00Z",
            "reflection_id": _ID,
            "author_id": "019ab0de-0000-7000-8000-000000000002",
            "is_patient": False,
            **_REPLY,
        }
    )

    id: UUID = Field(description="Identifier, UUID version 7.")
    created_at: datetime = Field(description="When it was written (UTC).")
    reflection_id: UUID = Field(description="The reflection it answers.")
    author_id: UUID = Field(description="The account that wrote it.")
    is_patient: bool = Field(description="Whether the patient wrote it.")
    text: str = Field(description="The answer.")


@dataclass(frozen=True)
class ReflectionFilter:
    """Which reflections a list shows; None means any."""

    patient_id: Annotated[UUID | None, Query(description="Only this patient's.")] = None
    session_id: Annotated[UUID | None, Query(description="Only of this session.")] = None
    state: Annotated[ReflectionState | None, Query(description="Only in this state.")] = None
    sharing: Annotated[Sharing | None, Query(description="Only private, or only shared ones.")] = None
    written_after: Annotated[Instant | None, Query(description="Only those begun at this time or later.")] = None
    written_before: Annotated[Instant | None, Query(description="Only those begun before this time.")] = None
