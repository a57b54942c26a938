"""The file of a monitor: read into readings, stored once however often it comes."""

from uuid import UUID

import pytest

from integration_api.core.ids import new_id
from integration_api.fhir.identifiers import joined
from integration_api.resources.care.monitoring.monitor_files import MonitorFileBroken, readings_of
from tests.factories.monitoring import minutes, reading, series, upload
from tests.factories.sessions import session
from tests.resources.care.test_vitals import monitored
from tests.support import Api, Json, Person, World

HEAD = "taken_at,systolic,diastolic,heart_rate,spo2"


def file_of(*lines: str, **facts: object) -> Json:
    return {"device": "Monitor 2", "text": "\n".join([HEAD, *lines]) + "\n", **facts}


async def sent(who: Person, made: Json, body: Json, expect: int = 200) -> Json:
    told: Json = await who.post(f"/sessions/{made['id']}/vitals/monitor-file", body, expect=expect)
    return told


async def test_nobody_without_a_token(api: Api) -> None:
    answer = await api.send("POST", f"/sessions/{new_id()}/vitals/monitor-file", json=file_of())
    assert answer.status_code == 401


async def test_a_file_becomes_readings_and_a_longer_one_stores_the_rest(world: World) -> None:
    therapist, made, at = await monitored(world)
    first = f"{minutes(at, 10)},128,82,77,97"
    told = (await sent(therapist, made, file_of(first)))["items"]
    assert [(one["field"], one["value"], one["diastolic"]) for one in told] == [
        ("blood_pressure", 128, 82),
        ("heart_rate", 77, None),
        ("spo2", 97, None),
    ]
    assert [one["minutes_from_dose"] for one in told] == [10, 10, 10]
    longer = file_of(first, "", f"{minutes(at, 20)},,,80,", f'"{minutes(at, 25)}",131,84,,')
    again = (await sent(therapist, made, longer))["items"]
    assert again[:3] == told
    assert await series(therapist, made) == sorted(again, key=lambda one: (str(one["taken_at"]), str(one["id"])))
    assert len(again) == 5
    assert (await sent(therapist, made, longer))["items"] == again


async def test_each_reading_of_a_file_names_its_monitor(world: World) -> None:
    """Also to the patient and in FHIR; what a person sent names none, and a later file of it changes nothing."""
    therapist, made, at = await monitored(world)
    await upload(therapist, made, reading("heart_rate", 76, minutes(at, 5)))
    [told] = (await sent(therapist, made, file_of(f"{minutes(at, 10)},,,77,")))["items"]
    assert [one["device"] for one in await series(therapist, made)] == [None, "Monitor 2"]
    assert (await therapist.get(f"/sessions/{made['id']}/vitals/{told['id']}"))["device"] == "Monitor 2"
    for one in await series(therapist, made):
        where = f"/fhir/R4/Observation/vital-{joined(UUID(made['id']), UUID(one['id']))}"
        answer = await therapist.api.client.get(where, headers={"Authorization": f"Bearer {therapist.token}"})
        assert answer.status_code == 200, answer.text
        assert answer.json().get("device") == (one["device"] and {"display": one["device"]})


async def test_times_without_an_offset_are_of_the_named_zone(world: World) -> None:
    therapist, made, at = await monitored(world)
    local = minutes(at, 10).removesuffix("Z")
    refused = await sent(therapist, made, file_of(f"{local},128,82,,"), 422)
    assert refused["errors"][0]["code"] == "no_zone"
    [one] = (await sent(therapist, made, file_of(f"{local},128,82,,", time_zone="UTC")))["items"]
    assert one["taken_at"] == minutes(at, 10)


async def test_what_has_changed_is_refused_and_findings_come_with_the_rest(world: World) -> None:
    therapist, made, at = await monitored(world)
    told = (await sent(therapist, made, file_of(f"{minutes(at, 10)},190,112,,")))["items"]
    assert "R10" in {one["rule"] for one in told[0]["findings"]}
    differs = await sent(therapist, made, file_of(f"{minutes(at, 10)},120,80,,"), 409)
    assert (differs["code"], differs["ids"]) == ("vital-differs", [told[0]["id"]])
    await sent(therapist, made, {**file_of(f"{minutes(at, 10)},120,80,,"), "device": "Monitor 3"})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("systolic\n120\n", "columns"),
        ("taken_at\n2026-11-20T15:40:00Z\n", "columns"),
        ("taken_at,moaas\n2026-11-20T15:40:00Z,4\n", "columns"),
        ("taken_at,spo2,spo2\n2026-11-20T15:40:00Z,4,4\n", "columns"),
        ("taken_at,spo2\n2026-11-20T15:40:00Z\n", "cells"),
        ("taken_at,spo2\nyesterday,97\n", "time"),
        ("taken_at,spo2\n0001-01-01T00:00:00+14:00,97\n", "time"),
        ("taken_at,spo2\n2026-11-20T15:40:00Z,nan\n", "number"),
        ("taken_at,spo2\n2026-11-20T15:40:00Z,-1\n", "number"),
        ("taken_at,spo2\n2026-11-20T15:40:00Z,1e3\n", "number"),
        ("taken_at,diastolic\n2026-11-20T15:40:00Z,80\n", "no_systolic"),
        ('taken_at,spo2\n"2026', "cells"),
    ],
)
def test_a_file_that_is_not_as_declared_is_refused_by_its_line(text: str, code: str) -> None:
    with pytest.raises(MonitorFileBroken) as refused:
        readings_of(text, new_id(), "Monitor 2", None)
    assert refused.value.error["code"] == code


