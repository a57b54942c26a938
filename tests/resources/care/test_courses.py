"""Courses."""

from uuid import uuid4

from integration_api.core.ids import new_id
from tests.factories.courses import course
from tests.support import Api, World


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("POST", "/courses", json={})).status_code == 401


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist, other = await world.therapist(), await world.therapist()
    patient = await world.patient_of(therapist)
    made = await course(therapist, world.chart_id(patient))
    await other.get(f"/courses/{made['id']}", expect=404)
    await other.patch(f"/courses/{made['id']}", {"intention": "x"}, made["version"], expect=404)
    await other.post("/courses", {"patient_id": world.chart_id(patient)}, expect=404)
    await therapist.post("/courses", {"patient_id": str(uuid4())}, expect=404)
    await therapist.post("/courses", {"patient_id": str(uuid4()), "intention": "To rest"}, expect=404)
    await therapist.post("/courses", {"patient_id": str(uuid4())}, expect=404, key="an-answer-would-be-kept")
    assert (await other.get("/courses"))["items"] == []


async def test_a_patient_reads_but_does_not_change(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await course(therapist, world.chart_id(patient))
    assert await patient.get(f"/courses/{made['id']}") == made
    await patient.patch(f"/courses/{made['id']}", {"intention": "x"}, made["version"], expect=403)


async def test_a_change_needs_the_version_that_was_read(world: World) -> None:
    therapist = await world.therapist()
    made = await course(therapist, world.chart_id(await world.patient_of(therapist)), intention="To rest")
    answer = await therapist.send("GET", f"/courses/{made['id']}")
    assert (await therapist.send("PATCH", f"/courses/{made['id']}", {"intention": None})).status_code == 428
    changed = await therapist.patch(f"/courses/{made['id']}", {"intention": None}, answer.headers["etag"])
    assert (changed["intention"], changed["indication"], changed["version"]) == (None, made["indication"], 2)
    await therapist.patch(f"/courses/{made['id']}", {"intention": "late"}, answer.headers["etag"], expect=412)


async def test_an_illegal_step_names_the_allowed_ones(world: World) -> None:
    therapist = await world.therapist()
    made = await course(therapist, world.chart_id(await world.patient_of(therapist)), state="planned")
    refused = await therapist.patch(f"/courses/{made['id']}", {"state": "completed"}, made["version"], expect=409)
    assert (refused["code"], refused["allowed"]) == ("illegal-course-step", ["active", "discontinued"])


async def test_a_retry_makes_no_second_copy(world: World) -> None:
    therapist = await world.therapist()
    body = {"patient_id": world.chart_id(await world.patient_of(therapist)), "intention": "To rest"}
    first = await therapist.send("POST", "/courses", body, key="evening-1")
    again = await therapist.send("POST", "/courses", body, key="evening-1")
    assert (again.status_code, again.content, again.headers["etag"]) == (201, first.content, first.headers["etag"])
    await therapist.post("/courses", {**body, "intention": "other"}, key="evening-1", expect=422)
    assert len((await therapist.get("/courses"))["items"]) == 1


async def test_pages_run_newest_first_and_end(world: World) -> None:
    therapist = await world.therapist()
    patient_id = world.chart_id(await world.patient_of(therapist))
    made = [(await course(therapist, patient_id))["id"] for _ in range(5)]
    seen, cursor = [], None
    while True:
        page = await therapist.get(
            "/courses", params={"limit": 2, "patient_id": patient_id, **({"cursor": cursor} if cursor else {})}
        )
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == made[::-1]
    await therapist.get("/courses", params={"cursor": "AAAA"}, expect=422)


async def test_an_id_that_was_used_is_refused(world: World) -> None:
    therapist = await world.therapist()
    body = {"id": str(new_id()), "patient_id": world.chart_id(await world.patient_of(therapist))}
    await therapist.post("/courses", body)
    assert (await therapist.post("/courses", body, expect=409))["code"] == "id-taken"


async def test_lists_can_be_kept_between_two_times(world: World) -> None:
    therapist = await world.therapist()
    patient_id = world.chart_id(await world.patient_of(therapist))
    old = await course(therapist, patient_id)
    new = await course(therapist, patient_id)
    for params, wanted in (
        ({"created_after": new["created_at"]}, [new]),
        ({"created_before": new["created_at"]}, [old]),
        ({"created_after": old["created_at"], "created_before": new["created_at"], "patient_id": patient_id}, [old]),
    ):
        assert (await therapist.get("/courses", params=params))["items"] == wanted
