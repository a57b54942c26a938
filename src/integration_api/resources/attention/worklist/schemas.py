"""The worklist on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from integration_api.access.fields import ChartId
from integration_api.core.ids import Id
from integration_api.resources.attention.worklist.tables import TaskKind, Urgency
from integration_api.web.schemas import ReadSchema


class Task(ReadSchema):
    """One thing that waits for you."""

    id: UUID = Field(description="Identifier of the task.", examples=["019ab0de-0000-7000-8000-000000000006"])
    kind: TaskKind = Field(description="The thing that waits.", examples=["reflection_to_review"])
    urgency: Urgency = Field(description="The urgency; the list has the most urgent first.", examples=["routine"])
    patient_id: ChartId
    subject_id: UUID = Field(
        description="The reflection, note, plan or call for help.", examples=["019ab0de-0000-7000-8000-000000000007"]
    )
    opened_at: datetime = Field(description="Since when it waits (UTC).", examples=["2026-11-20T21:14:00Z"])
    due_at: datetime = Field(
        description="When it is due by the clinic's policy (UTC).", examples=["2026-11-23T21:14:00Z"]
    )


@dataclass(frozen=True)
class WorklistFilter:
    """Whose tasks a list shows."""

    account_id: Annotated[Id | None, Query(description="Of this account, open as it leaves; admins only.")] = None


class Worklist(ReadSchema):
    """The tasks that wait for you: the most urgent first, then the one that is due next."""

    items: list[Task] = Field(description="The tasks of this page.")
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last one.")
    waiting: int = Field(description="Number of tasks in all; 100 means 100 or more.", examples=[1])
