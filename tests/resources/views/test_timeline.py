"""The timeline of a chart."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.access.policy import grant
from integration_api.access.work import Work
from integration_api.core.texts import MAX_TITLE_CHARACTERS, first_words
from integration_api.resources.care.courses.tables import CourseTable
from integration_api.resources.views.timeline import operations as timeline_operations
from integration_api.resources.views.timeline.arm_statements import arm, newest_of, with_texts
from integration_api.resources.views.timeline.rules import TimelineKind
from integration_api.resources.views.timeline.statements import ARMS, TITLES, TimelineRow
from integration_api.storage.statements import STATEMENTS, Read, Scope
from integration_api.web.paging import Window
from tests.factories import notes
from tests.factories.courses import course
from tests.factories.plans import active, plan, practice
from tests.factories.reflections import decrypting, submitted
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


async def test_it_says_what_happened(world: World) -> None:
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
            "title": None,
            "is_disputed": False,
        }
        for item in (planned, done)
    ]
    for person in (therapist, patient):
        assert (await person.get(f"/patients/{patient_id}/timeline"))["items"] == expected
        only = await person.get(f"/patients/{patient_id}/timeline", params={"kind": "session"})
        assert only["items"] == expected
    await therapist.get(f"/patients/{patient_id}/timeline", params={"kind": "secret"}, expect=422)


@pytest.mark.thorough
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


@pytest.mark.thorough
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
    read = Read("timeline_of_two", with_texts(newest_of((*ARMS, second)), TITLES), TimelineRow, Scope.OWNER)
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
    shows: dict[str, Any] = {f"shows_{kind.value}": True for kind in TimelineKind}
    while True:
        page = await work.page(
            read,
            Window(1, cursor),
            lambda row: (row.at, row.id),
            lambda row: row,
            patient_id=UUID(patient_id),
            happened_from=None,
            happened_to=None,
            **shows,
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


async def titles(person: Person, patient_id: str, **params: object) -> dict[str, str | None]:
    page = await person.get(f"/patients/{patient_id}/timeline", params=params)
    return {item["id"]: item["title"] for item in page["items"]}


@pytest.mark.thorough
async def test_an_item_carries_the_title_of_its_row(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    agreed = await active(therapist, patient, patient_id)
    (used,) = agreed["strategies"]
    logged = await practice(patient, used["id"])
    note = await notes.sign(
        therapist, await notes.draft(therapist, patient_id, sections=notes.sections(data="Came rested."))
    )
    written = await submitted(patient, share=True, text="  The lake\nwas still. " + "So was I. " * 20)
    for person in (patient, therapist):
        shown = await titles(person, patient_id)
        assert (shown[agreed["id"]], shown[logged["id"]]) == (agreed["title"], used["title"])
        assert shown[note["id"]] == "Came rested."
    mine = (await titles(patient, patient_id))[written["id"]]
    assert mine is not None
    assert len(mine) <= MAX_TITLE_CHARACTERS
    assert mine.startswith("The lake was still. So was I. ")
    assert mine.endswith(" I.\N{HORIZONTAL ELLIPSIS}")


async def test_a_reflection_that_no_staff_has_read_shows_its_kind_alone(world: World) -> None:
    """Nobody loses the right to take it back by a look at the timeline, and no word of it is decrypted."""
    therapist, patient, patient_id = await chart(world)
    made = await submitted(patient, share=True, text="A secret of the lake.")
    with decrypting() as plain:
        assert await titles(therapist, patient_id) == {made["id"]: None}
    assert plain == []
    assert (await patient.get(f"/reflections/{made['id']}"))["first_read_at"] is None
    assert await titles(patient, patient_id) == {made["id"]: "A secret of the lake."}
    await therapist.get(f"/reflections/{made['id']}")
    assert await titles(therapist, patient_id) == {made["id"]: "A secret of the lake."}


@pytest.mark.thorough
async def test_it_is_found_by_several_kinds_and_by_time(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    met = [await session(therapist, patient_id, planned_start_at=f"2026-11-0{day}T09:00:00Z") for day in (1, 2, 3, 4)]
    entry = await submitted(patient, share=True)
    plan_made = await plan(therapist, patient_id)
    path = f"/patients/{patient_id}/timeline"
    for kinds, expected in (
        ("session", {item["id"] for item in met}),
        ("reflection,plan", {entry["id"], plan_made["id"]}),
        ("plan,note", {plan_made["id"]}),
        ("note", set()),
    ):
        assert {item["id"] for item in (await therapist.get(path, params={"kind": kinds}))["items"]} == expected
    for wrong in ("session,", "session, note", ",", "session,secret", "session|note"):
        await therapist.get(path, params={"kind": wrong}, expect=422)
    within = {"from": "2026-11-02T09:00:00Z", "to": "2026-11-04T09:00:00Z"}
    found = await therapist.get(path, params={**within, "limit": 1})
    assert [item["id"] for item in found["items"]] == [met[2]["id"]]
    rest = await therapist.get(path, params={**within, "limit": 1, "cursor": found["next_cursor"]})
    assert ([item["id"] for item in rest["items"]], rest["next_cursor"]) == ([met[1]["id"]], None)
    await therapist.get(path, params={"limit": 1, "cursor": found["next_cursor"]}, expect=422)
    await therapist.get(path, params={"from": "2026-11-01"}, expect=422)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([None, "", " \n", "It was still."], "It was still."),
        (["Still.\n\nAnd I was, too."], "Still. And I was, too."),
        (["x" * 80], "x" * 80),
        (["x" * 81], "x" * 79 + "\N{HORIZONTAL ELLIPSIS}"),
        (["word " * 20], ("word " * 16).strip() + "\N{HORIZONTAL ELLIPSIS}"),
        ([], None),
    ],
)
def test_first_words_are_at_most_eighty_characters_on_one_line(texts: list[str | None], expected: str | None) -> None:
    assert first_words(texts) == expected
