"""Second factors on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from integration_api.access.factor_tables import FactorKind
from integration_api.core.ids import Id
from integration_api.resources.people.factors.rules import RECOVERY_CODES
from integration_api.resources.people.sign_in.schemas import AccessToken, Credential, TotpCode
from integration_api.web.schemas import Line, ReadSchema, Schema

_AT = "2026-11-02T09:00:00Z"

FactorId = Annotated[Id, Field(description="The factor.", examples=["019ab0de-0000-7000-8000-00000000000c"])]
Label = Annotated[Line, Field(description="The name you give it.", examples=["Phone"])]


class Factor(ReadSchema):
    """A second factor of yours."""

    id: FactorId
    kind: FactorKind = Field(
        description="`totp`: codes of an app; `passkey`: a key in a phone, computer or token.", examples=["totp"]
    )
    label: Label | None
    created_at: datetime = Field(description="When it was begun (UTC).", examples=[_AT])
    is_confirmed: bool = Field(description="Whether it counts: it does once it was used.", examples=[True])
    last_used_at: datetime | None = Field(description="When it was last used (UTC).", examples=[_AT])


class Factors(ReadSchema):
    """Your second factors: ten at the most."""

    items: list[Factor] = Field(description="Oldest first.")
    recovery_codes_left: int = Field(description="Recovery codes that were not used yet.", examples=[RECOVERY_CODES])


class TotpAdd(Schema):
    """A new app for codes."""

    label: Label | None = None


class TotpBegun(ReadSchema):
    """The secret that an authenticator app needs. It is shown only here; confirm the factor with its first code."""

    id: FactorId
    secret: str = Field(description="Base32, for typing in.", examples=["JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"])
    uri: str = Field(
        description="The same as an `otpauth:` address, for a QR code.",
        examples=[
            "otpauth://totp/Willow%20House:Imani%20Vale?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Willow%20House"
        ],
    )


class TotpConfirm(Schema):
    """The first code of a new app."""

    totp_code: TotpCode


class FactorAdded(ReadSchema):
    """The factor counts from now on, and this sign-in is proved with it."""

    factor: Factor = Field(description="The new factor.")
    access: AccessToken = Field(description="Use this access token from now on.")


class PasskeyAdd(Schema):
    """A new passkey."""

    credential: Credential = Field(description="`credential.toJSON()` of what `navigator.credentials.create` gave.")
    label: Label | None = None


class RecoveryCodes(ReadSchema):
    """Ten codes, each good for one sign-in without the factor. They are shown only here; earlier ones work no more."""

    codes: list[str] = Field(
        description="Print them, or keep them where you keep passwords.",
        examples=[["k7d2-5fqm-x3tc-w6hp"] * RECOVERY_CODES],
    )
