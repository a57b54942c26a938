"""A share with a time of its own: read from then on, taken back until it is read, and never in the way of a call."""

from datetime import datetime, timedelta

import pytest

from tests.factories.care_teams import join
from tests.factories.flags import flags
from tests.factories.reflections import draft, submitted
from tests.support import Api, Json, Person, World, enter_again

DAYS = 30
"""The default of the policy `share_release_days`."""


async def pair(world: World) -> tuple[Person, Person]:
    therapist = await world.therapist()
    return therapist, await world.patient_of(therapist)


def ahead(api: Api, **by: float) -> str:
    return (api.clock() + timedelta(**by)).isoformat()


async def share(patient: Person, made: Json, release_at: str, how: str, expect: int = 200) -> Json:
    body = {"release_at": release_at, **({"share": True} if how == "submit" else {})}
    done: Json = await patient.post(f"/reflections/{made['id']}/{how}", body, expect=expect, match=made["version"])
    return done


@pytest.mark.parametrize("how", ["submit", "share"])
async def test_it_is_taken_back_until_it_is_read(world: World, api: Api, how: str) -> None:
    therapist, patient = await pair(world)
    made = await draft(patient) if how == "submit" else await submitted(patient)
    shared = await share(patient, made, ahead(api, hours=2), how)
    path = f"/reflections/{made['id']}"
    await therapist.get(path, expect=404)
    api.clock.advance(hours=2)
    for person in (therapist, patient):
        await enter_again(person)
    back = await patient.post(f"{path}/unshare", None, expect=200, match=shared["version"])
    assert (back["sharing"], back["release_at"], back["first_read_at"]) == ("private", None, None)
    await therapist.get(path, expect=404)
    again = await share(patient, back, ahead(api, hours=-1), "share")
    assert again["release_at"] is None
    await therapist.get(path)
    seen = await patient.get(path)
    refused = await patient.post(f"{path}/unshare", None, expect=409, match=seen["version"])
    assert (refused["code"], refused["first_read_at"]) == ("already-read", seen["first_read_at"])
    assert seen["first_read_at"] is not None


@pytest.mark.parametrize("how", ["submit", "share"])
async def test_it_is_released_within_a_bound(world: World, api: Api, how: str) -> None:
    _, patient = await pair(world)
    made = await draft(patient) if how == "submit" else await submitted(patient)
    refused = await share(patient, made, ahead(api, days=DAYS, seconds=1), how, expect=422)
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [("body.release_at", "too_late")]
    assert (await patient.get(f"/reflections/{made['id']}"))["version"] == made["version"]
    await share(patient, made, ahead(api, days=DAYS), how)


async def test_a_clinic_sets_the_bound(world: World, api: Api) -> None:
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"share_release_days": 1}}, clinic["version"])
    _, patient = await pair(world)
    made = await submitted(patient)
    await share(patient, made, ahead(api, hours=25), "share", expect=422)
    await share(patient, made, ahead(api, hours=24), "share")


@pytest.mark.parametrize("how", ["submit", "share"])
@pytest.mark.parametrize("asked", [{"safety": "not_safe"}, {"safety": "not_sure"}, {"contact_me": True}])
async def test_who_asks_for_help_is_heard_at_once_whatever_the_release(
    world: World, api: Api, how: str, asked: Json
) -> None:
    therapist, patient = await pair(world)
    made = await draft(patient, **asked) if how == "submit" else await submitted(patient, **asked)
    shared = await share(patient, made, ahead(api, days=DAYS * 10), how)
    released, at = (datetime.fromisoformat(shared[name]) for name in ("release_at", "shared_at"))
    assert released - at == timedelta(days=DAYS)
    assert "what you wrote they can read from" in shared["monitoring"]["text"]
    [subject] = [flag["id"] for flag in await flags(therapist, source_id=made["id"])] or [made["id"]]
    assert [task["subject_id"] for task in (await therapist.get("/worklist"))["items"]] == [subject]
    await therapist.get(f"/reflections/{made['id']}", expect=404)


async def test_a_calm_share_waits_whole(world: World, api: Api) -> None:
    therapist, patient = await pair(world)
    await join(therapist, world.chart_id(patient), await world.therapist())
    made = await submitted(patient)
    shared = await share(patient, made, ahead(api, hours=1), "share")
    assert "unless you take it back" in shared["monitoring"]["text"]
    assert (await therapist.get("/worklist"))["items"] == []
