"""Plans: who sees and changes them, and what becomes of their content."""

from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories.courses import course
from tests.factories.plans import WHOLE, active, draft, plan, proposed, step, strategy
from tests.support import Api, World

STEPS = ("propose", "accept", "decline", "pause", "resume", "complete", "archive")
BODIES = {"accept": {"revision": 1}, "decline": {}}


async def test_nobody_without_a_token(api: Api) -> None:
    path = f"/plans/{uuid4()}"
    for method, address in [("GET", "/plans"), ("POST", "/plans"), ("GET", path), ("PATCH", path)]:
        assert (await api.send(method, address, json={} if method != "GET" else None)).status_code == 401
    for name in STEPS:
        assert (await api.send("POST", f"{path}/{name}", json={})).status_code == 401
    for method, rest in [("GET", "versions"), ("GET", "strategies"), ("POST", "strategies")]:
        assert (await api.send(method, f"{path}/{rest}")).status_code == 401


@pytest.mark.thorough
async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist, other = await world.therapist(), await world.therapist()
    patient, stranger = await world.patient_of(therapist), await world.patient_of(other)
    made = await draft(therapist, world.chart_id(patient))
    path = f"/plans/{made['id']}"
    for outsider in (other, stranger, await World.build(world.api)):
        person = await outsider.therapist() if isinstance(outsider, World) else outsider
        for address in (path, f"{path}/versions", f"{path}/strategies"):
            await person.get(address, expect=404)
        await person.patch(path, {"title": "x"}, made["version"], expect=404)
        for name in STEPS:
            await step(person, made, name, BODIES.get(name), expect=404)
        await person.post(f"{path}/strategies", WHOLE, match=made["version"], expect=404)
        own = f"{path}/strategies/{made['strategies'][0]['id']}"
        await person.patch(own, {"title": "x"}, made["version"], expect=404)
        await person.delete(own, made["version"], expect=404)
        assert (await person.get("/plans"))["items"] == []
        assert (await person.get("/plans", params={"patient_id": world.chart_id(patient)}))["items"] == []
        body = {"patient_id": world.chart_id(patient), "title": "x", "aim": "y"}
        await person.post("/plans", body, expect=404)
    assert await therapist.get(path) == made


async def test_those_who_only_read_change_nothing(world: World) -> None:
    therapist, supervisor = await world.therapist(), await world.staff(Role.SUPERVISOR)
    chart = world.chart_id(await world.patient_of(therapist))
    await therapist.post(f"/patients/{chart}/care-team", {"account_id": supervisor.id, "role": "supervisor"})
    made = await proposed(therapist, chart)
    path = f"/plans/{made['id']}"
    assert (await supervisor.get(path))["allowed_actions"] == []
    assert (await supervisor.get("/plans"))["items"][0]["allowed_actions"] == []
    await supervisor.patch(path, {"title": "x"}, made["version"], expect=403)
    for name in STEPS:
        await step(supervisor, made, name, BODIES.get(name), expect=403)
    await supervisor.post("/plans", {"patient_id": chart, "title": "x", "aim": "y"}, expect=403)
    await supervisor.post(f"{path}/strategies", WHOLE, match=made["version"], expect=403)
    for person in (world.admin, await world.staff(Role.AUDITOR)):
        await person.get(path, expect=403)
        await person.get("/plans", expect=403)


