"""The roster on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from integration_api.access.fields import StaffId, TimeZone
from integration_api.resources.attention.notifications.schemas import QuietTime
from integration_api.resources.attention.roster.rules import RosterRank
from integration_api.resources.attention.roster.tables import IncidentKind
from integration_api.web.schemas import CreateSchema, Day, ReadSchema, Resource, Schema, example_with

_STARTS, _ENDS = "2026-11-20T22:00:00Z", "2026-11-21T12:00:00Z"
_SHIFT_ID = "019ab0de-0000-7000-8000-000000000061"
ShiftDay = Annotated[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], Field(title="ShiftDay")]
LocalTime = QuietTime


class ShiftFacts(Schema):
    """One person on call at the same local times, from one day until another."""

    account_id: StaffId
    rank: RosterRank = Field(
        description="`primary` is told first, `backup` if nobody of those took it in time.", examples=["primary"]
    )
    first_on: Day = Field(description="The first day on which it can begin.", examples=["2026-11-20"])
    last_on: Day | None = Field(default=None, description="The last such day; null: it goes on until withdrawn.")
    from_time: LocalTime = Field(description="When it begins, `HH:MM`.", examples=["17:00"])
    until_time: LocalTime = Field(
        description="When it ends, `HH:MM`; on the next day if that is no later than it begins.", examples=["09:00"]
    )
    weekdays: list[ShiftDay] = Field(
        min_length=1,
        max_length=7,
        description="The days of the week on which it begins.",
        examples=[["mon", "tue", "wed", "thu", "fri"]],
    )


class ShiftCreate(ShiftFacts, CreateSchema):
    """A new shift."""

    time_zone: TimeZone | None = Field(default=None, description="The zone of its times; absent: the clinic's.")


class Shift(ShiftFacts, Resource):
    """A shift of the roster. It never changes: withdraw it, and enter another."""

    model_config = example_with({"last_on": None, "withdrawn_at": None, "withdrawn_by_id": None})

    time_zone: TimeZone = Field(description="The zone of its times.")
    created_by_id: StaffId = Field(description="The admin who entered it.")
    withdrawn_at: datetime | None = Field(description="When it was withdrawn (UTC); from then on it counts no more.")
    withdrawn_by_id: UUID | None = Field(description="The admin who withdrew it.")


class RosterTime(ReadSchema):
    """A time of the roster."""

    starts_at: datetime = Field(description="When it begins (UTC).", examples=[_STARTS])
    ends_at: datetime = Field(description="When it ends (UTC).", examples=[_ENDS])


class Uncovered(RosterTime):
    """A time in which nobody is on call; at most until the 14 days end."""


class OnCall(RosterTime):
    """One time in which one person is on call."""

    account_id: StaffId
    rank: RosterRank = Field(description="The place in the chain.", examples=["primary"])
    shift_id: UUID = Field(description="The shift.", examples=[_SHIFT_ID])


class RosterIncident(ReadSchema):
    """Something that failed in the chain itself (R36), or a gap that the admins were told of."""

    id: UUID = Field(description="Identifier of the incident.", examples=["019ab0de-0000-7000-8000-000000000062"])
    kind: IncidentKind = Field(
        description="`nobody_on_call`, `nobody_answered`: of an urgent task. `delivery_failed`, `delivery_late`: of "
        "what was to be sent to staff. `gap_ahead`: nobody is on call from `starts_at` on.",
        examples=["nobody_on_call"],
    )
    at: datetime = Field(description="When it was seen (UTC).", examples=[_STARTS])
    starts_at: datetime | None = Field(description="When a gap begins (UTC).", examples=[None])


class Roster(ReadSchema):
    """The people on call now and in the next 14 days, the gaps, and failures of the chain."""

    on_call: list[OnCall] = Field(description="Those on call now, primaries first.")
    ahead: list[OnCall] = Field(description="The next 14 days, the earliest first; at most 500.")
    gaps: list[Uncovered] = Field(description="The times of the next 14 days in which nobody is on call.")
    incidents: list[RosterIncident] = Field(description="The newest incidents, at most 20.")
    waiting_since: datetime | None = Field(
        description="Since when the oldest urgent message waits to be sent (UTC); null: none waits.", examples=[None]
    )
