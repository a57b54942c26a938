"""Patients and care teams."""

from tests.support import Api, World


async def test_a_new_chart_is_read_back_and_found_by_a_part_of_the_name(world: World) -> None:
    therapist = await world.therapist()
    made = await therapist.post("/patients", {"name": "Rowan Sämple", "birth_on": "1988-04-17", "phone": "+1 555 0100"})
    assert await therapist.get(f"/patients/{made['id']}") == made
    found = await therapist.post("/patients/search", {"name_part": "sample"}, expect=200)
    assert [item["id"] for item in found["items"]] == [made["id"]]


async def test_nobody_outside_the_team_sees_a_chart(world: World) -> None:
    therapist, other = await world.therapist(), await world.therapist()
    made = await therapist.post("/patients", {"name": "Rowan Sample"})
    await other.get(f"/patients/{made['id']}", expect=404)
    assert (await other.get("/patients"))["items"] == []


async def test_without_a_token(api: Api, world: World) -> None:
    assert (await api.send("GET", "/patients")).status_code == 401
