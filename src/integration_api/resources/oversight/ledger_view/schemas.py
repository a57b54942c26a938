"""The ledger on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from typing_extensions import TypedDict

from integration_api.access.fields import PatientId, RoleName, StaffId
from integration_api.access.operations import list_actions
from integration_api.core.ids import Id
from integration_api.ledger.events import Event, Outcome, Purpose
from integration_api.web.schemas import Instant, ReadSchema, response_part


class EntryFacts(ReadSchema):
    """The facts that the ledger and an access log tell alike."""

    id: UUID = Field(
        description="Identifier of the entry, UUID version 7.", examples=["019ab0de-0000-7000-8000-00000000000a"]
    )
    at: datetime = Field(description="When it happened (UTC).", examples=["2026-11-20T15:04:00Z"])
    outcome: Outcome = Field(description="Whether it was done or refused.", examples=["done"])
    reason: str | None = Field(description="The code of a refusal.")
    actor_role: RoleName | None = Field(
        description="The role by which the policy allowed it. If an account holds several that do, the first of "
        "`clinic_admin`, `therapist`, `prescriber`, `supervisor`, `auditor`, `privacy_officer`: not the role on the "
        "care team.",
        examples=["therapist"],
    )


class LedgerEntry(EntryFacts):
    """One thing that happened: ids and fixed words, never a name or text."""

    event: Event = Field(description="The Event that happened.", examples=["session.started"])
    action: str = Field(
        description="The action that was asked for.", examples=["session:start"], json_schema_extra=list_actions
    )
    actor_id: StaffId | None = Field(description="The account that asked; null if nobody was signed in.")
    subject_id: UUID | None = Field(
        description="The thing it was done to.", examples=["019ab0de-0000-7000-8000-000000000009"]
    )
    patient_id: PatientId | None = Field(description="The patient whose chart it was in.")
    request_id: str = Field(
        description="The request, as the client was told.", examples=["5f0c2c3d9a1b4e6f8a7b6c5d4e3f2a1b"]
    )


@response_part
class AccessActor(TypedDict):
    """The person who did it, as the clinic shows them."""

    account_id: Annotated[StaffId, Field(description="The account.")]
    is_you: Annotated[bool, Field(description="Whether it is your own account.", examples=[False])]
    name: Annotated[str | None, Field(description="Their name; null for your own account.", examples=["Imani Vale"])]
    credential: Annotated[str | None, Field(description="Their credential.", examples=["LMFT"])]


class Access(EntryFacts):
    """One time somebody looked at your chart, changed something in it, or was refused."""

    event: Event = Field(
        description="The Event: `note.read`; `request.refused` if the request was refused.", examples=["note.read"]
    )
    actor: AccessActor | None = Field(description="The person or program that asked; null if nobody was signed in.")
    purpose: Purpose | None = Field(description="For which purpose, as follows from the role.", examples=["treatment"])
    basis: str | None = Field(description="On what ground beyond the role, such as an emergency; null: none.")
    subject_id: UUID | None = Field(
        description="The thing in your chart; null for lists and for the chart itself.",
        examples=["019ab0de-0000-7000-8000-000000000020"],
    )
    study: str | None = Field(description="The research study that your data left for.", examples=["Sleep, 2026"])
    is_private: bool = Field(description="Whether nobody but you is shown this entry.", examples=[False])


@dataclass(frozen=True)
class LedgerFilter:
    """Which entries a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only in this patient's chart.")] = None
    acted_by_id: Annotated[Id | None, Query(alias="actor_id", description="Only by this account.")] = None
    event: Annotated[Event | None, Query(description="Only this kind of event.")] = None
    after: Annotated[Instant | None, Query(description="Then or later.")] = None
    before: Annotated[Instant | None, Query(description="Before then.")] = None


@dataclass(frozen=True)
class AccessFilter:
    """Which entries of an access log are shown; None means any."""

    others: Annotated[bool, Query(description="True: without what you did yourself.")] = False
    after: Annotated[Instant | None, Query(description="Then or later.")] = None
    before: Annotated[Instant | None, Query(description="Before then.")] = None
