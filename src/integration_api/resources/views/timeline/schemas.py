"""The timeline on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from integration_api.resources.care.sessions.schemas import SessionId
from integration_api.resources.views.timeline.rules import TimelineKind
from integration_api.web.schemas import ReadSchema


class TimelineItem(ReadSchema):
    """One thing that happened or is planned. Its text is with the thing itself."""

    id: UUID = Field(description="Identifier of the thing itself.", examples=["019ab0de-0000-7000-8000-000000000009"])
    kind: TimelineKind = Field(description="The kind of thing.", examples=["session"])
    at: datetime = Field(description="When it happened, or is to happen (UTC).", examples=["2026-11-20T15:00:00Z"])
    state: str | None = Field(description="Its state, by the names of its kind.", examples=["completed"])
    session_id: SessionId | None = Field(description="The session it belongs to; for a session its own.")
    detail: str | None = Field(
        description="One word of its kind: a session's phase, a note's format and the like.", examples=["dosing"]
    )


@dataclass(frozen=True)
class TimelineFilter:
    """Which things of a chart are shown; None means any."""

    kind: Annotated[TimelineKind | None, Query(description="Only things of this kind.")] = None
