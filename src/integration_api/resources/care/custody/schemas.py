"""Containers of controlled drugs and their registers on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from pydantic import AfterValidator, Field

from integration_api.access.fields import PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.custody.rules import (
    MAX_AMOUNT,
    MAX_DAYS_SUPPLY,
    ControlledDrug,
    EntryKind,
    StockUnit,
)
from integration_api.resources.care.doses.schemas import FindingThere
from integration_api.web.schemas import (
    CreateSchema,
    Day,
    Line,
    ReadSchema,
    Remark,
    Resource,
    Schema,
    example_with,
)

_DECIMALS = 3
_RECORDED_AT = "2026-11-20T15:10:00Z"
_ENTRY_ID = "019ab0de-0000-7000-8000-000000000019"


def _exact(amount: float) -> float:
    if round(amount, _DECIMALS) != amount:
        msg = "must have at most three decimals"
        raise ValueError(msg)
    return amount


Exact = AfterValidator(_exact)
"""An amount that thousandths hold exactly."""
Amount = Annotated[float, Field(gt=0, le=MAX_AMOUNT, allow_inf_nan=False), Exact]
ContainerId = Annotated[Id, Field(description="The container.", examples=["019ab0de-0000-7000-8000-000000000018"])]
CustodyReason = Annotated[Remark, Field(description="Why. Name no patient here.", examples=["Rest of the vial."])]
CustodyPlace = Annotated[Line, Field(description="A place, or a party outside.", examples=["Safe 2"])]
DaysSupply = Annotated[
    int, Field(ge=1, le=MAX_DAYS_SUPPLY, description="For how many days it is meant to last.", examples=[14])
]
CustodyFindings = Annotated[list[FindingThere], Field(description="Remarks of rule R28.")]


RecordedKind = Annotated[
    Literal[
        EntryKind.RECEIVED,
        EntryKind.TRANSFERRED_OUT,
        EntryKind.MOVED,
        EntryKind.WASTED,
        EntryKind.DESTROYED,
        EntryKind.RETURNED,
        EntryKind.LOST,
        EntryKind.STOLEN,
        EntryKind.COUNTED,
        EntryKind.ADJUSTED,
    ],
    Field(title="RecordedKind"),
]
ReversedById = Annotated[UUID, Field(description="The entry that reverses it.", examples=[_ENTRY_ID])]
UnitAmount = Annotated[Amount, Field(description="The amount in the unit of the container.", examples=[1.2])]


class LabelFacts(Schema):
    """The facts on the label of a container."""

    drug: ControlledDrug = Field(description="The drug.", examples=["ketamine"])
    formulation: Line = Field(
        description="The product and its form.", examples=["Ketamine HCl injection, vial of 10 mL"]
    )
    strength: Line = Field(description="The strength as on the label.", examples=["50 mg/mL"])
    lot: Line = Field(description="The lot.", examples=["K2311"])
    expires_on: Day = Field(description="The last day of use.", examples=["2027-01-31"])
    unit: StockUnit = Field(description="The unit in which it is counted.", examples=["mL"])
    mg_per_unit: Amount = Field(description="The mg of the drug in one unit; 1 if the unit is mg.", examples=[50])


class ContainerFacts(LabelFacts):
    """The facts of one container."""

    kept_at: CustodyPlace


class CustodyContainerCreate(ContainerFacts, CreateSchema):
    """A new container."""

    opening_amount: Amount = Field(description="The amount in it, in its unit: the first entry.", examples=[10])


class CustodyContainer(ContainerFacts, Resource):
    """One container of the clinic, and where its register stands."""

    balance: float = Field(description="The amount that should be in it: the sum of its entries.", examples=[8.5])
    entries: int = Field(description="Number of entries in its register.", examples=[4])
    last_entry_at: datetime = Field(description="When the last entry was recorded (UTC).", examples=[_RECORDED_AT])
    last_counted_at: datetime | None = Field(description="When it was last counted (UTC).", examples=[_RECORDED_AT])
    unexplained: float = Field(
        description="The last count less the balance; adjustments, losses and reversals explain it.", examples=[0]
    )
    findings: CustodyFindings
    created_by_id: StaffId = Field(description="The account that registered it.")


class CustodyEntryCreate(CreateSchema):
    """A new entry about the container itself. Doses and home supplies have requests of their own."""

    model_config = example_with({"kind": "wasted", "amount": 0.5, "to_container_id": None, "place": None})

    kind: RecordedKind = Field(description="The kind of entry.", examples=["wasted"])
    amount: Annotated[float, Field(ge=-MAX_AMOUNT, le=MAX_AMOUNT, allow_inf_nan=False), Exact] | None = Field(
        default=None,
        description="The amount in the container's unit; of a count, all that is in it. "
        "An adjustment alone may be below 0; a move has none.",
        examples=[0.5],
    )
    to_container_id: ContainerId | None = Field(default=None, description="The container that a transfer goes to.")
    place: CustodyPlace | None = None
    reason: CustodyReason | None = None


class CustodyAdminister(CreateSchema):
    """An amount that was taken out of a container for a dose."""

    dose_id: Id = Field(description="The dose.", examples=["019ab0de-0000-7000-8000-000000000014"])
    amount: UnitAmount


class CustodyDispense(CreateSchema):
    """An amount that a patient is given for home."""

    patient_id: PatientId
    amount: UnitAmount
    days_supply: DaysSupply


class CustodyReverse(CreateSchema):
    """Why an entry was wrong."""

    reason: CustodyReason


class CustodyWitness(CreateSchema):
    """A confirmation: you were there, and it was as the entry says."""

    reason: Annotated[CustodyReason, Field(description="A few words on it, if any.")] | None = None


class CustodyEntry(ReadSchema):
    """One line of a register. It never changes; a later one reverses it."""

    model_config = example_with(
        {
            "patient_id": None,
            "dose_id": None,
            "days_supply": None,
            "other_container_id": None,
            "of_id": None,
            "counted": None,
            "reversed_by_id": None,
            "place": None,
        }
    )

    id: UUID = Field(description="Identifier of the entry.", examples=[_ENTRY_ID])
    container_id: ContainerId
    number: int = Field(description="Its number in the register, from 1 without a gap.", examples=[4])
    recorded_at: datetime = Field(description="When it was recorded (UTC).", examples=[_RECORDED_AT])
    kind: EntryKind = Field(description="The kind of the entry.", examples=["wasted"])
    change: float = Field(description="By how much it changed the balance.", examples=[-0.5])
    balance: float = Field(description="The balance after it.", examples=[8.5])
    counted: float | None = Field(description="The amount that was counted.", examples=[8.5])
    other_container_id: ContainerId | None = Field(description="The container that it came from, or went to.")
    place: CustodyPlace | None
    reason: CustodyReason | None
    of_id: UUID | None = Field(description="The entry that it reverses, witnesses, or completes.", examples=[_ENTRY_ID])
    reversed_by_id: ReversedById | None
    patient_id: PatientId | None = Field(description="Whose it was; null unless you are on their care team.")
    dose_id: UUID | None = Field(
        description="The dose; null unless you are on the care team.", examples=["019ab0de-0000-7000-8000-000000000014"]
    )
    days_supply: DaysSupply | None
    recorded_by_id: StaffId = Field(description="The account that recorded it.")
    witness_due_at: datetime | None = Field(
        description="Until when somebody else confirms it (UTC); null if nobody has to.",
        examples=["2026-11-21T15:10:00Z"],
    )
    witnessed_at: datetime | None = Field(description="When it was confirmed (UTC).", examples=["2026-11-20T15:12:00Z"])
    witnessed_by_id: StaffId | None = Field(description="The account that confirmed it.")
    findings: CustodyFindings


class CustodyRegister(ReadSchema):
    """A page of a register with the head of the printed sheet, the oldest entry first."""

    container: CustodyContainer = Field(description="The container as it is now.")
    items: list[CustodyEntry] = Field(description="The entries of this page.")
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last one.")


@dataclass(frozen=True)
class ContainerFilter:
    """Which containers a list shows."""

    unexplained: Annotated[bool, Query(description="Only those whose last count is not explained.")] = False
