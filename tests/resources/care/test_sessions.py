"""Sessions: planning, reading, listing, changing."""

import itertools
from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories.courses import course
from tests.factories.sessions import PLANNED_START, completed_session, move, session, started_session
from tests.support import Api, Json, Person, World

SETTING = {"mood_on_arrival": "Calm, wind in the trees", "music": "Own list", "touch_agreement": "Hand only"}


async def chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def leave_team(world: World, person: Person, patient_id: str) -> None:
    team = (await world.admin.get(f"/patients/{patient_id}/care-team"))["items"]
    member = next(item for item in team if item["account_id"] == person.id)
    await world.admin.delete(f"/patients/{patient_id}/care-team/{member['id']}", member["version"])


async def ids(person: Person, **params: object) -> list[str]:
    return [item["id"] for item in (await person.get("/sessions", params=params))["items"]]


async def test_nobody_without_a_token(api: Api) -> None:
    for method, path in (
        ("GET", "/sessions"),
        ("POST", "/sessions"),
        ("GET", f"/sessions/{uuid4()}"),
        ("PATCH", f"/sessions/{uuid4()}"),
        ("POST", f"/sessions/{uuid4()}/start"),
    ):
        assert (await api.send(method, path)).status_code == 401


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    other = await world.therapist()
    made = await session(therapist, patient_id)
    for somebody, address in ((other, f"/sessions/{made['id']}"), (therapist, f"/sessions/{uuid4()}")):
        await somebody.get(address, expect=404)
        await somebody.patch(address, {"intention": "x"}, made["version"], expect=404)
        for step in ("start", "complete", "cancel", "no-show"):
            await somebody.post(f"{address}/{step}", expect=404, match=made["version"])
    body = {key: made[key] for key in ("phase", "modality", "planned_start_at")}
    await other.post("/sessions", {**body, "patient_id": patient_id}, expect=404)
    await therapist.post("/sessions", {**body, "patient_id": str(uuid4())}, expect=404)
    assert await ids(other) == await ids(other, patient_id=patient_id) == []


