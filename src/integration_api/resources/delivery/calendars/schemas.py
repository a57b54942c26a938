"""Calendars on the wire."""

from datetime import datetime

from pydantic import Field

from integration_api.web.schemas import ReadSchema


class CalendarStatus(ReadSchema):
    """A person's calendar address, without its secret."""

    made_at: datetime = Field(description="When its address was made (UTC).", examples=["2026-11-20T15:00:00Z"])


class CalendarAddress(CalendarStatus):
    """A new calendar address. It is shown only here."""

    path: str = Field(
        description="The path to subscribe to, on this server. It is a secret.", examples=["/v1/calendars/AZq…=.ics"]
    )