def test_an_id_follows_from_session_device_field_and_time() -> None:
    text, one = "taken_at,spo2,heart_rate\n2026-11-20T15:40:00Z,97,80\n", new_id()

    def ids(session_id: UUID, device: str) -> list[UUID]:
        return [reading.id for reading in readings_of(text, session_id, device, None)]

    assert ids(one, "A") == ids(one, "A")
    assert len({*ids(one, "A"), *ids(one, "B"), *ids(new_id(), "A")}) == 6


async def test_hard_limits_hold_and_nothing_of_a_refused_file_is_stored(world: World) -> None:
    therapist, made, at = await monitored(world)
    for line, code, field in [
        (f"{minutes(at, 2)},,,400,", "hard_limit", "heart_rate"),
        (f"{minutes(at, 600)},120,80,,", "in_future", "blood_pressure"),
        (f"{minutes(at, -60 * 24 * 30)},,,,97", "before_session", "spo2"),
    ]:
        refused = await sent(therapist, made, file_of(f"{minutes(at, 1)},120,80,,", "", line), 422)
        [error] = refused["errors"]
        assert (error["field"], error["code"]) == ("body.text", code)
        assert error["message"].startswith(f"line 4, {field}: ")
    lines = [f"{minutes(at, one / 10)},,,80,97" for one in range(501)]
    assert (await sent(therapist, made, file_of(*lines), 422))["errors"][0]["code"] == "readings"
    assert (await sent(therapist, made, file_of(), 422))["errors"][0]["code"] == "readings"
    assert await series(therapist, made) == []
    other = await world.therapist()
    await sent(other, made, file_of(f"{minutes(at, 1)},120,80,,"), 404)
    plain = await session(therapist, made["patient_id"])
    await sent(therapist, plain, file_of(f"{minutes(at, 1)},120,80,,"), 409)


async def test_a_time_that_stands_twice_or_that_a_zone_has_twice_is_refused_by_its_line(world: World) -> None:
    therapist, made, at = await monitored(world)
    minute = minutes(at, 10)
    twice = file_of(f"{minute},128,82,,", f"{minute},,,80,97", f"{minute},129,82,,")
    [error] = (await sent(therapist, made, twice, 422))["errors"]
    assert (error["field"], error["code"]) == ("body.text", "twice")
    assert "line 4" in error["message"]
    for local in ("2026-10-25T02:30:00", "2026-03-29T02:30:00"):
        file = file_of(f"{local},128,82,,", time_zone="Europe/Berlin")
        assert (await sent(therapist, made, file, 422))["errors"][0]["code"] == "ambiguous_time"
    assert await series(therapist, made) == []


async def test_what_was_withdrawn_stays_so_whatever_the_file_says_later(world: World) -> None:
    therapist, made, at = await monitored(world)
    first, second = f"{minutes(at, 10)},,,80,79", f"{minutes(at, 20)},,,82,97"
    told = (await sent(therapist, made, file_of(first)))["items"]
    path = f"/sessions/{made['id']}/vitals/{told[1]['id']}/withdraw"
    await therapist.post(path, {"reason": "Cold finger."}, match=1, expect=200)
    corrected = f"{minutes(at, 10)},,,80,96"
    for lines in ((first, second), (corrected, second)):
        again = (await sent(therapist, made, file_of(*lines)))["items"]
        assert [(one["field"], one["value"]) for one in again] == [("heart_rate", 80), ("heart_rate", 82), ("spo2", 97)]
    assert len(await series(therapist, made)) == 3
    [gone] = await series(therapist, made, withdrawn=True)
    assert (gone["id"], gone["value"]) == (told[1]["id"], 79)


async def test_two_hours_of_five_columns_go_at_once_and_a_file_that_grew_goes_on(world: World) -> None:
    therapist, made, at = await monitored(world)
    head = "taken_at,systolic,diastolic,heart_rate,spo2,respiratory_rate,temperature\n"

    def until(count: int) -> Json:
        lines = (f"{minutes(at, one)},120,80,80,97,14,36.6" for one in range(count))
        return {"device": "Monitor 2", "text": head + "\n".join(lines)}

    [error] = (await sent(therapist, made, until(121), 422))["errors"]
    assert (error["field"], error["code"]) == ("body.text", "readings")
    assert len((await sent(therapist, made, until(120)))["items"]) == 600
    assert len((await sent(therapist, made, until(180)))["items"]) == 900
    assert len(await series(therapist, made)) == 900
