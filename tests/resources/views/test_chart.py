"""The screen of a chart: the first rows of each list, by the rules of each list, and nothing counts as read."""

from datetime import timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from integration_api.access.actor import Role
from tests.costs.counting import counted
from tests.factories import notes, plans
from tests.factories.care_teams import join
from tests.factories.flags import flags
from tests.factories.reflections import draft, submitted
from tests.factories.sessions import completed_session, move, session
from tests.resources.people.test_emergencies import WHY
from tests.support import Api, Json, Person, World


@pytest.fixture
async def pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def chart_of(person: Person, chart: str) -> Json:
    found: Json = await person.get(f"/patients/{chart}/chart")
    return found


def ids(rows: list[Json]) -> list[str]:
    return [row["id"] for row in rows]


def at(world: World, **later: float) -> str:
    return (world.api.clock() + timedelta(**later)).isoformat()


async def fill(world: World, therapist: Person, patient: Person, chart: str, count: int) -> None:
    """So many of each thing."""
    for number in range(count):
        await plans.active(therapist, patient, chart)
        await submitted(patient, share=True, safety="not_sure")
        await notes.signed_note(therapist, chart)
        await notes.draft(therapist, chart)
        await session(therapist, chart, planned_start_at=at(world, days=1 + number), planned_end_at=None)
        await completed_session(therapist, chart)
        await patient.post("/medicines", {"patient_id": chart, "name": "Sertraline", "kind": "prescribed"})


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", f"/patients/{uuid4()}/chart")).status_code == 401


async def test_only_the_care_team_sees_it(world: World, pair: tuple[Person, Person, str]) -> None:
    _, patient, chart = pair
    for person, status in ((await world.therapist(), 404), (patient, 403), (world.admin, 403)):
        await person.get(f"/patients/{chart}/chart", expect=status)
    await pair[0].get(f"/patients/{uuid4()}/chart", expect=404)


@pytest.mark.thorough
async def test_each_part_is_the_beginning_of_its_list(world: World, pair: tuple[Person, Person, str]) -> None:
    therapist, patient, chart = pair
    await fill(world, therapist, patient, chart, 2)
    found = await chart_of(therapist, chart)
    listed = {"patient_id": chart}
    assert found["patient"] == await therapist.get(f"/patients/{chart}")
    assert found["care_team"] == (await therapist.get(f"/patients/{chart}/care-team"))["items"]
    assert found["medicines"] == (await therapist.get("/medicines", params=listed))["items"]
    assert found["plans"] == (await therapist.get("/plans", params=listed))["items"]
    tasks = (await therapist.get("/worklist", params={"limit": 100}))["items"]
    assert found["tasks"] == tasks[:10]
    for kind in ("note", "reflection"):
        shown = await therapist.get(f"/patients/{chart}/timeline", params={"kind": kind, "limit": 5})
        assert found[f"{kind}s"] == shown["items"]
    assert len(found["reflections"]) == 2
    sessions = (await therapist.get("/sessions", params={**listed, "limit": 100}))["items"]
    assert found["next_sessions"] == [one for one in reversed(sessions) if one["state"] == "planned"][-2:]
    assert found["last_sessions"] == [one for one in sessions if one["state"] == "completed"]


async def test_parts_are_bounded_and_the_next_session_comes_first(
    world: World, pair: tuple[Person, Person, str]
) -> None:
    therapist, _, chart = pair
    made = [
        await session(therapist, chart, planned_start_at=at(world, days=day), planned_end_at=None)
        for day in (9, 3, 4, 6, 8, 7, 5, 2)
    ]
    past = await session(therapist, chart, planned_start_at=at(world, days=-9), planned_end_at=None)
    over = [await move(therapist, one, "cancel") for one in made[:2]]
    found = await chart_of(therapist, chart)
    by_start = sorted(made[2:], key=lambda one: one["planned_start_at"])
    assert ids(found["next_sessions"]) == ids(by_start)[:5]
    assert ids(found["last_sessions"]) == ids(over)
    assert past["id"] not in ids(found["next_sessions"])


async def test_opening_it_reads_nothing(world: World, pair: tuple[Person, Person, str]) -> None:
    """The patient can still take back what was shared, and no text of it was shown."""
    therapist, patient, chart = pair
    made = await submitted(patient, share=True, text="The lake was still.")
    answer = await therapist.send("GET", f"/patients/{chart}/chart")
    assert made["id"] in answer.text
    assert "The lake was still." not in answer.text
    await patient.post(f"/reflections/{made['id']}/unshare", expect=200, match=made["version"])
    assert (await chart_of(therapist, chart))["reflections"] == []


async def test_what_its_reader_may_not_see_is_in_no_part(world: World, pair: tuple[Person, Person, str]) -> None:
    therapist, patient, chart = pair
    other = await notes.join(world, therapist, chart, Role.PRESCRIBER)
    hidden = [
        await draft(patient),
        await submitted(patient),
        await submitted(patient, share=True, release_at=at(world, days=1)),
        await notes.draft(therapist, chart),
        await plans.draft(therapist, chart, is_shared=False),
    ]
    answer = await other.send("GET", f"/patients/{chart}/chart")
    assert answer.status_code == 200
    assert [one["id"] for one in hidden if one["id"] in answer.text] == []


