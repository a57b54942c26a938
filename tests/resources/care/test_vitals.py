"""Vitals over HTTP: what is recorded, what is refused, and that a try more changes nothing."""

import asyncio

import pytest

from integration_api.core.ids import new_id
from integration_api.resources.care.doses.bands import RULES_VERSION
from tests.factories.care_teams import join
from tests.factories.doses import dose
from tests.factories.feeds import Client, seal
from tests.factories.monitoring import minutes, pressure, reading, series, upload
from tests.factories.readiness import ready_session
from tests.factories.sessions import session
from tests.support import Api, Json, Person, World


async def monitored(world: World) -> tuple[Person, Json, str]:
    """A therapist, a dosing session with one dose, and when it was given."""
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    made = await ready_session(therapist, chart)
    at = minutes(made["started_at"], -300)
    await dose(therapist, made, given_at=at)
    return therapist, made, at


def rules_of(made: Json) -> list[tuple[str, str]]:
    return [(one["rule"], one["severity"]) for one in made["findings"]]


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", f"/sessions/{new_id()}/vitals")).status_code == 401
    assert (await api.send("POST", f"/sessions/{new_id()}/vitals", json={"items": []})).status_code == 401


async def test_readings_come_back_as_a_series_with_codes_and_minutes(world: World) -> None:
    therapist, made, at = await monitored(world)
    later = reading("spo2", 97, minutes(at, 40))
    seen = reading("observation", None, minutes(at, 12), text="Smiles, hand on heart.")
    told = await upload(therapist, made, later, seen, pressure(128, 82, minutes(at, -10)))
    assert [one["id"] for one in told["items"][:2]] == [later["id"], seen["id"]]
    found = await series(therapist, made)
    assert [one["minutes_from_dose"] for one in found] == [-10, 12, 40]
    assert [(one["loinc"], one["ucum"]) for one in found] == [
        ("85354-9", "mm[Hg]"),
        (None, None),
        ("59408-5", "%"),
    ]
    assert (found[0]["value"], found[0]["diastolic"], found[1]["text"]) == (128, 82, "Smiles, hand on heart.")
    assert sorted(told["items"], key=lambda one: str(one["taken_at"])) == found
    assert await series(therapist, made, limit=1) == found
    assert await series(therapist, made, field="spo2") == found[2:]
    assert await series(therapist, made, taken_after=minutes(at, 12), taken_before=minutes(at, 40)) == found[1:2]


@pytest.mark.parametrize(
    ("facts", "field", "limit"),
    [
        ({"field": "heart_rate", "value": 251}, "value", "20 to 250 /min"),
        ({"field": "spo2", "value": 49}, "value", "50 to 100 %"),
        ({"field": "respiratory_rate", "value": 1}, "value", "2 to 60 /min"),
        ({"field": "temperature", "value": 44}, "value", "30 to 43 Cel"),
        ({"field": "weight", "value": 19}, "value", "20 to 350 kg"),
        ({"field": "height", "value": 99}, "value", "100 to 250 cm"),
        ({"field": "moaas", "value": 6}, "value", "0 to 5"),
        ({"field": "moaas", "value": 2.5}, "value", "whole"),
        ({"field": "cadss_6", "value": 25}, "value", "0 to 24"),
        ({"field": "dissociation", "value": 11}, "value", "0 to 10"),
        ({"field": "vas_pain", "value": 10.5}, "value", "0 to 10"),
        ({"field": "blood_pressure", "value": 301, "diastolic": 80}, "value", "40 to 300 mm[Hg]"),
        ({"field": "blood_pressure", "value": 250, "diastolic": 201}, "diastolic", "20 to 200 mm[Hg]"),
        ({"field": "blood_pressure", "value": 80, "diastolic": 80}, "diastolic", "below the systolic"),
        ({"field": "blood_pressure", "value": 80}, "diastolic", "is needed"),
        ({"field": "spo2", "value": 98, "diastolic": 80}, "diastolic", "alone"),
        ({"field": "spo2", "value": None}, "value", "is needed"),
        ({"field": "observation", "value": None}, "text", "is needed"),
        ({"field": "observation", "value": 1, "text": "Calm"}, "value", "does not go"),
        ({"field": "spo2", "value": 98, "taken_at": "2100-01-01T00:00:00Z"}, "taken_at", "future"),
    ],
)
async def test_what_cannot_be_is_refused_with_its_field_and_limit(
    world: World, facts: Json, field: str, limit: str
) -> None:
    therapist, made, at = await monitored(world)
    wrong = {**reading("spo2", 98, at), **facts}
    refused = await upload(therapist, made, reading("spo2", 98, at), wrong, expect=422)
    assert [error["field"] for error in refused["errors"]] == [f"body.items.1.{field}"]
    assert limit in refused["errors"][0]["message"]
    assert await series(therapist, made) == []


async def test_a_try_more_changes_nothing_and_another_value_is_refused_by_name(world: World) -> None:
    therapist, made, at = await monitored(world)
    first, second = reading("spo2", 97, at), reading("heart_rate", 80, at)
    told = await upload(therapist, made, first)
    again = await upload(therapist, made, second, first, first)
    assert again["items"][1] == again["items"][2] == told["items"][0]
    before = await series(therapist, made)
    assert {one["id"] for one in before} == {first["id"], second["id"]}
    third = reading("spo2", 96, at)
    for change in ({"value": 98}, {"taken_at": minutes(at, 1)}, {"text": "loose"}, {"field": "vas_pain", "value": 3}):
        refused = await upload(therapist, made, third, {**first, **change}, expect=409)
        assert (refused["code"], refused["ids"]) == ("vital-differs", [first["id"]])
    refused = await upload(therapist, made, third, {**third, "value": 95}, expect=409)
    assert refused["ids"] == [third["id"]]
    other = await ready_session(therapist, made["patient_id"])
    assert (await upload(therapist, other, first, expect=409))["ids"] == [first["id"]]
    assert await series(therapist, made) == before


