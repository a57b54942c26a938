"""Accounts, sign-in and invitations on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, Field, StringConstraints

from integration_api.access.actor import Role
from integration_api.access.tables import AccountState
from integration_api.core.ids import OwnId
from integration_api.core.schemas import Line, Resource, Schema, example
from integration_api.resources.accounts.factor_schemas import TotpCode
from integration_api.resources.accounts.rules import MAXIMUM_PASSWORD

__all__ = [
    "Account",
    "AccountCreate",
    "AccountUpdate",
    "AdminFacts",
    "Email",
    "ExternalIdentitySet",
    "Invitation",
    "InvitationAccept",
    "InvitationCreate",
    "Me",
    "Refresh",
    "SignIn",
    "TokenPair",
]

Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+$"),
]
StaffRole = Literal["clinic_admin", "therapist", "prescriber", "supervisor", "auditor", "privacy_officer"]
_ID = "019ab0de-0000-7000-8000-000000000002"
_TOKEN_EXAMPLE = {
    "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl",
    "token_type": "Bearer",
    "expires_in": 900,
    "refresh_token": "AZqw3gAAcACAAAAAAAAAAQ-one-secret-per-sign-in",
    "account_id": _ID,
    "device_token": "8kq1cX0bHn0zRr0oVqJ3YA-one-for-this-device",
}


class AdminFacts(Schema):
    """A clinic's first admin; given on the command line."""

    admin_name: Line = Field(description="Name.")
    admin_email: Email = Field(description="Address for signing in.")


class SignIn(Schema):
    """An address and a password; and a second factor, where the account has one."""

    model_config = example({"email": "imani.vale@example.org", "password": "quiet-otter-rows-upstream"})

    email: Email = Field(description="The account's e-mail address; upper and lower case are alike.")
    password: str = Field(max_length=MAXIMUM_PASSWORD, description="The account's password.")
    clinic: Annotated[str, StringConstraints(max_length=63)] | None = Field(
        default=None, description="The clinic's slug, where one address is used in several clinics."
    )
    totp_code: TotpCode | None = Field(default=None, description="Six digits of the authenticator app.")
    recovery_code: Annotated[str, StringConstraints(max_length=40)] | None = Field(
        default=None, description="One of the ten recovery codes, where every factor is lost."
    )
    device: Line | None = Field(default=None, description="What this device is called in the list of sign-ins.")
    device_token: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None,
        description="From this address's last sign-in on this device. It proves nothing about who you are; a device "
        "that shows it is not slowed down by what others try elsewhere.",
    )


class Refresh(Schema):
    """A refresh token. Each can be used once; the answer carries the next."""

    model_config = example({"refresh_token": _TOKEN_EXAMPLE["refresh_token"]})

    refresh_token: str = Field(max_length=200, description="From the last sign-in or refresh.")


class TokenPair(Schema):
    """A short access token, and a refresh token for the next one."""

    model_config = example(_TOKEN_EXAMPLE)

    access_token: str = Field(description="Send it as `Authorization: Bearer …`.")
    token_type: Literal["Bearer"] = Field(description="Always `Bearer`.")
    expires_in: int = Field(description="Seconds until the access token ends.")
    refresh_token: str = Field(description="Works once; keep it where only this device can read it.")
    account_id: UUID = Field(description="Who has signed in.")
    device_token: str | None = Field(
        description="Keep it on this device, also after signing out, and send it with the next sign-in. Null after a "
        "refresh: the one before stays good."
    )


class Me(Schema):
    """The signed-in account."""

    model_config = example(
        {
            "id": _ID,
            "clinic_id": "019ab0de-0000-7000-8000-000000000001",
            "roles": ["therapist"],
            "patient_id": None,
            "name": "Imani Vale",
            "credential": "LMFT",
        }
    )

    id: UUID = Field(description="The account.")
    clinic_id: UUID = Field(description="Its clinic.")
    roles: list[Role] = Field(description="What it may be.")
    patient_id: UUID | None = Field(description="The chart that is this person's own; null for staff.")
    name: str | None = Field(description="Name of a member of staff; a patient's name is in the chart.")
    credential: str | None = Field(description="Professional credential, as it is shown on signed notes.")


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
