"""Service accounts on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, Field, StringConstraints

from integration_api.access.tables import AccountState
from integration_api.core.ids import OwnId
from integration_api.web.schemas import Line, Resource, Schema, example

ServiceScope = Literal[
    "clinic:read",
    "account:list",
    "account:read",
    "invitation:create",
    "patient:list",
    "patient:search",
    "patient:read",
    "patient:update",
    "care_team:list",
    "care_team:add",
    "care_team:end",
]
"""What the policy lets programs do. None of it carries clinical text."""

Scopes = Annotated[list[ServiceScope], Field(min_length=1, max_length=20)]
_ID = "019ab0de-0000-7000-8000-000000000012"
_SECRET = "AZqw3gAAcACAAAAAAAAAAQ-one-secret-per-program"  # noqa: S105  an example
_EXAMPLE = {
    "id": _ID,
    "created_at": "2026-11-02T09:00:00Z",
    "updated_at": "2026-11-02T09:00:00Z",
    "version": 1,
    "name": "Front desk",
    "state": "active",
    "scopes": ["patient:list", "patient:read"],
    "previous_secret_ends_at": None,
}


class ServiceAccount(Resource):
    """A program of the clinic's own."""

    model_config = example(_EXAMPLE)

    name: str = Field(description="What it is called.")
    state: AccountState = Field(description="`disabled` cannot get tokens, and those that it has stop working.")
    scopes: list[ServiceScope] = Field(description="What it may do; anything else is refused with 403.")
    previous_secret_ends_at: datetime | None = Field(
        description="Until when the secret before the current one works too (UTC); null where there was none."
    )


class ServiceAccountSecret(ServiceAccount):
    """A program, with a new secret. It is shown only here."""

    model_config = example({**_EXAMPLE, "client_secret": _SECRET})

    client_secret: str = Field(description="Keep it where only the program can read it.")


class ServiceAccountCreate(Schema):
    """A new program, and what it may do."""

    model_config = example({"name": "Front desk", "scopes": ["patient:list", "patient:read"]})

    id: OwnId | None = Field(default=None, description="Your own id for it; the program's `client_id`.")
    name: Line = Field(description="What it is called.")
    scopes: Scopes = Field(description="What it may do: as little as it needs.")


class ServiceAccountUpdate(Schema):
    """What an admin can change. Scopes and state hold from the program's next request."""

    model_config = example({"scopes": ["patient:list"]})

    name: Line | MISSING = Field(default=MISSING, description="What it is called.")
    scopes: Scopes | MISSING = Field(default=MISSING, description="All that it may do.")
    state: Literal["active", "disabled"] | MISSING = Field(default=MISSING, description="Disable, or enable again.")


class ServiceTokenCreate(Schema):
    """The program's id and secret."""

    model_config = example({"client_id": _ID, "client_secret": _SECRET})

    client_id: UUID = Field(description="The service account.")
    client_secret: Annotated[str, StringConstraints(max_length=200)] = Field(description="Its secret.")


class ServiceToken(Schema):
    """A short access token. There is no refresh token: ask for the next one with the secret."""

    model_config = example(
        {
            "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl",
            "token_type": "Bearer",
            "expires_in": 900,
            "scopes": ["patient:list", "patient:read"],
        }
    )

    access_token: str = Field(description="Send it as `Authorization: Bearer …`.")
    token_type: Literal["Bearer"] = Field(description="Always `Bearer`.")
    expires_in: int = Field(description="Seconds until it ends.")
    scopes: list[ServiceScope] = Field(description="What it may do.")
