"""Split care on the wire: the agreement, and the projection that an outside therapist is shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from typing_extensions import TypedDict

from integration_api.access.fields import PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.orders.limits import DoseRoute, DoseUnit
from integration_api.resources.care.orders.rules import OrderState
from integration_api.resources.journal.notes.disagreement_schemas import NoteDisagreements
from integration_api.resources.journal.notes.tables import NoteFormat
from integration_api.resources.journal.split_care.rules import SplitCareState
from integration_api.resources.journal.split_care.tables import CareParty, SharedPart
from integration_api.web.schemas import (
    CreateSchema,
    Instant,
    Line,
    NameLine,
    ReadSchema,
    Reason,
    Resource,
    Schema,
    example_with,
    response_part,
)

_FROM, _UNTIL, _AT = "2026-11-20T00:00:00Z", "2027-05-20T00:00:00Z", "2026-11-20T15:04:06Z"
_ID = "019ab0de-0000-7000-8000-000000000043"
_STANDS = {"ended_at": None, "ended_by_id": None, "ended_reason": None}
_ITS_ID = Field(description="Its id.", examples=[_ID])

Shares = Annotated[
    list[SharedPart],
    Field(
        min_length=1,
        max_length=len(SharedPart),
        description="The parts that the outside therapist is shown, and nothing else.",
        examples=[[part.value for part in SharedPart]],
    ),
]
Until = Annotated[Instant, Field(description="Shown before then; at most 366 days.", examples=[_UNTIL])]
EndedReason = Annotated[Reason, Field(description="Why it ended.", examples=["The therapy is over."])]
TherapistClinic = Annotated[NameLine, Field(description="The clinic of the therapist.", examples=["Harbour Practice"])]
Reference = Annotated[
    Line,
    Field(
        description="The word by which the therapist knows the patient, such as their own file number.",
        examples=["HP-1042"],
    ),
]


OfDose = Annotated[
    CareParty, Field(description="On the amount and the time of a dose.", examples=["prescriber_clinic"])
]
OfHold = Annotated[CareParty, Field(description="On holding a dose.", examples=["prescriber_clinic"])]
OfMonitoring = Annotated[
    CareParty, Field(description="On watching the patient in a session.", examples=["therapist_clinic"])
]
OfDischarge = Annotated[CareParty, Field(description="On when the patient may leave.", examples=["prescriber_clinic"])]
OfNights = Annotated[
    CareParty, Field(description="On answers at night and in an emergency.", examples=["prescriber_clinic"])
]
OrderId = Annotated[UUID, Field(description="The order.", examples=[_ID])]


class DecidesGiven(Schema):
    """The party that is to decide on each thing. It documents the agreement, and grants nothing."""

    dose: OfDose
    hold: OfHold
    monitoring: OfMonitoring
    discharge: OfDischarge
    out_of_hours: OfNights


@response_part
class Decides(TypedDict):
    """The party that decides on each thing."""

    dose: OfDose
    hold: OfHold
    monitoring: OfMonitoring
    discharge: OfDischarge
    out_of_hours: OfNights


class SplitCareFacts(Schema):
    """The facts of an agreement."""

    patient_id: PatientId
    outside_account_id: StaffId = Field(description="The therapist's account, with the role `outside_therapist`.")
    consent_id: Id = Field(
        description="The patient's consent to sharing. Its withdrawal ends what is shown.",
        examples=["019ab0de-0000-7000-8000-000000000034"],
    )
    therapist_clinic: TherapistClinic
    reference: Reference
    shares: Shares
    valid_from: Instant = Field(
        description="Shown then and later; not before the consent was signed.", examples=[_FROM]
    )
    valid_until: Until


class SplitCareCreate(SplitCareFacts, CreateSchema):
    """A new agreement; you are its prescriber."""

    decides: DecidesGiven


class SplitCare(SplitCareFacts, Resource):
    """An agreement with a therapist of another clinic."""

    model_config = example_with(_STANDS)

    decides: Decides
    state: SplitCareState = Field(description="Derived from the agreement and the time.", examples=["active"])
    prescriber_id: StaffId = Field(description="The prescriber whose notes it shares.")
    ended_at: datetime | None = Field(description="When it was ended (UTC).")
    ended_by_id: UUID | None = Field(description="The account that ended it.")
    ended_reason: EndedReason | None


class SplitCareEnd(Schema):
    """Why nothing shall be shown any more."""

    reason: EndedReason


class SharedCareItem(ReadSchema):
    """An agreement as the outside therapist is shown it: no name and no id of the patient."""

    id: UUID = _ITS_ID
    reference: Reference
    decides: Decides
    shares: Shares
    valid_until: datetime = Field(description="Until when it is shown (UTC).", examples=[_UNTIL])


@response_part
class PlannedDose(TypedDict):
    """One order that is or will be in force: the dose plan."""

    order_id: OrderId
    route: Annotated[DoseRoute, Field(description="The route.", examples=["im"])]
    amount_min: Annotated[float, Field(description="The least of one dose.", examples=[40])]
    amount_max: Annotated[float, Field(description="The most of one dose.", examples=[80])]
    unit: Annotated[DoseUnit, Field(description="The unit of both amounts.", examples=["mg"])]
    valid_from: Annotated[datetime, Field(description="Valid then and later (UTC).", examples=[_FROM])]
    valid_until: Annotated[datetime, Field(description="Valid before then (UTC).", examples=[_UNTIL])]
    state: Annotated[OrderState, Field(description="Its state now.", examples=["active"])]


@response_part
class RemainingDoses(TypedDict):
    """The sessions that remain of one order."""

    order_id: OrderId
    sessions_authorised: Annotated[int, Field(description="For how many sessions it is.", examples=[6])]
    sessions_used: Annotated[int, Field(description="Sessions with a dose by it.", examples=[1])]
    sessions_remaining: Annotated[int, Field(description="Sessions that remain.", examples=[5])]
    review_due: Annotated[bool, Field(description="Whether the prescriber is to review it first.", examples=[False])]


@response_part
class VisitAddendum(TypedDict):
    """An addition to the note by somebody of the care team."""

    id: Annotated[UUID, Field(description="The addendum.", examples=[_ID])]
    at: Annotated[datetime, Field(description="When it was added (UTC).", examples=[_AT])]
    text: Annotated[str, Field(description="The text that was added.", examples=["The range holds for two visits."])]


@response_part
class VisitNote(TypedDict):
    """A signed note of the prescriber, with whatever goes with a note wherever it goes."""

    id: Annotated[UUID, Field(description="The note.", examples=[_ID])]
    format: Annotated[NoteFormat, Field(description="Its format.", examples=["soap"])]
    happened_at: Annotated[datetime, Field(description="When the visit was (UTC).", examples=[_AT])]
    sections: Annotated[
        dict[str, str], Field(description="Its text by section.", examples=[{"plan": "The same range next time."}])
    ]
    addenda: Annotated[list[VisitAddendum], Field(description="Its addenda, oldest first.", examples=[[]])]
    disagreements: NoteDisagreements


class SharedCare(SharedCareItem):
    """All that the outside therapist is shown of the chart; a part that is not shared is null."""

    dose_plan: list[PlannedDose] | None = Field(description="Orders in force or to come, newest first; at most 20.")
    remaining_doses: list[RemainingDoses] | None = Field(
        description="The sessions that remain of each of these orders."
    )
    visit_notes: list[VisitNote] | None = Field(
        description="The prescriber's signed notes of visits since the agreement began, newest first; at most 20."
    )


@dataclass(frozen=True)
class SplitCareFilter:
    """Which agreements a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    created_after: Annotated[Instant | None, Query(description="Only made at this instant or later.")] = None
    created_before: Annotated[Instant | None, Query(description="Only made before this instant.")] = None
