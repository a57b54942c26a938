"""The next steps of a patient on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from integration_api.resources.care.arc_windows.protocol_parts import ArcPrompt, ItemNames, StepId
from integration_api.resources.care.arc_windows.schemas import ClosesAt, DueAt, OpensAt, StateOfWindow
from integration_api.web.schemas import ReadSchema

WindowNamed = Annotated[
    UUID, Field(description="The window, to name when answering.", examples=["019ab0de-0000-7000-8000-000000000052"])
]


class NextMeasure(ReadSchema):
    """An instrument that a window asks for."""

    instrument_id: str = Field(description="The instrument.", examples=["phq9"])
    is_answered: bool = Field(
        description="Whether answers to it were completed since the window opened.", examples=[False]
    )


class NextNow(ReadSchema):
    """A window that is open now, with all that it asks."""

    arc_window_id: WindowNamed
    step_id: StepId
    is_answered: bool = Field(
        description="Whether its check-in was given; some of its measures may still be open.", examples=[False]
    )
    due_at: DueAt
    closes_at: ClosesAt
    prompts: list[ArcPrompt] = Field(description="Invitations to write. What is written is a reflection.")
    items: ItemNames
    measures: list[NextMeasure] = Field(description="The instruments to answer.")


class NextSoon(ReadSchema):
    """A window that opens later."""

    arc_window_id: WindowNamed
    step_id: StepId
    opens_at: OpensAt
    due_at: DueAt


class NextOver(ReadSchema):
    """A window that was answered, or is missed."""

    arc_window_id: WindowNamed
    step_id: StepId
    due_at: DueAt
    state: StateOfWindow
    closed_at: datetime = Field(description="When it was answered, or closed (UTC).", examples=["2026-11-21T16:00:00Z"])


class NextReminder(ReadSchema):
    """A time at which a phone says something, without a word of what it is about."""

    remind_at: datetime = Field(description="When (UTC).", examples=["2026-11-21T15:10:00Z"])
    what: Literal["check_in"] = Field(description="Always this word.", examples=["check_in"])


class NextSteps(ReadSchema):
    """The questions to a patient after a dose, by time."""

    now: list[NextNow] = Field(description="Windows that are open now, the next due first.")
    soon: list[NextSoon] = Field(description="Windows that open later, the next first.")
    over: list[NextOver] = Field(
        description="Windows that were answered or missed last, by `due_at`, the latest first."
    )
    reminders: list[NextReminder] = Field(description="When to remind, as long as nothing is answered.")
