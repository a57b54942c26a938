"""Second factors, proofs and devices on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, JsonValue, StringConstraints

from integration_api.access.factors import FactorKind
from integration_api.core.schemas import Line, Schema, example
from integration_api.resources.accounts.rules import MAXIMUM_PASSWORD, RECOVERY_CODES

__all__ = [
    "AccessToken",
    "Device",
    "Factor",
    "FactorAdded",
    "Factors",
    "PasskeyAdd",
    "PasskeyOptions",
    "PasskeySignIn",
    "PasswordChange",
    "RecoveryCodes",
    "StepUp",
    "TotpAdd",
    "TotpBegun",
    "TotpCode",
    "TotpConfirm",
]

TotpCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Credential = Annotated[dict[str, JsonValue], Field(max_length=20)]
_ID = "019ab0de-0000-7000-8000-00000000000c"
_AT = "2026-11-02T09:00:00Z"
_ACCESS = {
    "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl",
    "token_type": "Bearer",
    "expires_in": 900,
}
_FACTOR = {
    "id": _ID,
    "kind": "totp",
    "label": "Phone",
    "created_at": _AT,
    "is_confirmed": True,
    "last_used_at": _AT,
}
_CREDENTIAL = {"id": "Y3JlZGVudGlhbA", "rawId": "Y3JlZGVudGlhbA", "type": "public-key", "response": {}}


class AccessToken(Schema):
    """A new access token of the same sign-in; its refresh token stays as it is."""

    model_config = example(_ACCESS)

    access_token: str = Field(description="Send it as `Authorization: Bearer …`.")
    token_type: Literal["Bearer"] = Field(description="Always `Bearer`.")
    expires_in: int = Field(description="Seconds until the access token ends.")


class Factor(Schema):
    """A second factor of yours."""

    model_config = example(_FACTOR)

    id: UUID = Field(description="The factor.")
    kind: FactorKind = Field(description="`totp`: codes of an app; `passkey`: a key in a phone, computer or token.")
    label: str | None = Field(description="What you call it.")
    created_at: datetime = Field(description="When it was begun (UTC).")
    is_confirmed: bool = Field(description="Whether it counts: it does once it was used.")
    last_used_at: datetime | None = Field(description="When it was last used (UTC).")


class Factors(Schema):
    """Your second factors: ten at the most."""

    items: list[Factor] = Field(description="Oldest first.")
    recovery_codes_left: int = Field(description="Recovery codes that were not used yet.")


class TotpAdd(Schema):
    """A new app for codes."""

    model_config = example({"label": "Phone"})

    label: Line | None = Field(default=None, description="What you call it.")


class TotpBegun(Schema):
    """What an authenticator app needs. It is shown only here; confirm the factor with its first code."""

    model_config = example(
        {
            "id": _ID,
            "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
            "uri": "otpauth://totp/Willow%20House:Imani%20Vale?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Willow%20House",
        }
    )

    id: UUID = Field(description="The factor.")
    secret: str = Field(description="Base32, for typing in.")
    uri: str = Field(description="The same as an `otpauth:` address, for a QR code.")


class TotpConfirm(Schema):
    """The first code of a new app."""

    model_config = example({"totp_code": "492039"})

    totp_code: TotpCode = Field(description="Six digits; each code works once.")


class FactorAdded(Schema):
    """The factor counts from now on, and this sign-in is proved with it."""

    model_config = example({"factor": _FACTOR, "access": _ACCESS})

    factor: Factor = Field(description="The factor.")
    access: AccessToken = Field(description="Use this access token from now on.")


class PasskeyOptions(Schema):
    """What a browser is to ask its authenticator. It is good for five minutes, and for one answer."""

    model_config = example({"public_key": {"challenge": "Y2hhbGxlbmdl", "rpId": "localhost", "timeout": 300_000}})

    public_key: dict[str, JsonValue] = Field(
        description="For `PublicKeyCredential.parseCreationOptionsFromJSON` where a passkey is made, and "
        "`parseRequestOptionsFromJSON` where one is used."
    )


class PasskeyAdd(Schema):
    """A new passkey."""

    model_config = example({"credential": _CREDENTIAL, "label": "Security key"})

    credential: Credential = Field(description="`credential.toJSON()` of what `navigator.credentials.create` gave.")
    label: Line | None = Field(default=None, description="What you call it.")


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


class RecoveryCodes(Schema):
    """Ten codes, each good for one sign-in without the factor. They are shown only here; earlier ones work no more."""

    model_config = example({"codes": ["k7d2-9fqm-x3tc-w8hp"] * RECOVERY_CODES})

    codes: list[str] = Field(description="Print them, or keep them where you keep passwords.")


class PasswordChange(Schema):
    """The password there is, and the one there shall be."""

    model_config = example({"old_password": "quiet-otter-rows-upstream", "password": "nine-lamps-beside-a-ferry"})

    old_password: str = Field(max_length=MAXIMUM_PASSWORD, description="The password until now.")
    password: str = Field(
        max_length=MAXIMUM_PASSWORD, description="At least 15 characters, any characters; nothing easy to guess."
    )


class Device(Schema):
    """A sign-in of yours that stands."""

    model_config = example(
        {
            "id": _ID,
            "label": "Clinic laptop",
            "created_at": _AT,
            "last_used_at": _AT,
            "expires_at": "2026-11-03T09:00:00Z",
            "is_strong": True,
            "is_this_one": True,
        }
    )

    id: UUID = Field(description="The sign-in.")
    label: str | None = Field(description="What the device called itself.")
    created_at: datetime = Field(description="When it began (UTC).")
    last_used_at: datetime = Field(description="When it last got an access token by refreshing (UTC).")
    expires_at: datetime = Field(description="When it ends at the latest (UTC).")
    is_strong: bool = Field(description="Whether a second factor was given.")
    is_this_one: bool = Field(description="Whether it is the one you ask with.")
