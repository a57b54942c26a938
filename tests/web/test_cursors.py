"""A cursor is of one account, one list and its filters: anywhere else it is none."""

import pytest
from httpx import Response

from integration_api.access.actor import Role
from tests.scene import Scene
from tests.support import Person, World


def is_refused(answer: Response) -> bool:
    """Whether the cursor was refused, by its name."""
    if answer.status_code != 422:
        return False
    [error] = answer.json()["errors"]
    return bool((error["field"], error["code"]) == ("query.cursor", "invalid_cursor"))


async def first_cursor(person: Person, path: str, **filters: str) -> str:
    """The cursor after the first item of a list; the list can be read on with it."""
    first = await person.get(path, params={"limit": 1, **filters})
    cursor = first["next_cursor"]
    assert cursor, f"{path} has one page"
    await person.get(path, params={"limit": 5, "cursor": cursor, **filters})
    return str(cursor)


async def two_of_each(world: World) -> tuple[Scene, list[str]]:
    """A chart with two things in each of these lists."""
    scene = await Scene.build(world)
    therapist, chart = scene.therapist, scene.chart
    for _ in range(2):
        await therapist.post("/courses", {"patient_id": chart})
        await therapist.post("/patients", {"name": "Rowan Sample"})
        await therapist.post("/plans", {"patient_id": chart, "title": "Rest", "aim": "Sleep"})
        session = {"phase": "preparation", "modality": "in_person", "planned_start_at": "2026-12-01T09:00:00Z"}
        await therapist.post("/sessions", {"patient_id": chart, **session})
    lists = [
        "/courses",
        "/patients",
        "/plans",
        "/sessions",
        "/strategy-library",
        "/worklist",
        f"/patients/{chart}/timeline",
    ]
    return scene, lists


@pytest.mark.thorough
async def test_a_cursor_of_another_list_is_none(world: World) -> None:
    scene, lists = await two_of_each(world)
    cursors = {path: await first_cursor(scene.therapist, path) for path in lists if path != "/worklist"}
    for path in lists:
        for other, cursor in cursors.items():
            answer = await scene.therapist.send("GET", path, params={"cursor": cursor})
            assert is_refused(answer) is (path != other), f"a cursor of {other} for {path}: {answer.text}"


@pytest.mark.thorough
async def test_a_cursor_of_other_filters_is_none(world: World) -> None:
    scene, _ = await two_of_each(world)
    therapist, chart = scene.therapist, scene.chart
    before = "2036-01-01T00:00:00Z"
    filters: list[dict[str, str]] = [
        {},
        {"patient_id": chart},
        {"patient_id": chart, "state": "planned"},
        {"state": "planned"},
        {"starts_before": before},
        {"starts_before": before, "patient_id": chart},
    ]
    cursors = [await first_cursor(therapist, "/sessions", **given) for given in filters]
    for given in filters:
        for other, cursor in zip(filters, cursors, strict=True):
            answer = await therapist.send("GET", "/sessions", params={"cursor": cursor, **given})
            assert is_refused(answer) is (given != other), f"a cursor of {other} for {given}: {answer.text}"
    same = {"cursor": cursors[4], "starts_before": "2036-01-01T01:00:00+01:00", "limit": "50"}
    await therapist.get("/sessions", params=same)  # the same instant, and another size of a page


@pytest.mark.thorough
async def test_a_cursor_of_a_path_is_none_for_another(world: World) -> None:
    scene, _ = await two_of_each(world)
    cursor = await first_cursor(scene.therapist, f"/patients/{scene.chart}/timeline")
    other = world.chart_id(await world.patient_of(scene.therapist))
    answer = await scene.therapist.send("GET", f"/patients/{other}/timeline", params={"cursor": cursor})
    assert is_refused(answer)


async def test_a_cursor_of_another_account_is_none(world: World) -> None:
    one, other = await world.staff(Role.CLINIC_ADMIN), await world.staff(Role.CLINIC_ADMIN)
    cursor = await first_cursor(one, "/accounts")
    assert is_refused(await other.send("GET", "/accounts", params={"cursor": cursor}))


async def test_a_cursor_of_another_search_is_none(world: World) -> None:
    therapist = await world.therapist()
    for name in ("Rowan Sample", "Rowan Specimen", "Robin Sample"):
        await therapist.post("/patients", {"name": name})
    found = await therapist.post("/patients/search", {"name_part": "rowan"}, params={"limit": 1}, expect=200)
    cursor = found["next_cursor"]
    rest = await therapist.post("/patients/search", {"name_part": "Rowan"}, params={"cursor": cursor}, expect=200)
    assert len(rest["items"]) == 1
    answer = await therapist.send("POST", "/patients/search", {"name_part": "sample"}, params={"cursor": cursor})
    assert is_refused(answer)
