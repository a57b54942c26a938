"""Safeguarding reports on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, Field

from integration_api.access.fields import StaffId
from integration_api.resources.people.clinics.schemas import CrisisResource
from integration_api.resources.people.safeguarding_reports.rules import (
    MAX_NAMED,
    SafeguardingPlace,
    SafeguardingSubject,
    SafeguardingTold,
)
from integration_api.resources.people.safeguarding_reports.tables import SafeguardingState
from integration_api.web.schemas import FilledProse, Line, Remark, Resource, Schema

_ACCOUNT_ID = "019ab0de-0000-7000-8000-000000000002"

About = Annotated[SafeguardingSubject, Field(description="The subject.", examples=["boundary"])]
NamedAccountIds = Annotated[
    list[StaffId],
    Field(
        max_length=MAX_NAMED,
        description="The accounts of the staff it is about. They are never shown it, also as lead or deputy.",
        examples=[[_ACCOUNT_ID]],
    ),
]
ImmediateDanger = Annotated[bool, Field(description="Whether somebody is in danger now.", examples=[False])]
WantsContact = Annotated[bool, Field(description="Whether the reporter wants to be contacted.", examples=[True])]
IsAnonymous = Annotated[
    bool, Field(description="Whether the reporter's account is hidden from the lead and the deputy.", examples=[False])
]
ReportText = Annotated[FilledProse, Field(description="The report.", examples=["He held my hand after I said no."])]
SafeContact = Annotated[
    Line, Field(description="A way to be reached that is safe.", examples=["My sister, +1 555 0103"])
]
Handling = Annotated[
    FilledProse, Field(description="The notes of the lead and the deputy, for them alone.", examples=["Called back."])
]
Introduction = Annotated[
    Remark,
    Field(
        description="A few sentences about who reads a report.",
        examples=["Reports go to Ada Vale alone, or to her deputy."],
    ),
]
OutsideContact = Annotated[
    Remark,
    Field(description="Somebody outside the clinic to turn to.", examples=["Regional ombudsperson, +1 555 0190"]),
]
State = Annotated[SafeguardingState, Field(description="Its state.", examples=["received"])]
LeadId = Annotated[StaffId, Field(description="The safeguarding lead.", examples=[_ACCOUNT_ID])]
DeputyId = Annotated[
    StaffId, Field(description="The deputy, another account.", examples=["019ab0de-0000-7000-8000-000000000003"])
]


class SafeguardingReportCreate(Schema):
    """A report. The server chooses its id."""

    about: About
    named_account_ids: NamedAccountIds = []
    immediate_danger: ImmediateDanger = False
    wants_contact: WantsContact = False
    is_anonymous: IsAnonymous = False
    text: ReportText
    safe_contact: SafeContact | None = None


class SafeguardingReportUpdate(Schema):
    """The next state of a report, and the notes of its handlers."""

    state: State | MISSING = MISSING
    handling: Handling | None | MISSING = MISSING


class SafeguardingReceipt(Resource):
    """The report's id and state, without anything that it says."""

    state: State
    moved_at: datetime = Field(description="When it came to this state (UTC).", examples=["2026-11-20T15:40:00Z"])


class SafeguardingReportSent(SafeguardingReceipt):
    """The receipt of a report: who receives it, and what to do now if somebody is in danger."""

    told: SafeguardingTold = Field(description="Those who receive it; nobody who is named.", examples=["lead"])
    outside_contact: OutsideContact | None
    crisis_resources: list[CrisisResource] = Field(
        description="The crisis lines that answer now, emergency services first."
    )


class SafeguardingReportItem(SafeguardingReceipt):
    """A report without its texts."""

    about: About
    named_account_ids: NamedAccountIds
    immediate_danger: ImmediateDanger
    wants_contact: WantsContact
    is_anonymous: IsAnonymous
    reporter_id: UUID | None = Field(
        description="The reporter's account; null: it is anonymous, and not yours.", examples=[_ACCOUNT_ID]
    )
    is_yours: bool = Field(description="Whether you are the reporter.", examples=[True])


class SafeguardingReport(SafeguardingReportItem):
    """One report, as its reporter, the lead and the deputy see it."""

    text: ReportText
    safe_contact: SafeContact | None
    handling: str | None = Field(
        description="The notes of the lead and the deputy; null: there are none, or you are the reporter.",
        examples=["Called back."],
    )


@dataclass(frozen=True)
class SafeguardingReportFilter:
    """Which reports a list shows."""

    place: Annotated[
        SafeguardingPlace,
        Query(description="Those that you sent, or those that you received as the lead or as the deputy."),
    ] = SafeguardingPlace.REPORTER


class SafeguardingDesignationGiven(Schema):
    """The lead, the deputy, and words about them for everybody of the clinic."""

    lead_id: LeadId | None = None
    deputy_id: DeputyId | None = None
    introduction: Introduction | None = None
    outside_contact: OutsideContact | None = None


class SafeguardingDesignation(Resource):
    """The people to whom safeguarding reports go from now on; null: there is nobody."""

    lead_id: LeadId | None
    deputy_id: DeputyId | None
    introduction: Introduction | None
    outside_contact: OutsideContact | None
    created_by_id: UUID | None = Field(
        description="The account that wrote this version; null: there is none, and the version is 0.",
        examples=[_ACCOUNT_ID],
    )
