"""The clinic on the wire, and crisis resources."""

from dataclasses import dataclass
from typing import Annotated, Literal, NotRequired

from fastapi import Query
from pydantic import MISSING, AfterValidator, Field, StringConstraints
from typing_extensions import TypedDict

from integration_api.access.fields import TimeZone
from integration_api.core.ids import Id
from integration_api.resources.people.clinics.rules import DAYS, POLICY_DEFAULTS
from integration_api.web.schemas import (
    LETTER,
    ONE_LINE,
    VISIBLE,
    Line,
    NameLine,
    ReadSchema,
    Resource,
    Schema,
    example,
    example_with,
    response_part,
)

_MAX_POLICY = 10_000


def _are_hours(value: "dict[str, list[OpeningHoursGiven] | None]") -> "dict[str, list[OpeningHoursGiven] | None]":
    if any(span.opens >= span.closes for spans in value.values() for span in spans or ()):
        msg = "each span must end after it starts"
        raise ValueError(msg)
    return value


def _are_policies(value: dict[str, int | None]) -> dict[str, int | None]:
    if unknown := set(value) - set(POLICY_DEFAULTS):
        msg = f"{len(unknown)} of these are not policies; known: {', '.join(sorted(POLICY_DEFAULTS))}"
        raise ValueError(msg)
    return value


_HOURS = {day: [{"opens": "09:00", "closes": "17:00"}] for day in DAYS[:5]}
_Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
_Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEKDAYS = Field(json_schema_extra={"propertyNames": {"title": "Weekday", "enum": [*DAYS]}})

Country = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2}$"),
    Field(description="ISO 3166-1 alpha-2; decides which crisis resources are shown.", examples=["US"]),
]
Name = Annotated[NameLine, Field(description="Name as patients know it.", examples=["Willow House (demo)"])]
Opens = Annotated[_Clock, Field(description="When it opens, `HH:MM`.", examples=["09:00"])]
Closes = Annotated[_Clock, Field(description="When it closes, `HH:MM`; `24:00`: at midnight.", examples=["17:00"])]


class OpeningHoursGiven(Schema):
    """A time of one day in which the clinic is open."""

    opens: Opens
    closes: Closes


@response_part
class OpeningHours(TypedDict):
    """A time of one day in which the clinic is open."""

    opens: Opens
    closes: Closes


Hours = Annotated[
    dict[_Day, Annotated[list[OpeningHoursGiven], Field(max_length=4)] | None],
    AfterValidator(_are_hours),
    Field(description="Opening hours by weekday, in the clinic's time zone; null: closed."),
    _WEEKDAYS,
]
Policies = Annotated[
    dict[str, Annotated[int, Field(ge=0, le=_MAX_POLICY)] | None],
    Field(
        max_length=50,
        description="The clinic's own values; null: the default.",
        json_schema_extra={"propertyNames": {"title": "PolicyName", "enum": sorted(POLICY_DEFAULTS)}},
    ),
    AfterValidator(_are_policies),
]


ClinicPhone = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=40),
    ONE_LINE,
    LETTER,
    Field(description="Number that patients call; without one, nobody is told to call.", examples=["+1 555 0199"]),
]
Address = Annotated[
    Line, Field(description="Street and town of the clinic.", examples=["1 Willow Street, Springfield"])
]
EmergencyInstruction = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    VISIBLE,
    Field(
        description="The clinic's own advice for an emergency; shown with the crisis lines.",
        examples=["Go to the emergency department of Springfield General."],
    ),
]
OwnerId = Annotated[
    Id,
    Field(
        description="The admin to whom a task falls if nobody else can take it; the first admin until changed.",
        examples=["019ab0de-0000-7000-8000-000000000002"],
    ),
]


class ClinicIdentity(Schema):
    """The facts by which a clinic is known."""

    name: Name
    time_zone: TimeZone = Field(description="IANA time zone of its hours.")
    country: Country


class Clinic(ClinicIdentity, Resource):
    """The clinic, with every policy's value."""

    model_config = example_with({"id": "019ab0de-0000-7000-8000-000000000001"})

    slug: str = Field(
        description="Short name, for signing in if an address is used in several clinics.", examples=["willow-house"]
    )
    hours: Annotated[dict[str, list[OpeningHours]], _WEEKDAYS] = Field(
        description="Opening hours by weekday, in the clinic's time zone.", examples=[_HOURS]
    )
    policies: dict[str, int] = Field(
        description="Every policy: the clinic's value, or the default.", examples=[dict(POLICY_DEFAULTS)]
    )
    owner_id: OwnerId | None
    phone: ClinicPhone | None
    address: Address | None
    emergency_instruction: EmergencyInstruction | None


class ClinicFacts(ClinicIdentity):
    """The facts that a new clinic needs; given on the command line."""

    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,62}$")] = Field(description="Short name.")


class ClinicUpdate(Schema):
    """The fields that an admin can change. Absent fields stay as they are."""

    model_config = example({"hours": _HOURS, "policies": {"late_entry_hours": 48}})

    name: Name | MISSING = MISSING
    time_zone: TimeZone | MISSING = MISSING
    country: Country | MISSING = MISSING
    hours: Hours | MISSING = MISSING
    policies: Policies | MISSING = MISSING
    owner_id: OwnerId | MISSING = MISSING
    phone: ClinicPhone | None | MISSING = MISSING
    address: Address | None | MISSING = MISSING
    emergency_instruction: EmergencyInstruction | None | MISSING = MISSING


@response_part
class CrisisResource(TypedDict):
    """Somebody who answers now."""

    name: Annotated[str, Field(description="The organization that answers.", examples=["Emergency services"])]
    kind: Annotated[
        Literal["emergency", "crisis_line"],
        Field(
            title="CrisisResourceKind",
            description="Emergency services, or somebody to talk to.",
            examples=["emergency"],
        ),
    ]
    contact: Annotated[str, Field(description="Number to dial or text.", examples=["911"])]
    how: Annotated[
        Literal["call", "text", "call or text"],
        Field(title="CrisisContactMethod", description="Instructions for use.", examples=["call"]),
    ]
    hours: NotRequired[
        Annotated[str | None, Field(description="When somebody answers; null: not stated.", examples=[None])]
    ]
    confidence: NotRequired[
        Annotated[
            Literal["two_lists", "one_list", "background"],
            Field(title="CrisisConfidence", description="The lists that agree on it.", examples=["one_list"]),
        ]
    ]
    checked_on: NotRequired[
        Annotated[
            str | None,
            Field(
                description="The day on which its source was read; null: none was.",
                json_schema_extra={"format": "date"},
                examples=["2026-11-28"],
            ),
        ]
    ]
    source: Annotated[str | None, Field(description="The source that was read.", examples=["988lifeline.org"])]
    verified_on: Annotated[
        str | None,
        Field(
            description="The day on which a person dialled it; null: nobody has.",
            json_schema_extra={"format": "date"},
            examples=[None],
        ),
    ]


class CrisisResources(ReadSchema):
    """The help to show somebody in crisis in the clinic's country."""

    country: str | None = Field(
        description="ISO 3166-1 alpha-2; null: not known, so these are for any country.", examples=["US"]
    )
    items: list[CrisisResource] = Field(description="Emergency services first.")


@dataclass(frozen=True)
class CrisisResourceFilter:
    """Which country's crisis resources a list shows."""

    country: Annotated[Country | None, Query(description="ISO 3166-1 alpha-2; the clinic's if signed in.")] = None
