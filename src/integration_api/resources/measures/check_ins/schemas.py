"""Check-ins on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from pydantic.types import StringConstraints

from integration_api.access.fields import ClockSkewed, HappenedAt, PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.arc_windows.protocol_parts import MAX_ITEMS
from integration_api.resources.measures.check_ins.alarm_rules import CheckInAlarm
from integration_api.resources.measures.measure_responses.schemas import ModeIs
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
from integration_api.web.schemas import (
    ClaimedInstant,
    CreateSchema,
    Instant,
    Resource,
    WithdrawnReason,
    example,
    example_with,
)

_ANSWERED_AT = "2026-12-01T18:00:00Z"
_ANSWERS = {"ci.safety": "safe", "ci.unreal": 1, "ci.drove": "no"}
_ITEM = r"^[a-z][a-z0-9_.]{0,39}$"

CheckInAnswers = Annotated[
    dict[
        Annotated[str, StringConstraints(pattern=_ITEM)],
        Annotated[int, Field(ge=-1_000_000, le=1_000_000)] | Annotated[str, StringConstraints(max_length=40)] | None,
    ],
    Field(
        max_length=MAX_ITEMS,
        description="The answers by item: a word or a number of the item; null or absent: not answered.",
        examples=[_ANSWERS],
    ),
]
CheckInId = Annotated[Id, Field(description="The check-in.", examples=["019ab0de-0000-7000-8000-000000000053"])]
CorrectsCheckIn = Annotated[CheckInId, Field(description="The check-in that this one takes the place of.")]
ContactMe = Annotated[bool, Field(description="Whether the patient asks to be called.", examples=[False])]
WindowId = Annotated[
    Id, Field(description="The window that it answers.", examples=["019ab0de-0000-7000-8000-000000000052"])
]


class CheckInCreate(CreateSchema):
    """Answers to check-in items. What an item does not take is left out and named; the rest counts."""

    model_config = example({"answers": _ANSWERS, "completed_at": _ANSWERED_AT})

    patient_id: PatientId | None = Field(default=None, description="The patient; a patient can leave it out.")
    arc_window_id: WindowId | None = Field(
        default=None, description="The window that it answers; absent: the open one that is due first, if there is one."
    )
    answers: CheckInAnswers
    contact_me: ContactMe = False
    mode: ModeIs | None = Field(default=None, description="Absent: `self_completed` by a patient, else `interview`.")
    completed_at: ClaimedInstant | None = Field(
        default=None, description="When, by the clock of the device (UTC); absent: now, or as what is corrected."
    )
    corrects_id: CorrectsCheckIn | None = None
    correction_reason: WithdrawnReason | None = Field(default=None, description="Why; it goes with `corrects_id`.")


class CheckIn(Resource):
    """The answers of a patient to check-in items at one time."""

    model_config = example_with({"corrects_id": None})

    patient_id: PatientId
    arc_window_id: UUID | None = Field(
        description="The window that it answers; null: it came outside of every window.",
        examples=["019ab0de-0000-7000-8000-000000000052"],
    )
    is_off_window: bool = Field(description="Whether it came outside of every window.", examples=[False])
    item_version: int = Field(description="The version of the items at `GET /check-in-items`.", examples=[1])
    answers: dict[str, int | str] = Field(description="The answers that were given, by item.", examples=[_ANSWERS])
    contact_me: ContactMe
    ignored: list[str] = Field(
        description="The items that were left out: unknown, or with an answer that they do not take.",
        examples=[["ci.craving"]],
    )
    alarms: list[CheckInAlarm] = Field(description="The rules that the answers met, each once for an item.")
    mode: ModeIs
    completed_at: datetime = Field(description="When, by the clock of the device (UTC).", examples=[_ANSWERED_AT])
    happened_at: HappenedAt
    clock_skewed: ClockSkewed
    created_by_id: StaffId = Field(description="The account that gave or wrote down the answers.")
    corrects_id: CorrectsCheckIn | None
    withdrawn_at: datetime | None = Field(description="When a correction took its place (UTC).")
    withdrawn_by_id: UUID | None = Field(description="The account that corrected it.")
    withdrawn_reason: WithdrawnReason | None
    monitoring: MonitoringNow


@dataclass(frozen=True)
class CheckInFilter:
    """Which check-ins a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    arc_window_id: Annotated[Id | None, Query(description="Only to this window.")] = None
    withdrawn: Annotated[bool, Query(description="Those that were corrected, instead of the others.")] = False
    happened_after: Annotated[Instant | None, Query(description="Only at this instant or later.")] = None
    happened_before: Annotated[Instant | None, Query(description="Only before this instant.")] = None
