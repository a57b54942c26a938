"""Somebody who walks through many charts is stopped, and it is told; ordinary work is not touched."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.access.limits.opened import STEP, WINDOW, OpenedCharts
from integration_api.settings import Settings
from tests.applications import application
from tests.factories import notes
from tests.factories.sessions import session
from tests.support import Api, Json, Person, World

LIMIT = 60


async def charts_of(person: Person, count: int) -> list[str]:
    """Making charts is not walking through them."""
    charts: list[str] = []
    while len(charts) < count:
        made = (person.post("/patients", {"name": "Rowan Sample"}) for _ in range(min(20, count - len(charts))))
        charts += [chart["id"] for chart in await asyncio.gather(*made)]
    return charts


async def walk(person: Person, charts: list[str]) -> Counter[int]:
    return Counter([(await person.send("GET", f"/patients/{chart}")).status_code for chart in charts])


async def signals(officer: Person) -> list[Json]:
    return [n for n in (await officer.get("/notices"))["items"] if n["event"] == "security.volume_exceeded"]


@pytest.fixture
async def few(world: World) -> World:
    """A clinic whose limit is 20, so that less has to be made."""
    await world.admin.patch("/clinic", {"policies": {"charts_per_ten_minutes": 20}}, 1)
    return world


@pytest.mark.thorough
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


@pytest.mark.thorough
async def test_the_answer_says_when_to_come_back_and_then_it_goes_on(few: World) -> None:
    therapist, officer = await few.therapist(), await few.staff(Role.PRIVACY_OFFICER)
    charts = await charts_of(therapist, 40)
    await walk(therapist, charts[:20])
    few.api.clock.advance(minutes=4)
    refused = await therapist.send("GET", f"/patients/{charts[39]}")
    assert (refused.status_code, refused.json()["code"]) == (429, "too-many-requests")
    assert "opened" in refused.json()["detail"]
    wait = int(refused.headers["retry-after"])
    assert 355 < wait <= 360
    few.api.clock.advance(seconds=wait - 1)
    assert await walk(therapist, charts[39:]) == {429: 1}
    few.api.clock.advance(seconds=1)
    assert await walk(therapist, charts[20:40]) == {200: 20}
    few.api.clock.advance(minutes=61)
    assert (await walk(therapist, charts))[429] > 0
    assert len(await signals(officer)) == 2


@pytest.mark.thorough
async def test_a_walk_by_all_requests_at_once_is_stopped_and_told_just_so(few: World) -> None:
    """One process lets through no more than the limit, though the ledger says nothing yet of what is in flight."""
    therapist, officer = await few.therapist(), await few.staff(Role.PRIVACY_OFFICER)
    charts = await charts_of(therapist, 60)
    answers = await asyncio.gather(*(therapist.send("GET", f"/patients/{chart}") for chart in charts))
    assert Counter(answer.status_code for answer in answers) == {200: 20, 429: 40}
    assert len(await signals(officer)) == 1


@pytest.mark.thorough
async def test_whoever_is_being_treated_goes_on_being_treated(few: World) -> None:
    therapist = await few.therapist()
    charts = await charts_of(therapist, 30)
    assert (await walk(therapist, charts))[429] == 10
    assert await walk(therapist, charts[:20] * 3) == {200: 60}
    body = {"patient_id": charts[0]}
    await therapist.post("/courses", body)
    await therapist.post("/courses", {"patient_id": charts[29]}, expect=429)
    assert (await therapist.get("/courses", params={"patient_id": charts[0]}))["items"]


@pytest.mark.thorough
async def test_a_refused_request_leaves_nothing_done(few: World) -> None:
    therapist, auditor = await few.therapist(), await few.staff(Role.AUDITOR)
    charts = await charts_of(therapist, 30)
    await walk(therapist, charts[:20])
    await therapist.patch(f"/patients/{charts[25]}", {"name": "Rowan Other"}, 1, expect=429)
    shown = {row["patient_id"] for row in (await auditor.get("/ledger", params={"event": "patient.updated"}))["items"]}
    assert charts[25] not in shown
    few.api.clock.advance(minutes=11)
    assert (await therapist.get(f"/patients/{charts[25]}"))["version"] == 1


@pytest.mark.thorough
async def test_lists_count_by_the_charts_they_open(few: World) -> None:
    """Lists of several charts' sessions open each chart that they show; a page that no wait allows says so."""
    therapist, officer = await few.therapist(), await few.staff(Role.PRIVACY_OFFICER)
    for count in (20, 10):
        for chart in await charts_of(therapist, count):
            await session(therapist, chart)
        few.api.clock.advance(minutes=11)
    assert len((await therapist.get("/sessions", params={"limit": 20}))["items"]) == 20
    await therapist.get("/sessions", params={"limit": 20})
    assert await signals(officer) == []
    refused = await therapist.get("/sessions", params={"limit": 21}, expect=422)
    assert refused["errors"] == [
        {
            "field": "query.limit",
            "code": "too_many_charts",
            "message": "would open more than 20 charts, which ten minutes allow; ask for fewer",
        }
    ]
    assert len(await signals(officer)) == 1


