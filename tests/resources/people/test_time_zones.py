"""A time zone is a place of the IANA list, under any of its names, or UTC."""

import pytest

from tests.support import World

PLACES = ["Europe/Berlin", "America/Argentina/Buenos_Aires", "Antarctica/Troll", "UTC", "Etc/UTC"]
ALIASES = ["Asia/Calcutta", "US/Eastern", "Europe/Kiev", "Japan", "GB", "NZ", "Singapore"]
NO_PLACES = [
    *("Etc/GMT+5", "Etc/GMT", "Etc/Greenwich", "Etc/Zulu", "Etc/Unknown", "GMT", "GMT+0", "Greenwich", "Zulu", "UCT"),
    *("EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "EST", "MST", "HST", "CET", "EET", "MET", "WET"),
    *("Factory", "localtime", "posixrules", "posix/Europe/Berlin", "right/Europe/Berlin", "posix/UTC"),
    *(
        "Mars/Olympus",
        "Europe",
        "europe/berlin",
        "Europe/Berlin ",
        "../Europe/Berlin",
        "+01:00",
        "UTC+1",
        "",
        "zone.tab",
    ),
]


@pytest.mark.parametrize("zone", [*PLACES, *ALIASES])
async def test_a_place_is_taken_and_kept_as_it_was_given(world: World, zone: str) -> None:
    chart = await (await world.therapist()).post("/patients", {"name": "Rowan Sample", "time_zone": zone})
    assert chart["time_zone"] == zone
    changed = await world.admin.patch("/clinic", {"time_zone": zone}, 1)
    assert changed["time_zone"] == zone


@pytest.mark.parametrize("zone", NO_PLACES)
async def test_what_is_no_place_is_refused(world: World, zone: str) -> None:
    """A rule without a place is wrong as soon as the place changes its clocks."""
    answer = await (await world.therapist()).send("POST", "/patients", {"name": "Rowan Sample", "time_zone": zone})
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, ["body.time_zone"])
    await world.admin.patch("/clinic", {"time_zone": zone}, 1, expect=422)
