"""Sign-ins on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from integration_api.web.schemas import ReadSchema

_AT = "2026-11-02T09:00:00Z"


class Device(ReadSchema):
    """A sign-in that stands."""

    id: UUID = Field(description="The sign-in.", examples=["019ab0de-0000-7000-8000-00000000000c"])
    label: str | None = Field(description="The name that the device gave itself.", examples=["Clinic laptop"])
    created_at: datetime = Field(description="When it began (UTC).", examples=[_AT])
    last_used_at: datetime = Field(description="When it last got an access token by refreshing (UTC).", examples=[_AT])
    expires_at: datetime = Field(description="When it ends at the latest (UTC).", examples=["2026-11-03T09:00:00Z"])
    is_strong: bool = Field(description="Whether a second factor was given.", examples=[True])
    is_this_one: bool = Field(description="Whether it is the one you ask with.", examples=[True])
