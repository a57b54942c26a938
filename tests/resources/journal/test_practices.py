"""Practices: what the patient logs of their strategies."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories.plans import active, draft, following, practice, proposed, step, strategy
from tests.support import Api, Json, Person, World


async def _agreed(world: World) -> tuple[Person, Person, Json, str]:
    """Therapist, patient, their active plan, and the id of its strategy."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    found = await active(therapist, patient, world.chart_id(patient))
    return therapist, patient, found, found["strategies"][0]["id"]


async def test_nobody_without_a_token(api: Api) -> None:
    for method, path in [("GET", "/practices"), ("POST", "/practices"), ("GET", f"/practices/{uuid4()}")]:
        assert (await api.send(method, path)).status_code == 401


async def test_only_the_patient_logs_and_the_team_reads(world: World) -> None:
    therapist, patient, found, strategy_id = await _agreed(world)
    facts = {
        "context": "After the call",
        "distress_before": 7,
        "distress_after": 4,
        "helpfulness": 3,
        "would_use_again": True,
    }
    made = await practice(patient, strategy_id, **facts)
    assert made["monitoring"]["told"] == "team"
    made["monitoring"] = None  # it was said once
    assert (made["plan_id"], made["strategy_id"], made["was_skipped"]) == (found["id"], strategy_id, False)
    assert (made["patient_id"], {name: made[name] for name in facts}) == (world.chart_id(patient), facts)
    assert await therapist.get(f"/practices/{made['id']}") == made
    assert (await therapist.get("/practices"))["items"] == [made]
    assert (await patient.get("/practices"))["items"] == [made]
    body = {"strategy_id": strategy_id, "used_at": world.api.clock().isoformat()}
    await therapist.post("/practices", body, expect=403)
    await world.admin.get(f"/practices/{made['id']}", expect=403)
    supervisor = await world.staff(Role.SUPERVISOR)
    await supervisor.get(f"/practices/{made['id']}", expect=404)


async def test_what_is_not_theirs_is_not_there(world: World) -> None:
    _, patient, found, strategy_id = await _agreed(world)
    made = await practice(patient, strategy_id)
    other = await world.therapist()
    stranger = await world.patient_of(other)
    body = {"strategy_id": strategy_id, "used_at": world.api.clock().isoformat()}
    await stranger.post("/practices", body, expect=404)
    await patient.post("/practices", {**body, "strategy_id": str(uuid4())}, expect=404)
    for person in (other, stranger):
        await person.get(f"/practices/{made['id']}", expect=404)
        for params in ({}, {"plan_id": found["id"]}, {"strategy_id": strategy_id}, {"patient_id": found["patient_id"]}):
            assert (await person.get("/practices", params=params))["items"] == []


async def test_a_skip_has_a_reason_and_no_ratings(world: World) -> None:
    _, patient, _, strategy_id = await _agreed(world)
    made = await practice(patient, strategy_id, skipped_reason="too_tired", context="Long day")
    assert (made["was_skipped"], made["skipped_reason"], made["context"]) == (True, "too_tired", "Long day")
    body = {"strategy_id": strategy_id, "used_at": made["used_at"], "skipped_reason": "forgot"}
    for rating in ({"distress_before": 0}, {"distress_after": 1}, {"helpfulness": 0}, {"would_use_again": False}):
        await patient.post("/practices", {**body, **rating}, expect=422)


async def test_practices_are_in_the_timeline_by_their_use(world: World) -> None:
    therapist, patient, found, strategy_id = await _agreed(world)
    used = await practice(patient, strategy_id, context="After the call")
    earlier = (world.api.clock() - timedelta(days=2)).isoformat()
    skipped = await practice(patient, strategy_id, used_at=earlier, skipped_reason="no_time")
    for person in (therapist, patient):
        items = (await person.get(f"/patients/{found['patient_id']}/timeline", params={"kind": "practice"}))["items"]
        assert [(item["id"], item["at"], item["detail"]) for item in items] == [
            (used["id"], used["used_at"], None),
            (skipped["id"], skipped["used_at"], "no_time"),
        ]


