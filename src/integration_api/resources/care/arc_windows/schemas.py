"""Windows of the integration arc on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from integration_api.access.fields import PatientId
from integration_api.core.ids import Id
from integration_api.resources.care.arc_windows.protocol_parts import ArcKind, ArcStep
from integration_api.resources.care.arc_windows.rules import ArcState
from integration_api.web.schemas import Instant, Resource, example_with

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
