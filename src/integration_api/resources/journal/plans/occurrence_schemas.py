"""Occurrences on the wire."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Query
from pydantic import Field

from integration_api.resources.journal.plans.strategy_schemas import PlanDay, StrategyId
from integration_api.web.schemas import ReadSchema

_DAY = "2026-11-30"


class Occurrence(ReadSchema):
    """One time that a strategy is due by its schedule."""

    strategy_id: StrategyId
    on: date = Field(description="The day by the patient's calendar.", examples=[_DAY])
    at: datetime | None = Field(
        description="The instant (UTC); null if the schedule has no BYHOUR.", examples=["2026-12-01T01:30:00Z"]
    )


class Occurrences(ReadSchema):
    """Occurrences in the order in which they come."""

    items: list[Occurrence] = Field(description="The occurrences.")
    time_zone: str = Field(description="The patient's time zone.", examples=["America/New_York"])
    through: date = Field(
        description="The list is whole up to this day; if it is before `to`, ask on from the next.", examples=[_DAY]
    )


@dataclass(frozen=True)
class Days:
    """The days that are asked for, by the patient's calendar."""

    first: Annotated[PlanDay, Query(alias="from", description="The first day, in the patient's time zone.")]
    last: Annotated[PlanDay, Query(alias="to", description="The last day; at most 62 in all.")]
