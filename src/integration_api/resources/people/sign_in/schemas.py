"""Signing in on the wire: proofs and tokens."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field, JsonValue, StringConstraints

from integration_api.access.actor import Role
from integration_api.access.fields import StaffId
from integration_api.core.texts import without_unseen_ends
from integration_api.resources.people.sign_in.rules import MAX_PASSWORD_CHARACTERS
from integration_api.web.schemas import UNHIDDEN, Line, ReadSchema, Schema, example

_PASSWORD = "quiet-otter-rows-upstream"  # noqa: S105  an example
_CREDENTIAL = {"id": "Y3JlZGVudGlhbA", "rawId": "Y3JlZGVudGlhbA", "type": "public-key", "response": {}}

TotpCode = Annotated[
    str,
    StringConstraints(max_length=40),
    Field(
        description="Six digits of the authenticator app; each code works once. Blanks and hyphens are ignored.",
        examples=["492039"],
    ),
]
"""A code as a person types it; `codes.app_code` reads it."""
Credential = Annotated[
    dict[str, JsonValue],
    Field(
        max_length=20,
        description="`credential.toJSON()` of what `navigator.credentials.get` gave.",
        examples=[_CREDENTIAL],
    ),
]
Email = Annotated[
    str,
    StringConstraints(max_length=254, pattern=r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+$"),
    UNHIDDEN,
    BeforeValidator(lambda given: without_unseen_ends(given) if isinstance(given, str) else given),
]
Password = Annotated[
    str, StringConstraints(max_length=MAX_PASSWORD_CHARACTERS), Field(description="The account's password.")
]
DeviceName = Annotated[
    Line, Field(description="The name of this device in the list of sign-ins.", examples=["Clinic laptop"])
]
InCookie = Annotated[
    bool,
    Field(
        description="For a page of this origin: keep the refresh token in a cookie that no script can read. "
        "`refresh_token` is then null.",
        examples=[False],
    ),
]
RefreshToken = Annotated[str, Field(examples=["AZqw3gAAcACAAAAAAAAAAQ-one-secret-per-sign-in"])]


class AccessToken(ReadSchema):
    """A new access token of the same sign-in; its refresh token stays as it is."""

    access_token: str = Field(
        description="Send it as `Authorization: Bearer …`.",
        examples=["eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl"],
    )
    token_type: Literal["Bearer"] = Field(description="Always `Bearer`.", examples=["Bearer"])
    expires_in: int = Field(description="Seconds until the access token ends.", examples=[900])


class PasskeyOptions(ReadSchema):
    """The options that a browser hands its authenticator. They hold for five minutes, and for one answer."""

    public_key: dict[str, JsonValue] = Field(
        description="For `PublicKeyCredential.parseCreationOptionsFromJSON` if a passkey is made, and "
        "`parseRequestOptionsFromJSON` if one is used.",
        examples=[{"challenge": "Y2hhbGxlbmdl", "rpId": "localhost", "timeout": 300_000}],
    )


class PasskeySignIn(Schema):
    """A passkey, used."""

    credential: Credential
    device: DeviceName | None = None
    cookie: InCookie = False


class StepUp(Schema):
    """One proof of who you are: a code, a passkey, or, if the account has no factor, the password."""

    model_config = example({"totp_code": "492039"})

    totp_code: TotpCode | None = None
    credential: Credential | None = None
    password: Password | None = Field(
        default=None, description="The password, for an account that has no second factor."
    )


class SignIn(Schema):
    """An address and a password; and a second factor, if the account has one."""

    model_config = example({"email": "imani.vale@example.org", "password": _PASSWORD})

    email: Email = Field(description="The account's e-mail address. Capitals, and blanks around it, are ignored.")
    password: Password
    clinic: Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=63)] | None = Field(
        default=None, description="The clinic's slug, if one address is used in several clinics."
    )
    totp_code: TotpCode | None = None
    recovery_code: Annotated[str, StringConstraints(max_length=100)] | None = Field(
        default=None,
        description="One of the ten recovery codes, if every factor is lost. Blanks, hyphens and capitals are ignored.",
    )
    device: DeviceName | None = None
    device_token: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None,
        description="From this address's last sign-in on this device. It proves nothing about who you are; a device "
        "that shows it is not slowed down by what others try elsewhere.",
    )
    cookie: InCookie = False


class Refresh(Schema):
    """A refresh token. The answer carries the next; with that, this one is spent."""

    refresh_token: Annotated[RefreshToken, StringConstraints(max_length=200)] | None = Field(
        default=None, description="From the last sign-in or refresh; null: the one in the cookie."
    )


class TokenPair(AccessToken):
    """A short access token, and a refresh token for the next one."""

    refresh_token: RefreshToken | None = Field(
        description="For one refresh. Keep it where only this device can read it. Null: it is in the cookie."
    )
    account_id: StaffId = Field(description="The account that has signed in.")
    device_token: str | None = Field(
        description="Keep it on this device, also after signing out, and send it with the next sign-in. Null after a "
        "refresh: the one before stays good.",
        examples=["8kq1cX0bHn0zRr0oVqJ3YA-one-for-this-device"],
    )


class Me(ReadSchema):
    """The signed-in account."""

    id: StaffId = Field(description="The account.")
    clinic_id: UUID = Field(description="Its clinic.", examples=["019ab0de-0000-7000-8000-000000000001"])
    roles: list[Role] = Field(description="The roles it holds.", examples=[["therapist"]])
    patient_id: UUID | None = Field(description="The chart that is this person's own; null for staff.")
    name: str | None = Field(
        description="Name of a member of staff; a patient's name is in the chart.", examples=["Imani Vale"]
    )
    credential: str | None = Field(
        description="Professional credential, as it is shown on signed notes.", examples=["LMFT"]
    )
