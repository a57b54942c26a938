"""Somebody who walks through many charts is stopped, and it is told; ordinary work is not touched."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.access.limits.shown import STEP, WINDOW, ShownCharts
from integration_api.settings import Settings
from tests.applications import application
from tests.support import Api, Json, Person, World

LIMIT = 60


async def charts_of(person: Person, count: int) -> list[str]:
    """Making charts is not walking through them."""
    return [(await person.post("/patients", {"name": "Rowan Sample"}))["id"] for _ in range(count)]


async def walk(person: Person, charts: list[str]) -> Counter[int]:
    return Counter([(await person.send("GET", f"/patients/{chart}")).status_code for chart in charts])


async def signals(officer: Person) -> list[Json]:
    return [n for n in (await officer.get("/notices"))["items"] if n["event"] == "security.volume_exceeded"]


@pytest.fixture
async def few(world: World) -> World:
    """A clinic whose limit is 20, so that less has to be made."""
    await world.admin.patch("/clinic", {"policies": {"charts_per_ten_minutes": 20}}, 1)
    return world


async def test_a_walk_through_300_charts_is_stopped_and_told_once(world: World) -> None:
    therapist, officer = await world.therapist(), await world.staff(Role.PRIVACY_OFFICER)
    charts = await charts_of(therapist, 300)
    found = await walk(therapist, charts)
    assert LIMIT <= found[200] <= LIMIT + STEP
    assert found[429] == 300 - found[200]
    [signal] = await signals(officer)
    assert (signal["subject_id"], signal["to_role"]) == (therapist.id, "privacy_officer")
    events = (await officer.get("/ledger", params={"event": "security.volume_exceeded"}))["items"]
    assert [(row["actor_id"], row["outcome"]) for row in events] == [(therapist.id, "denied")]
    assert await signals(world.admin) == []


async def test_the_answer_says_when_to_come_back_and_then_it_goes_on(few: World) -> None:
    therapist, officer = await few.therapist(), await few.staff(Role.PRIVACY_OFFICER)
    charts = await charts_of(therapist, 40)
    await walk(therapist, charts[:20])
    few.api.clock.advance(minutes=4)
    refused = await therapist.send("GET", f"/patients/{charts[39]}")
    assert (refused.status_code, refused.json()["code"]) == (429, "too-many-requests")
    assert 355 < int(refused.headers["retry-after"]) <= 361
    few.api.clock.advance(seconds=int(refused.headers["retry-after"]))
    assert await walk(therapist, charts[20:40]) == {200: 20}
    few.api.clock.advance(minutes=61)
    assert (await walk(therapist, charts))[429] > 0
    assert len(await signals(officer)) == 2


async def test_a_walk_by_all_requests_at_once_is_stopped_and_told_just_so(few: World) -> None:
    """One process lets through no more than the limit, though the ledger says nothing yet of what is in flight."""
    therapist, officer = await few.therapist(), await few.staff(Role.PRIVACY_OFFICER)
    charts = await charts_of(therapist, 60)
    answers = await asyncio.gather(*(therapist.send("GET", f"/patients/{chart}") for chart in charts))
    assert Counter(answer.status_code for answer in answers) == {200: 20, 429: 40}
    assert len(await signals(officer)) == 1


async def test_whoever_is_being_treated_goes_on_being_treated(few: World) -> None:
    therapist = await few.therapist()
    charts = await charts_of(therapist, 30)
    assert (await walk(therapist, charts))[429] == 10
    assert await walk(therapist, charts[:20] * 3) == {200: 60}
    body = {"patient_id": charts[0]}
    await therapist.post("/courses", body)
    await therapist.post("/courses", {"patient_id": charts[29]}, expect=429)
    assert (await therapist.get("/courses", params={"patient_id": charts[0]}))["items"]


async def test_a_refused_request_leaves_nothing_done(few: World) -> None:
    therapist, auditor = await few.therapist(), await few.staff(Role.AUDITOR)
    charts = await charts_of(therapist, 30)
    await walk(therapist, charts[:20])
    await therapist.patch(f"/patients/{charts[25]}", {"name": "Rowan Other"}, 1, expect=429)
    shown = {row["patient_id"] for row in (await auditor.get("/ledger", params={"event": "patient.updated"}))["items"]}
    assert charts[25] not in shown
    few.api.clock.advance(minutes=11)
    assert (await therapist.get(f"/patients/{charts[25]}"))["version"] == 1


async def test_lists_count_by_the_charts_they_show(few: World) -> None:
    therapist = await few.therapist()
    await charts_of(therapist, 30)
    await therapist.get("/patients", params={"limit": 20})
    await therapist.get("/patients", params={"limit": 20})
    refused = await therapist.send("GET", "/patients", params={"limit": 21})
    assert refused.status_code == 429
    found = await therapist.send("POST", "/patients/search", {"name_part": "rowan"})
    assert found.status_code == 429


async def test_another_one_and_patients_and_work_without_charts_are_not_concerned(few: World) -> None:
    therapist, colleague = await few.therapist(), await few.therapist()
    patient = await few.patient_of(colleague)
    charts = await charts_of(therapist, 30)
    assert (await walk(therapist, charts))[429]
    await colleague.get(f"/patients/{few.chart_id(patient)}")
    for _ in range(5):
        await therapist.get("/clinic")
        await therapist.get("/accounts")
        await few.admin.get("/accounts")
        await patient.get("/reflections")


async def test_a_clinic_can_set_the_limit_or_none(few: World) -> None:
    await few.admin.patch("/clinic", {"policies": {"charts_per_ten_minutes": 0}}, 2)
    therapist = await few.therapist()
    assert await walk(therapist, await charts_of(therapist, 80)) == {200: 80}


async def test_several_applications_count_together(few: World, settings: Settings) -> None:
    """Each knows only what it showed itself; the ledger knows all."""
    therapist, officer = await few.therapist(), await few.staff(Role.PRIVACY_OFFICER)
    charts = await charts_of(therapist, 80)
    async with application(settings, few.api.clock) as one, application(settings, few.api.clock) as other:
        apis = [few.api, one, other]
        found: Counter[int] = Counter()
        for at, chart in enumerate(charts):
            person = Person(apis[at % 3], therapist.actor, therapist.token)
            found[(await person.send("GET", f"/patients/{chart}")).status_code] += 1
        again = Person(Api(one.app, one.client, one.clock), therapist.actor, therapist.token)
        assert await walk(again, charts[:2]) == {200: 2}
    assert 20 <= found[200] <= 20 + 3 * STEP
    assert found[429] == 80 - found[200]
    assert len(await signals(officer)) == 1


def test_what_is_remembered_decides_only_when_to_ask() -> None:
    shown, who, now = ShownCharts(), uuid4(), datetime(2026, 11, 23, tzinfo=UTC)
    charts = [uuid4() for _ in range(30)]
    assert [shown.must_ask(who, [chart], now) for chart in charts[:11]] == [False] * STEP + [True]
    assert shown.must_ask(who, charts[:10], now) is False
    shown.learn(who, dict.fromkeys(charts[:11], now), 2, now)
    assert [shown.must_ask(who, [chart], now) for chart in charts[11:14]] == [False, False, True]
    assert shown.must_ask(who, [charts[0]], now) is False
    assert shown.must_ask(who, [charts[5]], now + WINDOW) is True
    assert shown.must_ask(uuid4(), charts, now) is True
    assert shown.must_ask(who, [], now + timedelta(days=1)) is False
    assert shown.seconds_full(who, now) == 0
    shown.learn(who, dict.fromkeys(charts, now - timedelta(minutes=4)), 0, now)
    assert shown.seconds_full(who, now) == 361
    assert shown.seconds_full(who, now + timedelta(minutes=1)) == 0