async def test_the_same_upload_twice_at_once_is_stored_once(world: World) -> None:
    therapist, made, at = await monitored(world)
    items = [reading("spo2", 97, minutes(at, n)) for n in range(5)]
    both = await asyncio.gather(upload(therapist, made, *items), upload(therapist, made, *items[::-1]))
    found = await series(therapist, made)
    assert [one["id"] for one in found] == [one["id"] for one in items]
    assert both[0]["items"] == found
    assert both[1]["items"] == found[::-1]


@pytest.mark.thorough
async def test_a_full_upload_is_taken_and_one_more_is_refused(world: World) -> None:
    therapist, made, at = await monitored(world)
    items = [reading("heart_rate", 60 + n % 40, minutes(at, n / 2)) for n in range(200)]
    assert len((await upload(therapist, made, *items))["items"]) == 200
    assert len((await upload(therapist, made, *items))["items"]) == 200
    assert len(await series(therapist, made, limit=100)) == 200
    await upload(therapist, made, *items, reading("spo2", 97, at), expect=422)
    await upload(therapist, made, expect=422)


async def test_a_baseline_that_comes_late_counts_for_what_was_there(world: World) -> None:
    therapist, made, at = await monitored(world)
    during = pressure(155, 80, minutes(at, 30))
    assert rules_of((await upload(therapist, made, during))["items"][0]) == []
    told = await upload(therapist, made, pressure(95, 60, minutes(at, -5)), during)
    assert rules_of(told["items"][1]) == [("R10", "critical")]
    earlier = await upload(therapist, made, pressure(80, 50, minutes(at, -20)), pressure(140, 80, minutes(at, 10)))
    assert [rules_of(one) for one in earlier["items"]] == [[], [("R11", "moderate")]]
    higher = await upload(therapist, made, pressure(112, 60, minutes(at, -2)), pressure(90, 60, minutes(at, -9)))
    assert [rules_of(one) for one in higher["items"]] == [[], []]
    found = await series(therapist, made)
    assert rules_of(found[-1]) == [("R11", "moderate")]
    assert found[-1]["findings"][0]["version"] == RULES_VERSION
    assert "clinical.md section 1.3" in found[-1]["findings"][0]["source"]
    path = f"/sessions/{made['id']}/vitals/{higher['items'][0]['id']}/withdraw"
    await therapist.post(path, {"reason": "Wrong arm."}, match=1, expect=200)
    assert rules_of((await series(therapist, made))[-1]) == [("R10", "critical")]


async def test_a_reading_in_error_is_kept_as_withdrawn(world: World) -> None:
    therapist, made, at = await monitored(world)
    wrong = reading("spo2", 79, at)
    [told] = (await upload(therapist, made, wrong))["items"]
    assert rules_of(told) == [("R10", "critical")]
    path = f"/sessions/{made['id']}/vitals/{told['id']}/withdraw"
    await therapist.post(path, {"reason": "Cold finger."}, match=2, expect=412)
    other = await ready_session(therapist, made["patient_id"])
    elsewhere = f"/sessions/{other['id']}/vitals/{told['id']}/withdraw"
    await therapist.post(elsewhere, {"reason": "Cold finger."}, match=1, expect=404)
    gone = await therapist.post(path, {"reason": "Cold finger."}, match=1, expect=200)
    assert (gone["value"], gone["withdrawn_reason"], gone["version"]) == (79, "Cold finger.", 2)
    assert (await therapist.post(path, {"reason": "Twice."}, match=2, expect=409))["code"] == "superseded"
    await upload(therapist, made, wrong)
    right = reading("spo2", 97, at)
    await upload(therapist, made, right)
    assert [one["id"] for one in await series(therapist, made)] == [right["id"]]
    assert await series(therapist, made, withdrawn=True) == [gone]


async def test_the_care_team_records_the_patient_reads_and_others_see_nothing(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await ready_session(therapist, world.chart_id(patient))
    item = reading("spo2", 97, made["started_at"])
    await upload(therapist, made, item)
    assert [one["id"] for one in await series(patient, made)] == [item["id"]]
    await upload(patient, made, item, expect=403)
    stranger = await world.therapist()
    await upload(stranger, made, item, expect=404)
    await stranger.get(f"/sessions/{made['id']}/vitals", expect=404)
    await join(therapist, world.chart_id(patient), stranger)
    assert len(await series(stranger, made)) == 1


async def test_only_a_dosing_session_has_vitals(world: World) -> None:
    therapist = await world.therapist()
    made = await session(therapist, world.chart_id(await world.patient_of(therapist)))
    refused = await upload(therapist, made, reading("spo2", 97, made["planned_start_at"]), expect=409)
    assert refused["code"] == "not-dosing"


async def test_the_feed_tells_of_the_session(world: World) -> None:
    therapist, made, at = await monitored(world)
    await upload(therapist, made, reading("spo2", 97, at), reading("spo2", 98, minutes(at, 1)))
    await seal(world)
    told = [one for one in await Client(therapist).poll() if one["kind"] == "vitals"]
    assert [(one["id"], one["patient_id"], one["change"]) for one in told] == [
        (made["id"], made["patient_id"], "changed")
    ]
