"""Orders on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from integration_api.access.fields import PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.orders.limits import DoseRoute, DoseUnit
from integration_api.resources.care.orders.rules import OrderState
from integration_api.web.schemas import CreateSchema, Instant, Reason, Resource, Schema, example_with

DEFAULT_REVIEW_AFTER_SESSIONS = 2
"""Source: clinical.md section 1.8, POLICY."""
_FROM, _UNTIL = "2026-11-20T00:00:00Z", "2027-02-20T00:00:00Z"

Bound = Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False)]
Sessions = Annotated[int, Field(ge=1, le=100)]
OrderWithdrawnReason = Annotated[Reason, Field(description="Why it ended.", examples=["Blood pressure."])]


class OrderFacts(Schema):
    """The facts of one order."""

    patient_id: PatientId
    course_id: Id | None = Field(default=None, description="The course that it belongs to.")
    route: DoseRoute = Field(description="The route.", examples=["im"])
    amount_min: Bound = Field(description="The least of one dose.", examples=[40])
    amount_max: Bound = Field(description="The most of one dose.", examples=[80])
    unit: DoseUnit = Field(default=DoseUnit.MG, description="The unit of both amounts.", examples=["mg"])
    sessions_authorised: Sessions = Field(description="For how many sessions.", examples=[6])
    review_after_sessions: Sessions = Field(
        default=DEFAULT_REVIEW_AFTER_SESSIONS, description="Sessions until the prescriber reviews it.", examples=[2]
    )
    valid_from: Instant = Field(description="Valid then and later.", examples=[_FROM])
    valid_until: Instant = Field(description="Valid before then.", examples=[_UNTIL])


class OrderCreate(OrderFacts, CreateSchema):
    """A new order."""

    model_config = example_with({"course_id": None})


class Order(OrderFacts, Resource):
    """One order of a prescriber."""

    model_config = example_with({"course_id": None})

    state: OrderState = Field(description="Derived from the order, its sessions and the time.", examples=["active"])
    sessions_used: int = Field(description="Sessions with a dose that names it.", examples=[1])
    sessions_remaining: int = Field(description="Sessions that remain.", examples=[5])
    review_due: bool = Field(description="Whether a review is due: that many sessions are used.", examples=[False])
    created_by_id: StaffId = Field(description="The prescriber.")
    withdrawn_at: datetime | None = Field(description="When it was withdrawn (UTC).")
    withdrawn_by_id: UUID | None = Field(description="The prescriber who withdrew it.")
    withdrawn_reason: OrderWithdrawnReason | None


class OrderWithdraw(Schema):
    """Why no dose shall be given by it."""

    reason: OrderWithdrawnReason


@dataclass(frozen=True)
class OrderFilter:
    """Which orders a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    state: Annotated[OrderState | None, Query(description="Only in this state.")] = None
    created_after: Annotated[Instant | None, Query(description="Only made at this instant or later.")] = None
    created_before: Annotated[Instant | None, Query(description="Only made before this instant.")] = None
