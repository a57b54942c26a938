"""One's own sign-ins on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from integration_api.web.schemas import Schema, example

_ID = "019ab0de-0000-7000-8000-00000000000c"
_AT = "2026-11-02T09:00:00Z"


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
