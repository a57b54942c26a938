"""The timeline of a chart."""

from uuid import UUID, uuid4

from integration_api.access.actor import Role
from integration_api.access.policy import grant
from integration_api.access.work import Work
from integration_api.resources.care.courses.tables import CourseTable
from integration_api.resources.views.timeline import operations as timeline_operations
from integration_api.resources.views.timeline.rules import TimelineKind
from integration_api.resources.views.timeline.statements import ARMS, TimelineRow, arm, newest_of
from integration_api.storage.statements import STATEMENTS, Read, Scope
from integration_api.web.paging import Window
from tests.factories.courses import course
from tests.factories.sessions import completed_session, session
from tests.support import Api, Json, Person, World


async def chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def whole(person: Person, patient_id: str, limit: int) -> list[Json]:
    seen: list[Json] = []
    params: Json = {"limit": limit}
    while True:
        page = await person.get(f"/patients/{patient_id}/timeline", params=params)
        seen += page["items"]
        if page["next_cursor"] is None:
            return seen
        assert len(page["items"]) == limit
        params["cursor"] = page["next_cursor"]


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", f"/patients/{uuid4()}/timeline")).status_code == 401


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    await session(therapist, patient_id)
    stranger = await world.patient_of(therapist)
    for person in (await world.therapist(), stranger):
        await person.get(f"/patients/{patient_id}/timeline", expect=404)
    for person in (therapist, patient):
        await person.get(f"/patients/{uuid4()}/timeline", expect=404)


async def test_a_clinic_admin_and_an_auditor_may_not_read_it(world: World) -> None:
    _, _, patient_id = await chart(world)
    for person in (world.admin, await world.staff(Role.AUDITOR)):
        await person.get(f"/patients/{patient_id}/timeline", expect=403)


async def test_an_empty_chart_has_an_empty_timeline(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    for person in (therapist, patient):
        assert await person.get(f"/patients/{patient_id}/timeline") == {"items": [], "next_cursor": None}


async def test_it_says_what_happened_and_shows_no_text(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    planned = await session(
        therapist, patient_id, planned_start_at="2026-11-20T15:00:00Z", intention="To hear the quiet"
    )
    done = await completed_session(therapist, patient_id, planned_start_at="2026-11-01T15:00:00Z", phase="preparation")
    await session(therapist, world.chart_id(await world.patient_of(therapist)))
    expected = [
        {
            "id": item["id"],
            "kind": "session",
            "at": item["planned_start_at"],
            "state": item["state"],
            "session_id": item["id"],
            "detail": item["phase"],
        }
        for item in (planned, done)
    ]
    for person in (therapist, patient):
        assert (await person.get(f"/patients/{patient_id}/timeline"))["items"] == expected
        only = await person.get(f"/patients/{patient_id}/timeline", params={"kind": "session"})
        assert only["items"] == expected
    await therapist.get(f"/patients/{patient_id}/timeline", params={"kind": "secret"}, expect=422)


async def test_pages_run_on_across_ties_in_time(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    starts = ["2026-11-02T09:00:00Z"] * 4 + ["2026-11-01T09:00:00Z", "2026-11-03T09:00:00Z"]
    made = [await session(therapist, patient_id, planned_start_at=start) for start in starts]
    expected = [
        item_id for _, item_id in sorted(((item["planned_start_at"], item["id"]) for item in made), reverse=True)
    ]
    for limit in (1, 2, 3, 6):
        for person in (therapist, patient):
            assert [item["id"] for item in await whole(person, patient_id, limit)] == expected
    await therapist.get(f"/patients/{patient_id}/timeline", params={"cursor": "AAAA"}, expect=422)


def test_every_kind_has_its_arm() -> None:
    assert len(ARMS) == len(TimelineKind)


async def test_several_arms_run_together_and_a_missing_column_is_null(world: World) -> None:
    """Every arm is held to the same page, order, kind and chart; shown with courses as a second arm."""
    therapist, _, patient_id = await chart(world)
    made = [await course(therapist, patient_id, state=state) for state in ("active", "planned")]
    met = [
        await session(therapist, patient_id, planned_start_at=made[0]["created_at"]),
        await session(therapist, patient_id, planned_start_at="2020-01-01T00:00:00Z"),
    ]
    await course(therapist, world.chart_id(await world.patient_of(therapist)))
    second = arm(CourseTable, TimelineKind.SESSION, "created_at", state="state")
    read = Read("timeline_of_two", newest_of((*ARMS, second)), TimelineRow, Scope.OWNER)
    try:
        rows = await _pages(world, therapist, read, patient_id)
    finally:
        del STATEMENTS["timeline_of_two"]
    assert [str(row.id) for row in rows] == [
        made[1]["id"],
        *sorted((made[0]["id"], met[0]["id"]), reverse=True),
        met[1]["id"],
    ]
    assert {
        (row.state, row.session_id, row.detail) for row in rows if str(row.id) in {made[0]["id"], made[1]["id"]}
    } == {
        ("active", None, None),
        ("planned", None, None),
    }


async def _pages(world: World, person: Person, read: Read[TimelineRow], patient_id: str) -> list[TimelineRow]:
    given = grant(timeline_operations.READ_TIMELINE, person.actor.roles)
    work = Work(world.api.runtime, timeline_operations.READ_TIMELINE, "test", person.actor, given)
    rows: list[TimelineRow] = []
    cursor: str | None = None
    while True:
        page = await work.page(
            read,
            Window(1, cursor),
            lambda row: (row.at, row.id),
            lambda row: row,
            patient_id=UUID(patient_id),
            kind=None,
        )
        rows += page.items
        cursor = page.next_cursor
        if cursor is None:
            return rows


async def test_reading_it_is_recorded_with_the_patient(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    auditor = await world.staff(Role.AUDITOR)
    await therapist.get(f"/patients/{patient_id}/timeline")
    found = await auditor.get("/ledger", params={"event": "timeline.read"})
    assert [(item["actor_id"], item["patient_id"]) for item in found["items"]] == [(therapist.id, patient_id)]
