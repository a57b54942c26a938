"""The timeline on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field, StringConstraints

from integration_api.resources.care.sessions.schemas import SessionId
from integration_api.resources.views.timeline.rules import TimelineKind
from integration_api.web.schemas import Instant, ReadSchema

_KIND = "|".join(TimelineKind)
KINDS = f"^({_KIND})(,({_KIND}))*$"
Kinds = Annotated[str, StringConstraints(pattern=KINDS, max_length=200)]


class TimelineItem(ReadSchema):
    """One thing that happened or is planned. Its whole text is with the thing itself."""

    id: UUID = Field(description="Identifier of the thing itself.", examples=["019ab0de-0000-7000-8000-000000000009"])
    kind: TimelineKind = Field(description="The kind of thing.", examples=["session"])
    at: datetime = Field(description="When it happened, or is to happen (UTC).", examples=["2026-11-20T15:00:00Z"])
    state: str | None = Field(description="Its state, by the names of its kind.", examples=["completed"])
    session_id: SessionId | None = Field(description="The session it belongs to; for a session its own.")
    detail: str | None = Field(
        description="One word of its kind: a session's phase, a note's format and the like.", examples=["dosing"]
    )
    is_disputed: bool = Field(
        description="Whether the patient has stated a disagreement with the note; its text is with the note.",
        examples=[False],
    )
    title: str | None = Field(
        description="The title of a plan, a goal, a summary or a practised strategy, or the first words; at most 80 "
        "characters. For staff, null if nobody of the team has read the reflection.",
        examples=[None],
    )


@dataclass(frozen=True)
class TimelineFilter:
    """Which things of a chart are shown; None means any."""

    kind: Annotated[Kinds | None, Query(description="Only of these kinds, with commas between.")] = None
    happened_from: Annotated[Instant | None, Query(alias="from", description="Only from this instant on.")] = None
    happened_to: Annotated[Instant | None, Query(alias="to", description="Only before this instant.")] = None

    @property
    def kinds(self) -> frozenset[TimelineKind]:
        """Return the kinds that are asked for."""
        return frozenset(map(TimelineKind, self.kind.split(",") if self.kind else TimelineKind))


@dataclass(frozen=True)
class Shown:
    """For each kind, in the order of `TimelineKind`, whether it is shown."""

    shows_session: bool
    shows_note: bool
    shows_reflection: bool
    shows_plan: bool
    shows_practice: bool
    shows_goal: bool
    shows_shared_summary: bool
