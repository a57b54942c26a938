"""Flags on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from integration_api.access.fields import ChartId, HappenedAt, PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.core.quarters import Quarter, QuarterName, quarter_of
from integration_api.resources.attention.flags.assessment_words import (
    FlagAssessed,
    IdeationIs,
    IntentIs,
    MeansIs,
    PlanIs,
    ProtectiveFactor,
    ProtectiveFactors,
)
from integration_api.resources.attention.flags.rules import (
    ContactChannel,
    ContactResult,
    FlagDisposition,
    FlagEventKind,
    FlagOrigin,
    FlagSeverity,
    FlagState,
    FlagStep,
    HoldUntil,
)
from integration_api.resources.attention.flags.safety_rules import RuleId
from integration_api.web.schemas import (
    ClaimedInstant,
    CreateSchema,
    Instant,
    ReadSchema,
    Reason,
    Remark,
    Resource,
    Schema,
    example_with,
)

_AT = "2026-11-20T21:20:00Z"
_ACCOUNT = "019ab0de-0000-7000-8000-000000000002"
SeverityIs = Annotated[FlagSeverity, Field(description="The severity; it never falls.", examples=["high"])]
DispositionIs = Annotated[FlagDisposition, Field(description="The end that it came to.", examples=["safe_to_continue"])]
ChannelIs = Annotated[ContactChannel, Field(description="The way in which somebody was tried.", examples=["phone"])]
ReachedIs = Annotated[ContactResult, Field(description="The one who was reached.", examples=["patient"])]
ClaimedAt = Annotated[
    ClaimedInstant | None, Field(description="When, by the clock of the device (UTC); absent: now.", examples=[_AT])
]
FlagText = Annotated[
    Reason, Field(description="The words for others of the care team.", examples=["He is with his sister tonight."])
]


class FlagCreate(CreateSchema):
    """A flag that somebody of the care team raises by hand."""

    patient_id: PatientId
    severity: SeverityIs
    text: FlagText
    is_danger_to_others: bool = Field(
        default=False,
        description="Whether somebody else is in danger: R33, which is critical.",
        examples=[False],
    )


class Flag(Resource):
    """A safety signal about a patient. Its words are in its events."""

    model_config = example_with({"disposition": None, "is_false": None, "closed_at": None})

    patient_id: ChartId
    rule: RuleId
    rule_version: str = Field(description="The version of the rule when it was raised.", examples=["2026-11-30"])
    title: str = Field(description="Its rule in words.", examples=["The patient asks for help or does not feel safe"])
    severity: SeverityIs
    state: FlagState = Field(description="The state in its life.", examples=["open"])
    origin: FlagOrigin = Field(description="The kind of thing that raised it.", examples=["check_in"])
    source_id: UUID = Field(description="The thing that raised it.", examples=["019ab0de-0000-7000-8000-000000000053"])
    episode_id: UUID = Field(
        description="Its session, or else its source; flags of one rule and episode can be acknowledged together.",
        examples=["019ab0de-0000-7000-8000-000000000053"],
    )
    alerted_at: datetime = Field(description="When its clock started (UTC).", examples=[_AT])
    acknowledge_due_at: datetime = Field(description="Until when somebody acknowledges it (UTC).", examples=[_AT])
    contact_due_at: datetime = Field(description="Until when the patient is reached (UTC).", examples=[_AT])
    is_overdue: bool = Field(description="Whether one of the two has passed in vain.", examples=[False])
    escalations: int = Field(
        description="The number of groups that were told next: of the flag, or of its proposed end.", examples=[0]
    )
    raised_by_id: UUID | None = Field(
        description="The account whose write raised it; null: the clock did.", examples=[_ACCOUNT]
    )
    acknowledged_at: datetime | None = Field(description="When it was acknowledged (UTC).", examples=[_AT])
    acknowledged_by_id: UUID | None = Field(description="The account that acknowledged it.", examples=[_ACCOUNT])
    contacted_at: datetime | None = Field(
        description="When the patient, or somebody for them, was first reached (UTC).", examples=[_AT]
    )
    disposition: DispositionIs | None
    is_false: bool | None = Field(description="Whether its proposed or final end is a false positive.")
    proposed_at: datetime | None = Field(description="When its end was proposed (UTC).", examples=[_AT])
    proposed_by_id: UUID | None = Field(description="The account that proposed it.", examples=[_ACCOUNT])
    closed_at: datetime | None = Field(description="When it was closed (UTC).")
    closed_by_id: UUID | None = Field(description="The account that closed it.", examples=[_ACCOUNT])
    dose_hold: HoldUntil | None = Field(
        description="Until what it holds the next dose: a suicide screen by staff, or a prescriber's decision alone; "
        "null: it holds none.",
        examples=["screen"],
    )
    hold_ended_at: datetime | None = Field(description="When it held no dose any more (UTC).", examples=[None])
    allowed_actions: list[FlagStep] = Field(
        description="The steps that lead on from here; others are 409.", examples=[["acknowledge", "contact"]]
    )


class FlagAcknowledge(Schema):
    """Say that you look after it now."""

    covers_episode: bool = Field(
        default=False,
        description="Also the other flags of the same rule and session that wait.",
        examples=[False],
    )


class FlagContactCreate(Schema):
    """One attempt to reach the patient."""

    channel: ChannelIs
    reached: ReachedIs
    happened_at: ClaimedAt = None
    text: Remark | None = Field(
        default=None, description="The words that were said.", examples=["Feels calmer, sister is there."]
    )


class FlagRemark(Schema):
    """A remark on a flag."""

    text: FlagText


class FlagAssessment(Schema):
    """A structured assessment of danger to oneself, in our own words and by no instrument."""

    ideation: IdeationIs
    intent: IntentIs
    plan: PlanIs
    means: MeansIs
    protective_factors: Annotated[ProtectiveFactors, Field(default_factory=list, max_length=len(ProtectiveFactor))]
    happened_at: ClaimedAt = None
    text: FlagText | None = Field(default=None, description="More in words.")


class FlagResolve(Schema):
    """The end of a flag."""

    disposition: DispositionIs
    text: FlagText


class FlagDismiss(Schema):
    """Why it is a false positive."""

    reason: FlagText


class FlagReview(Schema):
    """The second person's decision on a proposed end."""

    agrees: bool = Field(description="True closes it; false gives it back to work on.", examples=[True])
    text: FlagText | None = Field(default=None, description="Why.")


