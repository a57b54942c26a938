"""Answers to instruments on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, AfterValidator, Field
from pydantic.types import StringConstraints

from integration_api.access.fields import ClockSkewed, HappenedAt, PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.sessions.schemas import SessionId
from integration_api.resources.measures.instruments.definitions import MAX_ITEMS, InstrumentId, ItemId
from integration_api.resources.measures.measure_responses.rules import Respondent, ResponseMode, ResponseState
from integration_api.resources.measures.measure_responses.score_parts import ScoreThere
from integration_api.resources.people.clinics.languages import LANGUAGE_TAG, language_tag
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
from integration_api.web.schemas import (
    ClaimedInstant,
    CreateSchema,
    Instant,
    Resource,
    Schema,
    WithdrawnReason,
    example,
    example_with,
)

_ANSWERED_AT = "2026-12-01T18:00:00Z"
_ANSWERS = {f"phq9.{number}": answer for number, answer in enumerate([1, 2, 1, 2, 0, 1, 1, 0, 0], start=1)}

Answered = Annotated[int, Field(ge=0, le=10_000)] | Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Answers = Annotated[
    dict[ItemId, Answered | None],
    Field(
        max_length=MAX_ITEMS,
        description="The answers by item: a number or a word of the definition; null or absent: not answered.",
        examples=[_ANSWERS],
    ),
]
AnswersThere = Annotated[
    dict[str, int | str | None],
    Field(description="The answers that were given, by item; null or absent: not answered.", examples=[_ANSWERS]),
]
Named = Annotated[InstrumentId, Field(description="The instrument that is answered.", examples=["phq9"])]
SpokenLanguage = Annotated[
    str,
    StringConstraints(pattern=LANGUAGE_TAG, max_length=35),
    AfterValidator(language_tag),
    Field(description="The language that it was asked in, as a BCP 47 tag.", examples=["en-US"]),
]
RespondentIs = Annotated[Respondent, Field(description="Whose view the answers are.", examples=["patient"])]
ModeIs = Annotated[ResponseMode, Field(description="The way in which they were given.", examples=["self_completed"])]
ResponseId = Annotated[Id, Field(description="The answers.", examples=["019ab0de-0000-7000-8000-000000000051"])]
Corrects = Annotated[ResponseId, Field(description="The completed answers that these take the place of.")]


class MeasureResponseCreate(CreateSchema):
    """Answers to one instrument. A draft can be completed later; what is completed is scored and stays."""

    model_config = example({"instrument_id": "phq9", "answers": _ANSWERS, "completed_at": _ANSWERED_AT})

    patient_id: PatientId | None = Field(default=None, description="The patient; a patient can leave it out.")
    session_id: SessionId | None = Field(default=None, description="The session that they belong to.")
    instrument_id: Named
    state: ResponseState = Field(
        default=ResponseState.COMPLETED,
        description="`completed`: scored as they are, for good, with what is missing. Until all are given: `draft`.",
    )
    respondent: RespondentIs | None = Field(default=None, description="Absent: whoever the instrument asks.")
    mode: ModeIs | None = Field(default=None, description="Absent: `self_completed` by a patient, else `interview`.")
    language: SpokenLanguage | None = None
    answers: Answers
    completed_at: ClaimedInstant | None = Field(
        default=None, description="When, by the clock of the device (UTC); absent: now, or as what is corrected."
    )
    corrects_id: Corrects | None = None
    correction_reason: WithdrawnReason | None = Field(default=None, description="Why; it goes with `corrects_id`.")


class MeasureResponseUpdate(Schema):
    """The changes of a draft. Answers are merged item by item; null takes one back."""

    model_config = example({"answers": {"phq9.9": 0}})

    answers: Answers | MISSING = MISSING
    language: SpokenLanguage | None | MISSING = MISSING


class MeasureResponseComplete(Schema):
    """When the last answer of a draft was given."""

    completed_at: ClaimedInstant | None = Field(
        default=None, description="When it was, by the device's clock (UTC); absent: now.", examples=[_ANSWERED_AT]
    )


class MeasureResponse(Resource):
    """The answers of one person to one instrument at one time."""

    model_config = example_with({"session_id": None, "corrects_id": None})

    patient_id: PatientId
    session_id: SessionId | None
    instrument_id: Named
    instrument_version: int = Field(description="The version of the definition that scores it.", examples=[1])
    state: ResponseState = Field(description="`completed` ones never change.", examples=["completed"])
    respondent: RespondentIs
    mode: ModeIs
    language: SpokenLanguage | None
    answers: AnswersThere
    scores: list[ScoreThere] = Field(description="Its scores in the order of the definition; of a draft, none.")
    is_off_window: bool = Field(
        description="Whether the instrument was asked again sooner than its recall time.", examples=[False]
    )
    completed_at: datetime | None = Field(
        description="When, by the clock of the device (UTC); null in a draft.", examples=[_ANSWERED_AT]
    )
    happened_at: HappenedAt
    clock_skewed: ClockSkewed
    created_by_id: StaffId = Field(description="The account that gave or wrote down the answers.")
    corrects_id: Corrects | None
    withdrawn_at: datetime | None = Field(description="When they were withdrawn or corrected (UTC).")
    withdrawn_by_id: UUID | None = Field(description="The account that took them back.")
    withdrawn_reason: WithdrawnReason | None
    monitoring: MonitoringNow


@dataclass(frozen=True)
class MeasureResponseFilter:
    """Which answers a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    session_id: Annotated[Id | None, Query(description="Only of this session.")] = None
    instrument_id: Annotated[InstrumentId | None, Query(description="Only to this instrument.")] = None
    state: Annotated[ResponseState | None, Query(description="Only drafts, or only completed ones.")] = None
    withdrawn: Annotated[bool, Query(description="Those that count no more, instead of the others.")] = False
    happened_after: Annotated[Instant | None, Query(description="Only at this instant or later.")] = None
    happened_before: Annotated[Instant | None, Query(description="Only before this instant.")] = None
