"""Discharges over HTTP: what blocks the end of a dosing session, and who may let it end all the same."""

from datetime import timedelta
from uuid import UUID

import pytest

from integration_api.access.reads import StartAgain
from integration_api.core.ids import new_id
from integration_api.resources.care.discharges import operations, service
from integration_api.resources.care.discharges.rules import DischargeItem
from integration_api.resources.care.discharges.schemas import DischargeUpdate
from tests.factories.adverse_events import adverse_event
from tests.factories.care_teams import join
from tests.factories.discharges import ALL_MET, discharge, overridden
from tests.factories.doses import dose, dosed_session
from tests.factories.emergencies import WHY
from tests.factories.monitoring import pressure, reading, upload
from tests.factories.orders import prescriber_of
from tests.factories.readiness import ready_session
from tests.factories.reflections import work_of
from tests.factories.sessions import session
from tests.support import Api, Json, Person, World

LATE = timedelta(minutes=-150)
"""A dose so long ago that the observation time of every route has passed."""


async def left(world: World, **facts: object) -> tuple[Person, Json]:
    """A therapist, and a session whose one dose was given long enough ago; unless facts say."""
    therapist = await world.therapist()
    made = await ready_session(therapist, world.chart_id(await world.patient_of(therapist)))
    given: Json = {"given_at": (world.api.clock() + LATE).isoformat(), **facts}
    await dose(therapist, made, **given)
    return therapist, made


async def complete(therapist: Person, made: Json, expect: int = 200) -> Json:
    now = await therapist.get(f"/sessions/{made['id']}")
    done: Json = await therapist.post(f"/sessions/{made['id']}/complete", match=now["version"], expect=expect)
    return done


def rules_of(made: Json) -> list[tuple[str, str]]:
    return [(one["rule"], one["severity"]) for one in made["findings"]]


async def test_nobody_without_a_token(api: Api) -> None:
    path = f"/sessions/{new_id()}/discharge"
    assert (await api.send("GET", path)).status_code == 401
    assert (await api.send("PUT", path, json={})).status_code == 401
    assert (await api.send("POST", f"{path}/override", json={})).status_code == 401


async def test_a_session_with_a_dose_ends_with_a_discharge_that_lacks_nothing(world: World) -> None:
    therapist, made = await left(world)
    blank = await therapist.get(f"/sessions/{made['id']}/discharge")
    assert (blank["version"], blank["blocking"], blank["findings"]) == (0, ALL_MET, [])
    assert (await complete(therapist, made, expect=409))["blocking"] == ["discharge"]
    some = await discharge(therapist, made, discharged_at=None)
    assert (some["blocking"], some["findings"]) == ([], [])
    assert (await complete(therapist, made, expect=409))["blocking"] == ["discharge"]
    done = await discharge(therapist, made, version=1)
    assert (done["blocking"], done["findings"], done["overridden_at"]) == ([], [], None)
    assert (await complete(therapist, made))["state"] == "completed"


@pytest.mark.parametrize("item", ALL_MET)
async def test_each_item_blocks(world: World, item: str) -> None:
    therapist, made = await left(world)
    done = await discharge(therapist, made, met=[one for one in ALL_MET if one != item])
    assert done["blocking"] == [item]
    assert rules_of(done) == [("R13", "high"), *([("R20", "high")] if item == "escorted" else [])]
    assert (await complete(therapist, made, expect=409))["blocking"] == ["discharge"]


