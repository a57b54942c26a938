"""Threads on the wire."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import Field
from typing_extensions import TypedDict

from integration_api.resources.care.orders.limits import DoseRoute
from integration_api.resources.care.sessions.schemas import SessionId
from integration_api.resources.journal.practices.effect_schemas import DistressChange
from integration_api.web.paging import Cursor, Limit, Window
from integration_api.web.schemas import ReadSchema, response_part

MAX_THREADS = 10
_STRATEGY_ID, _AT = "019ab0de-0000-7000-8000-000000000011", "2026-11-20T15:10:00Z"


class IntentionSource(StrEnum):
    """The thing whose intention a dosing session had: its own, or that of its course."""

    SESSION = "session"
    COURSE = "course"


@response_part
class ThreadDose(TypedDict):
    """A dose that stands."""

    id: Annotated[UUID, Field(description="The dose.", examples=["019ab0de-0000-7000-8000-000000000018"])]
    given_at: Annotated[datetime, Field(description="When the dose was given (UTC).", examples=[_AT])]
    route: Annotated[DoseRoute, Field(description="The route of the dose.", examples=["im"])]


@response_part
class ThreadStrategy(TypedDict):
    """A strategy that serves an insight or a goal, with what its practices tell."""

    id: Annotated[UUID, Field(description="The strategy of its present plan.", examples=[_STRATEGY_ID])]
    plan_id: Annotated[
        UUID, Field(description="The plan of the strategy.", examples=["019ab0de-0000-7000-8000-000000000010"])
    ]
    title: Annotated[str, Field(description="The strategy's title.", examples=["Longer out than in"])]
    uses: Annotated[int, Field(description="Uses that count, in all versions of its plan.", examples=[7])]
    change: Annotated[DistressChange, Field(description="The change of distress over its rated uses.")]


@response_part
class ThreadGoal(TypedDict):
    """A goal that comes from an insight."""

    id: Annotated[UUID, Field(description="The goal itself.", examples=["019ab0de-0000-7000-8000-000000000016"])]
    title: Annotated[str, Field(description="The goal's title.", examples=["Out of the flat again"])]
    baseline_level: Annotated[int, Field(description="The goal's level at the start.", examples=[-1])]
    level: Annotated[int | None, Field(description="Its last rating by either side; null if none.", examples=[1])]
    strategies: Annotated[list[ThreadStrategy], Field(description="The strategies that serve the goal.")]


@response_part
class ThreadInsight(TypedDict):
    """An insight, and what was made of it."""

    id: Annotated[UUID, Field(description="The insight itself.", examples=["019ab0de-0000-7000-8000-000000000014"])]
    text: Annotated[str, Field(description="The insight in the patient's words.", examples=["Stillness is allowed."])]
    goals: Annotated[list[ThreadGoal], Field(description="Goals that come from it.")]
    strategies: Annotated[list[ThreadStrategy], Field(description="Strategies that point to it, or whose plan does.")]


@response_part
class ThreadReflection(TypedDict):
    """A reflection after the doses, which answers the intention before them."""

    id: Annotated[UUID, Field(description="The reflection.", examples=["019ab0de-0000-7000-8000-000000000009"])]
    at: Annotated[datetime, Field(description="When it was written (UTC).", examples=["2026-11-20T21:10:00Z"])]
    insights: Annotated[
        list[ThreadInsight], Field(description="Its insights; for staff none, until somebody of the team has read it.")
    ]


class Thread(ReadSchema):
    """One dosing session, and what it led to."""

    session_id: SessionId
    at: datetime = Field(
        description="When the first of its doses was given (UTC), which orders threads and their reflections.",
        examples=[_AT],
    )
    intention: str | None = Field(
        description="The intention before it; that of the course if the session has none.", examples=["To rest."]
    )
    intention_of: IntentionSource | None = Field(description="Whose intention it is.", examples=["session"])
    doses: list[ThreadDose] = Field(description="Its doses that stand, the first first.")
    reflections: list[ThreadReflection] = Field(
        description="Reflections about it, or after its first dose, before the next session's, and about no other."
    )
    is_whole: bool = Field(
        description="False: there may be more than the newest 200 things of a kind; ask with a smaller `limit`.",
        examples=[True],
    )


def _window(limit: Limit = MAX_THREADS, cursor: Cursor = None) -> Window:
    return Window(min(limit, MAX_THREADS), cursor)


ThreadPageQuery = Annotated[Window, Depends(_window)]
"""`limit` and `cursor` of a list of threads, which shows at most ten at once."""
