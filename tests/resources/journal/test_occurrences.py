"""When the strategies of a plan are due, as the server computes it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.factories.plans import active, draft, plan, step, strategy
from tests.support import Api, Json, Person, World

NEW_YORK = "America/New_York"


async def _pair(world: World, zone: str = NEW_YORK) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist, time_zone=zone)
    return therapist, patient, world.chart_id(patient)


async def _due(person: Person, plan_id: str, first: str, last: str, expect: int = 200) -> Json:
    answer: Json = await person.get(f"/plans/{plan_id}/occurrences", params={"from": first, "to": last}, expect=expect)
    return answer


async def _scheduled(person: Person, chart: str, *rules: str, starts_on: str = "2026-01-01") -> tuple[Json, list[str]]:
    made = await plan(person, chart)
    version, ids = made["version"], list[str]()
    for rule in rules:
        added = await strategy(person, made["id"], version, schedule=rule, starts_on=starts_on)
        version, ids = added["plan_version"], [*ids, added["id"]]
    return {**made, "version": version}, ids


async def test_nobody_without_a_token(api: Api) -> None:
    address = f"/plans/{uuid4()}/occurrences"
    assert (await api.send("GET", address, params={"from": "2026-03-01", "to": "2026-03-02"})).status_code == 401


async def test_they_come_by_the_patients_clock(world: World) -> None:
    """Over the night of 8 March 2026, when New York sets its clock forward at 02:00."""
    therapist, patient, chart = await _pair(world)
    rules = ("FREQ=DAILY;BYHOUR=2,20;BYMINUTE=30", "RRULE:FREQ=WEEKLY;INTERVAL=3;BYDAY=SU", "FREQ=DAILY;COUNT=66")
    made, (twice, weekly, counted) = await _scheduled(therapist, chart, *rules)
    await step(therapist, made, "propose")
    found = await _due(patient, made["id"], "2026-03-07", "2026-03-08")
    assert (found["time_zone"], found["through"]) == (NEW_YORK, "2026-03-08")
    assert [(one["strategy_id"], one["on"], one["at"]) for one in found["items"]] == [
        (counted, "2026-03-07", None),
        (twice, "2026-03-07", "2026-03-07T07:30:00Z"),
        (twice, "2026-03-07", "2026-03-08T01:30:00Z"),
        (weekly, "2026-03-08", None),
        (twice, "2026-03-08", "2026-03-08T07:30:00Z"),  # 02:30 does not exist: 03:30
        (twice, "2026-03-08", "2026-03-09T00:30:00Z"),
    ]
    assert await _due(therapist, made["id"], "2026-03-07", "2026-03-08") == found


async def test_a_schedule_starts_on_the_patients_day_unless_it_says_when(world: World) -> None:
    therapist, patient, chart = await _pair(world, "Pacific/Kiritimati")
    today = world.api.clock().astimezone(ZoneInfo("Pacific/Kiritimati")).date().isoformat()
    made = await draft(therapist, chart)
    path = f"/plans/{made['id']}/strategies/{made['strategies'][0]['id']}"
    assert made["strategies"][0]["starts_on"] is None
    one = await therapist.patch(path, {"schedule": "RRULE:freq=daily;count=3"}, made["version"])
    assert (one["schedule"], one["starts_on"]) == ("FREQ=DAILY;COUNT=3", today)
    one = await patient.patch(path, {"starts_on": "2026-02-01"}, one["plan_version"])
    assert one["starts_on"] == "2026-02-01"
    one = await patient.patch(path, {"title": "Slower"}, one["plan_version"])
    assert one["starts_on"] == "2026-02-01"
    one = await patient.patch(path, {"schedule": "FREQ=WEEKLY"}, one["plan_version"])
    assert one["starts_on"] == today
    one = await patient.patch(path, {"schedule": None}, one["plan_version"])
    assert (one["schedule"], one["starts_on"]) == (None, None)
    added = await strategy(therapist, made["id"], one["plan_version"], schedule="FREQ=DAILY")
    assert added["starts_on"] == today


@pytest.mark.thorough
async def test_a_plan_that_rests_or_is_over_has_none(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    found = await active(therapist, patient, chart)
    assert (await _due(patient, found["id"], "2026-03-01", "2026-03-02"))["items"] == []  # no schedule
    made, _ = await _scheduled(therapist, chart, "FREQ=DAILY")
    found = await step(therapist, made, "propose")
    found = await step(patient, found, "accept", {"revision": 1})
    assert len((await _due(patient, made["id"], "2026-03-01", "2026-03-02"))["items"]) == 2
    for name, number in (("pause", 0), ("resume", 2), ("complete", 0), ("archive", 0)):
        found = await step(patient, found, name)
        assert len((await _due(patient, made["id"], "2026-03-01", "2026-03-02"))["items"]) == number


async def test_a_response_is_bounded_and_says_how_far_it_goes(world: World) -> None:
    therapist, _, chart = await _pair(world)
    hours = ",".join(map(str, range(24)))
    made, ids = await _scheduled(therapist, chart, *[f"FREQ=DAILY;BYHOUR={hours}"] * 3)
    found = await _due(therapist, made["id"], "2026-06-01", "2026-08-01")
    assert (found["through"], len(found["items"])) == ("2026-06-14", 14 * 24 * len(ids))
    rest = await _due(therapist, made["id"], "2026-06-15", "2026-06-20")
    assert (rest["through"], len(rest["items"])) == ("2026-06-20", 6 * 24 * len(ids))
    every = [one["at"] for one in found["items"] + rest["items"]]
    assert every == sorted(every)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-03-02", "2026-03-01"),
        ("2026-03-01", "2026-05-02"),
        ("1999-12-31", "2000-01-01"),
        ("2199-12-31", "2200-01-01"),
        ("2026-03-01T00:00:00Z", "2026-03-02"),
    ],
)
async def test_days_that_cannot_be_asked_for(world: World, first: str, last: str) -> None:
    therapist, _, chart = await _pair(world)
    refused = await _due(therapist, (await plan(therapist, chart))["id"], first, last, expect=422)
    assert {error["field"] for error in refused["errors"]} <= {"query.from", "query.to"}
    whole = await _due(therapist, (await plan(therapist, chart))["id"], "2026-03-01", "2026-05-01")
    assert whole["through"] == "2026-05-01"


async def test_an_earlier_revision_keeps_the_first_day(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    made, _ = await _scheduled(therapist, chart, "FREQ=DAILY;UNTIL=20260401T000000Z", starts_on="2026-03-30")
    assert len((await _due(patient, made["id"], "2026-03-01", "2026-04-10"))["items"]) == 2
    await step(patient, await step(therapist, made, "propose"), "decline", {})
    (kept,) = (await patient.get(f"/plans/{made['id']}/versions"))["items"]
    assert kept["strategies"][0]["starts_on"] == "2026-03-30"


async def test_it_is_the_same_however_late_one_asks(world: World) -> None:
    """Ten years of days cost no more than one, and an interval stays in step."""
    therapist, _, chart = await _pair(world, "UTC")
    made, _ = await _scheduled(therapist, chart, "FREQ=DAILY;INTERVAL=7;BYHOUR=8", starts_on="2016-01-04")
    (one, two) = (await _due(therapist, made["id"], "2026-03-02", "2026-03-15"))["items"]
    days = [date.fromisoformat(found["on"]) for found in (one, two)]
    assert (days[1] - days[0], (days[0] - date(2016, 1, 4)).days % 7) == (timedelta(days=7), 0)
    assert datetime.fromisoformat(one["at"]).astimezone(UTC).hour == 8
