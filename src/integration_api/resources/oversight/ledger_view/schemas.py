"""The ledger on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from integration_api.ledger.events import Event, Outcome, Purpose
from integration_api.web.schemas import Instant, Schema, example

_NOTHING_ELSE = ConfigDict(extra="forbid")
_ROLE = (
    "The role by which the policy allowed it. Where an account holds several that do, the first of `clinic_admin`, "
    "`therapist`, `prescriber`, `supervisor`, `auditor`, `privacy_officer`: not the role on the care team."
)


class LedgerEntry(Schema):
    """One thing that happened: ids and fixed words, never a name or text."""

    model_config = example(
        {
            "id": "019ab0de-0000-7000-8000-00000000000a",
            "at": "2026-11-20T15:04:00Z",
            "event": "session.started",
            "action": "session:start",
            "outcome": "done",
            "reason": None,
            "actor_id": "019ab0de-0000-7000-8000-000000000002",
            "actor_role": "therapist",
            "subject_id": "019ab0de-0000-7000-8000-000000000009",
            "patient_id": "019ab0de-0000-7000-8000-000000000004",
            "request_id": "5f0c2c3d9a1b4e6f8a7b6c5d4e3f2a1b",
        }
    )

    id: UUID = Field(description="Identifier of the entry, UUID version 7.")
    at: datetime = Field(description="When it happened (UTC).")
    event: str = Field(description="What happened.")
    action: str = Field(description="What was asked for.")
    outcome: Outcome = Field(description="How it ended.")
    reason: str | None = Field(description="The code of a refusal.")
    actor_id: UUID | None = Field(description="The account that asked; null where nobody was signed in.")
    actor_role: str | None = Field(description=_ROLE)
    subject_id: UUID | None = Field(description="What it was done to.")
    patient_id: UUID | None = Field(description="Whose chart it was in.")
    request_id: str = Field(description="The request, as the client was told.")


@with_config(_NOTHING_ELSE)
class AccessActor(TypedDict):
    """Who it was, as the clinic shows them."""

    account_id: Annotated[UUID, Field(description="The account.")]
    is_you: Annotated[bool, Field(description="Whether it is your own account.")]
    name: Annotated[str | None, Field(description="Their name; null for your own account.")]
    credential: Annotated[str | None, Field(description="Their credential.")]


class Access(Schema):
    """One time somebody looked at your chart, changed something in it, or was refused."""

    model_config = example(
        {
            "id": "019ab0de-0000-7000-8000-00000000000a",
            "at": "2026-11-20T15:04:00Z",
            "event": "note.read",
            "outcome": "done",
            "reason": None,
            "actor": {
                "account_id": "019ab0de-0000-7000-8000-000000000002",
                "is_you": False,
                "name": "Imani Vale",
                "credential": "LMFT",
            },
            "actor_role": "therapist",
            "purpose": "treatment",
            "basis": None,
            "subject_id": "019ab0de-0000-7000-8000-000000000020",
            "is_private": False,
        }
    )

    id: UUID = Field(description="Identifier of the entry, UUID version 7.")
    at: datetime = Field(description="When (UTC).")
    event: str = Field(description="What was done: `note.read`; `request.refused` where they were not let.")
    outcome: Outcome = Field(description="Whether it was done or refused.")
    reason: str | None = Field(description="The code of a refusal.")
    actor: AccessActor | None = Field(description="Who it was; null where nobody was signed in.")
    actor_role: str | None = Field(description=_ROLE)
    purpose: Purpose | None = Field(description="For which purpose, as follows from the role.")
    basis: str | None = Field(description="On what ground beyond the role, such as an emergency; null: none.")
    subject_id: UUID | None = Field(description="What of your chart; null for lists and for the chart itself.")
    is_private: bool = Field(description="Whether nobody but you is shown this entry.")


@dataclass(frozen=True)
class LedgerFilter:
    """Which entries a list shows; None means any."""

    patient_id: Annotated[UUID | None, Query(description="Only in this patient's chart.")] = None
    acted_by_id: Annotated[UUID | None, Query(alias="actor_id", description="Only by this account.")] = None
    event: Annotated[Event | None, Query(description="Only this kind of event.")] = None
    after: Annotated[Instant | None, Query(description="Then or later.")] = None
    before: Annotated[Instant | None, Query(description="Before then.")] = None


@dataclass(frozen=True)
class AccessFilter:
    """Which entries of an access log are shown; None means any."""

    after: Annotated[Instant | None, Query(description="Then or later.")] = None
    before: Annotated[Instant | None, Query(description="Before then.")] = None
