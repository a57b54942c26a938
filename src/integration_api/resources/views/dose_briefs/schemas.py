"""The dose brief on the wire. No field of it takes text: ids, instants, numbers and words of lists alone."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.access.fields import PatientId
from integration_api.resources.care.adverse_events.kinds import (
    AdverseEventKind,
    EventOutcome,
    EventSeverity,
    Relatedness,
)
from integration_api.resources.care.assessments.rules import AssessmentReason
from integration_api.resources.care.assessments.schemas import Decision
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.orders.limits import DoseKind, DoseRoute
from integration_api.resources.care.sessions.schemas import SessionId
from integration_api.resources.care.sessions.tables import SessionState
from integration_api.resources.measures.instruments.definitions import InstrumentId, ScoreId
from integration_api.resources.views.dose_briefs.rules import BriefRule, FindingSeverity
from integration_api.web.schemas import ReadSchema, example_with, response_part

_PARTS = ("open_holds", "doses", "vitals", "adverse_events", "scores")

ItsId = Annotated[UUID, Field(description="Its id.")]


@response_part
class BriefHold(TypedDict):
    """A hold that stops a dose."""

    id: Annotated[UUID, Field(description="Its id; of one that no dose opened yet, that of its flag or other hold.")]
    rule: Annotated[BriefRule, Field(description="The rule that opened it.")]
    opened_at: Annotated[datetime, Field(description="When it opened, or its cause came (UTC).")]


@response_part
class BriefDose(TypedDict):
    """A dose that stands."""

    id: ItsId
    given_at: Annotated[datetime, Field(description="When it was given, or began (UTC).")]
    route: Annotated[DoseRoute, Field(description="The route.")]
    kind: Annotated[DoseKind, Field(description="Its part in the session.")]
    amount_mg: Annotated[float, Field(description="The amount in mg.")]
    mg_per_kg: Annotated[float | None, Field(description="Derived; null if no weight was given.")]
    infusion_minutes: Annotated[int | None, Field(description="`iv_infusion`: its minutes.")]
    devices: Annotated[int | None, Field(description="`intranasal_esketamine`: devices of 28 mg.")]
    given_while_held: Annotated[bool, Field(description="Whether it was given in spite of open holds.")]


@response_part
class BriefReading(TypedDict):
    """One reading."""

    id: ItsId
    taken_at: Annotated[datetime, Field(description="When it was taken (UTC).")]
    minutes_from_dose: Annotated[int | None, Field(description="Minutes since the first dose; negative before.")]
    value: Annotated[float, Field(description="The value; the systolic one.")]
    diastolic: Annotated[float | None, Field(description="`blood_pressure`: the diastolic value.")]


@response_part
class BriefFinding(TypedDict):
    """A finding about any reading of the field."""

    rule: Annotated[BriefRule, Field(description="The rule.")]
    severity: Annotated[FindingSeverity, Field(description="Its severity.")]


@response_part
class BriefVital(TypedDict):
    """The readings of one field."""

    field: Annotated[VitalField, Field(description="The field.")]
    count: Annotated[int, Field(description="The number of readings.")]
    latest: Annotated[BriefReading, Field(description="The latest.")]
    worst: Annotated[BriefReading, Field(description="The one with the gravest finding; else by its value.")]
    findings: Annotated[list[BriefFinding], Field(description="Each once, the gravest first.")]


@response_part
class BriefEvent(TypedDict):
    """An adverse event that stands."""

    id: ItsId
    kind: Annotated[AdverseEventKind, Field(description="The kind.")]
    onset_at: Annotated[datetime, Field(description="Its onset (UTC).")]
    ended_at: Annotated[datetime | None, Field(description="When it was over (UTC).")]
    severity: Annotated[EventSeverity, Field(description="The severity.")]
    relatedness: Annotated[Relatedness, Field(description="The likelihood that the dose caused it.")]
    outcome: Annotated[EventOutcome, Field(description="The end, as far as is known.")]
    review_due_at: Annotated[datetime | None, Field(description="R34: until when a prescriber reviews it (UTC).")]
    reviewed_at: Annotated[datetime | None, Field(description="When a prescriber reviewed it (UTC).")]


@response_part
class BriefScore(TypedDict):
    """The latest score of its kind, and the one before it."""

    response_id: Annotated[UUID, Field(description="Its answers.")]
    instrument_id: Annotated[InstrumentId, Field(description="The instrument.")]
    score_id: Annotated[ScoreId, Field(description="The score, as the definition names it.")]
    answered_at: Annotated[datetime, Field(description="When the answers were given (UTC).")]
    value: Annotated[float, Field(description="The score; of a lower bound, the lowest that it could be.")]
    ceiling: Annotated[float | None, Field(description="Of a lower bound: the highest that it could be.")]
    max_possible: Annotated[int | None, Field(description="The highest score of those answers.")]
    is_off_window: Annotated[bool, Field(description="Whether it was asked again sooner than its recall time.")]
    value_before: Annotated[float | None, Field(description="The last value before it; null: there is none.")]
    answered_before_at: Annotated[datetime | None, Field(description="When that was (UTC).")]


class DoseBrief(ReadSchema):
    """The facts of a dosing session that a decision on a dose needs."""

    model_config = example_with(
        {"state": "in_progress", "decision": "go", "reasons": [], **{part: [] for part in _PARTS}}
    )

    session_id: SessionId
    patient_id: PatientId
    state: SessionState = Field(description="The state of the session.")
    planned_start_at: datetime = Field(description="When it is to begin (UTC).", examples=["2026-11-20T15:00:00Z"])
    started_at: datetime | None = Field(description="When it began (UTC).", examples=["2026-11-20T15:05:00Z"])
    observe_until: datetime | None = Field(description="The end of observation after all doses (UTC).")
    decision: Decision | None = Field(description="The therapist's decision; null if there is none.")
    reasons: list[AssessmentReason] = Field(description="Its reasons; none for `go`.")
    assessed_at: datetime | None = Field(description="When the therapist decided (UTC).")
    assessed_by_id: UUID | None = Field(description="The therapist.")
    open_holds: list[BriefHold] = Field(description="The holds that stop a dose, the newest first.")
    doses: list[BriefDose] = Field(description="The doses, the latest first; at most 100.")
    vitals: list[BriefVital] = Field(description="By field, of the latest 2,000 readings; no observations.")
    adverse_events: list[BriefEvent] = Field(description="The latest onset first; at most 200.")
    scores: list[BriefScore] = Field(
        description="The latest of each kind in the chart, the newest first; of the latest 500 scores."
    )
