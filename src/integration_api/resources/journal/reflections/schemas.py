"""Reflections on the wire."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, Field

from integration_api.access.fields import ClockSkewed, ConflictOfId, HappenedAt, PatientId
from integration_api.core.ids import Id, OwnId
from integration_api.resources.care.sessions.schemas import SessionId
from integration_api.resources.journal.reflections import contents
from integration_api.resources.journal.reflections.fragments import Fragment, FragmentGiven
from integration_api.resources.journal.reflections.promise_schemas import ReplyPromise
from integration_api.resources.journal.reflections.prompts import Key
from integration_api.resources.journal.reflections.rules import ReflectionStep
from integration_api.resources.journal.reflections.tables import ReflectionKind, ReflectionState, Sharing
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.web.schemas import (
    ClaimedInstant,
    CreateSchema,
    Instant,
    Line,
    Prose,
    ReadSchema,
    Resource,
    Schema,
    example,
    example_with,
)

_SUBMITTED_AT, _RELEASE_AT = "2026-11-20T21:14:00Z", "2026-11-21T21:14:00Z"
REFLECTION_ID = "019ab0de-0000-7000-8000-000000000007"
_ANSWERS = Field(description="The answers to prompts; only for `prompted`.")
_RATINGS = Field(description="Ratings of the moment of writing, each 0-10.")
_INSIGHTS = Field(description="Short statements that plans can point to.")

Text = Annotated[Prose, Field(description="Free text.", examples=["The lake was completely still, and so was I."])]
PromptSetId = Annotated[
    Key, Field(description="The prompt set that was answered; only for `prompted`.", examples=["coming_back"])
]
PromptSetVersion = Annotated[int, Field(ge=1, le=9999, description="The version of the prompt set.", examples=[1])]
Tags = Annotated[
    list[Line],
    Field(max_length=20, description="Own words, or domains of integration.", examples=[["lake", "Body"]]),
]
Safety = Annotated[
    contents.Safety,
    Field(description="Whether the patient feels safe. It alerts the team once shared.", examples=["safe"]),
]
ContactMe = Annotated[
    bool,
    Field(description="Whether the patient wants to be contacted. It alerts the team once shared.", examples=[False]),
]


Kind = Annotated[
    ReflectionKind, Field(description="Free text, answers to prompts, or a fragment.", examples=["prompted"])
]
_FRAGMENT = Field(description="The moment; only for `fragment`. It stays as it was captured.")
_ELABORATES = "The earlier entry that this one says more about"


class AnswerGiven(Schema):
    """The answer to one prompt."""

    prompt_id: contents.PromptId
    text: contents.AnswerText


class RatingsGiven(Schema):
    """Ratings of this moment; each may be left out."""

    mood: contents.Mood = None
    anxiety: contents.Anxiety = None
    energy: contents.Energy = None
    sleep: contents.Sleep = None
    connection: contents.Connection = None
    distress: contents.Distress = None


class InsightGiven(Schema):
    """One short statement that a plan can point to."""

    id: OwnId | None = Field(default=None, description="Its id: the one it has, your own, or none for a new one.")
    text: contents.Statement


Answers = Annotated[list[AnswerGiven], Field(max_length=50), _ANSWERS]
Ratings = Annotated[RatingsGiven, _RATINGS]
Insights = Annotated[list[InsightGiven], Field(max_length=20), _INSIGHTS]


class ReflectionContent(Schema):
    """The content that is written and read in one form."""

    text: Text | None = None
    prompt_set: PromptSetId | None = None
    prompt_set_version: PromptSetVersion | None = None
    tags: Tags = Field(default_factory=list)
    safety: Safety | None = None
    contact_me: ContactMe = False


class ReflectionFacts(ReflectionContent):
    """The content, and the facts beside it that the patient gives."""

    session_id: SessionId | None = None
    kind: Kind = ReflectionKind.TEXT
    captured_at: ClaimedInstant | None = Field(
        default=None,
        description="When it was written, by the device's clock (UTC).",
        examples=["2026-11-20T21:10:00Z"],
    )


class ReflectionCreate(ReflectionFacts, CreateSchema):
    """A new draft in one's own chart. Everything may be left out."""

    answers: Answers = Field(default_factory=list)
    ratings: Ratings | None = None
    insights: Insights = Field(default_factory=list)
    fragment: Annotated[FragmentGiven | None, _FRAGMENT] = None
    elaborates_id: Id | None = Field(default=None, description=f"{_ELABORATES}; your own.")


class ReflectionSearch(Schema):
    """A tag. In a body, so that no word of a patient is ever part of an address."""

    tag: Line = Field(description="The whole tag; case does not matter.", examples=["lake"])
    patient_id: PatientId | None = Field(default=None, description="The patient; staff must give it.")


class ReflectionUpdate(Schema):
    """The fields to change. Absent fields stay; null empties a field that may be empty."""

    model_config = example({"text": "The lake was completely still."})

    session_id: SessionId | None | MISSING = MISSING
    text: Text | None | MISSING = MISSING
    prompt_set: PromptSetId | None | MISSING = MISSING
    prompt_set_version: PromptSetVersion | None | MISSING = MISSING
    answers: Answers | MISSING = MISSING
    ratings: Ratings | None | MISSING = MISSING
    tags: Tags | MISSING = MISSING
    insights: Insights | MISSING = MISSING
    safety: Safety | None | MISSING = MISSING
    contact_me: ContactMe | MISSING = MISSING


