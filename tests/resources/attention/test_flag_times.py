"""The report on how fast flags are answered: numbers by severity and quarter, for admins, and no chart."""

from integration_api.access.actor import Role
from integration_api.core.quarters import Quarter
from tests.factories.flags import by_hand, take
from tests.support import Api, Json, Person, World, enter_again

PATH = "/clinic/flag-times"
TOLD = {"days": 92 + 30}
"""From any day of a quarter on, it is told by then."""


async def raised(world: World, people: int, severity: str = "critical") -> tuple[Person, list[Json], str]:
    """A flag of each of so many patients, and the quarter in which they were raised."""
    therapist, now = await world.therapist(), world.api.clock()
    charts = [world.chart_id(await world.patient_of(therapist)) for _ in range(people)]
    made = [await by_hand(therapist, chart, severity) for chart in charts]
    return therapist, made, str(Quarter(now.year, (now.month + 2) // 3))


async def report(world: World, quarter: str | None = None, **by: float) -> Json:
    world.api.clock.advance(**by)
    await enter_again(world.admin)
    return dict(await world.admin.get(PATH, params={"quarter": quarter} if quarter else {}))


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", PATH)).status_code == 401


async def test_admins_alone_read_it_and_choose_no_instants(world: World) -> None:
    therapist = await world.therapist()
    for person in (therapist, await world.patient_of(therapist), await world.staff(Role.SUPERVISOR)):
        await person.get(PATH, expect=403)
    found = await world.admin.get(PATH)
    assert (found["is_whole"], found["items"], found["minimum_patients"]) == (True, [], 5)
    for free in ("raised_after", "raised_before"):
        await world.admin.get(PATH, params={free: world.api.clock().isoformat()}, expect=422)
    await world.admin.get(PATH, params={"quarter": "2026-10"}, expect=422)


async def test_it_counts_by_severity_once_the_quarter_is_settled(world: World) -> None:
    therapist, (first, second, *_), quarter = await raised(world, 5)
    world.api.clock.advance(minutes=4)
    taken = await take(therapist, first, "acknowledge")
    world.api.clock.advance(minutes=6)
    await take(therapist, taken, "contact")
    world.api.clock.advance(minutes=6)
    await take(therapist, second, "acknowledge")  # a minute late
    early = await report(world, quarter)
    assert (early["items"], early["quarter"]) == ([], quarter)  # it changes from day to day
    found = await report(world, quarter, **TOLD)
    assert (found["is_whole"], len(found["items"])) == (True, 1)
    critical = found["items"][0]
    assert (critical["severity"], critical["raised"]) == ("critical", 5)
    assert (critical["acknowledged"], critical["acknowledged_late"]) == (2, 4)
    assert critical["median_minutes_to_acknowledge"] == 10.0
    assert (critical["contacted"], critical["contacted_late"], critical["median_minutes_to_contact"]) == (1, 4, 10.0)
    assert first["patient_id"] not in str(found)


async def test_what_is_done_after_it_is_told_changes_no_number(world: World) -> None:
    therapist, (first, *_), quarter = await raised(world, 5)
    before = await report(world, quarter, **TOLD)
    assert before["items"][0]["acknowledged"] == 0
    await enter_again(therapist)
    taken = await take(therapist, first, "acknowledge")
    await take(therapist, taken, "contact")
    assert await report(world, quarter) == before


async def test_a_severity_of_few_people_is_left_out(world: World) -> None:
    """Four people are too few, whatever a clinic sets; so are many flags of four; another clinic's are none."""
    therapist, made, quarter = await raised(world, 4)
    for flag in made:
        await by_hand(therapist, flag["patient_id"], "critical")
    other = await World.build(world.api)
    found = await report(world, quarter, **TOLD)
    assert found["items"] == []
    await enter_again(other.admin)
    assert (await other.admin.get(PATH, params={"quarter": quarter}))["items"] == []


async def test_a_clinic_may_ask_for_more_people(world: World) -> None:
    _, _, quarter = await raised(world, 5, "moderate")
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"outcomes_minimum_patients": 6}}, clinic["version"])
    found = await report(world, quarter, **TOLD)
    assert (found["items"], found["minimum_patients"]) == ([], 6)
    assert (await report(world))["quarter"] == found["quarter"]
