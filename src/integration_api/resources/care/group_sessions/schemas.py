"""Group sessions on the wire."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from integration_api.access.fields import PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.group_sessions.rules import MAX_MEMBERS, MIN_MEMBERS
from integration_api.resources.care.sessions.schemas import HeldAs, PlannedEnd, PlannedStart, Session
from integration_api.resources.care.sessions.tables import Phase
from integration_api.web.schemas import CreateSchema, Instant, Line, Resource, Schema

_GROUP_ID = "019ab0de-0000-7000-8000-000000000071"
Topic = Annotated[
    Line,
    Field(description="Its subject. No chart shows it; name no patient in it.", examples=["Coming back to work"]),
]
GroupPhase = Annotated[Phase, Field(description="Its purpose. Nobody is dosed in a group.", examples=["integration"])]


class GroupSessionFacts(Schema):
    """The facts of a group session that its planner gives."""

    topic: Topic | None = None
    phase: GroupPhase
    modality: HeldAs
    planned_start_at: PlannedStart
    planned_end_at: PlannedEnd | None = None


class GroupSession(GroupSessionFacts, Resource):
    """One meeting of several patients, as its staff plan it."""

    member_count: int = Field(
        description="Number of members, also of those whose chart you do not see. A cancelled session is no member's.",
        examples=[4],
    )
    created_by_id: StaffId = Field(description="The account that planned it.")


class GroupSessionWithMembers(GroupSession):
    """A group session, and the session of each member whose chart you may see."""

    sessions: list[Session] = Field(description="One for each member whose chart you may see; no cancelled ones.")


class GroupSessionCreate(GroupSessionFacts, CreateSchema):
    """A group session to plan: a session is made in the chart of each member."""

    patient_ids: list[PatientId] = Field(
        min_length=MIN_MEMBERS,
        max_length=MAX_MEMBERS,
        description="The members; each once.",
        examples=[["019ab0de-0000-7000-8000-000000000004", "019ab0de-0000-7000-8000-000000000005"]],
    )
    facilitator_ids: list[StaffId] = Field(
        default_factory=list, max_length=5, description="The staff who lead it; each session names them."
    )

    @field_validator("patient_ids")
    @classmethod
    def _each_once(cls, value: list[UUID]) -> list[UUID]:
        if len({*value}) != len(value):
            raise PydanticCustomError("named_twice", "a member is named twice")
        return value

    @field_validator("phase")
    @classmethod
    def _without_dose(cls, value: Phase) -> Phase:
        if value is Phase.DOSING:
            raise PydanticCustomError("no_dose", "nobody is dosed in a group")
        return value


class GroupMemberAdd(CreateSchema):
    """Somebody who takes part too. The id, if you choose it, is that of the session in their chart."""

    patient_id: PatientId


@dataclass(frozen=True)
class GroupSessionFilter:
    """Which group sessions a list shows; None means any."""

    starts_after: Annotated[Instant | None, Query(description="Only those planned from this instant on.")] = None
    starts_before: Annotated[Instant | None, Query(description="Only those planned before this instant.")] = None


GroupSessionId = Annotated[Id, Field(description="The group session it is part of.", examples=[_GROUP_ID])]
