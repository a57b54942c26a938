"""A person chooses what they are told beyond the app: their own choice, by version, and nothing until then."""

from typing import Any

import pytest

from integration_api.access.actor import Role
from tests.factories.roster import chosen
from tests.support import World

PATH = "/me/notification-settings"


async def test_nothing_is_chosen_until_it_is(world: World) -> None:
    for person in (await world.therapist(), await world.patient_of(await world.therapist())):
        found = await person.get(PATH)
        assert (found["kinds"], found["by_email"], found["version"], found["id"]) == ([], False, 0, person.id)
        assert (found["quiet_from"], found["quiet_until"], found["time_zone"]) == (None, None, None)


async def test_choices_are_kept_by_version(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    facts: dict[str, Any] = {"quiet_from": "22:00", "quiet_until": "07:30", "time_zone": "Europe/Berlin"}
    made = await chosen(patient, "reply_to_read", "check_in_open", "reply_to_read", **facts)
    assert made["kinds"] == ["check_in_open", "reply_to_read"]
    assert made == await patient.get(PATH)
    assert {name: made[name] for name in facts} == facts
    body = {"kinds": [], "by_email": False}
    for version in (0, 2):
        assert (await patient.send("PUT", PATH, body, match=version)).status_code == 412
    assert (await patient.send("PUT", PATH, body)).status_code == 428
    changed = await patient.put(PATH, body, 1)
    assert (changed["kinds"], changed["quiet_from"], changed["time_zone"], changed["version"]) == ([], None, None, 2)


async def test_two_first_choices_at_the_same_version(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    await chosen(patient)
    assert (await patient.send("PUT", PATH, {"kinds": [], "by_email": True}, match=0)).status_code == 412


@pytest.mark.parametrize(
    "wrong",
    [
        {"kinds": ["urgent_task"]},
        {"kinds": ["invitation"]},
        {"kinds": "reply_to_read"},
        {"quiet_from": "22:00"},
        {"quiet_from": "24:00", "quiet_until": "07:00"},
        {"time_zone": "Berlin"},
        {"by_email": 1},
    ],
    ids=str,
)
async def test_what_nobody_can_choose_is_refused(world: World, wrong: dict[str, Any]) -> None:
    therapist = await world.therapist()
    answer = await therapist.send("PUT", PATH, {"kinds": [], "by_email": False, **wrong}, match=0)
    assert answer.status_code == 422


async def test_each_person_has_their_own(world: World) -> None:
    first, second = await world.therapist(), await world.staff(Role.AUDITOR)
    await chosen(first, "roster_gap")
    assert (await second.get(PATH))["version"] == 0
    assert (await world.api.send("GET", PATH)).status_code == 401
    program = await world.program()
    assert (await program.send("GET", PATH)).status_code == 403