async def test_a_clinic_admin_and_an_auditor_may_not_see_sessions(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    made = await session(therapist, patient_id)
    for person in (world.admin, await world.staff(Role.AUDITOR)):
        await person.get("/sessions", expect=403)
        await person.get(f"/sessions/{made['id']}", expect=403)
        await person.post(f"/sessions/{made['id']}/start", expect=403, match=made["version"])


async def test_a_patient_reads_their_own_but_does_not_change_them(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    made = await session(therapist, patient_id, intention="To rest", set_and_setting=SETTING)
    await session(therapist, world.chart_id(await world.patient_of(therapist)))
    theirs = {**made, "allowed_actions": []}
    assert await patient.get(f"/sessions/{made['id']}") == theirs
    assert (await patient.get("/sessions"))["items"] == [theirs]
    await patient.patch(f"/sessions/{made['id']}", {"intention": "x"}, made["version"], expect=403)
    await patient.post(f"/sessions/{made['id']}/cancel", expect=403, match=made["version"])
    await patient.post("/sessions", {"patient_id": patient_id}, expect=403)


async def test_a_supervisor_on_the_team_sees_but_does_nothing(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    supervisor = await world.staff(Role.SUPERVISOR)
    await therapist.post(
        f"/patients/{patient_id}/care-team", {"account_id": supervisor.id, "role": "supervisor"}, expect=201
    )
    made = await session(therapist, patient_id)
    assert (await supervisor.get(f"/sessions/{made['id']}"))["allowed_actions"] == []
    await supervisor.post(f"/sessions/{made['id']}/start", expect=403, match=made["version"])


async def test_a_planned_session_is_read_back_as_it_was_written(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    series = await course(therapist, patient_id)
    own_id = str(new_id())
    made = await session(
        therapist,
        patient_id,
        id=own_id,
        course_id=series["id"],
        phase="dosing",
        modality="telehealth",
        planned_start_at="2026-11-20T10:00:00-05:00",
        planned_end_at="2026-11-20T18:00:00Z",
        people=[{"role": "therapist", "account_id": therapist.id}, {"role": "support_person", "name": "Wren"}],
        intention="To meet what comes",
        set_and_setting=SETTING,
    )
    assert await therapist.get(f"/sessions/{own_id}") == made
    assert (made["state"], made["version"], made["planned_start_at"]) == ("planned", 1, PLANNED_START)
    assert (made["started_at"], made["ended_at"], made["end_reason"]) == (None, None, None)
    assert made["people"] == [
        {"role": "therapist", "name": None, "account_id": therapist.id},
        {"role": "support_person", "name": "Wren", "account_id": None},
    ]
    assert made["set_and_setting"]["music"] == "Own list"
    assert made["set_and_setting"]["sleep"] is None
    assert made["allowed_actions"] == ["update", "start", "cancel", "no_show"]
    assert made["created_by_id"] == therapist.id
    refused = await therapist.post("/sessions", {**_plan(patient_id), "id": own_id}, expect=409)
    assert refused["code"] == "id-taken"


def _plan(patient_id: str) -> Json:
    return {
        "patient_id": patient_id,
        "phase": "preparation",
        "modality": "in_person",
        "planned_start_at": PLANNED_START,
    }


async def test_the_music_is_written_down_as_it_goes(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    made = await session(therapist, patient_id, phase="dosing", set_and_setting={"room": "Garden room"})
    assert made["set_and_setting"]["music_events"] is None
    first = {
        "at": "2026-11-20T10:20:00-05:00",
        "change": "started",
        "playlist": "Quiet water",
        "chosen_by": "therapist",
    }
    second = {"at": "2026-11-20T15:50:00Z", "change": "silence", "asked_by": "patient"}
    facts = {"expectation_level": 6, "posture": "reclined", "eyeshade_use": "declined"}
    path = f"/sessions/{made['id']}"
    changed = await therapist.patch(path, {"set_and_setting": {**facts, "music_events": [first, second]}}, 1)
    setting = changed["set_and_setting"]
    assert {name: setting[name] for name in facts} == facts
    assert setting["room"] == "Garden room"
    assert [(one["at"], one["change"], one["playlist"]) for one in setting["music_events"]] == [
        ("2026-11-20T15:20:00Z", "started", "Quiet water"),
        ("2026-11-20T15:50:00Z", "silence", None),
    ]
    kept = await therapist.patch(path, {"set_and_setting": {"posture": None}}, 2)
    assert kept["set_and_setting"] == {**setting, "posture": None}, "what is absent stays"
    assert await patient.get(path) == {**kept, "allowed_actions": []}
    [found] = (await therapist.post(f"/patients/{patient_id}/search", {"words": "quiet water"}, expect=200))["items"]
    assert found["id"] == made["id"]
    for word in ("declined", "silence", "2026"):
        nothing = await therapist.post(f"/patients/{patient_id}/search", {"words": word}, expect=200)
        assert nothing["items"] == [], "words of the API are not looked through"
    for wrong in ({"expectation_level": 11}, {"posture": "upside down"}, {"music_events": [first] * 101}):
        await therapist.patch(path, {"set_and_setting": wrong}, 3, expect=422)


async def test_another_patients_course_is_refused_like_one_that_does_not_exist(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    other_id = world.chart_id(await world.patient_of(therapist))
    theirs = await course(therapist, other_id)
    for wrong in (theirs["id"], str(uuid4())):
        await therapist.post("/sessions", {**_plan(patient_id), "course_id": wrong}, expect=404)
    made = await session(therapist, patient_id)
    await therapist.patch(f"/sessions/{made['id']}", {"course_id": theirs["id"]}, made["version"], expect=404)
    own = await course(therapist, patient_id)
    changed = await therapist.patch(f"/sessions/{made['id']}", {"course_id": own["id"]}, made["version"])
    assert changed["course_id"] == own["id"]


async def test_people_with_an_account_are_staff_of_the_clinic(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    for wrong in (patient.id, str(uuid4())):
        people = [{"role": "other", "account_id": wrong}]
        await therapist.post("/sessions", {**_plan(patient_id), "people": people}, expect=404)
        made = await session(therapist, patient_id)
        await therapist.patch(f"/sessions/{made['id']}", {"people": people}, made["version"], expect=404)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"phase": "party"}, "body.phase"),
        ({"modality": None}, "body.modality"),
        ({"planned_start_at": "2026-11-20T15:00:00"}, "body.planned_start_at"),
        ({"planned_end_at": PLANNED_START}, "body.planned_end_at"),
        ({"people": [{"role": "clown"}]}, "body.people.0.role"),
        ({"people": [{"role": "other"}] * 21}, "body.people"),
        ({"set_and_setting": {"weather": "rain"}}, "body.set_and_setting.(unknown)"),
        ({"set_and_setting": {"music": "x" * 1001}}, "body.set_and_setting.music"),
        ({"state": "completed"}, "body.(unknown)"),
    ],
)
async def test_what_does_not_fit_is_named(world: World, wrong: Json, field: str) -> None:
    therapist, _, patient_id = await chart(world)
    refused = await therapist.post("/sessions", {**_plan(patient_id), **wrong}, expect=422)
    assert [error["field"] for error in refused["errors"]] == [field]


async def test_a_change_keeps_what_is_absent_and_replaces_what_is_given(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    made = await session(therapist, patient_id, intention="To rest", set_and_setting=SETTING)
    address = f"/sessions/{made['id']}"
    changed = await therapist.patch(address, {"intention": None, "modality": "telehealth"}, made["version"])
    assert changed == {
        **made,
        "intention": None,
        "modality": "telehealth",
        "version": 2,
        "updated_at": changed["updated_at"],
    }
    assert await therapist.get(address) == changed
    changed = await therapist.patch(address, {"people": [], "set_and_setting": {"room": "Garden room"}}, 2)
    assert changed["people"] == []
    assert changed["set_and_setting"] == {**made["set_and_setting"], "room": "Garden room"}
    for fixed in ({"patient_id": patient_id}, {"phase": "dosing"}, {"started_at": PLANNED_START}):
        await therapist.patch(address, fixed, 3, expect=422)
    for never_empty in ("planned_start_at", "people", "modality"):
        await therapist.patch(address, {never_empty: None}, 3, expect=422)


async def test_a_planned_end_must_follow_the_planned_start(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    made = await session(therapist, patient_id, planned_end_at="2026-11-20T16:00:00Z")
    late = {"planned_start_at": "2026-11-20T17:00:00Z"}
    refused = await therapist.patch(f"/sessions/{made['id']}", late, made["version"], expect=422)
    assert [error["field"] for error in refused["errors"]] == ["body.planned_end_at"]
    await therapist.patch(f"/sessions/{made['id']}", {**late, "planned_end_at": None}, made["version"])


async def test_a_change_needs_the_version_that_was_read(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    made = await session(therapist, patient_id)
    address = f"/sessions/{made['id']}"
    read = await therapist.send("GET", address)
    assert (await therapist.send("PATCH", address, {"intention": "x"})).status_code == 428
    await therapist.patch(address, {"intention": "first"}, read.headers["etag"])
    await therapist.patch(address, {"intention": "second"}, read.headers["etag"], expect=412)
    assert (await therapist.get(address))["intention"] == "first"
    again = await therapist.send("GET", address, headers={"If-None-Match": read.headers["etag"]})
    assert again.status_code == 200
    same = await therapist.send("GET", address, headers={"If-None-Match": again.headers["etag"]})
    assert same.status_code == 304


async def test_while_it_is_in_progress_it_can_be_changed_and_afterwards_not(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    made = await started_session(therapist, patient_id)
    changed = await therapist.patch(f"/sessions/{made['id']}", {"intention": "Now"}, made["version"])
    closed = [await move(therapist, changed, "complete")]
    closed += [await move(therapist, await session(therapist, patient_id), step) for step in ("cancel", "no-show")]
    for item in closed:
        assert item["allowed_actions"] == ["correct"]
        refused = await therapist.patch(f"/sessions/{item['id']}", {"intention": "x"}, item["version"], expect=409)
        assert refused["code"] == "session-closed"


async def test_a_retry_makes_no_second_copy(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    first = await therapist.send("POST", "/sessions", _plan(patient_id), key="plan-1")
    again = await therapist.send("POST", "/sessions", _plan(patient_id), key="plan-1")
    assert (again.status_code, again.content, again.headers["etag"]) == (201, first.content, first.headers["etag"])
    await therapist.post("/sessions", {**_plan(patient_id), "phase": "dosing"}, key="plan-1", expect=422)
    assert len(await ids(therapist)) == 1


async def test_lists_filter(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    other_id = world.chart_id(await world.patient_of(therapist))
    series = await course(therapist, patient_id)
    early = await session(therapist, patient_id, planned_start_at="2026-11-01T09:00:00Z", phase="preparation")
    late = await session(therapist, patient_id, planned_start_at="2026-11-09T09:00:00Z", course_id=series["id"])
    done = await completed_session(therapist, other_id, planned_start_at="2026-11-05T09:00:00Z")
    newest_first = [late["id"], done["id"], early["id"]]
    assert await ids(therapist) == newest_first
    assert await ids(therapist, patient_id=patient_id) == [late["id"], early["id"]]
    assert await ids(therapist, course_id=series["id"]) == [late["id"]]
    assert await ids(therapist, phase="preparation") == [early["id"]]
    assert await ids(therapist, state="completed") == [done["id"]]
    assert await ids(therapist, state="completed", patient_id=patient_id) == []
    assert await ids(therapist, starts_after="2026-11-05T09:00:00Z") == newest_first[:2]
    assert await ids(therapist, starts_before="2026-11-05T10:00:00+01:00") == [early["id"]]
    assert await ids(
        therapist, starts_after="2026-11-02T00:00:00Z", starts_before="2026-11-09T00:00:00Z", patient_id=other_id
    ) == [done["id"]]
    for wrong in ({"phase": "x"}, {"state": "x"}, {"starts_after": "2026-11-02T00:00:00"}):
        await therapist.get("/sessions", params=wrong, expect=422)


async def test_pages_run_by_planned_start_across_ties(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    starts = [f"2026-11-{day:02}T09:00:00Z" for day in (3, 1, 3, 2, 3)]
    made = [await session(therapist, patient_id, planned_start_at=start) for start in starts]
    expected = sorted(((item["planned_start_at"], item["id"]) for item in made), reverse=True)
    for filters in (
        {},
        {"patient_id": patient_id},
        {"starts_before": "2027-01-01T00:00:00Z"},
        {"starts_before": "2026-11-03T09:00:00Z"},
        {"starts_after": "2026-11-02T09:00:00Z", "starts_before": "2026-11-03T09:00:01Z"},
    ):
        seen: list[str] = []
        cursor: str | None = None
        for _ in itertools.count():
            page = await therapist.get(
                "/sessions", params={"limit": 2, **filters, **({"cursor": cursor} if cursor else {})}
            )
            seen += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        first, end = filters.get("starts_after", ""), filters.get("starts_before", "9")
        assert seen == [item_id for start, item_id in expected if first <= start < end]


async def test_when_a_membership_ends_everything_is_gone_on_the_next_request(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    made = await session(therapist, patient_id)
    await leave_team(world, therapist, patient_id)
    address = f"/sessions/{made['id']}"
    await therapist.get(address, expect=404)
    await therapist.patch(address, {"intention": "x"}, made["version"], expect=404)
    await therapist.post(f"{address}/start", expect=404, match=made["version"])
    await therapist.post("/sessions", _plan(patient_id), expect=404)
    await therapist.get(f"/patients/{patient_id}/timeline", expect=404)
    assert await ids(therapist) == await ids(therapist, patient_id=patient_id) == []
    assert await ids(patient) == [made["id"]]
