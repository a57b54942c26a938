"""Accounts and invitations on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, Field, StringConstraints

from integration_api.access.actor import Role
from integration_api.access.tables import AccountState
from integration_api.core.ids import OwnId
from integration_api.resources.people.sign_in.rules import MAXIMUM_PASSWORD
from integration_api.resources.people.sign_in.schemas import Email
from integration_api.web.schemas import Line, Resource, Schema, example

StaffRole = Literal["clinic_admin", "therapist", "prescriber", "supervisor", "auditor", "privacy_officer"]
_ID = "019ab0de-0000-7000-8000-000000000002"


class AdminFacts(Schema):
    """A clinic's first admin; given on the command line."""

    admin_name: Line = Field(description="Name.")
    admin_email: Email = Field(description="Address for signing in.")


_ACCOUNT_EXAMPLE = {
    "id": _ID,
    "created_at": "2026-11-02T09:00:00Z",
    "updated_at": "2026-11-02T09:00:00Z",
    "version": 1,
    "state": "active",
    "roles": ["therapist"],
    "name": "Imani Vale",
    "credential": "LMFT",
    "email": "imani.vale@example.org",
}


class Account(Resource):
    """A member of staff."""

    model_config = example(_ACCOUNT_EXAMPLE)

    state: AccountState = Field(description="`invited` until the invitation is accepted; `disabled` cannot sign in.")
    roles: list[Role] = Field(description="What the account may be.")
    name: str | None = Field(description="Name.")
    credential: str | None = Field(description="Professional credential.")
    email: str | None = Field(description="Address for signing in.")


class AccountCreate(Schema):
    """A new member of staff; send an invitation next."""

    model_config = example(
        {
            "name": "Imani Vale",
            "email": "imani.vale@example.org",
            "roles": ["therapist"],
            "credential": "LMFT",
        }
    )

    id: OwnId | None = Field(default=None, description="Your own id for it.")
    name: Line = Field(description="Name.")
    email: Email = Field(description="Address for signing in.")
    roles: list[StaffRole] = Field(min_length=1, max_length=6, description="What the account may be.")
    credential: Line | None = Field(default=None, description="Professional credential.")


class AccountUpdate(Schema):
    """What an admin can change; of a patient's account `state` alone.

    A change of roles or state holds from the account's next request.
    """

    model_config = example({"roles": ["therapist", "supervisor"]})

    name: Line | MISSING = Field(default=MISSING, description="Name.")
    roles: list[StaffRole] | MISSING = Field(default=MISSING, min_length=1, max_length=6, description="All roles.")
    credential: Line | None | MISSING = Field(default=MISSING, description="Professional credential.")
    state: Literal["active", "disabled"] | MISSING = Field(
        default=MISSING, description="Disable, or enable again. Disabling ends every sign-in."
    )


class ExternalIdentitySet(Schema):
    """Who a member of staff is at the external issuer."""

    model_config = example({"subject": "248289761001"})

    subject: Annotated[str, StringConstraints(min_length=1, max_length=255)] = Field(
        description="The `sub` of this person's tokens; only a keyed digest of it is stored."
    )


class InvitationCreate(Schema):
    """Whom to invite: a member of staff's account, or a patient."""

    model_config = example({"account_id": _ID})

    account_id: UUID | None = Field(default=None, description="A staff account that an admin made.")
    patient_id: UUID | None = Field(default=None, description="A patient whose chart has an e-mail address.")


class Invitation(Schema):
    """A one-time code. It is shown only here: hand it over in person or by a channel you trust."""

    model_config = example(
        {
            "id": "019ab0de-0000-7000-8000-000000000003",
            "account_id": _ID,
            "code": "AZqw3gAAcACAAAAAAAAAAQ-one-time-code",
            "expires_at": "2026-11-16T09:00:00Z",
        }
    )

    id: UUID = Field(description="The invitation.")
    account_id: UUID = Field(description="The account it opens.")
    code: str = Field(description="Works once.")
    expires_at: datetime = Field(description="The code stops working then.")


class InvitationAccept(Schema):
    """The code of an invitation or of a password reset, and the password the person chose."""

    model_config = example({"code": "AZqw3gAAcACAAAAAAAAAAQ-one-time-code", "password": "quiet-otter-rows-upstream"})

    code: str = Field(max_length=200, description="From the invitation.")
    password: str = Field(
        max_length=MAXIMUM_PASSWORD,
        description="At least 15 characters, any characters; nothing easy to guess.",
    )


class PasswordChange(Schema):
    """The password there is, and the one there shall be."""

    model_config = example({"old_password": "quiet-otter-rows-upstream", "password": "nine-lamps-beside-a-ferry"})

    old_password: str = Field(max_length=MAXIMUM_PASSWORD, description="The password until now.")
    password: str = Field(
        max_length=MAXIMUM_PASSWORD, description="At least 15 characters, any characters; nothing easy to guess."
    )