async def test_both_sides_begin_and_change_a_draft(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    mine = await patient.post("/plans", {"title": "Mornings", "aim": "To wake up kindly", "is_shared": True})
    assert (mine["patient_id"], mine["state"], mine["revision"]) == (world.chart_id(patient), "draft", 1)
    assert (mine["strategies"], mine["strategy_count"]) == ([], 0)
    assert mine["allowed_actions"] == ["update", "propose", "archive"]
    changed = await therapist.patch(
        f"/plans/{mine['id']}", {"aim": "To wake up gently", "review_on": "2027-01-12"}, mine["version"]
    )
    assert (changed["aim"], changed["review_on"], changed["version"]) == ("To wake up gently", "2027-01-12", 2)
    assert (changed["state"], changed["revision"]) == ("draft", 1)
    assert await patient.get(f"/plans/{mine['id']}") == changed
    assert (await patient.get(f"/plans/{mine['id']}/versions"))["items"] == []


async def test_staff_say_whose_plan_it_is(world: World) -> None:
    therapist = await world.therapist()
    refused = await therapist.post("/plans", {"title": "x", "aim": "y"}, expect=422)
    assert refused["errors"][0]["field"] == "body.patient_id"


async def test_a_course_must_be_the_same_patients(world: World) -> None:
    therapist = await world.therapist()
    chart, other = [world.chart_id(await world.patient_of(therapist)) for _ in range(2)]
    own, foreign = await course(therapist, chart), await course(therapist, other)
    made = await plan(therapist, chart, course_id=own["id"])
    assert made["course_id"] == own["id"]
    for wrong in (foreign["id"], str(uuid4())):
        await therapist.post("/plans", {"patient_id": chart, "title": "x", "aim": "y", "course_id": wrong}, expect=404)
        await therapist.patch(f"/plans/{made['id']}", {"course_id": wrong}, made["version"], expect=404)
    emptied = await therapist.patch(f"/plans/{made['id']}", {"course_id": None}, made["version"])
    assert emptied["course_id"] is None


async def test_a_change_needs_the_version_that_was_read(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await plan(therapist, world.chart_id(patient))
    path = f"/plans/{made['id']}"
    assert (await therapist.send("PATCH", path, {"title": "x"})).status_code == 428
    for name in STEPS:
        sent = await therapist.send("POST", f"{path}/{name}", BODIES.get(name))
        assert sent.status_code == 428
    await patient.patch(path, {"title": "Calmer evenings"}, made["version"])
    await therapist.patch(path, {"title": "late"}, made["version"], expect=412)
    for name in STEPS:
        await step(therapist, made, name, BODIES.get(name), expect=412)
    assert (await patient.get(path))["title"] == "Calmer evenings"


async def test_own_ids_and_retries_make_one_plan(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    body = {"id": str(new_id()), "patient_id": chart, "title": "x", "aim": "y"}
    first = await therapist.send("POST", "/plans", body, key="plan-1")
    again = await therapist.send("POST", "/plans", body, key="plan-1")
    assert (again.status_code, again.content, again.headers["etag"]) == (201, first.content, first.headers["etag"])
    assert first.json()["id"] == body["id"]
    assert (await therapist.post("/plans", body, expect=409))["code"] == "id-taken"
    assert len((await therapist.get("/plans"))["items"]) == 1


async def test_lists_are_filtered_and_show_counts_without_strategies(world: World) -> None:
    therapist = await world.therapist()
    first, second = [world.chart_id(await world.patient_of(therapist)) for _ in range(2)]
    one, two = await draft(therapist, first), await proposed(therapist, second)
    listed = (await therapist.get("/plans"))["items"]
    assert [item["id"] for item in listed] == [two["id"], one["id"]]
    assert listed[1] == {name: value for name, value in one.items() if name not in {"strategies", "monitoring"}}
    for params, wanted in [
        ({"patient_id": first}, [one]),
        ({"state": "proposed"}, [two]),
        ({"patient_id": first, "state": "proposed"}, []),
    ]:
        found = (await therapist.get("/plans", params=params))["items"]
        assert [item["id"] for item in found] == [item["id"] for item in wanted]
    page = await therapist.get("/plans", params={"limit": 1})
    rest = await therapist.get("/plans", params={"limit": 1, "cursor": page["next_cursor"]})
    assert ([i["id"] for i in rest["items"]], rest["next_cursor"]) == ([one["id"]], None)


async def test_new_content_of_a_proposal_is_a_new_revision_and_the_old_one_is_kept(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    sent = await proposed(therapist, world.chart_id(patient), review_on="2027-01-12")
    path = f"/plans/{sent['id']}"
    changed = await patient.patch(path, {"aim": "Something else now"}, sent["version"])
    assert (changed["state"], changed["revision"], changed["agreed_revision"]) == ("draft", 2, None)
    assert (changed["proposed_by"], changed["proposed_at"]) == (None, None)
    later = await therapist.patch(path, {"title": "Still a draft"}, changed["version"])
    assert later["revision"] == 2
    kept = (await therapist.get(f"{path}/versions"))["items"]
    assert kept == (await patient.get(f"{path}/versions"))["items"]
    (old,) = kept
    for name in ("revision", "title", "aim", "insight_id", "course_id", "review_on", "proposed_by", "proposed_at"):
        assert old[name] == sent[name]
    assert (old["proposed_by_id"], old["declined_at"], old["decline_reason"]) == (therapist.id, None, None)
    shared = set(old["strategies"][0])
    assert old["strategies"] == [{k: v for k, v in s.items() if k in shared} for s in sent["strategies"]]
    assert shared >= {"id", *WHOLE, "schedule", "barriers", "supports", "confidence", "importance"}


async def test_versions_run_newest_first(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    found = await proposed(therapist, world.chart_id(patient))
    path = f"/plans/{found['id']}"
    for number in range(2, 5):
        changed = await therapist.patch(path, {"title": f"Take {number}"}, found["version"])
        found = await step(therapist, changed, "propose")
    seen, cursor = [], None
    while True:
        params = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        page = await patient.get(f"{path}/versions", params=params)
        seen += [(item["revision"], item["title"]) for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [(3, "Take 3"), (2, "Take 2"), (1, "Quieter evenings")]


async def test_a_patch_that_changes_nothing_keeps_the_agreement(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    agreed = await active(therapist, patient, world.chart_id(patient))
    same = await patient.patch(f"/plans/{agreed['id']}", {"title": agreed["title"]}, agreed["version"])
    assert (same["state"], same["revision"], same["version"]) == ("active", 1, agreed["version"] + 1)


async def test_bad_bodies_are_refused(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    good = {"patient_id": chart, "title": "x", "aim": "y"}
    bad: list[dict[str, object]] = [
        {"title": " "},
        {"title": "x" * 201},
        {"aim": "x" * 20_001},
        {"aim": None},
        {"review_on": "soon"},
        {"review_on": "1066-10-14"},
        {"insight_id": "one"},
        {"id": str(uuid4())},
        {"state": "active"},
        {"agreed_revision": 1},
    ]
    for wrong in bad:
        await therapist.post("/plans", {**good, **wrong}, expect=422)
    made = await plan(therapist, chart)
    for change in [{"title": None}, {"state": "active"}, {"revision": 9}, {"patient_id": chart}]:
        await therapist.patch(f"/plans/{made['id']}", change, made["version"], expect=422)


async def test_when_a_membership_ends_so_does_the_view(world: World) -> None:
    therapist, prescriber = await world.therapist(), await world.staff(Role.PRESCRIBER)
    chart = world.chart_id(await world.patient_of(therapist))
    made = await plan(therapist, chart)
    await prescriber.get(f"/plans/{made['id']}", expect=404)
    body = {"account_id": prescriber.id, "role": "prescriber"}
    member = await therapist.post(f"/patients/{chart}/care-team", body)
    await strategy(prescriber, made["id"], made["version"])
    await therapist.delete(f"/patients/{chart}/care-team/{member['id']}", member["version"])
    await prescriber.get(f"/plans/{made['id']}", expect=404)
    assert (await prescriber.get("/plans"))["items"] == []
