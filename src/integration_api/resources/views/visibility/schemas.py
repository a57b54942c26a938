"""Visibility on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from integration_api.access.actor import Role
from integration_api.access.viewers import SeenBy
from integration_api.resources.care.sessions.schemas import Session
from integration_api.resources.journal.goals.schemas import Goal
from integration_api.resources.journal.notes.schemas import Note
from integration_api.resources.journal.plans.schemas import Plan
from integration_api.resources.journal.practices.schemas import Practice
from integration_api.resources.journal.reflections.schemas import Reflection
from integration_api.resources.views.visibility.rules import Basis, PreviewRole
from integration_api.web.schemas import ReadSchema


@dataclass(frozen=True)
class Preview:
    """The role as whose viewer the thing is shown."""

    preview_as: Annotated[
        PreviewRole | None,
        Query(description="Show the thing as somebody of this role is shown it, if anybody of that role sees it."),
    ] = None


class Viewer(ReadSchema):
    """An account that can see the thing now."""

    account_id: UUID = Field(description="The account.", examples=["019ab0de-0000-7000-8000-000000000002"])
    is_you: bool = Field(description="Whether it is your own account.", examples=[False])
    name: str | None = Field(description="Their name; null for the patient.", examples=["Imani Vale"])
    roles: list[Role] = Field(description="The roles of the account.", examples=[["therapist"]])
    basis: Basis = Field(
        description="Why they may see the chart: it is their `own`, they are on the `team`, or they opened it in an "
        "`emergency`.",
        examples=["team"],
    )
    ends_at: datetime | None = Field(
        description="When that ends by itself (UTC); null if no end is planned.", examples=["2026-12-01T09:00:00Z"]
    )
    rules: list[SeenBy] = Field(
        description="Why they see this thing in it. Each rule that holds is named.", examples=[["finished"]]
    )
    explanation: str = Field(
        description="The same in plain sentences.",
        examples=["They are on the care team. It is finished, so they read it."],
    )


class Visibility(ReadSchema):
    """Everybody who can see one thing now. Each list, search, timeline and feed asks by the same rules."""

    viewers: list[Viewer] = Field(description="At most 200 accounts: the patient first, and you in any case.")
    previewed_for: UUID | None = Field(
        description="The account as which the thing is shown; null without `preview_as`, and if nobody of that role "
        "sees it.",
        examples=[None],
    )


class SessionVisibility(Visibility):
    """Everybody who can see one session now."""

    preview: Session | None = Field(description="The session as that account reads it.", examples=[None])


class NoteVisibility(Visibility):
    """Everybody who can see one note now."""

    preview: Note | None = Field(description="The note as that account reads it.", examples=[None])


class ReflectionVisibility(Visibility):
    """Everybody who can see one reflection now."""

    preview: Reflection | None = Field(
        description="The reflection as that account reads it. Showing it to you is your reading, not theirs.",
        examples=[None],
    )


class PlanVisibility(Visibility):
    """Everybody who can see one plan now."""

    preview: Plan | None = Field(description="The plan as that account reads it.", examples=[None])


class PracticeVisibility(Visibility):
    """Everybody who can see one practice now."""

    preview: Practice | None = Field(description="The practice as that account reads it.", examples=[None])


class GoalVisibility(Visibility):
    """Everybody who can see one goal now."""

    preview: Goal | None = Field(description="The goal as that account reads it.", examples=[None])
