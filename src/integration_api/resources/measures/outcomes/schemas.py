"""Outcomes on the wire. Each number is over at least the minimum of people, or null."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from fastapi import Query
from pydantic import Field
from typing_extensions import TypedDict

from integration_api.core.quarters import Quarter, QuarterName, quarter_of
from integration_api.resources.measures.instruments.vocabulary import Direction
from integration_api.resources.measures.outcomes.rules import Arc
from integration_api.web.schemas import ReadSchema, response_part


class OutcomeState(StrEnum):
    """Whether numbers are told.

    `open`: answers may still come. `too_few`: fewer people than the minimum, or none.
    """

    OPEN = "open"
    TOO_FEW = "too_few"
    TOLD = "told"


@response_part
class OutcomeChange(TypedDict):
    """The mean change from the baseline, with its 95 % interval (Student's t)."""

    mean: Annotated[float, Field(description="Mean of the score then minus the baseline.", examples=[-6.4])]
    low: Annotated[float | None, Field(description="Lower end of the interval.", examples=[-8.9])]
    high: Annotated[float | None, Field(description="Upper end of the interval.", examples=[-3.9])]


@response_part
class OutcomeRate(TypedDict):
    """The part of people who meet a rule of change."""

    rule: Annotated[str, Field(description="The rule of the instrument.", examples=["response"])]
    of: Annotated[int, Field(description="The people of whom it can be told.", examples=[24])]
    percent: Annotated[float, Field(description="Those who meet it, in percent.", examples=[54.2])]


@response_part
class OutcomePoint(TypedDict):
    """One instrument at one time after the first dose."""

    at: Annotated[Arc, Field(description="The time after the first dose.", examples=["w1"])]
    after_hours: Annotated[int, Field(description="The same in hours.", examples=[168])]
    tolerance_hours: Annotated[
        int, Field(description="So far from it an answer counts; the nearest does.", examples=[48])
    ]
    closes_at: Annotated[
        datetime,
        Field(description="From then on its numbers are told, and stay (UTC).", examples=["2026-07-17T00:00:00Z"]),
    ]
    state: Annotated[OutcomeState, Field(description="Whether its numbers are told.", examples=["told"])]
    n: Annotated[
        int | None,
        Field(description="The people with a score; null if they, or those without, are too few.", examples=[24]),
    ]
    missing: Annotated[int | None, Field(description="The people with a baseline and no score.", examples=[6])]
    change: Annotated[OutcomeChange | None, Field(description="The change of their scores.")]
    response: Annotated[
        OutcomeRate | None, Field(description="Null without a rule, or if too few meet it or too few do not.")
    ]
    remission: Annotated[
        OutcomeRate | None, Field(description="The same; also null if the other rate would tell of too few.")
    ]


@response_part
class InstrumentOutcome(TypedDict):
    """One instrument: the main score of it."""

    instrument_id: Annotated[str, Field(description="The instrument.", examples=["phq9"])]
    score_id: Annotated[str, Field(description="The score of it.", examples=["total"])]
    direction: Annotated[Direction, Field(description="Whether more is better.", examples=["higher_is_worse"])]
    with_baseline: Annotated[
        int | None, Field(description="The people with a baseline; null if too few or open.", examples=[30])
    ]
    points: Annotated[list[OutcomePoint], Field(description="By time after the first dose.")]


class Outcomes(ReadSchema):
    """Outcomes of the people whose first dosing session of a quarter was in it, each of them once."""

    quarter: str = Field(description="The calendar quarter.", examples=["2026-Q2"])
    starts_at: datetime = Field(description="The beginning of the quarter (UTC).", examples=["2026-04-01T00:00:00Z"])
    ends_at: datetime = Field(description="The beginning of the next one (UTC).", examples=["2026-07-01T00:00:00Z"])
    minimum_patients: int = Field(
        description="The people that a number needs: policy `outcomes_minimum_patients`, at least 5.", examples=[5]
    )
    baseline_days: int = Field(
        description="A baseline is the last score before the first dose, at most so many days before.", examples=[28]
    )
    is_whole: bool = Field(
        description="False: it leaves out whoever came last in the quarter, since there are more than 50,000 scores.",
        examples=[True],
    )
    instruments: list[InstrumentOutcome] = Field(
        description="Every instrument that has a number, the clinic's own last."
    )


@dataclass(frozen=True)
class OutcomeFilter:
    """The quarter that outcomes are of."""

    quarter: Annotated[
        QuarterName | None,
        Query(description="A whole calendar quarter (UTC); absent: the last that is over.", examples=["2026-Q2"]),
    ] = None

    @property
    def asked(self) -> Quarter | None:
        """Return the quarter that is asked for."""
        return quarter_of(self.quarter)