class FlagEscalate(Schema):
    """Why others must know now."""

    text: FlagText


class FlagEvent(ReadSchema):
    """One entry in the history of a flag."""

    id: UUID = Field(description="Identifier of the entry.", examples=["019ab0de-0000-7000-8000-000000000071"])
    at: datetime = Field(description="When the server stored it (UTC).", examples=[_AT])
    happened_at: HappenedAt
    kind: FlagEventKind = Field(description="The kind of entry.", examples=["contact"])
    severity: SeverityIs
    by_id: StaffId | None = Field(description="The account that did it; null: the clock did.")
    channel: ChannelIs | None
    reached: ReachedIs | None
    disposition: DispositionIs | None
    assessment: FlagAssessed | None = Field(description="The structured assessment; null: it is none.")
    text: FlagText | None


@dataclass(frozen=True)
class FlagFilter:
    """Which flags a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    state: Annotated[FlagState | None, Query(description="Only in this state.")] = None
    rule: Annotated[str | None, Query(pattern="^[A-Za-z0-9]{1,8}$", description="Only of this safety rule.")] = None
    source_id: Annotated[Id | None, Query(description="Only those that this thing raised.")] = None
    unclosed: Annotated[bool, Query(description="Only those that are not closed.")] = False
    raised_after: Annotated[Instant | None, Query(description="Only raised at this instant or later.")] = None
    raised_before: Annotated[Instant | None, Query(description="Only raised before this instant.")] = None


class SeverityTimes(ReadSchema):
    """The times of flags of one severity."""

    severity: SeverityIs
    raised: int = Field(description="Number of flags.", examples=[12])
    acknowledged: int = Field(description="Number that were acknowledged.", examples=[11])
    acknowledged_late: int = Field(description="Number acknowledged too late, or not at all.", examples=[1])
    median_minutes_to_acknowledge: float | None = Field(
        description="Median minutes to acknowledge; null of none.", examples=[6.5]
    )
    contacted: int = Field(description="Number whose patient was reached.", examples=[10])
    contacted_late: int = Field(description="Number whose patient was reached too late, or not in time.", examples=[1])
    median_minutes_to_contact: float | None = Field(
        description="Median minutes until the patient was reached; null of none.", examples=[31.0]
    )


class FlagTimesReport(ReadSchema):
    """The times in which the clinic answered the flags that were raised in a quarter, by severity.

    A severity of fewer people than the minimum is left out.
    """

    quarter: str = Field(description="The quarter, in UTC.", examples=["2026-Q3"])
    told_from: datetime = Field(
        description="Before that (UTC) nothing of the quarter is told, and what was done later counts as not done.",
        examples=["2026-10-31T00:00:00Z"],
    )
    minimum_patients: int = Field(
        description="The people that a severity needs: policy `outcomes_minimum_patients`, at least 5.", examples=[5]
    )
    is_whole: bool = Field(description="False if there are too many for one report: then the newest.", examples=[True])
    items: list[SeverityTimes] = Field(description="The severities of enough people, the most severe first.")


@dataclass(frozen=True)
class FlagTimesFilter:
    """The quarter in which the flags of a report were raised."""

    quarter: Annotated[
        QuarterName | None,
        Query(description="A whole calendar quarter (UTC); absent: the last that is told.", examples=["2026-Q2"]),
    ] = None

    @property
    def asked(self) -> Quarter | None:
        """Return the quarter that is asked for."""
        return quarter_of(self.quarter)
