"""The promise of a reply on the wire."""

from datetime import datetime

from pydantic import Field

from integration_api.resources.journal.reflections.promises import PromiseState
from integration_api.web.schemas import ReadSchema

_REPLY_BY = "2026-11-23T21:14:00Z"


class ReplyPromise(ReadSchema):
    """The promise of the care team to answer: by a reply, or by marking it as reviewed."""

    promised_for: datetime = Field(description="Until when it was promised (UTC).", examples=[_REPLY_BY])
    reply_by: datetime = Field(
        description="Until when it is promised now (UTC): once it was missed, the new time.", examples=[_REPLY_BY]
    )
    state: PromiseState = Field(description="Its state; what comes too late stays missed.", examples=["open"])
    answered_at: datetime | None = Field(description="When staff answered first since (UTC).")
