"""The clinic on the wire, and crisis resources."""

from datetime import date
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import MISSING, AfterValidator, Field, StringConstraints

from integration_api.resources.people.clinics.rules import DAYS, POLICY_DEFAULTS
from integration_api.web.schemas import Line, Resource, Schema, example

_ZONES = available_timezones()
_MOST_POLICY = 10_000


def _is_zone(value: str) -> str:
    if value not in _ZONES:
        msg = "not a time zone of the IANA database"
        raise ValueError(msg)
    return value


def _are_hours(value: dict[str, list[tuple[str, str]]]) -> dict[str, list[tuple[str, str]]]:
    if any(start >= end for spans in value.values() for start, end in spans):
        msg = "each span must end after it starts"
        raise ValueError(msg)
    return value


def _are_policies(value: dict[str, int]) -> dict[str, int]:
    if unknown := set(value) - set(POLICY_DEFAULTS):
        msg = f"{len(unknown)} of these are not policies; known: {', '.join(sorted(POLICY_DEFAULTS))}"
        raise ValueError(msg)
    return value


TimeZone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_is_zone)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
_Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
_Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Hours = Annotated[dict[_Day, Annotated[list[tuple[_Clock, _Clock]], Field(max_length=4)]], AfterValidator(_are_hours)]
Policies = Annotated[
    dict[str, Annotated[int, Field(ge=0, le=_MOST_POLICY)]],
    Field(max_length=50, json_schema_extra={"propertyNames": {"enum": sorted(POLICY_DEFAULTS)}}),
    AfterValidator(_are_policies),
]

_HOURS = {day: [["09:00", "17:00"]] for day in DAYS[:5]}
_EXAMPLE = {
    "id": "019ab0de-0000-7000-8000-000000000001",
    "created_at": "2026-11-02T09:00:00Z",
    "updated_at": "2026-11-02T09:00:00Z",
    "version": 1,
    "slug": "willow-house",
    "name": "Willow House (demo)",
    "time_zone": "America/New_York",
    "country": "US",
    "hours": _HOURS,
    "policies": dict(POLICY_DEFAULTS),
}


class Clinic(Resource):
    """The clinic, with every policy's value."""

    model_config = example(_EXAMPLE)

    slug: str = Field(description="Short name, for signing in where an address is used in several clinics.")
    name: str = Field(description="Name as patients know it.")
    time_zone: str = Field(description="IANA time zone of its hours.")
    country: str = Field(description="ISO 3166-1 alpha-2; decides which crisis resources are shown.")
    hours: dict[str, list[list[str]]] = Field(description="Opening hours by weekday, local time, `HH:MM`.")
    policies: dict[str, int] = Field(description="Every policy: the clinic's value, or the default.")


class ClinicFacts(Schema):
    """What a new clinic needs; given on the command line."""

    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,62}$")] = Field(description="Short name.")
    name: Line = Field(description="Name as patients know it.")
    time_zone: TimeZone = Field(description="IANA time zone.")
    country: Country = Field(description="ISO 3166-1 alpha-2.")


class ClinicUpdate(Schema):
    """What an admin can change. Absent fields stay as they are."""

    model_config = example({"hours": _HOURS, "policies": {"late_entry_hours": 48}})

    name: Line | MISSING = Field(default=MISSING, description="Name as patients know it.")
    time_zone: TimeZone | MISSING = Field(default=MISSING, description="IANA time zone.")
    country: Country | MISSING = Field(default=MISSING, description="ISO 3166-1 alpha-2.")
    hours: Hours | MISSING = Field(default=MISSING, description="All opening hours, by weekday.")
    policies: Policies | MISSING = Field(
        default=MISSING, description="The clinic's own values; others keep the default."
    )


class CrisisResource(Schema):
    """Somebody who answers now."""

    model_config = example(
        {
            "name": "988 Suicide & Crisis Lifeline",
            "kind": "crisis_line",
            "contact": "988",
            "how": "call or text",
            "verified_on": "2026-11-22",
            "source": "988lifeline.org",
        }
    )

    name: str = Field(description="Who answers.")
    kind: Literal["emergency", "crisis_line"] = Field(description="Emergency services, or somebody to talk to.")
    contact: str = Field(description="Number to dial or text.")
    how: str = Field(description="How to use it.")
    verified_on: date | None = Field(description="When somebody last checked it against a source; null: not yet.")
    source: str | None = Field(description="Where it was checked.")


class CrisisResources(Schema):
    """What to show somebody in crisis in the clinic's country."""

    country: str = Field(description="ISO 3166-1 alpha-2.")
    items: list[CrisisResource] = Field(description="Emergency services first.")