async def test_a_plan_that_was_never_agreed_on_takes_no_practice(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    for plan in (await draft(patient, chart), await proposed(patient, chart)):
        body = {"strategy_id": plan["strategies"][0]["id"], "used_at": world.api.clock().isoformat()}
        assert (await patient.post("/practices", body, expect=409))["code"] == "plan-never-agreed"


@pytest.mark.thorough
async def test_what_a_phone_logged_is_taken_whatever_became_of_the_plan(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    for name in ("pause", "complete", "archive"):
        plan = await active(therapist, patient, chart)
        await step(therapist, plan, name)
        await practice(patient, plan["strategies"][0]["id"])


async def test_practice_goes_on_while_an_agreed_plan_is_talked_over(world: World) -> None:
    therapist, patient, found, strategy_id = await _agreed(world)
    made = await following(therapist, found, aim="A new aim")
    await practice(patient, strategy_id)
    sent = await step(therapist, made, "propose")
    await practice(patient, strategy_id)
    await step(patient, sent, "decline", {})
    await practice(patient, strategy_id)


async def test_a_replaced_strategy_keeps_its_practices_and_takes_those_that_come_late(world: World) -> None:
    therapist, patient, found, strategy_id = await _agreed(world)
    made = await practice(patient, strategy_id)
    made["monitoring"] = None
    sent = await step(therapist, await following(therapist, found), "propose")
    await step(patient, sent, "accept", {"revision": 1})
    late = await practice(patient, strategy_id, used_at=(world.api.clock() - timedelta(hours=2)).isoformat())
    late["monitoring"] = None
    assert await patient.get(f"/practices/{made['id']}") == made
    assert (await therapist.get("/practices", params={"strategy_id": strategy_id}))["items"] == [made, late]


@pytest.mark.parametrize(
    "wrong",
    [
        {"distress_before": 11},
        {"distress_after": -1},
        {"helpfulness": 5},
        {"skipped_reason": "lazy"},
        {"used_at": "2026-11-05T20:31:00"},
        {"used_at": None},
        {"patient_id": str(uuid4())},
        {"was_skipped": True},
        {"id": str(uuid4())},
        {"context": "x" * 20_001},
    ],
)
async def test_bad_bodies_are_refused(world: World, wrong: dict[str, object]) -> None:
    _, patient, _, strategy_id = await _agreed(world)
    body = {"strategy_id": strategy_id, "used_at": world.api.clock().isoformat(), **wrong}
    await patient.post("/practices", body, expect=422)


async def test_an_entry_from_a_phone_is_logged_once_and_never_changed(world: World) -> None:
    _, patient, _, strategy_id = await _agreed(world)
    body = {"id": str(new_id()), "strategy_id": strategy_id, "used_at": "2026-11-05T21:31:00+01:00"}
    first = await patient.send("POST", "/practices", body, key="practice-1")
    again = await patient.send("POST", "/practices", body, key="practice-1")
    assert (first.status_code, again.content) == (201, first.content)
    assert (first.json()["id"], first.json()["used_at"]) == (body["id"], "2026-11-05T20:31:00Z")
    assert (await patient.post("/practices", body, expect=409))["code"] == "id-taken"
    assert len((await patient.get("/practices"))["items"]) == 1
    for method in ("PATCH", "PUT", "DELETE"):
        sent = await patient.send(method, f"/practices/{body['id']}", {}, match=1)
        assert sent.status_code == 405


@pytest.mark.thorough
async def test_lists_run_by_use_and_are_filtered(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    found = await draft(therapist, world.chart_id(patient))
    one, added = found["strategies"][0]["id"], await strategy(therapist, found["id"], found["version"])
    sent = await step(therapist, {**found, "version": added["plan_version"]}, "propose")
    await step(patient, sent, "accept", {"revision": 1})
    second = await active(therapist, patient, found["patient_id"])
    elsewhere = await world.patient_of(therapist)
    theirs = await active(therapist, elsewhere, world.chart_id(elsewhere))
    start = datetime.fromisoformat("2026-11-05T08:00:00+00:00")
    ids: dict[str, str] = {}
    for name, strategy_id, hours in [
        ("c", one, 2),
        ("a", added["id"], 0),
        ("d", second["strategies"][0]["id"], 3),
        ("b", one, 1),
    ]:
        made = await practice(patient, strategy_id, used_at=(start + timedelta(hours=hours)).isoformat())
        ids[made["id"]] = name
    foreign = await practice(elsewhere, theirs["strategies"][0]["id"], used_at=start.isoformat())
    ids[foreign["id"]] = "z"

    async def shown(person: Person, **params: object) -> str:
        return "".join(ids[item["id"]] for item in (await person.get("/practices", params=params))["items"])

    chart = found["patient_id"]
    assert await shown(patient) == "dcba"
    assert await shown(therapist, patient_id=chart) == "dcba"
    assert sorted(await shown(therapist)) == list("abcdz")
    assert await shown(therapist, plan_id=found["id"]) == "cba"
    assert await shown(patient, strategy_id=one) == "cb"
    later = {"used_after": "2026-11-05T09:00:00Z"}
    assert await shown(patient, **later) == "dcb"
    assert await shown(therapist, patient_id=chart, used_before="2026-11-05T10:00:00Z", **later) == "b"
    assert await shown(therapist, plan_id=found["id"], used_before="2026-11-05T10:00:00Z") == "ba"
    page = await patient.get("/practices", params={"limit": 3})
    rest = await patient.get("/practices", params={"limit": 3, "cursor": page["next_cursor"]})
    assert ["".join(ids[i["id"]] for i in p["items"]) for p in (page, rest)] == ["dcb", "a"]
    assert rest["next_cursor"] is None
    await patient.get("/practices", params={"used_after": "yesterday"}, expect=422)
