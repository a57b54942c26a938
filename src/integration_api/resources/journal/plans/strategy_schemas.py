"""Strategies on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, AfterValidator, Field, StringConstraints
from typing_extensions import TypedDict

from integration_api.core.ids import OwnId
from integration_api.resources.journal.plans.rules import checked_schedule
from integration_api.resources.journal.strategy_library.tables import StrategyCategory
from integration_api.web.schemas import Instant, Line, Resource, Schema, Score10, example

_FACTS = {
    "category": "paced_breathing",
    "title": "Longer out than in",
    "description": "Two minutes on the back step.",
    "if_cue": "If I notice the spiral starting after dinner",
    "then_action": "then I breathe in to four and out to six for two minutes.",
    "schedule": "FREQ=DAILY;BYHOUR=20;BYMINUTE=30",
    "duration_minutes": 2,
    "barriers": [{"barrier": "The children need me", "workaround": "I ask for two minutes first"}],
    "supports": ["My sister"],
    "confidence": 6,
    "importance": 9,
    "library_id": None,
    "rehearsed_at": None,
}
STRATEGY_EXAMPLE = {
    "id": "019ab0de-0000-7000-8000-000000000011",
    "created_at": "2026-11-02T09:05:00Z",
    "updated_at": "2026-11-02T09:05:00Z",
    "version": 1,
    "plan_id": "019ab0de-0000-7000-8000-000000000010",
    "plan_version": 2,
    "patient_id": "019ab0de-0000-7000-8000-000000000004",
    **_FACTS,
    "suggest_smaller_step": True,
    "created_by_id": "019ab0de-0000-7000-8000-000000000002",
}
_MAX_ITEMS = 10

Text = Annotated[str, StringConstraints(max_length=2000)]
Schedule = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(checked_schedule)]
Minutes = Annotated[int, Field(ge=1, le=480)]
Supports = Annotated[list[Line], Field(max_length=_MAX_ITEMS)]


class Barrier(TypedDict):
    """Possible obstacles, each with an answer to it."""

    barrier: Annotated[str, Field(description="A possible obstacle.")]
    workaround: Annotated[str | None, Field(description="The answer to it.")]


class BarrierCreate(Schema):
    """Possible obstacles, each with an answer to it."""

    model_config = example({"barrier": "The children need me", "workaround": "I ask for two minutes first"})

    barrier: Line = Field(description="A possible obstacle.")
    workaround: Line | None = Field(default=None, description="The answer to it.")


Barriers = Annotated[list[BarrierCreate], Field(max_length=_MAX_ITEMS)]


class StrategyContent(TypedDict):
    """A strategy as it was in an earlier revision of its plan."""

    id: Annotated[str, Field(description="The strategy.")]
    category: Annotated[str, Field(description="The kind of strategy.")]
    title: Annotated[str, Field(description="A few words.")]
    description: Annotated[str | None, Field(description="A description, and how to do it.")]
    if_cue: Annotated[str | None, Field(description="The cue.")]
    then_action: Annotated[str | None, Field(description="The action.")]
    schedule: Annotated[str | None, Field(description="When, as an RRULE in the patient's time zone.")]
    duration_minutes: Annotated[int | None, Field(description="The duration of one use, in minutes.")]
    barriers: Annotated[list[Barrier], Field(description="Possible obstacles.")]
    supports: Annotated[list[str], Field(description="People and things that were to help.")]
    confidence: Annotated[int | None, Field(description="The patient's confidence to do it, 0-10.")]
    importance: Annotated[int | None, Field(description="Its importance to the patient, 0-10.")]
    library_id: Annotated[str | None, Field(description="The library entry it was made from.")]


class Strategy(Resource):
    """One strategy of a plan. It is changed under the plan's version, never under its own."""

    model_config = example(STRATEGY_EXAMPLE)

    plan_id: UUID = Field(description="The plan.")
    plan_version: int = Field(description="The plan's version now; the ETag of this answer and the next If-Match.")
    patient_id: UUID = Field(description="The patient.")
    category: StrategyCategory = Field(description="The kind of strategy.")
    title: str = Field(description="A few words.")
    description: str | None = Field(description="A description, and how to do it.")
    if_cue: str | None = Field(description="The cue: when, where or at which feeling.")
    then_action: str | None = Field(description="The action: what to do then.")
    schedule: str | None = Field(description="When, as an RFC 5545 RRULE in the patient's time zone.")
    duration_minutes: int | None = Field(description="The duration of one use, in minutes.")
    barriers: list[Barrier] = Field(description="Possible obstacles, each with an answer to it.")
    supports: list[str] = Field(description="People and things that help.")
    confidence: int | None = Field(description="The patient's confidence to do it, 0-10.")
    importance: int | None = Field(description="Its importance to the patient, 0-10.")
    suggest_smaller_step: bool = Field(description="Confidence is below 7: a smaller step may be easier to keep.")
    library_id: UUID | None = Field(description="The library entry it was made from.")
    rehearsed_at: datetime | None = Field(description="When it was last rehearsed (UTC).")
    created_by_id: UUID = Field(description="The account that added it.")


