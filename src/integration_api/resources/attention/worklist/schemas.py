"""The worklist on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.web.schemas import Schema, example

_TASK = {
    "id": "019ab0de-0000-7000-8000-000000000006",
    "kind": "reflection_to_review",
    "patient_id": "019ab0de-0000-7000-8000-000000000004",
    "subject_id": "019ab0de-0000-7000-8000-000000000007",
    "opened_at": "2026-11-20T21:14:00Z",
    "due_at": "2026-11-23T21:14:00Z",
}


class Task(Schema):
    """One thing that waits for you."""

    model_config = example(_TASK)

    id: UUID = Field(description="Identifier of the task.")
    kind: TaskKind = Field(description="What waits.")
    patient_id: UUID = Field(description="Whose chart it is in.")
    subject_id: UUID = Field(description="The reflection, note or plan.")
    opened_at: datetime = Field(description="Since when it waits.")
    due_at: datetime = Field(description="When it closes, by the clinic's policy.")


class Worklist(Schema):
    """What waits for you, what closes first first."""

    model_config = example({"items": [_TASK], "next_cursor": None, "waiting": 1})

    items: list[Task] = Field(description="This page.")
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last one.")
    waiting: int = Field(description="How many wait in all; 100 means 100 or more.")
