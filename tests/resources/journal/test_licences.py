"""A licence that has ended: its holder signs nothing, and loses nothing."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories.notes import draft, own_supervisor_of, sections, sign, signed_note
from tests.support import Json, Person, World, enter_again


async def _chart(world: World) -> tuple[Person, str]:
    therapist = await world.therapist()
    return therapist, world.chart_id(await world.patient_of(therapist))


async def _ends(world: World, person: Person, *, days_from_today: int | None) -> None:
    """Let somebody's licence end so many days from today, where the clinic is."""
    clinic = await world.admin.get("/clinic")
    today = world.api.clock().astimezone(ZoneInfo(clinic["time_zone"])).date()
    ends_on = None if days_from_today is None else (today + timedelta(days=days_from_today)).isoformat()
    account = await world.admin.get(f"/accounts/{person.id}")
    await world.admin.patch(f"/accounts/{person.id}", {"licence_ends_on": ends_on}, account["version"])


@pytest.mark.thorough
async def test_an_ended_licence_signs_nothing(world: World) -> None:
    therapist, chart = await _chart(world)
    final, made = await signed_note(therapist, chart), await draft(therapist, chart)
    await _ends(world, therapist, days_from_today=-1)
    amended = {"sections": sections(plan="x"), "reason": "y"}
    path = f"/notes/{final['id']}"
    refused: list[Json] = [
        await therapist.post(f"/notes/{made['id']}/sign", match=1, expect=403),
        await therapist.post(f"{path}/amendments", amended, match=final["version"], expect=403),
        await therapist.post(f"{path}/addenda", {"text": "Also this."}, expect=403),
    ]
    assert {problem["code"] for problem in refused} == {"licence-ended"}
    saved = await therapist.patch(f"/notes/{made['id']}", {"sections": {"plan": "Still mine to write."}}, 1)
    answers = {"sign", "amend", "add_addendum"}
    for note in (made, final, await draft(therapist, chart)):
        assert not answers & {*(await therapist.get(f"/notes/{note['id']}"))["allowed_actions"]}
    assert "update" in saved["allowed_actions"]
    for valid in (0, 1, 400, None):
        await _ends(world, therapist, days_from_today=valid)
        assert "sign" in (await therapist.get(f"/notes/{made['id']}"))["allowed_actions"]
        listed = (await therapist.get("/notes", params={"state": "signed"}))["items"]
        assert {"amend", "add_addendum"} <= {*listed[0]["allowed_actions"]}
        assert "sign" in (await draft(therapist, chart))["allowed_actions"]
        await therapist.post(f"{path}/addenda", {"text": "Also this."})
    assert (await sign(therapist, saved))["state"] == "signed"


async def test_an_ended_licence_signs_for_nobody_else(world: World) -> None:
    therapist, chart = await _chart(world)
    supervisor = await own_supervisor_of(world, therapist, chart)
    pending = await signed_note(therapist, chart)
    await _ends(world, supervisor, days_from_today=-1)
    path = f"/notes/{pending['id']}/cosign"
    assert (await supervisor.post(path, match=pending["version"], expect=403))["code"] == "licence-ended"
    assert (await supervisor.get(f"/notes/{pending['id']}"))["allowed_actions"] == ["return"]
    await _ends(world, supervisor, days_from_today=0)
    assert (await supervisor.get(f"/notes/{pending['id']}"))["allowed_actions"] == ["cosign", "return"]
    assert (await supervisor.post(path, match=pending["version"], expect=200))["state"] == "signed"


async def test_the_last_day_is_the_clinics(world: World) -> None:
    """A licence ends with its day at the clinic, whatever the date is in UTC."""
    therapist, chart = await _chart(world)
    path = f"/notes/{(await signed_note(therapist, chart))['id']}/addenda"
    await _ends(world, therapist, days_from_today=0)
    zone = ZoneInfo((await world.admin.get("/clinic"))["time_zone"])
    local: datetime = world.api.clock().astimezone(zone)
    midnight = datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), zone)
    world.api.clock.advance(seconds=(midnight - local).total_seconds() - 5)
    await enter_again(therapist)
    await therapist.post(path, {"text": "Before midnight."})
    world.api.clock.advance(seconds=5)
    assert (await therapist.post(path, {"text": "After."}, expect=403))["code"] == "licence-ended"
