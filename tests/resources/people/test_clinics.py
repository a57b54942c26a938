"""The clinic: policies as data, hours, crisis resources."""

from datetime import UTC, datetime

import pytest

from integration_api.access.actor import Role
from integration_api.resources.people.clinics.rules import POLICY_DEFAULTS, is_open, next_opening, policy, stored_hours
from tests.support import World

HOURS = {
    "mon": [{"opens": "09:00", "closes": "12:00"}, {"opens": "13:00", "closes": "17:00"}],
    "fri": [{"opens": "22:00", "closes": "24:00"}],
}


async def test_everybody_of_the_clinic_reads_it_and_admins_change_it(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    clinic = await patient.get("/clinic")
    assert clinic["policies"] == dict(POLICY_DEFAULTS)
    await therapist.patch("/clinic", {"name": "Other"}, clinic["version"], expect=403)
    hours = {**HOURS, "tue": None, "wed": [], "thu": None}
    body = {"hours": hours, "policies": {"late_entry_hours": 24}, "time_zone": "Europe/Berlin", "country": "DE"}
    changed = await world.admin.patch("/clinic", body, clinic["version"])
    assert (changed["hours"], changed["policies"]["late_entry_hours"]) == ({**HOURS, "wed": []}, 24)
    assert changed["policies"]["cosign_days"] == POLICY_DEFAULTS["cosign_days"]
    assert await therapist.get("/clinic") == changed
    await world.admin.patch("/clinic", {"name": "Late"}, clinic["version"], expect=412)


@pytest.mark.parametrize(
    "body",
    [
        {"policies": {"no_such_policy": 1}},
        {"policies": {"late_entry_hours": -1}},
        {"hours": {"someday": []}},
        {"hours": {"mon": [{"opens": "17:00", "closes": "09:00"}]}},
        {"hours": {"mon": [{"opens": "25:00", "closes": "26:00"}]}},
        {"hours": {"mon": [["09:00", "17:00"]]}},
        {"time_zone": "Mars/Olympus"},
        {"country": "de"},
        {"slug": "taken"},
    ],
    ids=str,
)
async def test_what_makes_no_sense_is_refused(world: World, body: dict[str, object]) -> None:
    await world.admin.patch("/clinic", body, 1, expect=422)


async def test_crisis_resources_follow_the_country(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    here = await patient.get("/crisis-resources")
    assert here["country"] == "US"
    assert here["items"][0]["kind"] == "emergency"
    assert all("verified_on" in item for item in here["items"])
    await world.admin.patch("/clinic", {"country": "AQ"}, 1)
    elsewhere = await patient.get("/crisis-resources")
    assert [item["contact"] for item in elsewhere["items"]] == ["112"]


async def test_auditors_and_supervisors_read_staff_but_never_charts(world: World) -> None:
    auditor = await world.staff(Role.AUDITOR)
    await world.therapist()
    assert len((await auditor.get("/accounts"))["items"]) == 3
    await auditor.get("/patients", expect=403)


@pytest.mark.parametrize(
    ("at", "is_now", "opens"),
    [
        ("2026-11-23T08:59:00+01:00", False, "2026-11-23T09:00:00+01:00"),
        ("2026-11-23T09:00:00+01:00", True, "2026-11-23T13:00:00+01:00"),
        ("2026-11-23T12:00:00+01:00", False, "2026-11-23T13:00:00+01:00"),
        ("2026-11-23T16:59:00+01:00", True, "2026-11-27T22:00:00+01:00"),
        ("2026-11-27T23:59:00+01:00", True, "2026-11-30T09:00:00+01:00"),
        ("2026-10-23T23:30:00+02:00", True, "2026-10-26T09:00:00+01:00"),
    ],
)
def test_opening_hours_by_the_clinic_s_own_clock(at: str, is_now: bool, opens: str) -> None:
    moment = datetime.fromisoformat(at).astimezone(UTC)
    stored = stored_hours(HOURS)
    assert is_open(stored, "Europe/Berlin", moment) is is_now
    assert next_opening(stored, "Europe/Berlin", moment) == datetime.fromisoformat(opens)


def test_a_clinic_without_hours_never_opens() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert not is_open({}, "UTC", now)
    assert next_opening({}, "UTC", now) is None
    assert policy({}, "late_entry_hours") == 72
    assert policy({"late_entry_hours": 1}, "late_entry_hours") == 1
