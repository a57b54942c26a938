"""Home supplies and counts of them on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from pydantic import Field

from integration_api.access.fields import ClockSkewed, HappenedAt, PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.custody.rules import MAX_AMOUNT
from integration_api.resources.care.custody.schemas import CustodyFindings, DaysSupply, Exact, LabelFacts, ReversedById
from integration_api.resources.care.home_counts.rules import RefillState
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
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

_COUNTED_AT = "2026-12-01T18:00:00Z"
ExpectedMg = Annotated[
    float,
    Field(
        description="The mg that should be left: the last count and supplies since, less the doses at home since.",
        examples=[400],
    ),
]

EarliestRefillAt = Annotated[
    datetime | None,
    Field(description="When the last supply should be used up (UTC).", examples=["2026-12-04T15:10:00Z"]),
]
RefillReason = Annotated[Reason, Field(description="Why it was decided so.", examples=["Let us talk first."])]


class HomeSupplied(LabelFacts, ReadSchema):
    """One supply that the patient was given for home."""

    model_config = example_with({"unit": "lozenge", "strength": "100 mg", "mg_per_unit": 100, "reversed_by_id": None})

    id: UUID = Field(description="The entry in the register.", examples=["019ab0de-0000-7000-8000-000000000019"])
    amount: float = Field(description="The amount in its unit.", examples=[6])
    days_supply: DaysSupply
    dispensed_at: datetime = Field(description="When it was given (UTC).", examples=["2026-11-20T15:10:00Z"])
    dispensed_by_id: StaffId = Field(description="The account that gave it.")
    reversed_by_id: ReversedById | None


class HomeSupply(ReadSchema):
    """The drugs that a patient was given for home, and what of them should be left."""

    patient_id: PatientId
    expected_mg: ExpectedMg
    earliest_refill_at: EarliestRefillAt
    is_whole: bool = Field(description="False if there are older supplies, or doses beyond counting.", examples=[True])
    supplies: list[HomeSupplied] = Field(description="The newest supplies, the latest first.")


class HomeCountFacts(Schema):
    """The facts of one count."""

    patient_id: PatientId
    counted_mg: Annotated[float, Field(ge=0, le=MAX_AMOUNT, allow_inf_nan=False), Exact] = Field(
        description="All that is left at home, in mg: units times `mg_per_unit` of their supply.", examples=[400]
    )
    counted_at: ClaimedInstant = Field(description="When, by the clock of the device (UTC).", examples=[_COUNTED_AT])
    seen_on_video: bool = Field(default=False, description="Whether staff saw it on video.", examples=[False])
    remark: Remark | None = Field(default=None, description="A few words on it.", examples=["One was dropped."])


class HomeCountCreate(HomeCountFacts, CreateSchema):
    """A count of what is left, and whether a refill is asked for."""

    asks_refill: bool = Field(default=False, description="Whether a refill is asked for.", examples=[True])


class HomeCount(HomeCountFacts, Resource):
    """One count of what is left at home."""

    happened_at: HappenedAt
    clock_skewed: ClockSkewed
    expected_mg: ExpectedMg
    findings: CustodyFindings
    counted_by_id: StaffId = Field(description="The account that wrote it down.")
    refill_state: RefillState | None = Field(
        description="The state of the refill; null if none was asked for.", examples=["requested"]
    )
    earliest_refill_at: EarliestRefillAt
    decided_at: datetime | None = Field(description="When the refill was decided (UTC).")
    decided_by_id: UUID | None = Field(description="The prescriber who decided.")
    decided_reason: RefillReason | None
    monitoring: MonitoringNow


class RefillDecide(Schema):
    """A prescriber's decision about a refill."""

    decision: Annotated[Literal[RefillState.APPROVED, RefillState.DECLINED], Field(title="RefillDecision")] = Field(
        description="The decision.", examples=["declined"]
    )
    reason: RefillReason


@dataclass(frozen=True)
class HomeCountFilter:
    """Which counts a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    refill_state: Annotated[RefillState | None, Query(description="Only with a refill in this state.")] = None
    counted_after: Annotated[Instant | None, Query(description="Only counted at this instant or later.")] = None
    counted_before: Annotated[Instant | None, Query(description="Only counted before this instant.")] = None
