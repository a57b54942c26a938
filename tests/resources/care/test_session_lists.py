"""Sessions in the order of a calendar: what comes next, page by page."""

from datetime import UTC, datetime, timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.web.paging import MAX_LIMIT
from tests.factories.care_teams import join
from tests.factories.sessions import move, session
from tests.support import Json, Person, World

DAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


async def walk(person: Person, limit: int, **params: object) -> list[str]:
    """Return the ids of all pages of a list of sessions."""
    found: list[str] = []
    cursor: Json = {}
    while True:
        page = await person.get("/sessions", params={"limit": limit, **params, **cursor})
        found += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


async def planned(therapist: Person, patient_id: str, *days: int, **facts: object) -> list[str]:
    """Plan a session on each of these days, and return their ids."""
    starts = [(DAY + timedelta(days=day)).isoformat() for day in days]
    return [(await session(therapist, patient_id, planned_start_at=at, **facts))["id"] for at in starts]


@pytest.mark.thorough
@pytest.mark.parametrize("of_chart", [True, False])
async def test_what_comes_next_is_listed_first(world: World, *, of_chart: bool) -> None:
    """From now on, earliest first: over several pages, with several at one time, each once."""
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    made = await planned(therapist, chart, 3, -2, 0, 0, 0, 7, 1, -1)
    of = {"patient_id": chart} if of_chart else {}
    ascending = [made[1], made[7], *sorted(made[2:5]), made[6], made[0], made[5]]
    for limit in (1, 2, 3, MAX_LIMIT):
        assert await walk(therapist, limit, order="asc", **of) == ascending
        assert await walk(therapist, limit, order="asc", starts_after=DAY.isoformat(), **of) == ascending[2:]
        until = {"starts_after": DAY.isoformat(), "starts_before": (DAY + timedelta(days=3)).isoformat()}
        assert await walk(therapist, limit, order="asc", **until, **of) == ascending[2:6]
        assert await walk(therapist, limit, order="desc", **until, **of) == ascending[5:1:-1]
    assert await walk(therapist, 2, **of) == ascending[::-1]


async def test_what_comes_next_can_be_filtered(world: World) -> None:
    therapist, colleague = await world.therapist(), await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    await join(therapist, chart, colleague)
    made = await planned(therapist, chart, 2, 1, phase="dosing")
    other = await planned(colleague, chart, 3, 0)
    await move(therapist, await therapist.get(f"/sessions/{made[1]}"), "cancel")
    assert await walk(therapist, 1, order="asc", phase="dosing") == [made[1], made[0]]
    assert await walk(therapist, 1, order="asc", state="planned") == [other[1], made[0], other[0]]
    assert await walk(colleague, 1, order="asc", planned_by_id=colleague.id) == [other[1], other[0]]
    assert await walk(patient, 3, order="asc") == [other[1], made[1], made[0], other[0]]
    assert await walk(therapist, 3, planned_by_id=therapist.id) == made
    supervisor = await world.staff(Role.SUPERVISOR)
    assert await walk(supervisor, 3, order="asc") == []


async def test_a_cursor_goes_with_its_order(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    await planned(therapist, chart, 1, 2, 3)
    page = await therapist.get("/sessions", params={"limit": 1, "order": "asc"})
    for other in ({}, {"order": "desc"}, {"order": "asc", "planned_by_id": therapist.id}):
        refused = await therapist.get(
            "/sessions", params={**other, "limit": 1, "cursor": page["next_cursor"]}, expect=422
        )
        assert [error["code"] for error in refused["errors"]] == ["invalid_cursor"]
    refused = await therapist.get("/sessions", params={"order": "newest"}, expect=422)
    assert [error["field"] for error in refused["errors"]] == ["query.order"]


async def test_a_list_from_the_earliest_begins_with_what_was_long_ago(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    old = await session(therapist, chart, planned_start_at="1960-05-01T10:00:00Z")
    [new] = await planned(therapist, chart, 1)
    assert await walk(therapist, 1, order="asc") == [old["id"], new]
    assert await walk(therapist, 1, order="asc", starts_after="1950-01-01T00:00:00Z") == [old["id"], new]