@pytest.mark.parametrize(
    ("facts", "minutes"),
    [
        ({"route": "im"}, 120),
        ({"route": "oral", "amount": 100}, 180),
        ({"route": "iv_infusion", "amount": 40, "infusion_minutes": 40}, 120),
        ({"route": "iv_infusion", "amount": 40, "infusion_minutes": 90}, 150),
        ({"route": "intranasal_esketamine", "amount": 56, "devices": 2}, 120),
    ],
    ids=str,
)
async def test_the_observation_time_is_that_of_the_route(world: World, facts: Json, minutes: int) -> None:
    now = world.api.clock()
    given_at = now - timedelta(minutes=minutes - 1)
    therapist, made = await left(world, **facts, given_at=given_at.isoformat())
    early = await discharge(therapist, made)
    assert early["observe_until"] == (given_at + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")
    assert (early["blocking"], rules_of(early)) == (["observed"], [("R13", "high")])
    world.api.clock.advance(minutes=2)
    assert (await discharge(therapist, made, version=1))["blocking"] == []


@pytest.mark.parametrize(
    ("first", "then", "minutes"),
    [
        ({"route": "iv_infusion", "amount": 40, "infusion_minutes": 100}, {"route": "im", "amount": 20}, 160),
        ({"route": "oral", "amount": 100}, {"route": "im", "amount": 20}, 180),
        ({"route": "iv_infusion", "amount": 40, "infusion_minutes": 240}, {"route": "oral", "amount": 20}, 300),
    ],
    ids=str,
)
async def test_a_further_dose_shortens_no_observation(world: World, first: Json, then: Json, minutes: int) -> None:
    given_at = world.api.clock() - timedelta(minutes=minutes - 1)
    therapist, made = await left(world, **first, given_at=given_at.isoformat())
    await dose(therapist, made, kind="booster", given_at=(given_at + timedelta(minutes=5)).isoformat(), **then)
    early = await discharge(therapist, made)
    until = (given_at + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")
    assert (early["observe_until"], early["blocking"]) == (until, ["observed"])
    assert (await therapist.get(f"/sessions/{made['id']}/dose-brief"))["observe_until"] == until
    world.api.clock.advance(minutes=2)
    assert (await discharge(therapist, made, version=1))["blocking"] == []


BAD = [
    (("blood_pressure", 190, 120), "pressure_acceptable", ("blood_pressure", 130, 80)),
    (("blood_pressure", 165, 90), "pressure_acceptable", ("blood_pressure", 150, 90)),
    (("heart_rate", 145), "pressure_acceptable", ("heart_rate", 90)),
    (("spo2", 88), "oxygen_acceptable", ("spo2", 97)),
    (("moaas", 3), "awake", ("moaas", 5)),
]


def taken(world: World, field: str, value: float, diastolic: float | None = None) -> Json:
    at = world.api.clock().isoformat()
    return pressure(value, diastolic, at) if diastolic else reading(field, value, at)


@pytest.mark.parametrize(("bad", "item", "good"), BAD, ids=str)
async def test_the_last_reading_blocks_whatever_is_ticked(
    world: World, bad: tuple[str, float], item: str, good: tuple[str, float]
) -> None:
    """R12, R19 and the critical bands hold the discharge. Source: clinical.md section 6."""
    therapist, made = await left(world)
    await upload(therapist, made, taken(world, *bad))
    held = await discharge(therapist, made)
    assert held["blocking"] == [item]
    assert (await therapist.get(f"/sessions/{made['id']}/discharge"))["blocking"] == [item]
    assert (await complete(therapist, made, expect=409))["blocking"] == ["discharge"]
    world.api.clock.advance(minutes=1)
    await upload(therapist, made, taken(world, *good))
    assert (await therapist.get(f"/sessions/{made['id']}/discharge"))["blocking"] == []
    await discharge(therapist, made, version=1)
    await complete(therapist, made)


async def test_a_reading_after_the_discharge_ends_it(world: World) -> None:
    therapist, made = await left(world)
    await discharge(therapist, made)
    earlier = reading("moaas", 2, (world.api.clock() - timedelta(minutes=100)).isoformat())
    awake = reading("moaas", 5, (world.api.clock() - timedelta(minutes=50)).isoformat())
    await upload(therapist, made, awake, earlier)
    bad = taken(world, "moaas", 3)
    stored = await upload(therapist, made, bad)
    assert (await complete(therapist, made, expect=409))["blocking"] == ["discharge"]
    path = f"/sessions/{made['id']}/vitals/{stored['items'][0]['id']}/withdraw"
    await therapist.post(path, {"reason": "Another patient's."}, match=1, expect=200)
    await discharge(therapist, made, version=1)
    await complete(therapist, made)


async def test_an_override_stands_for_the_readings_that_it_knew(world: World) -> None:
    therapist, made = await left(world)
    await upload(therapist, made, taken(world, "moaas", 3))
    await discharge(therapist, made)
    prescriber = await prescriber_of(world, therapist, made["patient_id"])
    path, reason = f"/sessions/{made['id']}/discharge/override", {"reason": "Goes to the ward."}
    await prescriber.post(path, reason, match=1, expect=200)
    world.api.clock.advance(minutes=1)
    await upload(therapist, made, taken(world, "spo2", 85))
    assert (await complete(therapist, made, expect=409))["blocking"] == ["discharge"]
    await prescriber.post(path, reason, match=2, expect=200)
    await complete(therapist, made)


async def test_a_red_sign_that_has_not_ended_blocks(world: World) -> None:
    therapist, made = await left(world)
    event = await adverse_event(therapist, made["patient_id"], made, kind="chest_pain", ended_at=None)
    assert (await discharge(therapist, made))["blocking"] == ["comfortable"]
    assert (await complete(therapist, made, expect=409))["blocking"] == ["discharge"]
    await therapist.post(f"/adverse-events/{event['id']}/withdraw", {"reason": "Reflux."}, match=1, expect=200)
    assert (await discharge(therapist, made, version=1))["blocking"] == []
    await complete(therapist, made)


async def test_a_prescriber_lets_a_session_end_without_it(world: World) -> None:
    therapist, made = await left(world)
    prescriber = await prescriber_of(world, therapist, made["patient_id"])
    await discharge(therapist, made, met=ALL_MET[1:])
    path, reason = f"/sessions/{made['id']}/discharge/override", {"reason": "Left against advice."}
    await therapist.post(path, reason, match=1, expect=403)
    await prescriber.post(path, reason, match=0, expect=412)
    told = await prescriber.post(path, reason, match=1, expect=200)
    assert (told["overridden_by_id"], told["override_reason"]) == (prescriber.id, "Left against advice.")
    assert told["blocking"] == ["awake"]
    await complete(therapist, made)


async def test_nobody_overrides_by_emergency_access_or_without_a_licence(world: World) -> None:
    therapist, made = await left(world)
    prescriber = await prescriber_of(world, therapist, made["patient_id"])
    account = await world.admin.get(f"/accounts/{prescriber.id}")
    await world.admin.patch(f"/accounts/{prescriber.id}", {"licence_ends_on": "2026-01-31"}, account["version"])
    stranger = await prescriber_of(world, therapist, world.chart_id(await world.patient_of(therapist)))
    await stranger.post(f"/patients/{made['patient_id']}/emergency-access", WHY)
    for person, code in ((prescriber, "licence-ended"), (stranger, "emergency-only")):
        refused = await person.post(
            f"/sessions/{made['id']}/discharge/override", {"reason": "In a hurry."}, match=0, expect=403
        )
        assert refused["code"] == code
    assert (await complete(therapist, made, expect=409))["blocking"] == ["discharge"]


async def test_a_discharge_does_not_stand_for_a_later_dose(world: World) -> None:
    therapist, made = await left(world)
    await discharge(therapist, made)
    await dose(therapist, made, kind="booster", amount=20)
    assert (await complete(therapist, made, expect=409))["blocking"] == ["discharge"]
    now = await therapist.get(f"/sessions/{made['id']}/discharge")
    assert now["blocking"] == ["observed"]


async def test_an_override_does_not_stand_for_a_later_dose(world: World) -> None:
    therapist, made = await left(world)
    await overridden(therapist, made)
    await discharge(therapist, made, version=1, met=ALL_MET[1:])
    await dose(therapist, made, kind="booster", amount=20)
    await discharge(therapist, made, version=2, met=ALL_MET[1:])
    assert (await complete(therapist, made, expect=409))["blocking"] == ["discharge"]


async def test_an_overridden_discharge_may_still_be_written(world: World) -> None:
    therapist, made = await left(world)
    await overridden(therapist, made)
    await discharge(therapist, made, version=1, met=ALL_MET[1:])
    await complete(therapist, made)


async def test_a_dose_beside_a_discharge_is_not_passed_over(world: World) -> None:
    therapist, made = await left(world)
    work = work_of(therapist, operations.UPDATE_DISCHARGE)
    body = DischargeUpdate(met=[DischargeItem(one) for one in ALL_MET], discharged_at=world.api.clock())
    await service.update_discharge(work, UUID(made["id"]), body, 0)
    await dose(therapist, made, kind="booster", amount=20)
    with pytest.raises(StartAgain):
        await work.apply()
    assert (await complete(therapist, made, expect=409))["blocking"] == ["discharge"]


async def test_a_correction_to_completed_needs_it_too(world: World) -> None:
    therapist, made = await left(world)
    now = await therapist.get(f"/sessions/{made['id']}")
    gone = await therapist.post(f"/sessions/{made['id']}/cancel", {"reason": "x"}, match=now["version"], expect=200)
    facts = {"state": "completed", "ended_at": world.api.clock().isoformat(), "correction_reason": "It took place."}
    refused = await therapist.patch(f"/sessions/{made['id']}", facts, gone["version"], expect=409)
    assert refused["blocking"] == ["discharge"]


async def test_a_checklist_before_the_dose_settles_nothing(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    made = await ready_session(therapist, chart)
    assert (await discharge(therapist, made))["blocking"] == ["observed"]
    await dose(therapist, made, given_at=(world.api.clock() + LATE).isoformat())
    assert (await complete(therapist, made, expect=409))["blocking"] == ["discharge"]
    await discharge(therapist, made, version=1)
    await complete(therapist, made)
    other = await session(therapist, chart)
    assert (await therapist.get(f"/sessions/{other['id']}/discharge", expect=409))["code"] == "not-dosing"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"met": ["observed"]}, "body.met"),
        ({"met": ["calm"]}, "body.met.0"),
        ({"discharged_at": "2027-11-20T15:59:00Z"}, "body.discharged_at"),
        ({"discharged_at": "2020-11-20T15:59:00Z"}, "body.discharged_at"),
        ({"aldrete_score": 11}, "body.aldrete_score"),
        ({"padss_score": -1}, "body.padss_score"),
    ],
    ids=str,
)
async def test_what_cannot_be_is_refused_by_name(world: World, facts: Json, field: str) -> None:
    therapist, made = await left(world)
    refused = await therapist.put(f"/sessions/{made['id']}/discharge", facts, match=0, expect=422)
    assert [one["field"] for one in refused["errors"]] == [field]


async def test_a_patient_reads_it_and_others_do_not(world: World) -> None:
    therapist, other = await world.therapist(), await world.therapist()
    patient = await world.patient_of(therapist)
    made = await dosed_session(therapist, world.chart_id(patient))
    path = f"/sessions/{made['id']}/discharge"
    await discharge(therapist, made)
    assert await patient.get(path) == await therapist.get(path)
    await patient.put(path, {"met": ALL_MET}, match=1, expect=403)
    await other.get(path, expect=404)
    await other.put(path, {"met": ALL_MET}, match=1, expect=404)
    await join(therapist, made["patient_id"], other)
    await other.get(path)
    await therapist.put(path, {"met": []}, match=0, expect=412)
