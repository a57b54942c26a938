"""Readiness and dose holds on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, BeforeValidator, Field
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from integration_api.access.fields import PatientId, StaffId
from integration_api.resources.care.readiness.checklist import (
    CONTRAINDICATIONS,
    ITEMS,
    AnsweredBy,
    ItemStatus,
    Pregnancy,
    Presence,
    Substance,
)
from integration_api.resources.care.readiness.rules import HoldState, ReadinessState
from integration_api.resources.care.sessions.schemas import SessionId
from integration_api.web.schemas import (
    Day,
    Instant,
    Line,
    Reason,
    Remark,
    Resource,
    Schema,
    example,
    example_with,
    response_part,
)

_AT, _SESSION = "2026-11-20T14:40:00Z", "019ab0de-0000-7000-8000-000000000009"


def _known_items(value: object) -> object:
    """Looked at before anything else, so that no refusal ever names a key that the client invented."""
    if isinstance(value, dict) and not ITEMS.keys() >= value.keys():
        raise PydanticCustomError("unknown_item", "not every key is an item of the readiness check")
    return value


def _known_codes(value: object) -> object:
    """Looked at before anything else, as above."""
    if isinstance(value, dict) and not CONTRAINDICATIONS.keys() >= value.keys():
        raise PydanticCustomError("unknown_item", "not every key is a code of the checklist")
    return value


Note = Annotated[Remark | None, Field(description="Remark; the patient can read it.")]
Status = Annotated[ItemStatus, Field(description="Its status; `unknown` is not met.", examples=["met"])]
By = Annotated[AnsweredBy, Field(description="The person who answered.", examples=["patient"])]
FoodAt = Annotated[Instant | None, Field(description="`rd.fasting`: the last food.", examples=["2026-11-20T08:00:00Z"])]
FluidsAt = Annotated[Instant | None, Field(description="`rd.fasting`: the last drink.")]
PersonName = Annotated[Line | None, Field(description="`rd.escort`, `rd.observer`: their name.")]
PersonPhone = Annotated[Line | None, Field(description="`rd.escort`, `rd.observer`: their telephone.")]
Confirmed = Annotated[bool | None, Field(description="`rd.escort`: whether they confirmed; needed for met.")]
ReviewedBy = Annotated[Line | None, Field(description="`rd.medicines`: who reviewed them; needed for met.")]
Substances = Annotated[list[Substance] | None, Field(max_length=9, description="`rd.substances_24h`: all taken.")]
PregnancyAnswer = Annotated[Pregnancy | None, Field(description="`rd.pregnancy`: its answer decides the status.")]
WeightKg = Annotated[float | None, Field(ge=20, le=350, description="`rd.weight`: kilograms.")]
MeasuredOn = Annotated[Day | None, Field(description="`rd.weight`: the day; it counts for 30 days.")]
Presences = Annotated[Presence, Field(description="Whether the patient has it.", examples=["absent"])]
AnsweredAt = Annotated[str | None, Field(description="When it was answered (UTC); null if it was not.", examples=[_AT])]
WrittenBy = Annotated[str | None, Field(description="The account that wrote it.")]
ByPrescriber = Annotated[
    bool,
    Field(description="Decided by a prescriber: without it, no clearance is met and no contraindication absent."),
]
_ITEMS = Field(
    description="By item, `rd.*`: fasting, escort and the others. The note of `rd.emergency_address` is the address.",
    json_schema_extra={"propertyNames": {"title": "ReadinessItemName", "enum": [*ITEMS]}},
)
_CODES = Field(
    description="The contraindication checklist, by code.",
    json_schema_extra={"propertyNames": {"title": "ContraindicationCode", "enum": [*CONTRAINDICATIONS]}},
)


class ReadinessAnswer(Schema):
    """The answer to one item. Details belong to the item that they name."""

    model_config = example({"status": "met", "answered_by": "patient", "food_at": "2026-11-20T08:00:00Z"})

    status: Status
    answered_by: By = AnsweredBy.STAFF
    food_at: FoodAt = None
    fluids_at: FluidsAt = None
    name: PersonName = None
    phone: PersonPhone = None
    confirmed: Confirmed = None
    reviewed_by: ReviewedBy = None
    substances: Substances = None
    pregnancy: PregnancyAnswer = None
    weight_kg: WeightKg = None
    measured_on: MeasuredOn = None
    note: Note = None


class ContraindicationAnswer(Schema):
    """The answer to one line of the checklist."""

    status: Presences
    note: Note = None


@response_part
class ReadinessItem(TypedDict):
    """One item as it was answered."""

    rule: Annotated[str, Field(description="The rule that holds a dose if it is not met.", examples=["R23"])]
    status: Annotated[str, Field(description="As in the answer; `unknown` until then.", examples=["met"])]
    answered_by: Annotated[str | None, Field(description="Whose answer it is.", examples=["staff"])]
    answered_at: AnsweredAt
    answered_by_id: WrittenBy
    by_prescriber: ByPrescriber
    food_at: Annotated[str | None, Field(description="Last food.")]
    fluids_at: Annotated[str | None, Field(description="Last drink.")]
    name: PersonName
    phone: PersonPhone
    confirmed: Confirmed
    reviewed_by: ReviewedBy
    substances: Annotated[list[str] | None, Field(description="Everything taken in the 24 hours before.")]
    pregnancy: Annotated[str | None, Field(description="The answer to `rd.pregnancy`.")]
    weight_kg: WeightKg
    measured_on: Annotated[str | None, Field(description="Day of the weight.")]
    note: Note


@response_part
class ContraindicationLine(TypedDict):
    """One line of the checklist."""

    kind: Annotated[str, Field(description="`contraindicated` holds a dose, `caution` does not.", examples=["caution"])]
    source: Annotated[str, Field(description="The source of the line.", examples=["esketamine label [onc]"])]
    status: Annotated[str, Field(description="`absent`, `present` or `unknown`.", examples=["absent"])]
    answered_at: AnsweredAt
    answered_by_id: WrittenBy
    by_prescriber: ByPrescriber
    note: Note


class Readiness(Resource):
    """The readiness check of a dosing session; its id is the session's. Version 0: nobody answered yet."""

    model_config = example_with({"id": _SESSION})

    patient_id: PatientId
    state: ReadinessState = Field(
        description="Derived. `open`: not all answered; `held`: a hold is open; `released`: by a prescriber.",
        examples=["ready"],
    )
    items: Annotated[dict[str, ReadinessItem], _ITEMS]
    contraindications: Annotated[dict[str, ContraindicationLine], _CODES]
    unmet: list[str] = Field(description="Items and codes not met now.", examples=[["rd.escort"]])
    checklist_version: str = Field(description="The version of items and rules.", examples=["2026-11-28"])
    updated_by_id: StaffId | None = Field(description="The account that changed it last.")


