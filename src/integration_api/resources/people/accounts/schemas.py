"""Accounts and invitations on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, AfterValidator, Field, StringConstraints

from integration_api.access.actor import Role
from integration_api.access.chart_lists import IdsQuery
from integration_api.access.fields import PatientId, SettableAccountState, StaffId
from integration_api.access.tables import AccountState
from integration_api.core.ids import Id
from integration_api.resources.people.sign_in.rules import MAX_PASSWORD_CHARACTERS
from integration_api.resources.people.sign_in.schemas import Email, Password
from integration_api.web.schemas import (
    CreateSchema,
    Day,
    Line,
    NameLine,
    ReadSchema,
    Resource,
    Schema,
    example,
    example_with,
)

_ACCOUNT_ID = "019ab0de-0000-7000-8000-000000000002"
StaffRole = Annotated[
    Literal["clinic_admin", "therapist", "prescriber", "supervisor", "auditor", "privacy_officer", "outside_therapist"],
    Field(title="StaffRole"),
]
_ROLES = Field(description="All that the account may be.", examples=[["therapist"]])

Name = Annotated[NameLine, Field(description="Name.", examples=["Imani Vale"])]
Credential = Annotated[Line, Field(description="Professional credential.", examples=["LMFT"])]
LicenceRegion = Annotated[Line, Field(description="Licence region.", examples=["US-OR"])]
LicenceEnd = Annotated[Day, Field(description="Last day on which it is valid.", examples=["2027-06-30"])]
SupervisorId = Annotated[Id, Field(description="Reads this account's drafts; its notes need a co-signature.")]
SuccessorId = Annotated[Id, Field(description="Finishes its drafts once it is disabled or off the care team.")]
StaffEmail = Annotated[Email, Field(description="Address for signing in.", examples=["imani.vale@example.org"])]


def _alone_if_outside(roles: list[StaffRole]) -> list[StaffRole]:
    if "outside_therapist" in roles and len(roles) > 1:
        msg = "outside_therapist goes with no other role"
        raise ValueError(msg)
    return roles


StaffRoles = Annotated[list[StaffRole], Field(min_length=1, max_length=6), AfterValidator(_alone_if_outside), _ROLES]
NewPassword = Annotated[
    str,
    StringConstraints(max_length=MAX_PASSWORD_CHARACTERS),
    Field(
        description="At least 15 characters, any characters; nothing easy to guess.",
        examples=["nine-lamps-beside-a-ferry"],
    ),
]
OneTimeCode = Annotated[str, Field(description="Works once.", examples=["AZqw3gAAcACAAAAAAAAAAQ-one-time-code"])]


class AdminFacts(Schema):
    """A clinic's first admin; given on the command line."""

    admin_name: Name
    admin_email: StaffEmail


class Account(Resource):
    """A member of staff."""

    model_config = example_with({"id": _ACCOUNT_ID})

    state: AccountState = Field(
        description="`invited` until the invitation is accepted; `disabled` cannot sign in.", examples=["active"]
    )
    roles: Annotated[list[Role], _ROLES]
    name: Name | None
    credential: Credential | None
    licence_region: LicenceRegion | None
    licence_ends_on: LicenceEnd | None
    supervised_by: SupervisorId | None = Field(examples=[None])
    successor_id: SuccessorId | None = Field(examples=[None])
    email: StaffEmail | None


class AccountCreate(CreateSchema):
    """A new member of staff; send an invitation next."""

    name: Name
    email: StaffEmail
    roles: StaffRoles
    credential: Credential | None = None
    licence_region: LicenceRegion | None = None
    licence_ends_on: LicenceEnd | None = None
    supervised_by: SupervisorId | None = None


class AccountUpdate(Schema):
    """The fields that an admin can change; of a patient's account `state` alone.

    A change of roles, supervisor, successor or state holds from the account's next request.
    """

    model_config = example({"roles": ["therapist", "supervisor"]})

    name: Name | MISSING = MISSING
    roles: StaffRoles | MISSING = MISSING
    credential: Credential | None | MISSING = MISSING
    licence_region: LicenceRegion | None | MISSING = MISSING
    licence_ends_on: LicenceEnd | None | MISSING = MISSING
    supervised_by: SupervisorId | None | MISSING = MISSING
    successor_id: SuccessorId | None | MISSING = MISSING
    state: SettableAccountState | MISSING = Field(
        default=MISSING, description="Disable, or enable again. Disabling ends every sign-in."
    )


@dataclass(frozen=True)
class AccountFilter:
    """Which accounts a list shows; None means any."""

    role: Annotated[StaffRole | None, Query(description="Only those with this role.")] = None
    ids: IdsQuery = None


class ExternalIdentitySet(Schema):
    """The identity of a member of staff at the external issuer."""

    subject: Annotated[str, StringConstraints(min_length=1, max_length=255)] = Field(
        description="The `sub` of this person's tokens; only a keyed digest of it is stored.",
        examples=["248289761001"],
    )


class InvitationCreate(Schema):
    """The person to invite: a member of staff's account, or a patient."""

    model_config = example({"account_id": _ACCOUNT_ID})

    account_id: StaffId | None = Field(default=None, description="A staff account that an admin made.")
    patient_id: PatientId | None = Field(default=None, description="A patient whose chart has an e-mail address.")


class Invitation(ReadSchema):
    """A one-time code. It is shown only here: hand it over in person or by a channel you trust."""

    id: UUID = Field(description="The invitation.", examples=["019ab0de-0000-7000-8000-000000000003"])
    account_id: StaffId = Field(description="The account it opens.")
    code: OneTimeCode
    expires_at: datetime = Field(description="The code stops working then (UTC).", examples=["2026-11-16T09:00:00Z"])


class InvitationAccept(Schema):
    """The code of an invitation or of a password reset, and the password the person chose."""

    code: OneTimeCode = Field(max_length=200, description="From the invitation, with or without the blanks around it.")
    password: NewPassword


class PasswordChange(Schema):
    """The present password, and the new one."""

    old_password: Password = Field(description="The password until now.", examples=["quiet-otter-rows-upstream"])
    password: NewPassword
