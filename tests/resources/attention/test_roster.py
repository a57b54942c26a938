"""The roster over HTTP: who may enter shifts, who is on call, and which gaps are shown before they come."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.resources.attention.roster import service
from integration_api.resources.attention.roster.rules import MAX_SHIFTS
from tests.factories.feeds import seal
from tests.factories.roster import ALL_DAYS, shift
from tests.support import World


async def test_a_shift_is_entered_read_listed_and_withdrawn(world: World) -> None:
    therapist = await world.therapist()
    made = await shift(world.admin, therapist, from_time="17:00", until_time="09:00", weekdays=["fri", "mon"])
    assert (made["weekdays"], made["last_on"], made["time_zone"]) == (["mon", "fri"], None, "America/New_York")
    assert await therapist.get(f"/shifts/{made['id']}") == made
    gone = await world.admin.post(f"/shifts/{made['id']}/withdraw", expect=200, match=1)
    assert gone["withdrawn_by_id"] == world.admin.id
    assert (await therapist.get("/shifts"))["items"] == [gone]
    again = await world.admin.send("POST", f"/shifts/{made['id']}/withdraw", match=2)
    assert (again.status_code, again.json()["code"]) == (409, "shift-withdrawn")
    stale = await world.admin.send("POST", f"/shifts/{made['id']}/withdraw", match=1)
    assert stale.status_code == 412


async def test_only_admins_enter_shifts_and_no_patient_sees_them(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await shift(world.admin, therapist)
    body = {name: made[name] for name in ("account_id", "rank", "first_on", "from_time", "until_time", "weekdays")}
    for person, path, status in (
        (therapist, "/shifts", 403),
        (patient, "/shifts", 403),
        (therapist, f"/shifts/{made['id']}/withdraw", 403),
    ):
        assert (await person.send("POST", path, body, match=1)).status_code == status
    for path in ("/clinic/roster", "/shifts", f"/shifts/{made['id']}"):
        assert (await patient.send("GET", path)).status_code == 403
        assert (await world.api.send("GET", path)).status_code == 401
    elsewhere = await World.build(world.api)
    assert (await elsewhere.admin.send("GET", f"/shifts/{made['id']}")).status_code == 404
    assert (await elsewhere.admin.send("POST", f"/shifts/{made['id']}/withdraw", match=1)).status_code == 404
    assert (await elsewhere.admin.get("/clinic/roster"))["on_call"] == []


@pytest.mark.parametrize("whose", ["patient", "program", "nobody", "disabled", "elsewhere"])
async def test_only_active_staff_of_the_clinic_are_put_on_call(world: World, whose: str) -> None:
    therapist = await world.therapist()
    if whose == "patient":
        account_id = (await world.patient_of(therapist)).id
    elif whose == "program":
        account_id = (await world.program()).id
    elif whose == "disabled":
        account_id = therapist.id
        await world.admin.patch(f"/accounts/{therapist.id}", {"state": "disabled"}, 1)
    else:
        account_id = str(new_id()) if whose == "nobody" else (await World.build(world.api)).admin.id
    body = {"account_id": account_id, "rank": "primary", "first_on": "2026-11-20", **ALL_DAYS}
    answer = await world.admin.send("POST", "/shifts", body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (404, "body.account_id")


@pytest.mark.parametrize(
    "wrong",
    [
        {"last_on": "2026-11-19"},
        {"from_time": "24:00"},
        {"from_time": "9:00"},
        {"weekdays": []},
        {"weekdays": ["sunday"]},
        {"time_zone": "EST"},
        {"rank": "third"},
    ],
    ids=str,
)
async def test_a_shift_that_cannot_be_is_refused(world: World, wrong: dict[str, Any]) -> None:
    body = {"account_id": world.admin.id, "rank": "primary", "first_on": "2026-11-20", **ALL_DAYS, **wrong}
    answer = await world.admin.send("POST", "/shifts", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].startswith(f"body.{next(iter(wrong))}")


async def test_the_roster_says_who_is_on_call_and_when_nobody_will_be(world: World) -> None:
    primary, backup = await world.therapist(), await world.staff(Role.PRESCRIBER)
    await shift(world.admin, backup, rank="backup", last_on="2026-11-30")
    await shift(world.admin, primary, from_time="09:00", until_time="17:00", last_on="2026-12-05")
    found = await primary.get("/clinic/roster")
    assert [(one["account_id"], one["rank"]) for one in found["on_call"]] == [
        (primary.id, "primary"),
        (backup.id, "backup"),
    ]
    gaps = found["gaps"]
    assert gaps[0]["starts_at"] == "2026-12-01T05:00:00Z"
    assert gaps[0]["ends_at"] == "2026-12-01T14:00:00Z"
    last = datetime.fromisoformat(gaps[-1]["ends_at"])
    assert last - world.api.clock() <= timedelta(days=14)
    assert (found["waiting_since"], found["incidents"]) == (None, [])


async def test_who_is_disabled_is_not_on_call(world: World) -> None:
    therapist = await world.therapist()
    await shift(world.admin, therapist)
    assert len((await world.admin.get("/clinic/roster"))["on_call"]) == 1
    await world.admin.patch(f"/accounts/{therapist.id}", {"state": "disabled"}, 1)
    found = await world.admin.get("/clinic/roster")
    assert (found["on_call"], len(found["gaps"])) == ([], 1)


async def test_a_shift_of_another_zone_is_by_its_own_clock(world: World) -> None:
    therapist = await world.therapist()
    await shift(world.admin, therapist, from_time="16:00", until_time="17:00", time_zone="Europe/Berlin")
    [now] = (await therapist.get("/clinic/roster"))["on_call"]
    assert now["starts_at"].endswith("T15:00:00Z")


async def test_a_clinic_has_so_many_shifts_and_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_SHIFTS == 200
    monkeypatch.setattr(service, "MAX_SHIFTS", 2)
    made = [await shift(world.admin, world.admin) for _ in range(2)]
    body = {"account_id": world.admin.id, "rank": "primary", "first_on": "2026-11-20", **ALL_DAYS}
    answer = await world.admin.send("POST", "/shifts", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "too-many-shifts")
    await world.admin.post(f"/shifts/{made[0]['id']}/withdraw", expect=200, match=1)
    await world.admin.post("/shifts", body)


async def test_the_staff_are_told_of_shifts_by_the_feed(world: World) -> None:
    therapist = await world.therapist()
    made = await shift(world.admin, therapist)
    await seal(world)
    told = (await therapist.get("/changes"))["items"]
    assert ("shift", made["id"]) in [(one["kind"], one["id"]) for one in told]
    patient = await world.patient_of(therapist)
    await seal(world)
    assert "shift" not in [one["kind"] for one in (await patient.get("/changes"))["items"]]
