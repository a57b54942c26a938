"""The report on check-ins that were answered and missed: numbers by step, for admins, and no chart."""

from integration_api.access.actor import Role
from tests.factories.arcs import checked_in, dosed, let_pass, windows
from tests.support import Api, Json, World

PATH = "/clinic/arc-window-counts"


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", PATH)).status_code == 401


async def test_admins_alone_read_it(world: World) -> None:
    therapist = await world.therapist()
    for person in (therapist, await world.patient_of(therapist), await world.staff(Role.SUPERVISOR)):
        await person.get(PATH, expect=403)
    assert await world.admin.get(PATH) == {"is_whole": True, "items": []}


async def test_it_counts_what_was_answered_in_time_late_and_not_at_all(world: World) -> None:
    therapist = await world.therapist()
    first, second, third = [await world.patient_of(therapist) for _ in range(3)]
    for patient in (first, second, third):
        await dosed(therapist, world.chart_id(patient))
    people = (world.admin, therapist, first, second, third)
    await let_pass(world.api, *people, hours=20)
    in_time = world.api.clock().isoformat()
    await checked_in(first)
    window = (await windows(second))["t24"]
    await let_pass(world.api, *people, hours=20)
    await checked_in(second, completed_at=in_time, arc_window_id=window["id"])  # the phone was offline
    found = await world.admin.get(PATH)
    t24: Json = {"step_id": "t24", "answered": 2, "answered_late": 1, "missed": 1}
    assert found == {"is_whole": True, "items": [t24]}
    assert "patient" not in str(found)
    await let_pass(world.api, *people, days=4)
    t72: Json = {"step_id": "t72", "answered": 0, "answered_late": 0, "missed": 3}
    assert (await world.admin.get(PATH))["items"] == [t24, t72]
    assert (await world.admin.get(PATH, params={"due_after": window["closes_at"]}))["items"] == [t72]
    assert (await world.admin.get(PATH, params={"due_before": window["opens_at"]}))["items"] == []


async def test_it_counts_the_own_clinic_alone(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await dosed(therapist, world.chart_id(patient))
    other = await World.build(world.api)
    await let_pass(world.api, world.admin, other.admin, therapist, hours=40)
    assert len((await world.admin.get(PATH))["items"]) == 1
    assert (await other.admin.get(PATH))["items"] == []
