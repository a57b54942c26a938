"""Windows of the integration arc on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from integration_api.access.fields import PatientId
from integration_api.core.ids import Id
from integration_api.core.quarters import Quarter, QuarterName, quarter_of
from integration_api.resources.care.arc_windows.protocol_parts import ArcKind, ArcStep
from integration_api.resources.care.arc_windows.rules import ArcState
from integration_api.web.schemas import Instant, ReadSchema, Resource, example_with

OpensAt = Annotated[datetime, Field(description="When it opens (UTC).", examples=["2026-11-21T03:10:00Z"])]
DueAt = Annotated[datetime, Field(description="When it is best answered (UTC).", examples=["2026-11-21T15:10:00Z"])]
ClosesAt = Annotated[
    datetime, Field(description="When it closes; from then on it is missed (UTC).", examples=["2026-11-22T03:10:00Z"])
]
StateOfWindow = Annotated[
    ArcState,
    Field(
        description="`missed`: it closed without an answer. `cancelled`: its dose does not count any more. "
        "`superseded`: a later dose asks the same again.",
        examples=["open"],
    ),
]


class ArcWindow(Resource):
    """A time in which a patient is asked something after a dose."""

    model_config = example_with({"settled_at": None})

    patient_id: PatientId
    session_id: UUID = Field(
        description="The dosing session that opened it.", examples=["019ab0de-0000-7000-8000-000000000006"]
    )
    kind: ArcKind = Field(
        description="Whether it comes after each dose, or looks for late harm.", examples=["check_in"]
    )
    step: ArcStep = Field(description="The step of the protocol, as it was when the window was opened.")
    protocol_version: int = Field(description="The version of the protocol; 0: the default.", examples=[0])
    dose_at: datetime = Field(
        description="The first dose, from which the times are counted (UTC).", examples=["2026-11-20T15:10:00Z"]
    )
    opens_at: OpensAt
    due_at: DueAt
    closes_at: ClosesAt
    state: StateOfWindow
    settled_at: datetime | None = Field(
        description="When it was answered, cancelled or superseded (UTC).", examples=["2026-11-21T16:00:00Z"]
    )


@dataclass(frozen=True)
class ArcWindowFilter:
    """Which windows a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    session_id: Annotated[Id | None, Query(description="Only of this session.")] = None
    kind: Annotated[ArcKind | None, Query(description="Only of this kind.")] = None
    state: Annotated[ArcState | None, Query(description="Only those that are in this state now.")] = None
    due_after: Annotated[Instant | None, Query(description="Only due at this instant or later.")] = None
    due_before: Annotated[Instant | None, Query(description="Only due before this instant.")] = None


class StepCounts(ReadSchema):
    """The ends of the windows of one step."""

    step_id: str = Field(description="The step of the protocol.", examples=["t24"])
    answered: int = Field(description="Number of windows that were answered.", examples=[31])
    answered_late: int = Field(
        description="Number of those whose answer came after they had closed, as from a phone that was offline.",
        examples=[2],
    )
    missed: int = Field(description="Number of windows that closed without an answer.", examples=[4])


class ArcWindowCounts(ReadSchema):
    """The ends of a clinic's windows that were due in a quarter, by step.

    What waits, was cancelled or superseded is left out. So is a step of fewer people than the minimum.
    """

    quarter: str = Field(description="The quarter, in UTC.", examples=["2026-Q3"])
    told_from: datetime = Field(
        description="Before that (UTC) nothing of the quarter is told: its windows close.",
        examples=["2026-10-31T00:00:00Z"],
    )
    minimum_patients: int = Field(
        description="The people that a step needs: policy `outcomes_minimum_patients`, at least 5.", examples=[5]
    )
    is_whole: bool = Field(description="False if there are too many for one report: then the newest.", examples=[True])
    items: list[StepCounts] = Field(description="The steps of enough people, by their ids.")


@dataclass(frozen=True)
class ArcWindowCountsFilter:
    """The quarter in which the windows of a report were due."""

    quarter: Annotated[
        QuarterName | None,
        Query(description="A whole calendar quarter (UTC); absent: the last that is told.", examples=["2026-Q2"]),
    ] = None

    @property
    def asked(self) -> Quarter | None:
        """Return the quarter that is asked for."""
        return quarter_of(self.quarter)