ReleaseAt = Annotated[
    Instant,
    Field(
        description="The care team reads it from then on, and until the first reading it can be taken back; null: from "
        "now on. At most the policy `share_release_days` ahead. An answer to `safety`, or `contact_me`, does not wait: "
        "the team is told of it at once, of the text then.",
        examples=[_RELEASE_AT],
    ),
]


class ReflectionSubmit(Schema):
    """The way in which it is handed in."""

    share: bool = Field(default=False, description="Let the care team read it.", examples=[True])
    release_at: ReleaseAt | None = None


class ReflectionShare(Schema):
    """The way in which it is shared."""

    release_at: ReleaseAt | None = None


class ReflectionText(ReflectionContent, ReadSchema):
    """The whole content, as it is read."""

    answers: Annotated[list[contents.Answer], _ANSWERS]
    ratings: Annotated[contents.Ratings | None, _RATINGS]
    insights: Annotated[list[contents.Insight], _INSIGHTS]
    fragment: Annotated[Fragment | None, _FRAGMENT]


class ReflectionStanding(ReadSchema):
    """The facts of a reflection that even a list without text shows."""

    patient_id: PatientId = Field(description="The patient, who wrote it.")
    state: ReflectionState = Field(description="Its present state.", examples=["submitted"])
    sharing: Sharing = Field(
        description="`private`: the patient alone; `shared`: the care team too, once released.", examples=["shared"]
    )
    release_at: datetime | None = Field(description="The care team reads it from then on (UTC); null: no delay.")
    happened_at: HappenedAt
    hours_since_dose: float | None = Field(
        description="Hours from the last dose before it; null: none, or not known in the answer to a create.",
        examples=[3.5],
    )
    in_altered_state: bool | None = Field(
        description="Whether it was written in the altered-state window of a dose; null: as for `hours_since_dose`.",
        examples=[False],
    )
    held_until: datetime | None = Field(
        description="Until then `share`, `unshare` and `delete` wait for the end of the window (UTC); null: none is "
        "open, or not known in that answer."
    )
    first_read_at: datetime | None = Field(description="When the care team read it first (UTC).")
    reviewed_at: datetime | None = Field(description="When a clinician marked it as reviewed last (UTC).")
    edited_since_review: bool = Field(
        description="Whether it says something else than what was reviewed.", examples=[False]
    )
    reply_promise: ReplyPromise | None = Field(
        description="By when an answer is promised; null: it is private, or nobody is on the team. `monitoring` says "
        "who answers."
    )
    reply_count: int = Field(description="Number of replies.", examples=[1])
    last_reply_at: datetime | None = Field(description="When the last reply came (UTC).")
    conflict_of_id: ConflictOfId | None
    capture_link_id: UUID | None = Field(
        description="The capture link by which it was written, without a sign-in; null if it was written signed in."
    )
    elaborates_id: UUID | None = Field(description=f"{_ELABORATES}; null to who may not read that one.")


class Reflection(ReflectionFacts, ReflectionText, ReflectionStanding, Resource):
    """An entry of the patient, and who may read it."""

    model_config = example_with(
        {
            "id": REFLECTION_ID,
            "created_at": "2026-11-20T21:10:00Z",
            "updated_at": _SUBMITTED_AT,
            "version": 2,
            "session_id": None,
        }
    )

    submitted_at: datetime | None = Field(description="When it was handed in (UTC).", examples=[_SUBMITTED_AT])
    shared_at: datetime | None = Field(description="When it was shared (UTC).", examples=[_SUBMITTED_AT])
    reviewed_by_id: UUID | None = Field(description="The account that did.")
    edited_at: datetime | None = Field(description="When its content was changed last after it was handed in (UTC).")
    clock_skewed: ClockSkewed
    monitoring: Monitoring | None = Field(
        description="The statement the patient was given last; null for a draft that asks for no help."
    )
    allowed_actions: list[ReflectionStep] = Field(
        description="The actions that you may take on it now.", examples=[["update", "unshare", "reply"]]
    )


class ReflectionSummary(ReflectionStanding, Resource):
    """A reflection without its text."""

    model_config = example_with({"id": REFLECTION_ID, "session_id": None})

    session_id: SessionId | None
    kind: Kind
    tags: Tags
    safety: Safety | None
    contact_me: ContactMe


class ReflectionVersion(ReflectionText):
    """One text of a reflection that was handed in; the one with the highest number is the present one."""

    id: UUID = Field(description="Identifier of the version.", examples=["019ab0de-0000-7000-8000-000000000012"])
    number: int = Field(description="Counts from 1, the text that was handed in.", examples=[1])
    saved_at: datetime = Field(description="Since when it is kept (UTC).", examples=[_SUBMITTED_AT])
    monitoring: Monitoring = Field(description="The statement the patient was given then.")


@dataclass(frozen=True)
class ReflectionFilter:
    """Which reflections a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    session_id: Annotated[Id | None, Query(description="Only of this session.")] = None
    state: Annotated[ReflectionState | None, Query(description="Only in this state.")] = None
    sharing: Annotated[Sharing | None, Query(description="Only private, or only shared ones.")] = None
    kind: Annotated[ReflectionKind | None, Query(description="Only of this kind.")] = None
    written_after: Annotated[Instant | None, Query(description="Only by `happened_at`, from this instant on.")] = None
    written_before: Annotated[Instant | None, Query(description="Only by `happened_at`, before this instant.")] = None


class ReflectionView(StrEnum):
    """The amount that a list shows of each."""

    FULL = "full"
    SUMMARY = "summary"


@dataclass(frozen=True)
class Shown:
    """The form of a list of reflections."""

    view: Annotated[ReflectionView, Query(description="`summary`: without text, and for staff no reading.")] = (
        ReflectionView.FULL
    )