async def test_what_is_over_or_withdrawn_is_left_out(world: World, pair: tuple[Person, Person, str]) -> None:
    therapist, patient, chart = pair
    other = await world.therapist()
    member = await join(therapist, chart, other)
    await therapist.delete(f"/patients/{chart}/care-team/{member['id']}", member["version"])
    body = {"patient_id": chart, "name": "Sertraline", "kind": "prescribed"}
    taken = await therapist.post("/medicines", body)
    wrong = await therapist.post("/medicines", body)
    await therapist.post(f"/medicines/{wrong['id']}/withdraw", {"reason": "Another chart"}, expect=200, match=1)
    agreed = await plans.active(therapist, patient, chart)
    await plans.step(therapist, agreed, "archive")
    found = await chart_of(therapist, chart)
    assert ids(found["medicines"]) == [taken["id"]]
    assert [one["account_id"] for one in found["care_team"]] == [therapist.id]
    assert found["plans"] == []


async def test_a_medicine_ends_with_its_day_by_the_patients_clock(world: World) -> None:
    therapist = await world.therapist()
    made = await therapist.post("/patients", {"name": "Rowan Sample", "time_zone": "Pacific/Kiritimati"})
    today = world.api.clock().astimezone(ZoneInfo("Pacific/Kiritimati")).date()
    days = [today - timedelta(days=ago) for ago in (9, 1, 0, -1)]
    body = {"patient_id": made["id"], "name": "Sertraline", "kind": "prescribed"}
    ended = [await therapist.post("/medicines", {**body, "ended_on": day.isoformat()}) for day in days]
    assert ids((await chart_of(therapist, made["id"]))["medicines"]) == [ended[3]["id"], ended[2]["id"]]


@pytest.mark.thorough
async def test_what_is_urgent_is_an_alert_once_for_whoever_looks(
    world: World, pair: tuple[Person, Person, str]
) -> None:
    therapist, patient, chart = pair
    await notes.join(world, therapist, chart, Role.PRESCRIBER)
    supervisor = await notes.supervisor_of(world, therapist, chart)
    await submitted(patient, share=True)
    made = await submitted(patient, share=True, contact_me=True)
    await patient.post("/help", expect=200)
    for person in (therapist, supervisor):
        found = await chart_of(person, chart)
        assert [(one["kind"], one["urgency"]) for one in found["alerts"]] == [
            ("flag_raised", "critical"),
            ("flag_raised", "moderate"),
        ]
        [flag] = await flags(person, source_id=made["id"])
        assert found["alerts"][1]["subject_id"] == flag["id"]
        assert {one["patient_name"] for one in found["alerts"]} == {"Rowan Sample"}
    mine = (await therapist.get("/worklist"))["items"]
    assert ids((await chart_of(therapist, chart))["alerts"]) == ids(mine)[:2]
    assert (await chart_of(supervisor, chart))["tasks"] == []


async def test_an_alert_of_what_may_not_be_read_says_that_help_was_asked_and_no_more(
    world: World, pair: tuple[Person, Person, str]
) -> None:
    therapist, patient, chart = pair
    supervisor = await notes.supervisor_of(world, therapist, chart)
    asks: dict[str, Any] = {"ratings": {"distress": 10}}
    coming = await submitted(patient, share=True, release_at=at(world, minutes=30), **asks)
    taken = await submitted(patient, share=True, **asks)
    await patient.post(f"/reflections/{taken['id']}/unshare", expect=200, match=taken["version"])
    for person in (therapist, supervisor):
        alerts = (await chart_of(person, chart))["alerts"]
        assert [(one["kind"], one["urgency"], one["subject_id"]) for one in alerts] == [
            ("help_asked", "moderate", chart)
        ]
    world.api.clock.advance(minutes=31)
    told = [(one["kind"], one["subject_id"]) for one in (await chart_of(therapist, chart))["alerts"]]
    assert told == [("reflection_to_review", coming["id"]), ("help_asked", chart)]


async def test_nobody_is_alerted_by_emergency_access(world: World, pair: tuple[Person, Person, str]) -> None:
    therapist, patient, chart = pair
    await submitted(patient, share=True, safety="not_safe")
    await patient.post("/help", expect=200)
    other = await world.therapist()
    await other.post(f"/patients/{chart}/emergency-access", WHY)
    assert (await chart_of(other, chart))["alerts"] == []
    await join(therapist, chart, other)  # who came in an emergency may be kept
    assert len((await chart_of(other, chart))["alerts"]) == 2


async def test_the_tasks_are_those_of_this_chart(world: World, pair: tuple[Person, Person, str]) -> None:
    therapist, patient, chart = pair
    elsewhere = await world.patient_of(therapist)
    await submitted(elsewhere, share=True, contact_me=True)
    made = await submitted(patient, share=True)
    found = await chart_of(therapist, chart)
    assert [one["subject_id"] for one in found["tasks"]] == [made["id"]]
    assert found["alerts"] == []


@pytest.mark.thorough
async def test_the_ledger_has_the_view_once(world: World, pair: tuple[Person, Person, str]) -> None:
    therapist, patient, chart = pair
    await fill(world, therapist, patient, chart, 1)
    await chart_of(therapist, chart)
    log = (await patient.get("/me/access-log", params={"limit": 1}))["items"]
    assert [(one["event"], one["actor"]["account_id"]) for one in log] == [("chart.read", therapist.id)]


@pytest.mark.thorough
async def test_it_takes_the_same_statements_however_much_there_is(
    world: World, pair: tuple[Person, Person, str]
) -> None:
    therapist, patient, chart = pair
    calls: list[int] = []
    for count in (0, 1, 5):
        await fill(world, therapist, patient, chart, count)
        with counted(world.api.runtime.database) as asked:
            await chart_of(therapist, chart)
        calls.append(asked.calls)
    assert calls == [11, 11, 11]
