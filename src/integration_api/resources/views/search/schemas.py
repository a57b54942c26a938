"""Search on the wire."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import Field, StringConstraints

from integration_api.resources.care.sessions.schemas import SessionId
from integration_api.resources.journal.notes.disagreement_schemas import NoteDisagreement
from integration_api.web.paging import MAX_LIMIT, Cursor, Limit, Window
from integration_api.web.schemas import VISIBLE, Instant, ReadSchema, Schema, example


class FoundKind(StrEnum):
    """The kind of a thing that search looks through. Each kind has one arm in `statements.py`."""

    SESSION = "session"
    NOTE = "note"
    ADDENDUM = "addendum"
    REFLECTION = "reflection"
    REPLY = "reply"
    PLAN = "plan"
    STRATEGY = "strategy"
    PRACTICE = "practice"
    GOAL = "goal"
    ADVERSE_EVENT = "adverse_event"
    MEDICINE = "medicine"
    SAFETY_PLAN = "safety_plan"
    SHARED_SUMMARY = "shared_summary"


class ChartSearch(Schema):
    """The words to look for. In a body, so that no word about a patient is ever part of an address."""

    model_config = example({"words": "lake quiet"})

    words: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200), VISIBLE] = Field(
        description="A thing is found if its texts have all of them, also as parts of longer words. Case and accents "
        "do not matter."
    )
    kinds: Annotated[list[FoundKind], Field(min_length=1, max_length=len(FoundKind))] | None = Field(
        default=None, description="Only these kinds; absent means all."
    )


class Found(ReadSchema):
    """A thing that has the words."""

    id: UUID = Field(description="Identifier of the thing itself.", examples=["019ab0de-0000-7000-8000-000000000009"])
    kind: FoundKind = Field(description="The kind of thing.", examples=["note"])
    at: Instant = Field(description="When it happened, or was written (UTC).", examples=["2026-11-20T15:00:00Z"])
    state: str | None = Field(description="Its state, by the names of its kind.", examples=["signed"])
    session_id: SessionId | None = Field(description="The session it belongs to; for a session its own.")
    of_id: UUID | None = Field(
        description="The note of an addendum, the reflection of a reply, the plan of a strategy or practice.",
        examples=["019ab0de-0000-7000-8000-000000000013"],
    )
    disagreements: list[NoteDisagreement] = Field(
        description="The patient's statements of disagreement with a note; empty for other kinds.", examples=[[]]
    )
    passage: str = Field(
        description="The text around the first of the words; at most 162 characters.",
        examples=["The lake was completely still."],
    )


@dataclass(frozen=True)
class LookedThrough:
    """For each kind, in the order of `FoundKind`, whether it is looked through."""

    shows_session: bool
    shows_note: bool
    shows_addendum: bool
    shows_reflection: bool
    shows_reply: bool
    shows_plan: bool
    shows_strategy: bool
    shows_practice: bool
    shows_goal: bool
    shows_adverse_event: bool
    shows_medicine: bool
    shows_safety_plan: bool
    shows_shared_summary: bool


def _window(limit: Limit = MAX_LIMIT, cursor: Cursor = None) -> Window:
    return Window(limit, cursor)


SearchPageQuery = Annotated[Window, Depends(_window)]
"""`limit`, the number of things that one answer looks through, and `cursor`."""
