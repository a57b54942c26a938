"""Notifications on the wire: what a person chooses to be told."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from integration_api.access.fields import TimeZone
from integration_api.web.schemas import Resource, Schema, example_with

ChosenKind = Annotated[
    Literal["check_in_open", "reply_to_read", "plan_to_answer", "roster_gap"], Field(title="ChosenKind")
]
QuietTime = Annotated[
    str,
    StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Field(description="A local time, `HH:MM`.", examples=["22:00"]),
]


class NotificationChoices(Schema):
    """The things that a person wants to be told of, and when not."""

    kinds: list[ChosenKind] = Field(
        max_length=10,
        description="The kinds; none until chosen. What is urgent reaches staff on call whatever is chosen.",
        examples=[["check_in_open", "reply_to_read"]],
    )
    by_email: bool = Field(description="Whether e-mail is used too, at the address that is known.", examples=[True])
    quiet_from: QuietTime | None = Field(default=None, description="Nothing is sent from this local time on.")
    quiet_until: QuietTime | None = Field(
        default=None, description="Until this local time; what waits is sent then.", examples=["07:30"]
    )
    time_zone: TimeZone | None = Field(
        default=None, description="The zone of these times; null: the patient's own, or the clinic's."
    )


class NotificationSettings(NotificationChoices, Resource):
    """A person's choices, and the means that there are to tell them."""

    model_config = example_with({"id": "019ab0de-0000-7000-8000-000000000002", "quiet_from": "22:00"})

    emails: bool = Field(description="Whether this installation sends e-mail.", examples=[True])
    push_key: str | None = Field(
        description="The `applicationServerKey` to subscribe to Web Push with; null: not offered.",
        examples=["BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM"],
    )
