"""Strategies of a plan."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from integration_api.core.ids import new_id
from tests.factories.goals import goal
from tests.factories.plans import WHOLE, active, draft, plan, proposed, strategy
from tests.factories.reflections import submitted
from tests.support import Api, Json, Person, World

FULL = {
    **WHOLE,
    "description": "Two minutes on the back step.",
    "schedule": "FREQ=DAILY;BYHOUR=20;BYMINUTE=30",
    "duration_minutes": 2,
    "barriers": [{"barrier": "The children need me", "workaround": "I ask for two minutes"}, {"barrier": "Rain"}],
    "supports": ["My sister"],
    "confidence": 8,
    "importance": 9,
}


async def _pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def test_nobody_without_a_token(api: Api) -> None:
    path = f"/plans/{uuid4()}/strategies"
    for method, address in [("POST", path), ("PATCH", f"{path}/{uuid4()}"), ("DELETE", f"{path}/{uuid4()}")]:
        assert (await api.send(method, address)).status_code == 401


async def test_the_etag_is_the_plans(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    made = await plan(therapist, chart)
    path = f"/plans/{made['id']}/strategies"
    assert (await therapist.send("POST", path, FULL)).status_code == 428
    added = await therapist.send("POST", path, FULL, match=made["version"])
    one: Json = added.json()
    assert (added.status_code, added.headers["location"]) == (201, f"/v1{path}/{one['id']}")
    assert (one["version"], one["plan_version"]) == (1, 2)
    assert {name: one[name] for name in FULL} == {
        **FULL,
        "barriers": [FULL["barriers"][0], {"barrier": "Rain", "workaround": None}],  # type: ignore[index]  # a list
    }
    await patient.post(path, WHOLE, match=made["version"], expect=412)
    second = await patient.send("POST", path, WHOLE, match=added.headers["etag"])
    assert second.json()["plan_version"] == 3
    changed = await therapist.send("PATCH", f"{path}/{one['id']}", {"confidence": 9}, match=second.headers["etag"])
    assert (changed.json()["version"], changed.json()["plan_version"]) == (2, 4)
    removed = await therapist.send("DELETE", f"{path}/{one['id']}", match=changed.headers["etag"])
    assert (removed.status_code, removed.content) == (204, b"")
    await patient.patch(f"/plans/{made['id']}", {"title": "After all"}, removed.headers["etag"])
    found = await patient.get(f"/plans/{made['id']}")
    assert (found["version"], found["strategy_count"], found["revision"]) == (6, 1, 1)
    assert [item["id"] for item in found["strategies"]] == [second.json()["id"]]


async def test_changes_at_a_stale_version_change_nothing(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    made = await draft(therapist, chart)
    own = f"/plans/{made['id']}/strategies/{made['strategies'][0]['id']}"
    await patient.patch(f"/plans/{made['id']}", {"title": "Other"}, made["version"])
    await therapist.patch(own, {"title": "late"}, made["version"], expect=412)
    await therapist.delete(own, made["version"], expect=412)
    assert (await therapist.send("DELETE", own)).status_code == 428
    assert (await therapist.send("PATCH", own, {})).status_code == 428
    found = await therapist.get(f"/plans/{made['id']}")
    assert found["strategies"][0]["title"] == WHOLE["title"]


async def test_a_strategy_of_another_plan_is_not_there(world: World) -> None:
    therapist, _, chart = await _pair(world)
    one, two = await draft(therapist, chart), await draft(therapist, chart)
    crossed = f"/plans/{one['id']}/strategies/{two['strategies'][0]['id']}"
    await therapist.patch(crossed, {"title": "x"}, one["version"], expect=404)
    await therapist.delete(crossed, one["version"], expect=404)
    own = f"/plans/{one['id']}/strategies/{one['strategies'][0]['id']}"
    await therapist.delete(own, one["version"])
    await therapist.delete(own, one["version"] + 1, expect=404)
    await therapist.patch(own, {"title": "x"}, one["version"] + 1, expect=404)


@pytest.mark.parametrize("change", ["add", "update", "remove"])
async def test_every_change_of_a_proposal_is_a_new_revision(world: World, change: str) -> None:
    therapist, patient, chart = await _pair(world)
    found = await proposed(therapist, chart)
    path, version = f"/plans/{found['id']}", found["version"]
    own = f"{path}/strategies/{found['strategies'][0]['id']}"
    if change == "add":
        await strategy(patient, found["id"], version, title="One more")
    elif change == "update":
        await patient.patch(own, {"then_action": "then I hum."}, version)
    else:
        await patient.delete(own, version)
    now = await therapist.get(path)
    assert (now["state"], now["revision"], now["version"]) == ("draft", 2, version + 1)
    (kept,) = (await therapist.get(f"{path}/versions"))["items"]
    assert kept["revision"] == 1
    assert [(s["title"], s["then_action"]) for s in kept["strategies"]] == [(WHOLE["title"], WHOLE["then_action"])]


async def test_a_rehearsal_is_nothing_to_agree_on(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    found = await active(therapist, patient, chart)
    own = f"/plans/{found['id']}/strategies/{found['strategies'][0]['id']}"
    at = world.api.clock()
    changed = await patient.patch(own, {"rehearsed_at": at.isoformat()}, found["version"])
    assert changed["rehearsed_at"] is not None
    now = await therapist.get(f"/plans/{found['id']}")
    assert (now["state"], now["revision"], now["version"]) == ("active", 1, found["version"] + 1)
    ahead = {"rehearsed_at": (at + timedelta(minutes=10)).isoformat()}
    skewed = await patient.patch(own, ahead, now["version"])
    assert (skewed["clock_skewed"], skewed["rehearsal_happened_at"]) == (True, skewed["updated_at"])
    assert (await therapist.get(f"/plans/{found['id']}"))["state"] == "active"


async def test_low_confidence_suggests_a_smaller_step(world: World) -> None:
    therapist, _, chart = await _pair(world)
    made = await plan(therapist, chart)
    version = made["version"]
    for confidence, suggested in [(6, True), (7, False), (0, True), (10, False), (None, False)]:
        added = await strategy(therapist, made["id"], version, confidence=confidence)
        assert added["suggest_smaller_step"] is suggested
        version = added["plan_version"]


@pytest.mark.thorough
async def test_a_plan_has_at_most_fifty_strategies(world: World) -> None:
    therapist, _, chart = await _pair(world)
    made = await plan(therapist, chart)
    version, ids = made["version"], list[str]()
    for number in range(50):
        added = await strategy(therapist, made["id"], version, title=f"Number {number}")
        version = added["plan_version"]
        ids.append(added["id"])
    path = f"/plans/{made['id']}/strategies"
    assert (await therapist.post(path, WHOLE, match=version, expect=409))["code"] == "too-many-strategies"
    found = await therapist.get(f"/plans/{made['id']}")
    assert [item["id"] for item in found["strategies"]] == ids
    seen, cursor = [], None
    while True:
        page = await therapist.get(path, params={"limit": 20, **({"cursor": cursor} if cursor else {})})
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == found["strategies"]
    await therapist.delete(f"{path}/{ids[0]}", version)
    await strategy(therapist, made["id"], version + 1)


async def test_own_ids_and_retries_make_one_strategy(world: World) -> None:
    therapist, _, chart = await _pair(world)
    made = await plan(therapist, chart)
    path, body = f"/plans/{made['id']}/strategies", {**WHOLE, "id": str(new_id())}
    first = await therapist.send("POST", path, body, match=made["version"], key="strategy-1")
    again = await therapist.send("POST", path, body, match=made["version"], key="strategy-1")
    assert (again.status_code, again.content, again.headers["etag"]) == (201, first.content, first.headers["etag"])
    refused = await therapist.post(path, body, match=first.headers["etag"], expect=409)
    assert refused["code"] == "id-taken"
    found = await therapist.get(f"/plans/{made['id']}")
    assert (found["strategy_count"], len(found["strategies"]), found["version"]) == (1, 1, 2)


async def test_of_changes_at_one_version_one_is_made(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    made = await draft(therapist, chart)
    path = f"/plans/{made['id']}"
    own = f"{path}/strategies/{made['strategies'][0]['id']}"
    answers = await asyncio.gather(
        *(person.send("POST", f"{path}/strategies", WHOLE, match=made["version"]) for person in (therapist, patient)),
        therapist.send("PATCH", own, {"title": "Changed"}, match=made["version"]),
        patient.send("DELETE", own, match=made["version"]),
        patient.send("POST", f"{path}/propose", match=made["version"]),
        therapist.send("PATCH", path, {"title": "Changed"}, match=made["version"]),
    )
    found = await therapist.get(path)
    is_removed = found["strategies"] == []
    refused = [answer for answer in answers if answer.status_code >= 400]
    assert len(refused) == 5
    for answer in refused:  # who asks for a strategy after it was removed may learn just that
        is_of_it = is_removed and answer.request.method == "PATCH" and answer.request.url.path.endswith(own)
        assert answer.status_code == 412 or (is_of_it and answer.status_code == 404)
    assert (found["version"], found["strategy_count"]) == (made["version"] + 1, len(found["strategies"]))


async def test_a_library_entry_must_exist(world: World) -> None:
    therapist, _, chart = await _pair(world)
    stranger = await (await World.build(world.api)).therapist()
    entry = {name: WHOLE[name] for name in WHOLE}
    own = await therapist.post("/strategy-library", entry)
    foreign = await stranger.post("/strategy-library", entry)
    listed = (await therapist.get("/strategy-library"))["items"]
    built_in = next(item for item in listed if item["source"] == "built_in")
    made = await plan(therapist, chart)
    version = made["version"]
    for known in (own["id"], built_in["id"]):
        added = await strategy(therapist, made["id"], version, library_id=known)
        assert added["library_id"] == known
        version = added["plan_version"]
    path = f"/plans/{made['id']}/strategies"
    for wrong in (foreign["id"], str(uuid4())):
        refused = await therapist.post(path, {**WHOLE, "library_id": wrong}, match=version, expect=404)
        assert refused["errors"][0]["field"] == "body.library_id"
        await therapist.patch(f"{path}/{added['id']}", {"library_id": wrong}, version, expect=404)


async def test_bad_bodies_are_refused_without_repeating_them(world: World) -> None:
    therapist, _, chart = await _pair(world)
    made = await draft(therapist, chart)
    path = f"/plans/{made['id']}/strategies"
    own = f"{path}/{made['strategies'][0]['id']}"
    bad: list[dict[str, object]] = [
        {"category": "juggling"},
        {"title": ""},
        {"if_cue": "x" * 2001},
        {"duration_minutes": 0},
        {"duration_minutes": 481},
        {"confidence": 11},
        {"importance": -1},
        {"barriers": [{"barrier": "x"}] * 11},
        {"barriers": [{"workaround": "x"}]},
        {"barriers": [{"barrier": "x", "more": "y"}]},
        {"supports": ["x"] * 11},
        {"supports": [" "]},
        {"removed_at": "2026-11-02T09:00:00Z"},
        {"schedule": "FREQ=SECONDLY"},
        {"schedule": "X-ROWAN-SAMPLE=1"},
    ]
    for wrong in bad:
        for method, address, body in (("POST", path, {**WHOLE, **wrong}), ("PATCH", own, wrong)):
            answer = await therapist.send(method, address, body, match=made["version"])
            assert answer.status_code == 422, wrong
            assert "SAMPLE" not in answer.text.upper()
    assert (await therapist.get(f"/plans/{made['id']}")) == made
    fine = await therapist.patch(own, {"schedule": "freq=weekly;byday=mo", "description": None}, made["version"])
    assert fine["schedule"] == "FREQ=WEEKLY;BYDAY=MO"


async def test_links_to_an_insight_and_a_goal_are_nothing_to_agree_on(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    plan = await active(therapist, patient, chart)
    insight_id = (await submitted(patient, insights=[{"text": "Stillness is allowed."}]))["insights"][0]["id"]
    goal_id = (await goal(therapist, chart))["id"]
    path = f"/plans/{plan['id']}/strategies/{plan['strategies'][0]['id']}"
    refused = await therapist.patch(path, {"insight_id": insight_id}, plan["version"], expect=404)
    assert refused["errors"][0]["field"] == "body.insight_id"
    linked = await patient.patch(path, {"insight_id": insight_id, "goal_id": goal_id}, plan["version"])
    assert (linked["insight_id"], linked["goal_id"]) == (insight_id, goal_id)
    read = await therapist.get(f"/plans/{plan['id']}")
    assert (read["state"], read["revision"]) == ("active", plan["revision"])
    assert (read["strategies"][0]["insight_id"], read["strategies"][0]["goal_id"]) == (None, goal_id)
    rehearsed = {"rehearsed_at": world.api.clock().isoformat()}
    sent_back = {**rehearsed, "insight_id": None}
    assert (await therapist.patch(path, sent_back, read["version"]))["insight_id"] is None
    assert (await patient.get(f"/plans/{plan['id']}"))["strategies"][0]["insight_id"] == insight_id
    other = await world.patient_of(therapist)
    foreign = (await goal(therapist, world.chart_id(other)))["id"]
    refused = await therapist.patch(path, {"goal_id": foreign}, read["version"] + 1, expect=404)
    assert refused["errors"][0]["field"] == "body.goal_id"
    emptied = await patient.patch(path, {"insight_id": None, "goal_id": None}, read["version"] + 1)
    assert (emptied["insight_id"], emptied["goal_id"]) == (None, None)
