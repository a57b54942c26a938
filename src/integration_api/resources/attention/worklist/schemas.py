"""The worklist on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from integration_api.access.fields import ChartId
from integration_api.resources.attention.worklist.tables import TaskKind, Urgency
from integration_api.web.schemas import ReadSchema


class Task(ReadSchema):
    """One thing that waits for you."""

    id: UUID = Field(description="Identifier of the task.", examples=["019ab0de-0000-7000-8000-000000000006"])
    kind: TaskKind = Field(description="The thing that waits.", examples=["reflection_to_review"])
    urgency: Urgency = Field(description="The urgency; the list has the most urgent first.", examples=["routine"])
    patient_id: ChartId
    patient_name: str | None = Field(
        description="The preferred name, else the full one; null if you may not see the chart.", examples=["Ro"]
    )
    title: str | None = Field(
        description="The plan's title, or a note's first words; null for a reflection, which this does not read.",
        examples=["The back step"],
    )
    detail: str | None = Field(
        description="One word: a note's format, a reflection's kind, a plan's state.", examples=["fragment"]
    )
    subject_id: UUID = Field(
        description="The reflection, note, plan or call for help.", examples=["019ab0de-0000-7000-8000-000000000007"]
    )
    opened_at: datetime = Field(description="Since when it waits (UTC).", examples=["2026-11-20T21:14:00Z"])
    due_at: datetime = Field(
        description="When it is due by the clinic's policy (UTC).", examples=["2026-11-23T21:14:00Z"]
    )


class Worklist(ReadSchema):
    """The tasks that wait for you: the most urgent first, then the one that is due next."""

    items: list[Task] = Field(description="The tasks of this page.")
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last one.")
    waiting: int = Field(description="Number of tasks in all; 100 means 100 or more.", examples=[1])
