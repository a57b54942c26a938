"""Signing in on the wire: proofs and tokens."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, JsonValue, StringConstraints

from integration_api.access.actor import Role
from integration_api.resources.people.sign_in.rules import MAXIMUM_PASSWORD
from integration_api.web.schemas import Line, Schema, example

TotpCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Credential = Annotated[dict[str, JsonValue], Field(max_length=20)]
_ACCESS = {
    "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl",
    "token_type": "Bearer",
    "expires_in": 900,
}
_CREDENTIAL = {"id": "Y3JlZGVudGlhbA", "rawId": "Y3JlZGVudGlhbA", "type": "public-key", "response": {}}


class AccessToken(Schema):
    """A new access token of the same sign-in; its refresh token stays as it is."""

    model_config = example(_ACCESS)

    access_token: str = Field(description="Send it as `Authorization: Bearer …`.")
    token_type: Literal["Bearer"] = Field(description="Always `Bearer`.")
    expires_in: int = Field(description="Seconds until the access token ends.")


class PasskeyOptions(Schema):
    """What a browser is to ask its authenticator. It is good for five minutes, and for one answer."""

    model_config = example({"public_key": {"challenge": "Y2hhbGxlbmdl", "rpId": "localhost", "timeout": 300_000}})

    public_key: dict[str, JsonValue] = Field(
        description="For `PublicKeyCredential.parseCreationOptionsFromJSON` where a passkey is made, and "
        "`parseRequestOptionsFromJSON` where one is used."
    )


class PasskeySignIn(Schema):
    """A passkey, used."""

    model_config = example({"credential": _CREDENTIAL, "device": "Clinic laptop"})

    credential: Credential = Field(description="`credential.toJSON()` of what `navigator.credentials.get` gave.")
    device: Line | None = Field(default=None, description="What this device is called in the list of sign-ins.")


class StepUp(Schema):
    """One proof of who you are: a code, a passkey, or, where the account has no factor, the password."""

    model_config = example({"totp_code": "492039"})

    totp_code: TotpCode | None = Field(default=None, description="Six digits; each code works once.")
    credential: Credential | None = Field(
        default=None, description="`credential.toJSON()` of what `navigator.credentials.get` gave."
    )
    password: Annotated[str, StringConstraints(max_length=MAXIMUM_PASSWORD)] | None = Field(
        default=None, description="The password, for an account that has no second factor."
    )


Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+$"),
]
_ID = "019ab0de-0000-7000-8000-000000000002"
_TOKEN_EXAMPLE = {
    "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl",
    "token_type": "Bearer",
    "expires_in": 900,
    "refresh_token": "AZqw3gAAcACAAAAAAAAAAQ-one-secret-per-sign-in",
    "account_id": _ID,
    "device_token": "8kq1cX0bHn0zRr0oVqJ3YA-one-for-this-device",
}


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
