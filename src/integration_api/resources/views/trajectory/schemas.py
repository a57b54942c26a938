"""Trajectories on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from integration_api.access.fields import ChartId
from integration_api.core.ids import Id
from integration_api.resources.care.adverse_events.kinds import AdverseEventKind, EventSeverity
from integration_api.resources.care.orders.limits import DoseKind, DoseRoute
from integration_api.resources.care.sessions.tables import Phase, SessionState
from integration_api.resources.measures.instruments.definitions import Condition, InstrumentId, ScoreId
from integration_api.resources.measures.instruments.vocabulary import Direction, Verification
from integration_api.resources.views.trajectory.rules import BaselineRule
from integration_api.resources.views.trajectory.statements import MAX_INSTRUMENTS
from integration_api.web.schemas import Instant, ReadSchema, example_with, response_part

_ID = "019ab0de-0000-7000-8000-0000000000"
_DOSED_AT, _BEFORE, _AFTER = "2026-11-20T15:10:00Z", "2026-11-19T18:00:00Z", "2026-11-27T18:00:00Z"
_INSTRUMENT = r"[a-z][a-z0-9_]{1,39}"
InstrumentIds = Annotated[
    str, StringConstraints(pattern=f"^{_INSTRUMENT}(,{_INSTRUMENT}){{0,{MAX_INSTRUMENTS - 1}}}$", max_length=800)
]
BaselineRuleIs = Annotated[
    BaselineRule, Field(description="The rule by which it was chosen.", examples=["before_course"])
]
Supported = Annotated[Verification, Field(description="The support of it.", examples=["verified"])]
SourceName = Annotated[str | None, Field(description="Whence it is; a name of `GET /instruments/{instrument_id}`.")]
MIN_WIDTH_PX, DEFAULT_WIDTH_PX, MAX_WIDTH_PX = 320, 800, 1600


@response_part
class TrajectoryCut(TypedDict):
    """The parts of which there are more than it shows: it shows 2,000 points, and 500 of each other part."""

    points: Annotated[bool, Field(description="Whether there are older points.", examples=[False])]
    doses: Annotated[bool, Field(description="Whether there are older doses.", examples=[False])]
    sessions: Annotated[bool, Field(description="Whether there are earlier sessions.", examples=[False])]
    adverse_events: Annotated[bool, Field(description="Whether there are older adverse events.", examples=[False])]


@response_part
class TrajectoryPoint(TypedDict):
    """One score."""

    response_id: Annotated[UUID, Field(description="The answers.", examples=[f"{_ID}51"])]
    at: Annotated[datetime, Field(description="When they were given (UTC).", examples=[_AFTER])]
    value: Annotated[
        float, Field(description="The score; of a lower bound, the lowest that it could be.", examples=[8])
    ]
    band: Annotated[str | None, Field(description="The band that it lies in.", examples=["mild"])]
    ceiling: Annotated[float | None, Field(description="Of a lower bound: the highest that the score could be.")]
    max_possible: Annotated[int | None, Field(description="The highest score of those answers.", examples=[27])]
    is_off_window: Annotated[
        bool, Field(description="Whether it was asked again sooner than its recall time.", examples=[False])
    ]


@response_part
class TrajectoryBaseline(TypedDict):
    """The score that later ones are compared with."""

    response_id: Annotated[UUID, Field(description="Its answers.", examples=[f"{_ID}50"])]
    at: Annotated[datetime, Field(description="When those were given (UTC).", examples=[_BEFORE])]
    value: Annotated[float, Field(description="The score then.", examples=[17])]
    rule: BaselineRuleIs
    dose_id: Annotated[UUID | None, Field(description="The dose before which it was looked for.")]


@response_part
class TrajectoryBand(TypedDict):
    """A range of the score with its name, both ends included."""

    label: Annotated[str, Field(description="The name of the band.", examples=["mild"])]
    min: Annotated[int, Field(description="The lowest score of the band.", examples=[5])]
    max: Annotated[int, Field(description="The highest score of the band.", examples=[9])]
    source: SourceName
    status: Supported


@response_part
class TrajectoryCutoff(TypedDict):
    """A value at which the score says something."""

    when: Annotated[Condition, Field(description="When the cut-off is met.")]
    meaning: Annotated[str, Field(description="The meaning of that.", examples=["screen positive"])]
    is_met: Annotated[bool | None, Field(description="Whether the latest score meets it; null if that is open.")]
    source: SourceName
    status: Supported


@response_part
class TrajectoryChange(TypedDict):
    """A rule of change for the latest score against the baseline."""

    id: Annotated[
        str, Field(description="The rule: response, remission, reliable change and the like.", examples=["response"])
    ]
    is_met: Annotated[bool | None, Field(description="Whether it is met; null if that cannot be told.")]
    is_default: Annotated[bool, Field(description="Whether it is the one of several for remission to show.")]
    note: Annotated[str | None, Field(description="A limit of the rule.")]
    source: SourceName
    status: Supported


@response_part
class TrajectoryComparison(TypedDict):
    """The latest score against the baseline."""

    response_id: Annotated[UUID, Field(description="The answers that are compared.", examples=[f"{_ID}51"])]
    change: Annotated[float, Field(description="Its value minus that of the baseline.", examples=[-9])]
    is_improved: Annotated[bool | None, Field(description="Whether it is better; null if that cannot be told.")]
    rules: Annotated[list[TrajectoryChange], Field(description="Its rules, in the order of the definition.")]


@response_part
class TrajectorySeries(TypedDict):
    """One score of one instrument over time."""

    instrument_id: Annotated[str, Field(description="The instrument.", examples=["phq9"])]
    score_id: Annotated[str, Field(description="The score of it.", examples=["total"])]
    name: Annotated[str, Field(description="The instrument's name.", examples=["Patient Health Questionnaire 9"])]
    direction: Annotated[Direction, Field(description="Whether more is better.", examples=["higher_is_worse"])]
    min: Annotated[int | None, Field(description="The lowest score that can be.", examples=[0])]
    max: Annotated[int | None, Field(description="The highest score that can be.", examples=[27])]
    points: Annotated[list[TrajectoryPoint], Field(description="The scores, the earliest first.")]
    bands: Annotated[list[TrajectoryBand], Field(description="Its bands, by the newest definition.")]
    cutoffs: Annotated[list[TrajectoryCutoff], Field(description="Its cut-offs, by the newest definition.")]
    baseline: Annotated[TrajectoryBaseline | None, Field(description="Its baseline; null if no rule finds one.")]
    comparison: Annotated[
        TrajectoryComparison | None, Field(description="Null without a baseline, or without a later score.")
    ]


@response_part
class TrajectoryDose(TypedDict):
    """A dose that stands."""

    id: Annotated[UUID, Field(description="The dose.", examples=[f"{_ID}18"])]
    session_id: Annotated[UUID, Field(description="The session of the dose.", examples=[f"{_ID}06"])]
    given_at: Annotated[datetime, Field(description="When it was given (UTC).", examples=[_DOSED_AT])]
    route: Annotated[DoseRoute, Field(description="The route of the dose.", examples=["im"])]
    kind: Annotated[DoseKind, Field(description="The part of the dose in its session.", examples=["initial"])]
    amount_mg: Annotated[float, Field(description="The amount in mg.", examples=[60])]


@response_part
class TrajectorySession(TypedDict):
    """A session."""

    id: Annotated[UUID, Field(description="The session.", examples=[f"{_ID}06"])]
    phase: Annotated[Phase, Field(description="The purpose of the session.", examples=["dosing"])]
    state: Annotated[SessionState, Field(description="The state of the session.", examples=["completed"])]
    planned_start_at: Annotated[datetime, Field(description="When it is to begin (UTC).", examples=[_DOSED_AT])]
    started_at: Annotated[datetime | None, Field(description="When it began (UTC).", examples=[_DOSED_AT])]


@response_part
class TrajectoryEvent(TypedDict):
    """An adverse event that stands."""

    id: Annotated[UUID, Field(description="The adverse event.", examples=[f"{_ID}34"])]
    session_id: Annotated[UUID, Field(description="The session of the adverse event.", examples=[f"{_ID}06"])]
    kind: Annotated[AdverseEventKind, Field(description="The kind of adverse event.", examples=["nausea"])]
    severity: Annotated[EventSeverity, Field(description="The severity.", examples=["mild"])]
    onset_at: Annotated[datetime, Field(description="Its onset (UTC).", examples=["2026-11-20T16:00:00Z"])]
    ended_at: Annotated[datetime | None, Field(description="When it was over (UTC).")]


class Trajectory(ReadSchema):
    """The scores of a chart over time, and what happened meanwhile."""

    model_config = example_with({"begins_at": None})

    patient_id: ChartId
    series: list[TrajectorySeries] = Field(description="By instrument and score, in the order of the instruments.")
    doses: list[TrajectoryDose] = Field(description="The doses in that time, the earliest first.")
    sessions: list[TrajectorySession] = Field(description="The sessions in that time, the earliest first.")
    adverse_events: list[TrajectoryEvent] = Field(description="The adverse events of that time, the earliest first.")
    cut: TrajectoryCut = Field(description="The parts of which there are more.")
    begins_at: datetime | None = Field(
        description="From when on it shows everything: `from`, or its earliest point if points were cut (UTC)."
    )


_From = Annotated[Instant | None, Query(alias="from", description="Only from this instant on.")]
_To = Annotated[Instant | None, Query(alias="to", description="Only before this instant.")]
_BaselineAt = Annotated[Instant | None, Query(description="The baseline is the last score until this instant.")]
_BaselineResponse = Annotated[
    Id | None, Query(description="These answers are the baseline of their instrument; not with `baseline_at`.")
]


@dataclass(frozen=True)
class TrajectoryFilter:
    """The scores and the time that a trajectory shows; None means any."""

    instrument_id: Annotated[
        InstrumentIds | None, Query(description=f"Only these instruments, at most {MAX_INSTRUMENTS}, commas between.")
    ] = None
    happened_from: _From = None
    happened_to: _To = None
    baseline_at: _BaselineAt = None
    baseline_response_id: _BaselineResponse = None


@dataclass(frozen=True)
class DrawnFilter:
    """The score and the time that a drawing shows, and its size."""

    instrument_id: Annotated[InstrumentId, Query(description="The instrument.", examples=["phq9"])]
    score_id: Annotated[ScoreId | None, Query(description="The score; absent: its total, or its main one.")] = None
    happened_from: _From = None
    happened_to: _To = None
    baseline_at: _BaselineAt = None
    baseline_response_id: _BaselineResponse = None
    width: Annotated[
        int, Query(ge=MIN_WIDTH_PX, le=MAX_WIDTH_PX, description="Its width in CSS pixels; text keeps its size.")
    ] = DEFAULT_WIDTH_PX