class StrategyCreate(Schema):
    """A new strategy. Before the plan can be proposed, it needs its cue and its action."""

    model_config = example(_FACTS)

    id: OwnId | None = Field(default=None, description="Your own id for it.")
    category: StrategyCategory = Field(description="The kind of strategy.")
    title: Line = Field(description="A few words.")
    description: Text | None = Field(default=None, description="A description, and how to do it.")
    if_cue: Text | None = Field(default=None, description="The cue: when, where or at which feeling.")
    then_action: Text | None = Field(default=None, description="The action: what to do then.")
    schedule: Schedule | None = Field(
        default=None,
        description="An RFC 5545 RRULE without its name, DTSTART and time zone. FREQ is DAILY, WEEKLY or MONTHLY. "
        "It takes INTERVAL, COUNT (at most 1000), UNTIL, BYDAY, BYMONTHDAY, BYHOUR, BYMINUTE, BYSETPOS, WKST.",
    )
    duration_minutes: Minutes | None = Field(default=None, description="The duration of one use, in minutes.")
    barriers: Barriers = Field(default_factory=list, description="Possible obstacles; at most 10.")
    supports: Supports = Field(default_factory=list, description="People and things that help; at most 10.")
    confidence: Score10 | None = Field(default=None, description="The patient's confidence to do it, 0-10.")
    importance: Score10 | None = Field(default=None, description="Its importance to the patient, 0-10.")
    library_id: UUID | None = Field(default=None, description="The library entry it is made from.")
    rehearsed_at: Instant | None = Field(default=None, description="When it was last rehearsed.")


class StrategyUpdate(Schema):
    """What is to change. Absent fields stay; null empties a field that may be empty."""

    model_config = example({"then_action": "then I breathe out slowly three times.", "confidence": 8})

    category: StrategyCategory | MISSING = Field(default=MISSING, description="The kind of strategy.")
    title: Line | MISSING = Field(default=MISSING, description="A few words.")
    description: Text | None | MISSING = Field(default=MISSING, description="A description, and how to do it.")
    if_cue: Text | None | MISSING = Field(default=MISSING, description="The cue.")
    then_action: Text | None | MISSING = Field(default=MISSING, description="The action.")
    schedule: Schedule | None | MISSING = Field(default=MISSING, description="An RRULE; see the create.")
    duration_minutes: Minutes | None | MISSING = Field(default=MISSING, description="One use, in minutes.")
    barriers: Barriers | MISSING = Field(default=MISSING, description="Possible obstacles; at most 10.")
    supports: Supports | MISSING = Field(default=MISSING, description="People and things that help; at most 10.")
    confidence: Score10 | None | MISSING = Field(default=MISSING, description="The confidence, 0-10.")
    importance: Score10 | None | MISSING = Field(default=MISSING, description="The importance, 0-10.")
    library_id: UUID | None | MISSING = Field(default=MISSING, description="The library entry it is made from.")
    rehearsed_at: Instant | None | MISSING = Field(
        default=MISSING, description="When it was last rehearsed; this alone makes no new revision."
    )
