"""The report on check-ins that were answered and missed: numbers by step, for admins, and no chart."""

from datetime import timedelta

from integration_api.access.actor import Role
from integration_api.core.quarters import last_quarter
from tests.factories.arcs import checked_in, dosed, let_pass, windows
from tests.support import Api, Json, Person, World

PATH = "/clinic/arc-window-counts"


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", PATH)).status_code == 401


async def test_admins_alone_read_it(world: World) -> None:
    therapist = await world.therapist()
    for person in (therapist, await world.patient_of(therapist), await world.staff(Role.SUPERVISOR)):
        await person.get(PATH, expect=403)
    found = await world.admin.get(PATH)
    assert (found["is_whole"], found["items"], found["minimum_patients"]) == (True, [], 5)
    for free in ("due_after", "due_before"):
        await world.admin.get(PATH, params={free: world.api.clock().isoformat()}, expect=422)


async def cohort(world: World, people: int) -> tuple[Person, list[Person], str]:
    """So many patients after a dose, twenty hours ago; the quarter in which their first window is due."""
    therapist = await world.therapist()
    patients = [await world.patient_of(therapist) for _ in range(people)]
    for patient in patients:
        await dosed(therapist, world.chart_id(patient))
    quarter = last_quarter(world.api.clock() + timedelta(days=92))
    await let_pass(world.api, world.admin, therapist, *patients, hours=20)
    return therapist, patients, str(quarter)


async def test_it_counts_what_was_answered_in_time_late_and_not_at_all(world: World) -> None:
    therapist, patients, quarter = await cohort(world, 5)
    first, second, *others = patients
    in_time = world.api.clock().isoformat()
    await checked_in(first, {"ci.safety": "safe", "ci.urine_trouble": 1})
    window = (await windows(second))["t24"]
    await let_pass(world.api, world.admin, therapist, *patients, hours=20)
    await checked_in(second, completed_at=in_time, arc_window_id=window["id"])  # the phone was offline
    assert (await world.admin.get(PATH, params={"quarter": quarter}))["items"] == []  # it changes from day to day
    await let_pass(world.api, world.admin, therapist, *patients, days=130)
    found = await world.admin.get(PATH, params={"quarter": quarter})
    steps: dict[str, Json] = {step["step_id"]: step for step in found["items"]}
    assert steps["t24"] == {"step_id": "t24", "answered": 2, "answered_late": 1, "missed": len(others)}
    assert (steps["t72"]["answered"], steps["t72"]["missed"]) == (0, 5)
    assert "again" not in steps
    assert "patient_id" not in str(found)
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"outcomes_minimum_patients": 6}}, clinic["version"])
    assert (await world.admin.get(PATH, params={"quarter": quarter}))["items"] == []


async def test_it_counts_people_and_the_own_clinic_alone(world: World) -> None:
    """Four people are too few, whatever a clinic sets, and another clinic's are none."""
    therapist, patients, quarter = await cohort(world, 4)
    other = await World.build(world.api)
    await let_pass(world.api, world.admin, other.admin, therapist, *patients, days=130)
    for admin in (world.admin, other.admin):
        assert (await admin.get(PATH, params={"quarter": quarter}))["items"] == []