@pytest.mark.thorough
async def test_a_page_is_told_when_all_of_its_charts_can_be_opened(few: World) -> None:
    """A list waits for as many charts as it opens, not for the first; those that it shows again do not help it."""
    therapist = await few.therapist()
    charts = await charts_of(therapist, 24)
    for chart in charts[18:]:
        await session(therapist, chart)
    few.api.clock.advance(minutes=11)
    await walk(therapist, [charts[20]])
    for chart in charts[:17]:
        few.api.clock.advance(seconds=20)
        await walk(therapist, [chart])
    for _ in range(2):
        refused = await therapist.send("GET", "/sessions", params={"limit": 6})
        assert refused.status_code == 429
    wait = int(refused.headers["retry-after"])
    assert wait == 600 - 20 * 14
    few.api.clock.advance(seconds=wait - 1)
    await therapist.get("/sessions", params={"limit": 6}, expect=429)
    few.api.clock.advance(seconds=1)
    assert len((await therapist.get("/sessions", params={"limit": 6}))["items"]) == 6


async def names(person: Person, size: int) -> Counter[int]:
    """Walk all pages of a case load, by list and by search."""
    found: Counter[int] = Counter()
    for method, path, body in (("GET", "/patients", None), ("POST", "/patients/search", {"name_part": "rowan"})):
        cursor: Json = {}
        while True:
            answer = await person.send(method, path, body, params={"limit": size, **cursor})
            found[answer.status_code] += len(answer.json().get("items", ["refused"]))
            if answer.status_code != 200 or answer.json()["next_cursor"] is None:
                break
            cursor = {"cursor": answer.json()["next_cursor"]}
    return found


@pytest.mark.thorough
async def test_the_own_case_load_is_listed_as_often_as_it_is_needed(world: World) -> None:
    """67 own charts ended in 429 for ever. Names of one's own patients are no alarm, and leave room to open charts."""
    officer = await world.staff(Role.PRIVACY_OFFICER)
    therapist, owner = await world.therapist(), await world.staff(Role.THERAPIST, Role.CLINIC_ADMIN)
    charts = await charts_of(owner, 70)
    assert [await names(owner, size) for size in (100, 25)] == [{200: 140}] * 2
    charts = await charts_of(therapist, 70)
    assert [await names(therapist, size) for size in (100, 25, 100)] == [{200: 140}] * 3
    assert await walk(therapist, charts[:60]) == {200: 60}
    assert await walk(therapist, charts[60:]) == {429: 10}
    assert len(await signals(officer)) == 1
    assert await names(therapist, 100) == {200: 140}
    names_of_all = await names(owner, 60)
    assert names_of_all[429] > 0, "an admin sees the whole clinic: 70 charts of the therapist's are not the owner's"


@pytest.mark.thorough
async def test_a_worklist_opens_no_chart_and_lets_none_be_opened_for_nothing(few: World) -> None:
    therapist = await few.therapist()
    charts = await charts_of(therapist, 40)
    for at, chart in enumerate(charts[:30]):
        await notes.draft(therapist, chart)
        if at % 15 == 14:
            few.api.clock.advance(minutes=11)  # what was opened for that is forgotten
    page = await therapist.get("/worklist", params={"limit": 100})
    assert len({task["patient_id"] for task in page["items"] if task["title"]}) == 30
    assert await walk(therapist, charts[30:]) == {200: 10}
    assert await walk(therapist, charts[:30]) == {200: 10, 429: 20}


@pytest.mark.thorough
async def test_a_list_of_names_that_are_not_ones_own_is_counted(world: World, settings: Settings) -> None:
    officer = await world.staff(Role.PRIVACY_OFFICER)
    therapist = await world.therapist()
    await charts_of(therapist, 80)
    page = await world.admin.get("/patients", params={"limit": 60})
    async with application(settings, world.api.clock) as other:
        elsewhere = Person(other, world.admin.actor, world.admin.token)
        await elsewhere.get("/patients", params={"limit": 20, "cursor": page["next_cursor"]}, expect=429)
    assert (await names(world.admin, 10))[429] == 2
    [signal] = await signals(officer)
    assert signal["subject_id"] == world.admin.id
    await world.admin.get("/patients", params={"limit": 61}, expect=422)


@pytest.mark.thorough
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


@pytest.mark.thorough
async def test_a_clinic_can_set_the_limit_or_none(few: World) -> None:
    await few.admin.patch("/clinic", {"policies": {"charts_per_ten_minutes": 0}}, 2)
    therapist = await few.therapist()
    assert await walk(therapist, await charts_of(therapist, 80)) == {200: 80}


@pytest.mark.thorough
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
    shown, who, now = OpenedCharts(), uuid4(), datetime(2026, 11, 23, tzinfo=UTC)
    charts = [uuid4() for _ in range(30)]
    assert [shown.must_ask(who, [chart], now) for chart in charts[:11]] == [False] * STEP + [True]
    assert shown.must_ask(who, charts[:10], now) is False
    shown.learn(who, dict.fromkeys(charts[:11], now), 13, now)
    assert [shown.must_ask(who, [chart], now) for chart in charts[11:14]] == [False, False, True]
    assert shown.must_ask(who, [charts[0]], now) is False
    assert shown.must_ask(who, [charts[5]], now + WINDOW) is True
    assert shown.must_ask(uuid4(), charts, now) is True
    assert shown.must_ask(who, [], now + timedelta(days=1)) is False
    assert shown.seconds_full(who, charts[:1], now) == 0
    shown.learn(who, {chart: now - timedelta(minutes=4, seconds=at) for at, chart in enumerate(charts)}, 30, now)
    assert shown.seconds_full(who, [uuid4()], now) == 360 - 29
    assert shown.seconds_full(who, [uuid4(), charts[29]], now) == 360 - 28
    assert shown.seconds_full(who, [uuid4(), uuid4(), uuid4()], now) == 360 - 27
    assert shown.seconds_full(who, charts[3:5], now) == 0
    assert shown.seconds_full(who, [uuid4()] * 31, now) == 0
    assert shown.seconds_full(who, [uuid4()], now + timedelta(minutes=1)) == 0
