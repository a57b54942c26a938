"""Observer checks, events of links, and what an observer is answered."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, NamedTuple, Self
from uuid import UUID

from pydantic import (
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from typing_extensions import TypedDict

from integration_api.access.fields import ClockSkewed, PatientId
from integration_api.core.ids import OwnId
from integration_api.resources.care.doses.observer_words import Breathing, Colour, ObserverSource, Position, Responds
from integration_api.resources.care.doses.schemas import FindingBasis, FindingThere
from integration_api.resources.care.remote_sessions.check_numbers import Number, implausible
from integration_api.resources.care.remote_sessions.rules import MAX_BATCH, Link, LinkChange, words_alarm
from integration_api.resources.care.remote_sessions.schemas import (
    EmergencyAddress,
    EmergencyNumber,
    OnCallThere,
)
from integration_api.resources.people.clinics.schemas import CrisisResource
from integration_api.web.schemas import ClaimedInstant, ReadSchema, Schema, example, example_with, response_part

_CHECK_ID, _EVENT_ID = "019ab0de-0000-7000-8000-0000000000c1", "019ab0de-0000-7000-8000-0000000000c2"
_AT, _NEXT_AT = "2026-11-20T15:35:00Z", "2026-11-20T15:50:00Z"
_TOKEN = Field(min_length=1, max_length=200, description="The support token.", examples=["AZq…="])
_LOOK: dict[str, object] = {
    "responds": "yes",
    "breathing": "normal",
    "colour": "normal",
    "vomiting": False,
    "position": "reclined",
    "distress": 2,
    "source": "observer",
}


class LookFacts(Schema):
    """Facts that an observer sees and reads off. Words and numbers alone: there is no free text."""

    responds: Responds = Field(description="The patient's response.", examples=["yes"])
    breathing: Breathing = Field(description="The patient's breathing.", examples=["normal"])
    colour: Colour = Field(description="The colour of face and lips.", examples=["normal"])
    vomiting: bool = Field(description="Whether the patient vomits.", examples=[False])
    position: Position = Field(description="The patient's position.", examples=["reclined"])
    distress: int | None = Field(
        default=None, description="The distress that they show or tell, from 0 to 10.", examples=[2]
    )
    pulse: int | None = Field(default=None, description="Beats a minute, from 20 to 250.", examples=[82])
    spo2: int | None = Field(default=None, description="Oxygen saturation, from 50 to 100 %.", examples=[97])
    systolic: int | None = Field(default=None, description="From 40 to 300 mm[Hg], with `diastolic`.")
    diastolic: int | None = Field(default=None, description="From 20 to 200 mm[Hg], below `systolic`.")
    source: ObserverSource = Field(description="From whom the numbers are.", examples=["observer"])


class ObserverCheckCreate(LookFacts):
    """A check to record. A number that cannot be is left out, and named in the answer; the words count all the same."""

    model_config = example({"id": _CHECK_ID, "taken_at": _AT, **_LOOK})

    id: OwnId = Field(description="Its id, made by the device, and the same at each try.")
    taken_at: ClaimedInstant = Field(description="When the observer looked, by the device.", examples=[_AT])
    _ignored: list[Number] = PrivateAttr(default_factory=list)

    @model_validator(mode="wrap")
    @classmethod
    def _without_the_implausible(cls, data: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(data, Mapping):
            return handler(data)
        ignored = implausible(data)
        made = handler({name: value for name, value in data.items() if name not in ignored})
        made._ignored = ignored
        return made

    @property
    def ignored(self) -> list[Number]:
        """Return the numbers that were sent and cannot be."""
        return self._ignored


class LinkEventCreate(Schema):
    """An event of a link to record."""

    model_config = example({"id": _EVENT_ID, "at": _AT, "link": "video", "change": "lost"})

    id: OwnId = Field(description="Its own id, the same at each try.")
    at: ClaimedInstant = Field(description="When it happened, by the device.", examples=[_AT])
    link: Link = Field(description="The link.", examples=["video"])
    change: LinkChange = Field(description="The change of it.", examples=["lost"])


class Unread(NamedTuple):
    """An item of a batch that is not as declared. It keeps nothing from the others, and no alarm from being heard."""

    id: str | None
    fields: list[str]
    is_alarming: bool


def _or_unread(data: object, handler: ValidatorFunctionWrapHandler) -> object:
    """Return the item, or what can be told of it: names of fields that are ours, and never a value."""
    try:
        return handler(data)
    except ValidationError as error:
        places = [str(part) for one in error.errors(include_url=False) for part in one["loc"][:1]]
        known = {*ObserverCheckCreate.model_fields, *LinkEventCreate.model_fields}
        sent = data if isinstance(data, Mapping) else {}
        fields = sorted({place if place in known else "(unknown)" for place in places})
        return Unread(_id_of(sent), fields, words_alarm(sent))


def _id_of(sent: Mapping[str, object]) -> str | None:
    try:
        return str(UUID(str(sent.get("id"))))
    except ValueError:
        return None


SentChecks = list[Annotated[ObserverCheckCreate, WrapValidator(_or_unread)]]
SentEvents = list[Annotated[LinkEventCreate, WrapValidator(_or_unread)]]


class LinkEventBatch(Schema):
    """Events of the links of one session."""

    items: Annotated[list[LinkEventCreate], Field(min_length=1, max_length=MAX_BATCH, description="The events.")]


class ObserverBatch(Schema):
    """All that a device has to tell, also after hours without a connection. Both lists may be empty.

    Of each list 32 items are stored. What is wrong with an item is told of it alone.
    """

    model_config = example({"token": "AZq…=", "checks": [{"id": _CHECK_ID, "taken_at": _AT, **_LOOK}]})

    token: Annotated[str, _TOKEN]
    checks: SentChecks = Field(default_factory=list, description="Checks, in any order.")
    link_events: SentEvents = Field(default_factory=list, description="Events of links, in any order.")


@response_part
class EmergencyCard(TypedDict):
    """Advice for this moment."""

    text: Annotated[
        str,
        Field(
            description="To be shown as it is, in English.",
            examples=["Call 911 now, and say where you are. Then call Ines Orr: +1 555 0144. Stay with them."],
        ),
    ]
    local_emergency_number: EmergencyNumber | None
    emergency_address: EmergencyAddress | None
    medical_on_call: Annotated[OnCallThere | None, Field(description="The clinician to call after that.")]


class ItemOutcome(StrEnum):
    """The outcome of an item of a batch."""

    STORED = "stored"
    KNOWN = "known"
    """It was stored before."""
    DIFFERS = "differs"
    """A check of that id is stored with another content; send it with a new id."""
    ID_TAKEN = "id_taken"
    """The id is of another session; send it with a new one."""
    LATER = "later"
    """More items than are stored at once: send it again."""
    UNREAD = "unread"
    """It is not as declared; `fields` names what is wrong."""


@response_part
class ItemTold(TypedDict):
    """The outcome of one item."""

    id: Annotated[str | None, Field(description="The id that was sent; null if it is none.", examples=[_CHECK_ID])]
    outcome: Annotated[
        ItemOutcome,
        Field(
            description="Send again what is `later`, and under a new id what is `differs` or `id_taken`.",
            examples=["stored"],
        ),
    ]
    ignored: Annotated[
        list[Number], Field(description="Numbers left out of it, since they cannot be.", examples=[["pulse"]])
    ]
    fields: Annotated[list[str], Field(description="The fields of an `unread` one that are wrong.", examples=[[]])]


class ObserverAnswer(ReadSchema):
    """The answer to an observer. It tells nothing of the chart."""

    next_check_at: datetime | None = Field(
        description="When to look again (UTC); null before the first dose.", examples=[_NEXT_AT]
    )
    is_alarming: bool = Field(description="Whether a check of this request is alarming.", examples=[False])
    card: Annotated[EmergencyCard | None, Field(description="Advice for this moment if one is; null otherwise.")]
    crisis_resources: list[CrisisResource] = Field(description="Those who answer at any time, by country.")
    checks: list[ItemTold] = Field(description="The outcome of each check, in the order of the request.")
    link_events: list[ItemTold] = Field(description="The outcome of each event, in the order of the request.")


class ObserverCheck(ReadSchema, LookFacts):
    """One check, with what follows from it."""

    id: UUID = Field(description="Its id.", examples=[_CHECK_ID])
    taken_at: datetime = Field(description="When it counts (UTC).", examples=[_AT])
    clock_skewed: ClockSkewed
    ignored: list[Number] = Field(description="Numbers that were sent and cannot be; they are null.", examples=[[]])
    received_at: datetime = Field(description="When it arrived (UTC).", examples=[_AT])
    minute: int | None = Field(description="Minutes since the first dose; negative before.", examples=[15])
    findings: Annotated[list[FindingThere], Field(description="Remarks about it; R10 is alarming.")]


class LinkEvent(ReadSchema):
    """One event of a link."""

    id: UUID = Field(description="Which event it is.", examples=[_EVENT_ID])
    at: datetime = Field(description="When it happened (UTC).", examples=[_AT])
    clock_skewed: ClockSkewed
    link: Link = Field(description="The link that it is about.", examples=["video"])
    change: LinkChange = Field(description="Whether it was connected, lost or restored.", examples=["lost"])
    recorded_by_id: UUID | None = Field(description="The account of staff; null: the observer.")


class WatchGap(FindingBasis):
    """A time in which checks or a link were missing."""

    rule: Annotated[str, Field(description="R25 of a check, R26 of a link.", examples=["R25"])]
    since: Annotated[datetime, Field(description="Since when (UTC).", examples=[_AT])]
    until: Annotated[datetime | None, Field(description="Until when (UTC); null: still.", examples=[_NEXT_AT])]


class ObserverWatch(ReadSchema):
    """All that was seen at home in a session, the earliest first, and what was missed."""

    model_config = example_with({})

    patient_id: PatientId
    session_id: UUID = Field(description="The session.", examples=["019ab0de-0000-7000-8000-000000000009"])
    first_dose_at: datetime | None = Field(description="When the first dose was given (UTC).", examples=[_AT])
    next_check_at: datetime | None = Field(
        description="When the next check is due (UTC); null before the first dose, and once it is over.",
        examples=[_NEXT_AT],
    )
    checks: list[ObserverCheck] = Field(description="The newest 500 checks.")
    link_events: list[LinkEvent] = Field(description="The newest 500 events of links.")
    findings: list[WatchGap] = Field(description="Missed checks (R25) and lost links (R26).")
