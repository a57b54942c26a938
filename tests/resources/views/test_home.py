"""The screen of a patient's day, and the number of requests that three screens take."""

from datetime import timedelta

import pytest

from tests.costs.counting import counted
from tests.factories import plans
from tests.factories.reflections import draft, submitted
from tests.factories.sessions import session
from tests.support import Api, Json, Person, World

DAILY = {"schedule": "FREQ=DAILY;BYHOUR=20;BYMINUTE=30"}


@pytest.fixture
async def pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def agreed(therapist: Person, patient: Person, chart: str, **facts: object) -> Json:
    """An active plan with a daily strategy."""
    made = await plans.plan(therapist, chart, **facts)
    await plans.strategy(therapist, made["id"], made["version"], **DAILY)
    sent = await plans.step(therapist, await therapist.get(f"/plans/{made['id']}"), "propose")
    return await plans.step(patient, sent, "accept", {"revision": sent["revision"]})


async def fill(world: World, therapist: Person, patient: Person, chart: str, count: int) -> None:
    for number in range(count):
        plan = await agreed(therapist, patient, chart)
        await plans.practice(patient, plan["strategies"][0]["id"])
        made = await submitted(patient, share=True)
        await therapist.post(f"/reflections/{made['id']}/replies", {"text": "Thank you."})
        start = (world.api.clock() + timedelta(days=1 + number)).isoformat()
        await session(therapist, chart, planned_start_at=start, planned_end_at=None)


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", "/me/home")).status_code == 401


async def test_only_a_patient_has_one(world: World, pair: tuple[Person, Person, str]) -> None:
    await pair[0].get("/me/home", expect=403)
    await world.admin.get("/me/home", expect=403)


@pytest.mark.thorough
async def test_each_part_is_the_beginning_of_its_list(world: World, pair: tuple[Person, Person, str]) -> None:
    therapist, patient, chart = pair
    await fill(world, therapist, patient, chart, 3)
    await draft(patient)
    home = await patient.get("/me/home")
    assert home["plans"] == [await patient.get(f"/plans/{one['id']}") for one in (await patient.get("/plans"))["items"]]
    for part in ("reflections", "practices"):
        assert home[part] == (await patient.get(f"/{part}"))["items"][:5]
    assert home["sessions"] == (await patient.get("/sessions"))["items"][::-1]
    assert home["inbox"] == (await patient.get("/me/inbox"))["items"][:5]
    assert home["unread"] == len((await patient.get("/me/inbox"))["items"])
    assert {one["from_name"] for one in home["inbox"]} == {"Imani Vale"}


@pytest.mark.thorough
async def test_today_has_what_is_due_today_by_the_patients_clock(
    world: World, pair: tuple[Person, Person, str]
) -> None:
    therapist, patient, chart = pair
    made = await agreed(therapist, patient, chart)
    resting = await agreed(therapist, patient, chart)
    await plans.step(patient, resting, "pause")
    home = await patient.get("/me/home")
    days = {"from": home["today"], "to": home["today"]}
    due = await patient.get(f"/plans/{made['id']}/occurrences", params=days)
    assert home["occurrences"] == due["items"] != []
    assert (home["time_zone"], len(home["occurrences"])) == (due["time_zone"], 1)
    assert [one["id"] for one in home["plans"]] == [made["id"]]


async def test_a_strategy_that_was_removed_is_not_shown(world: World, pair: tuple[Person, Person, str]) -> None:
    therapist, patient, chart = pair
    made = await plans.draft(therapist, chart)
    extra = await plans.strategy(therapist, made["id"], made["version"], **DAILY)
    await therapist.delete(f"/plans/{made['id']}/strategies/{extra['id']}", extra["plan_version"])
    sent = await plans.step(therapist, await therapist.get(f"/plans/{made['id']}"), "propose")
    await plans.step(patient, sent, "accept", {"revision": sent["revision"]})
    home = await patient.get("/me/home")
    assert (home["plans"], home["occurrences"]) == ([await patient.get(f"/plans/{made['id']}")], [])


async def test_what_was_read_is_no_news(world: World, pair: tuple[Person, Person, str]) -> None:
    therapist, patient, chart = pair
    await plans.proposed(therapist, chart)
    await plans.proposed(therapist, chart)
    newest, older = (await patient.get("/me/home"))["inbox"]
    await patient.post(f"/me/inbox/{newest['id']}/read", expect=204)
    home = await patient.get("/me/home")
    assert (home["inbox"], home["unread"]) == ([older], 1)
    await patient.post(f"/me/inbox/{older['id']}/read", expect=204)
    home = await patient.get("/me/home")
    assert (home["inbox"], home["unread"]) == ([], 0)


async def test_it_says_whom_to_call(world: World, pair: tuple[Person, Person, str]) -> None:
    clinic = await world.admin.get("/clinic")
    facts = {"phone": "+1 555 0199", "emergency_instruction": "Go to the emergency department."}
    await world.admin.patch("/clinic", facts, clinic["version"])
    home = await pair[1].get("/me/home")
    assert (home["clinic_phone"], home["emergency_instruction"]) == tuple(facts.values())


@pytest.mark.thorough
async def test_nothing_of_another_chart_is_in_it(world: World, pair: tuple[Person, Person, str]) -> None:
    therapist, _, _ = pair
    other = await world.patient_of(therapist)
    await fill(world, therapist, other, world.chart_id(other), 1)
    home = await pair[1].get("/me/home")
    empty = ("inbox", "sessions", "plans", "occurrences", "reflections", "practices")
    assert {part: home[part] for part in empty} == {part: [] for part in empty}
    await plans.draft(therapist, world.chart_id(pair[1]), is_shared=False)
    assert (await pair[1].get("/me/home"))["plans"] == []


async def test_the_ledger_has_the_view_once(world: World, pair: tuple[Person, Person, str]) -> None:
    therapist, patient, chart = pair
    await fill(world, therapist, patient, chart, 1)
    await patient.get("/me/home")
    log = (await patient.get("/me/access-log", params={"limit": 100}))["items"]
    assert [one["event"] for one in log].count("home.read") == 1
    assert log[0]["event"] == "home.read"


@pytest.mark.thorough
async def test_three_screens_take_at_most_three_requests_each(world: World, pair: tuple[Person, Person, str]) -> None:
    """And as many Statements with six of each thing as with one; a first row may need one more than none."""
    therapist, patient, chart = pair
    screens = {
        "a therapist's home": (therapist, ("/worklist", "/sessions", "/notices")),
        "a chart": (therapist, (f"/patients/{chart}/chart",)),
        "a patient's home": (patient, ("/me/home",)),
    }
    calls: list[dict[str, int]] = []
    for count in (1, 5):
        await fill(world, therapist, patient, chart, count)
        calls.append({})
        for name, (person, paths) in screens.items():
            assert len(paths) <= 3
            with counted(world.api.runtime.database) as asked:
                for path in paths:
                    await person.get(path)
            calls[-1][name] = asked.calls
    assert calls[0] == calls[1]