class ReadinessUpdate(Schema):
    """The answers to change, by item. Absent items stay; null takes an answer back."""

    model_config = example({"items": {"rd.escort": {"status": "met"}}})

    items: Annotated[dict[str, ReadinessAnswer | None], BeforeValidator(_known_items), _ITEMS] | MISSING = MISSING
    contraindications: (
        Annotated[dict[str, ContraindicationAnswer | None], BeforeValidator(_known_codes), _CODES] | MISSING
    ) = MISSING


class DoseHold(Resource):
    """One reason for which no dose starts in a session. Version 0: no dose was tried since its cause came."""

    patient_id: PatientId
    session_id: SessionId
    item: str = Field(
        description="The item `rd.*`, the code of the checklist, the field of vitals, or `flag.` and the rule of "
        "flags that hold it.",
        examples=["rd.escort"],
    )
    rule: str = Field(description="The rule that opened it.", examples=["R23"])
    state: HoldState = Field(description="`met`: the item became met.", examples=["released"])
    decided_at: datetime | None = Field(description="When it was closed (UTC).")
    decided_by_id: UUID | None = Field(description="The prescriber who released it.")
    reason: str | None = Field(description="Why it was released.")


class DoseHoldRelease(Schema):
    """Why a dose may start all the same."""

    reason: Reason = Field(description="The prescriber's decision.", examples=["Ward nurse escorts the patient."])


@response_part
class HeldBy(TypedDict):
    """One open hold."""

    hold_id: Annotated[str | None, Field(description="The hold; null if nobody can release it.")]
    item: Annotated[str, Field(description="Its item.", examples=["rd.escort"])]
    rule: Annotated[str, Field(description="Its rule.", examples=["R23"])]
