"""Doses on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from typing_extensions import TypedDict

from integration_api.access.fields import ClockSkewed, PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.orders.limits import DoseKind, DoseRoute, DoseUnit
from integration_api.resources.care.sessions.schemas import SessionId
from integration_api.web.schemas import (
    ClaimedInstant,
    CreateSchema,
    Day,
    Instant,
    Line,
    Remark,
    Resource,
    Schema,
    WithdrawnReason,
    example,
    example_with,
    response_part,
)

_ID, _GIVEN_AT = "019ab0de-0000-7000-8000-000000000032", "2026-11-20T15:20:00Z"

Route = Annotated[DoseRoute, Field(description="The route.", examples=["im"])]
Kind = Annotated[DoseKind, Field(description="Its part in the session.", examples=["initial"])]
Amount = Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False, description="The amount given.", examples=[60])]
Unit = Annotated[DoseUnit, Field(description="The unit of `amount`.", examples=["mg"])]
WeightKg = Annotated[float, Field(ge=20, le=350, description="Body weight in kilograms.", examples=[72.5])]
Minutes = Annotated[int, Field(ge=0, le=10_000, description="`iv_infusion`: its minutes.")]
Devices = Annotated[int, Field(ge=1, le=20, description="`intranasal_esketamine`: devices of 28 mg.")]
WastedMg = Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False, description="Discarded, in mg.")]
GivenWhileHeld = Annotated[bool, Field(description="Whether it was given in spite of open holds.", examples=[False])]
CorrectsId = Annotated[Id, Field(description="The dose of the session that this one takes the place of.")]


class DoseFacts(Schema):
    """The facts of one dose."""

    order_id: Id | None = Field(default=None, description="The order by which it is given.")
    route: Route
    kind: Kind = DoseKind.INITIAL
    amount: Amount
    unit: Unit = DoseUnit.MG
    weight_kg: WeightKg | None = None
    infusion_minutes: Minutes | None = None
    devices: Devices | None = None
    lot: Line | None = Field(default=None, description="The lot.")
    strength: Line | None = Field(default=None, description="The strength.")
    formulation: Line | None = Field(default=None, description="The formulation.")
    pharmacy: Line | None = Field(default=None, description="The pharmacy that compounded it.")
    expires_on: Day | None = Field(default=None, description="The last day of its use.")
    wasted_mg: WastedMg | None = None
    waste_witness_id: StaffId | None = Field(default=None, description="The other member of staff who saw the waste.")
    note: Remark | None = Field(default=None, description="A remark; the patient can read it.")
    given_while_held: GivenWhileHeld = False
    corrects_id: CorrectsId | None = None


class DoseCreate(DoseFacts, CreateSchema):
    """A dose to record."""

    model_config = example({"route": "im", "amount": 60, "weight_kg": 72.5})

    given_at: ClaimedInstant | None = Field(
        default=None,
        description="When it was given, or began. Absent: when the corrected dose was, or now while the session lasts.",
    )
    correction_reason: WithdrawnReason | None = Field(default=None, description="Why; needed with `corrects_id`.")


class FindingBasis(TypedDict):
    """All of a remark but its rule."""

    version: Annotated[str, Field(description="The version of the rules.", examples=["2026-11-28"])]
    severity: Annotated[str, Field(description="`moderate`, `high` or `critical`.", examples=["moderate"])]
    text: Annotated[str, Field(description="The remark, in English.", examples=["outside the usual range"])]
    source: Annotated[str, Field(description="Its source.", examples=["clinical.md section 1.2, POLICY"])]


@response_part
class FindingThere(FindingBasis):
    """A remark of a rule about a dose. It tells; it never advises."""

    rule: Annotated[str, Field(description="The rule.", examples=["R17"])]


class Dose(DoseFacts, Resource):
    """One dose that was given."""

    model_config = example_with(
        {"id": _ID, "order_id": None, "corrects_id": None, "devices": None, "infusion_minutes": None}
    )

    patient_id: PatientId
    session_id: SessionId
    given_at: datetime = Field(description="When it was given, or began (UTC).", examples=[_GIVEN_AT])
    clock_skewed: ClockSkewed
    altered_until: datetime | None = Field(
        description="When the altered-state window that it opens ends (UTC).", examples=["2026-11-20T18:20:00Z"]
    )
    amount_mg: float = Field(description="The amount in mg.", examples=[60])
    mg_per_kg: float | None = Field(description="Derived; null if no weight was given.", examples=[0.8276])
    findings: Annotated[list[FindingThere], Field(description="Remarks about what is unusual.")]
    created_by_id: StaffId = Field(description="The account that recorded it.")
    withdrawn_at: datetime | None = Field(description="When it was withdrawn or corrected (UTC).")
    withdrawn_by_id: UUID | None = Field(description="The account that did.")
    withdrawn_reason: WithdrawnReason | None


@dataclass(frozen=True)
class DoseFilter:
    """Which doses a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    session_id: Annotated[Id | None, Query(description="Only of this session.")] = None
    route: Annotated[DoseRoute | None, Query(description="Only by this route.")] = None
    withdrawn: Annotated[bool, Query(description="Those that count no more, instead of the others.")] = False
    given_after: Annotated[Instant | None, Query(description="Only given then or later.")] = None
    given_before: Annotated[Instant | None, Query(description="Only given before then.")] = None
