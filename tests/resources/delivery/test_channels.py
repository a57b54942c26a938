"""Channels of one's own: which addresses are taken, who sees them, and the log that admins read."""

from typing import Any

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories import plans
from tests.factories.push import Browser
from tests.factories.roster import chosen
from tests.support import Json, Person, World

URL = "https://push.example.org/send/4f2b9c"


async def subscribe(person: Person, **facts: object) -> Json:
    made: Json = await person.post("/me/channels", {**Browser().subscription(URL), **facts})
    return made


async def test_a_subscription_is_kept_shown_to_its_person_and_deleted(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    made = await subscribe(patient)
    assert (made["kind"], made["url"], made["secret"]) == ("web_push", URL, None)
    [listed] = (await patient.get("/me/channels"))["items"]
    assert listed == {name: value for name, value in made.items() if name != "secret"}
    assert "p256dh" not in listed
    await patient.delete(f"/me/channels/{made['id']}")
    assert (await patient.get("/me/channels"))["items"] == []
    await patient.delete(f"/me/channels/{made['id']}", expect=404)


async def test_a_webhook_shows_its_secret_once(world: World) -> None:
    therapist = await world.therapist()
    body = {"kind": "webhook", "url": URL}
    made = await therapist.post("/me/channels", body, key="one")
    assert made["secret"].startswith("whsec_")
    again = await therapist.send("POST", "/me/channels", body, key="one")
    assert again.json()["code"] == "shown-once"
    assert "secret" not in (await therapist.get("/me/channels"))["items"][0]


async def test_nobody_sees_or_deletes_a_channel_of_somebody_else(world: World) -> None:
    therapist = await world.therapist()
    made = await subscribe(await world.patient_of(therapist))
    elsewhere = await World.build(world.api)
    for person in (therapist, world.admin, await world.staff(Role.PRIVACY_OFFICER), elsewhere.admin):
        assert (await person.get("/me/channels"))["items"] == []
        await person.delete(f"/me/channels/{made['id']}", expect=404)
    assert (await world.api.send("GET", "/me/channels")).status_code == 401
    assert (await world.api.send("DELETE", f"/me/channels/{new_id()}")).status_code == 401


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"url": "http://push.example.org/"}, "url"),
        ({"url": "https://127.0.0.1/"}, "url"),
        ({"url": "https://localhost/"}, "url"),
        ({"url": "https://user@push.example.org/"}, "url"),
        ({"p256dh": None}, "p256dh"),
        ({"auth": None}, "auth"),
        ({"p256dh": "BA"}, "p256dh"),
        ({"auth": "BTBZMqHH6r4Tts7J_aSI"}, "auth"),
        ({"auth": "BTBZ+qHH6r4Tts7J/aSIgg"}, "auth"),
        ({"kind": "email"}, "kind"),
        ({"kind": "webhook"}, "p256dh"),
    ],
    ids=str,
)
async def test_a_channel_that_nothing_can_be_sent_by_is_refused(world: World, wrong: Any, field: str) -> None:
    therapist = await world.therapist()
    body = {**Browser().subscription(URL), **wrong}
    answer = await therapist.send("POST", "/me/channels", {k: v for k, v in body.items() if v is not None})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == f"body.{field}"


async def test_a_person_has_ten(world: World) -> None:
    therapist = await world.therapist()
    for _ in range(10):
        made = await subscribe(therapist)
    answer = await therapist.send("POST", "/me/channels", Browser().subscription(URL))
    assert (answer.status_code, answer.json()["code"]) == (409, "too-many-channels")
    await therapist.delete(f"/me/channels/{made['id']}")
    await subscribe(therapist)


async def test_the_log_is_for_admins_and_does_not_say_which_patient(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await chosen(patient, "plan_to_answer")
    await plans.proposed(therapist, world.chart_id(patient))
    page = await world.admin.get("/notifications")
    [one] = page["items"]
    assert (one["kind"], one["state"], one["account_id"], one["last_means"]) == (
        "plan_to_answer",
        "pending",
        None,
        None,
    )
    assert patient.id not in str(page)
    assert (await world.admin.get("/notifications", params={"failed": "true"}))["items"] == []
    for person in (therapist, patient, await world.staff(Role.AUDITOR)):
        assert (await person.send("GET", "/notifications")).status_code == 403
    assert (await world.api.send("GET", "/notifications")).status_code == 401
    elsewhere = await World.build(world.api)
    assert (await elsewhere.admin.get("/notifications"))["items"] == []


async def test_a_patient_who_acts_themselves_is_not_told_of_it(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await chosen(patient, "plan_to_answer")
    await plans.proposed(patient, world.chart_id(patient))
    assert (await world.admin.get("/notifications"))["items"] == []
