"""Second factors on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from integration_api.access.factor_tables import FactorKind
from integration_api.resources.people.factors.rules import RECOVERY_CODES
from integration_api.resources.people.sign_in.schemas import AccessToken, Credential, TotpCode
from integration_api.web.schemas import Line, Schema, example

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


class PasskeyAdd(Schema):
    """A new passkey."""

    model_config = example({"credential": _CREDENTIAL, "label": "Security key"})

    credential: Credential = Field(description="`credential.toJSON()` of what `navigator.credentials.create` gave.")
    label: Line | None = Field(default=None, description="What you call it.")


class RecoveryCodes(Schema):
    """Ten codes, each good for one sign-in without the factor. They are shown only here; earlier ones work no more."""

    model_config = example({"codes": ["k7d2-9fqm-x3tc-w8hp"] * RECOVERY_CODES})

    codes: list[str] = Field(description="Print them, or keep them where you keep passwords.")
