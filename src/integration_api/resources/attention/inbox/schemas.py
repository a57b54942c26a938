"""The inbox on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from integration_api.resources.attention.inbox.tables import InboxKind
from integration_api.web.schemas import ReadSchema


class InboxItem(ReadSchema):
    """One thing that the care team did and you are to know of."""

    id: UUID = Field(description="Identifier of the item.", examples=["019ab0de-0000-7000-8000-000000000006"])
    kind: InboxKind = Field(description="The kind of thing.", examples=["plan_to_answer"])
    subject_id: UUID = Field(
        description="The plan, the reflection of a reply, or the note that was entered in error.",
        examples=["019ab0de-0000-7000-8000-000000000010"],
    )
    title: str | None = Field(
        description="The plan's title, or the first words of the reflection.", examples=["The back step"]
    )
    from_name: str | None = Field(description="The name of who replied last; null for a plan.", examples=["Imani Vale"])
    opened_at: datetime = Field(description="When it happened (UTC).", examples=["2026-11-03T18:20:00Z"])
    read_at: datetime | None = Field(description="When it was marked as read (UTC); null if it is unread.")
