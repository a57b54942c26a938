"""How both sides agree on a plan, and what becomes of it then."""

from datetime import datetime, timedelta

import pytest

from integration_api.access.actor import Role
from tests.factories.plans import active, draft, plan, proposed, step, strategy
from tests.support import Json, Person, World

SIDES = ("clinician", "patient")
BODIES = {"accept": {"revision": 1}, "decline": {}}


async def _two(world: World, side: str) -> tuple[Person, Person, str]:
    """The proposing side, the other side, and the chart."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    pair = (therapist, patient) if side == "clinician" else (patient, therapist)
    return (*pair, world.chart_id(patient))


async def _tasks(person: Person, plan_id: str) -> list[Json]:
    items = (await person.get("/worklist"))["items"]
    return [item for item in items if item["subject_id"] == plan_id]


@pytest.mark.parametrize("side", SIDES)
async def test_one_proposes_the_other_accepts(world: World, side: str) -> None:
    proposer, other, chart = await _two(world, side)
    made = await draft(proposer, chart)
    sent = await step(proposer, made, "propose")
    assert (sent["state"], sent["proposed_by"], sent["version"]) == ("proposed", side, made["version"] + 1)
    assert sent["proposed_at"] is not None
    assert sent["allowed_actions"] == ["update", "archive"]
    seen = await other.get(f"/plans/{made['id']}")
    assert seen["allowed_actions"] == ["update", "accept", "decline", "archive"]
    done = await step(other, seen, "accept", {"revision": 1})
    assert (done["state"], done["agreed_revision"], done["revision"]) == ("active", 1, 1)
    assert done["agreed_at"] is not None
    assert done["allowed_actions"] == ["replace", "pause", "complete", "archive"]
    assert done["strategies"] == [{**s, "plan_version": done["version"]} for s in made["strategies"]]


@pytest.mark.parametrize("side", SIDES)
async def test_the_own_side_waits_for_the_other(world: World, side: str) -> None:
    proposer, _, chart = await _two(world, side)
    sent = await proposed(proposer, chart)
    for name, body in BODIES.items():
        assert (await step(proposer, sent, name, body, expect=409))["code"] == "waiting-for-other-side"


async def test_a_colleague_is_on_the_same_side(world: World) -> None:
    therapist, prescriber = await world.therapist(), await world.staff(Role.PRESCRIBER)
    chart = world.chart_id(await world.patient_of(therapist))
    await therapist.post(f"/patients/{chart}/care-team", {"account_id": prescriber.id, "role": "prescriber"})
    sent = await proposed(therapist, chart)
    assert (await step(prescriber, sent, "accept", {"revision": 1}, 409))["code"] == "waiting-for-other-side"


@pytest.mark.parametrize("side", SIDES)
async def test_a_refusal_is_kept_with_its_reason(world: World, side: str) -> None:
    proposer, other, chart = await _two(world, side)
    sent = await proposed(proposer, chart)
    back = await step(other, sent, "decline", {"reason": "Smaller, please"})
    assert (back["state"], back["revision"], back["agreed_revision"]) == ("draft", 2, None)
    assert (back["decline_reason"], back["proposed_by"]) == ("Smaller, please", None)
    assert back["declined_at"] is not None
    (kept,) = (await proposer.get(f"/plans/{sent['id']}/versions"))["items"]
    assert (kept["revision"], kept["proposed_by"]) == (1, side)
    assert (kept["declined_at"], kept["decline_reason"]) == (back["declined_at"], "Smaller, please")
    again = await step(other, back, "propose")
    assert (again["proposed_by"] != side, again["decline_reason"], again["declined_at"]) == (True, None, None)
    stale = await step(proposer, again, "accept", {"revision": 1}, expect=409)
    assert stale["code"] == "revision-changed"
    assert (await step(proposer, again, "accept", {"revision": 2}))["agreed_revision"] == 2


async def test_a_refusal_needs_no_reason(world: World) -> None:
    therapist, patient, chart = await _two(world, "clinician")
    back = await step(patient, await proposed(therapist, chart), "decline", {})
    assert (back["state"], back["decline_reason"]) == ("draft", None)


async def test_nobody_agrees_to_what_they_have_not_seen(world: World) -> None:
    therapist, patient, chart = await _two(world, "clinician")
    seen = await proposed(therapist, chart)
    changed = await therapist.patch(f"/plans/{seen['id']}", {"aim": "Quietly changed"}, seen["version"])
    assert (changed["state"], changed["revision"]) == ("draft", 2)
    await step(patient, seen, "accept", {"revision": 1}, expect=412)
    sent = await step(therapist, changed, "propose")
    await step(patient, seen, "accept", {"revision": 1}, expect=412)
    assert (await step(patient, sent, "accept", {"revision": 1}, expect=409))["code"] == "revision-changed"
    assert (await step(patient, sent, "accept", {"revision": 2}))["state"] == "active"
    await step(patient, sent, "accept", {}, expect=422)


async def test_a_plan_needs_whole_strategies_before_it_is_proposed(world: World) -> None:
    therapist, patient, chart = await _two(world, "clinician")
    made = await plan(therapist, chart)
    assert (await step(therapist, made, "propose", expect=409))["code"] == "no-strategies"
    version = made["version"]
    missing = []
    for facts in ({"if_cue": None}, {"if_cue": "  \n"}, {"then_action": None}, {"then_action": ""}, {}):
        added = await strategy(therapist, made["id"], version, **facts)
        version = added["plan_version"]
        missing += [added["id"]] if facts else []
    refused = await step(patient, {**made, "version": version}, "propose", expect=409)
    assert (refused["code"], refused["strategies"]) == ("strategies-incomplete", missing)
    for strategy_id in missing:
        path = f"/plans/{made['id']}/strategies/{strategy_id}"
        version = (await therapist.patch(path, {"if_cue": "If so", "then_action": "then so"}, version))["plan_version"]
    assert (await step(therapist, {**made, "version": version}, "propose"))["state"] == "proposed"


@pytest.mark.thorough
async def test_every_step_from_every_state(world: World) -> None:
    """By each side; what is not allowed names what is."""
    therapist, patient, chart = await _two(world, "clinician")
    legal = {
        "draft": {"propose": "proposed", "archive": "archived"},
        "proposed": {"accept": "active", "decline": "draft", "archive": "archived"},
        "active": {"pause": "paused", "complete": "completed", "archive": "archived"},
        "paused": {"resume": "active", "complete": "completed", "archive": "archived"},
        "completed": {"archive": "archived"},
        "archived": {},
    }
    ways: dict[str, list[str]] = {
        "draft": [],
        "proposed": ["propose"],
        "active": ["propose", "accept"],
        "paused": ["propose", "accept", "pause"],
        "completed": ["propose", "accept", "complete"],
        "archived": ["archive"],
    }

    async def reach(state: str) -> Json:
        found = await draft(therapist, chart)
        for name in ways[state]:
            person = patient if name == "accept" else therapist
            found = await step(person, found, name, BODIES.get(name))
        return found

    for state, steps in legal.items():
        found = await reach(state)
        allowed = (await patient.get(f"/plans/{found['id']}"))["allowed_actions"]
        changing = {"draft": "update", "proposed": "update", "active": "replace", "paused": "replace"}
        assert set(allowed) == {*steps, *([changing[state]] if state in changing else [])}
        for name in ("propose", "accept", "decline", "pause", "resume", "complete", "archive"):
            if name in steps:
                continue
            refused = await step(patient, found, name, BODIES.get(name), expect=409)
            assert (refused["code"], refused["allowed"]) == ("illegal-transition", allowed)
        if state not in changing:
            path = f"/plans/{found['id']}"
            refused = await patient.patch(path, {"title": "x"}, found["version"], expect=409)
            assert (refused["code"], refused["allowed"]) == ("illegal-transition", allowed)
            own = f"{path}/strategies/{found['strategies'][0]['id']}"
            await therapist.delete(own, found["version"], expect=409)
            await therapist.patch(own, {"title": "x"}, found["version"], expect=409)
        for name, target in steps.items():
            fresh = await reach(state)
            moved = await step(patient, fresh, name, BODIES.get(name))
            assert (moved["state"], moved["version"]) == (target, fresh["version"] + 1)


async def test_both_sides_pause_resume_complete_and_archive(world: World) -> None:
    therapist, patient, chart = await _two(world, "clinician")
    found = await active(therapist, patient, chart)
    for person, name, state in [
        (patient, "pause", "paused"),
        (therapist, "resume", "active"),
        (therapist, "pause", "paused"),
        (patient, "resume", "active"),
        (patient, "complete", "completed"),
        (therapist, "archive", "archived"),
    ]:
        found = await step(person, found, name)
        assert (found["state"], found["revision"], found["agreed_revision"]) == (state, 1, 1)


async def test_what_a_patient_proposes_waits_for_the_clinicians(world: World) -> None:
    therapist, patient = await world.therapist(), None
    prescriber, supervisor = await world.staff(Role.PRESCRIBER), await world.staff(Role.SUPERVISOR)
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    for person, role in ((prescriber, "prescriber"), (supervisor, "supervisor")):
        await therapist.post(f"/patients/{chart}/care-team", {"account_id": person.id, "role": role})
    clinic = await world.admin.send("GET", "/clinic")
    await world.admin.patch("/clinic", {"policies": {"plan_answer_days": 3}}, clinic.headers["etag"])
    sent = await proposed(patient, chart)
    for person in (therapist, prescriber):
        (task,) = await _tasks(person, sent["id"])
        assert (task["kind"], task["patient_id"]) == ("plan_to_answer", chart)
        due = datetime.fromisoformat(task["due_at"]) - datetime.fromisoformat(sent["proposed_at"])
        assert timedelta(days=3) <= due < timedelta(days=7)  # then, or when the clinic opens next
    assert await _tasks(supervisor, sent["id"]) == []


@pytest.mark.parametrize("answer", ["accept", "decline", "archive", "update", "add", "change", "remove"])
async def test_every_answer_and_every_change_settles_the_task(world: World, answer: str) -> None:
    patient, therapist, chart = await _two(world, "patient")
    sent = await proposed(patient, chart)
    assert len(await _tasks(therapist, sent["id"])) == 1
    path, version = f"/plans/{sent['id']}", sent["version"]
    own = f"{path}/strategies/{sent['strategies'][0]['id']}"
    if answer in {"accept", "decline", "archive"}:
        await step(therapist, sent, answer, BODIES.get(answer))
    elif answer == "update":
        await patient.patch(path, {"title": "Better"}, version)
    elif answer == "add":
        await strategy(patient, sent["id"], version)
    elif answer == "change":
        await therapist.patch(own, {"title": "Better"}, version)
    else:
        await patient.delete(own, version)
    left = [task["kind"] for task in await _tasks(therapist, sent["id"])]
    assert left == (["plan_to_read"] if answer in {"update", "add", "remove"} else [])
    found = await patient.get(path)
    if found["state"] == "draft" and found["strategy_count"]:
        await step(patient, found, "propose")
        assert len(await _tasks(therapist, sent["id"])) == 1


async def test_what_a_clinician_proposes_waits_in_no_worklist(world: World) -> None:
    therapist, _, chart = await _two(world, "clinician")
    sent = await proposed(therapist, chart)
    assert await _tasks(therapist, sent["id"]) == []


async def test_a_retry_of_a_step_is_the_same_answer(world: World) -> None:
    patient, therapist, chart = await _two(world, "patient")
    made = await draft(patient, chart)
    path = f"/plans/{made['id']}/propose"
    first = await patient.send("POST", path, match=made["version"], key="propose-1")
    again = await patient.send("POST", path, match=made["version"], key="propose-1")
    assert (again.status_code, again.content, again.headers["etag"]) == (200, first.content, first.headers["etag"])
    assert len(await _tasks(therapist, made["id"])) == 1
    body = {"revision": 1}
    agree = f"/plans/{made['id']}/accept"
    one = await therapist.send("POST", agree, body, match=first.headers["etag"], key="accept-1")
    two = await therapist.send("POST", agree, body, match=first.headers["etag"], key="accept-1")
    assert (one.status_code, two.status_code, two.content) == (200, 200, one.content)
