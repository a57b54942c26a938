"""Field types that bodies and answers of many resources have: who it is about, who did it, by which clock."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, StringConstraints

from integration_api.access.actor import Role
from integration_api.core.ids import Id

_ZONES = available_timezones()
_WITHOUT_PLACE = {
    *("CET", "EET", "MET", "WET", "EST", "HST", "MST", "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "Factory"),
    *("GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich", "UCT", "Universal", "Zulu", "localtime", "posixrules"),
}
_WITHOUT_PLACE_BELOW = ("Etc/", "SystemV/", "posix/", "right/")


def _is_zone(value: str) -> str:
    if value not in _ZONES:
        msg = "not a time zone of the IANA database"
        raise ValueError(msg)
    if value != "Etc/UTC" and (value in _WITHOUT_PLACE or value.startswith(_WITHOUT_PLACE_BELOW)):
        msg = "must be the time zone of a place, such as Europe/Berlin, or UTC"
        raise ValueError(msg)
    return value


PatientId = Annotated[Id, Field(description="The patient.", examples=["019ab0de-0000-7000-8000-000000000004"])]
ChartId = Annotated[PatientId, Field(description="The patient whose chart it is in.")]
StaffId = Annotated[
    Id, Field(description="A member of staff's account.", examples=["019ab0de-0000-7000-8000-000000000002"])
]
HappenedAt = Annotated[
    datetime,
    Field(
        description="The time that counts (UTC): the device's, or the server's if that cannot be.",
        examples=["2026-11-20T21:10:00Z"],
    ),
]
ConflictOfId = Annotated[
    UUID,
    Field(
        description="The one that this draft stands beside: a change of it that came too late, kept as `kept-both`.",
        examples=["019ab0de-0000-7000-8000-000000000008"],
    ),
]
ClockSkewed = Annotated[
    bool,
    Field(
        description="Whether the device's clock was wrong: its time cannot be, the server's counts.", examples=[False]
    ),
]
RoleName = Annotated[str, Field(title="Role", json_schema_extra={"enum": [role.value for role in Role]})]
"""A role in an answer: the word of the row, not read into a Role."""

SettableAccountState = Annotated[Literal["active", "disabled"], Field(title="SettableAccountState")]
"""A state of an account that a request can set."""

TimeZone = Annotated[
    str,
    StringConstraints(max_length=64),
    AfterValidator(_is_zone),
    Field(description="IANA time zone.", examples=["America/New_York"]),
]
