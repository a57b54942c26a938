"""Drafts that only their author sees, and next versions beside a plan that stands."""

import asyncio
from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories.plans import WHOLE, active, draft, following, plan, practice, proposed, step, strategy
from tests.factories.reflections import ledger_of
from tests.support import Json, Person, World

SIDES = ("clinician", "patient")


async def _two(world: World, side: str = "clinician") -> tuple[Person, Person, str]:
    """The side that begins, the other side, and the chart."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    pair = (therapist, patient) if side == "clinician" else (patient, therapist)
    return (*pair, world.chart_id(patient))


async def _sees(person: Person, chart: str, found: Json) -> set[str]:
    """Return the places in which this person finds a plan; tests expect all of them, or none."""
    path, places = f"/plans/{found['id']}", set()
    for name, address, params in (
        ("list", "/plans", {"patient_id": chart}),
        ("lists", "/plans", {}),
        ("timeline", f"/patients/{chart}/timeline", {}),
    ):
        items = (await person.get(address, params=params))["items"]
        places |= {name} if found["id"] in {item["id"] for item in items} else set()
    days = {"from": "2026-03-01", "to": "2026-03-02"}
    for name, params in (("", {}), ("/strategies", {}), ("/versions", {}), ("/occurrences", days)):
        answer = await person.send("GET", path + name, params=params)
        assert answer.status_code in {200, 404}
        places |= {name or "itself"} if answer.status_code == 200 else set()
    return places


EVERYWHERE = {"list", "lists", "timeline", "itself", "/strategies", "/versions", "/occurrences"}


# ── drafts ──


@pytest.mark.thorough
@pytest.mark.parametrize("side", SIDES)
async def test_a_draft_is_its_authors_alone_until_it_is_proposed(world: World, side: str) -> None:
    author, other, chart = await _two(world, side)
    therapist = author if side == "clinician" else other
    people = [other]
    for role in (Role.PRESCRIBER, Role.SUPERVISOR):
        people.append(await world.staff(role))
        await therapist.post(f"/patients/{chart}/care-team", {"account_id": people[-1].id, "role": role.value})
    made = await draft(author, chart, is_shared=False)
    assert made["is_shared"] is False
    own = f"/plans/{made['id']}/strategies/{made['strategies'][0]['id']}"
    for person in people:
        assert await _sees(person, chart, made) == set()
        if person.actor.roles != (Role.SUPERVISOR,):
            await person.patch(f"/plans/{made['id']}", {"title": "x"}, made["version"], expect=404)
            await step(person, made, "propose", expect=404)
            await person.post(f"/plans/{made['id']}/strategies", WHOLE, match=made["version"], expect=404)
            await person.patch(own, {"title": "x"}, made["version"], expect=404)
            await person.delete(own, made["version"], expect=404)
    assert await _sees(author, chart, made) == EVERYWHERE
    told = [task["kind"] for task in (await therapist.get("/worklist"))["items"]]
    assert told == (["plan_to_finish"] if therapist is author else [])
    assert made["monitoring"] is None
    sent = await step(author, made, "propose")
    assert sent["is_shared"] is True
    for person in people:
        assert await _sees(person, chart, made) == EVERYWHERE


@pytest.mark.parametrize("side", SIDES)
async def test_a_draft_that_was_shown_stays_shown(world: World, side: str) -> None:
    author, other, chart = await _two(world, side)
    made = await plan(author, chart, is_shared=False)
    path = f"/plans/{made['id']}"
    await other.get(path, expect=404)
    shown = await author.patch(path, {"is_shared": True}, made["version"])
    assert (shown["is_shared"], shown["revision"], shown["state"]) == (True, 1, "draft")
    assert (shown["monitoring"] is None) == (side == "clinician")
    assert (await other.get(path))["title"] == made["title"]
    await other.patch(path, {"title": "Ours"}, shown["version"])
    refused = await author.patch(path, {"is_shared": False}, shown["version"] + 1, expect=422)
    assert refused["errors"][0]["field"] == "body.is_shared"
    declined = await plan(author, chart, is_shared=False)
    added = await strategy(author, declined["id"], declined["version"])
    sent = await step(author, {**declined, "version": added["plan_version"]}, "propose")
    back = await step(other, sent, "decline", {})
    assert (back["state"], back["is_shared"]) == ("draft", True)


async def test_a_draft_that_was_put_away_unshown_stays_private(world: World) -> None:
    patient, therapist, chart = await _two(world, "patient")
    made = await draft(patient, chart, is_shared=False)
    gone = await step(patient, made, "archive")
    assert (gone["state"], gone["is_shared"], gone["monitoring"]) == ("archived", False, None)
    assert await _sees(therapist, chart, gone) == set()
    assert (await therapist.get("/worklist"))["items"] == []
    log = (await patient.get("/me/access-log", params={"limit": 100}))["items"]
    assert "plan.archived" in {entry["event"] for entry in log}
    traces = [(event, hidden) for event, hidden in await ledger_of(world.api, gone["id"]) if event != "request.refused"]
    assert traces == [(f"plan.{name}", True) for name in ("created", "read", "archived")]
    (added,) = made["strategies"]
    assert await ledger_of(world.api, added["id"]) == [("strategy.added", True)]


# ── next versions ──


@pytest.mark.thorough
@pytest.mark.parametrize("side", SIDES)
async def test_the_agreed_one_stands_until_the_next_is_agreed(world: World, side: str) -> None:
    author, other, chart = await _two(world, side)
    patient = author if side == "patient" else other
    agreed = await active(author, other, chart)
    (first,) = agreed["strategies"]
    await author.patch(f"/plans/{agreed['id']}", {"title": "Quietly"}, agreed["version"], expect=409)
    made = await following(author, agreed, title="Shorter evenings")
    (copied,) = made["strategies"]
    assert (made["state"], made["replaces_id"], made["strategy_count"]) == ("draft", agreed["id"], 1)
    assert (copied["continues_id"], copied["title"], copied["version"]) == (first["id"], first["title"], 1)
    assert copied["id"] != first["id"]
    path = f"/plans/{made['id']}/strategies/{copied['id']}"
    changed = await author.patch(path, {"then_action": "then I hum."}, made["version"])
    sent = await step(author, {**made, "version": changed["plan_version"]}, "propose")

    async def stands() -> None:
        for person in (author, other):
            assert await person.get(f"/plans/{agreed['id']}") == {**agreed, "monitoring": None}
            listed = (await person.get("/plans", params={"patient_id": chart, "state": "active"}))["items"]
            assert [item["id"] for item in listed] == [agreed["id"]]
        await practice(patient, first["id"])

    await stands()
    back = await step(other, sent, "decline", {"reason": "Rather hum at noon"})
    await stands()
    again = await step(author, back, "propose")
    await stands()
    done = await step(other, again, "accept", {"revision": again["revision"]})
    assert done["state"] == "active"
    listed = (await other.get("/plans", params={"patient_id": chart, "state": "active"}))["items"]
    assert [item["id"] for item in listed] == [made["id"]]
    old = await other.get(f"/plans/{agreed['id']}")
    assert (old["state"], old["title"], old["allowed_actions"]) == ("archived", agreed["title"], [])
    await practice(patient, first["id"])  # a phone that was offline
    await practice(patient, copied["id"])


@pytest.mark.thorough
async def test_a_next_version_that_is_withdrawn_leaves_the_agreed_one(world: World) -> None:
    therapist, patient, chart = await _two(world)
    agreed = await active(therapist, patient, chart)
    sent = await step(therapist, await following(therapist, agreed), "propose")
    await step(therapist, sent, "archive")
    assert await patient.get(f"/plans/{agreed['id']}") == {**agreed, "monitoring": None}
    paused = await step(patient, agreed, "pause")
    sent = await step(therapist, await following(therapist, paused), "propose")
    done = await step(patient, sent, "accept", {"revision": 1})
    assert (done["state"], (await patient.get(f"/plans/{agreed['id']}"))["state"]) == ("active", "archived")


@pytest.mark.thorough
@pytest.mark.parametrize("way", ["accept", "complete", "archive"])
async def test_what_is_open_beside_a_plan_ends_with_it(world: World, way: str) -> None:
    patient, therapist, chart = await _two(world, "patient")
    agreed = await active(therapist, patient, chart)
    await practice(patient, agreed["strategies"][0]["id"])
    kept = await step(therapist, await following(therapist, agreed), "propose")
    other = await step(patient, await following(patient, agreed), "propose")
    shown = await following(therapist, agreed, is_shared=True)
    hidden = await following(patient, agreed)
    tasks = {task["subject_id"] for task in (await therapist.get("/worklist"))["items"]}
    assert tasks == {agreed["id"], other["id"]}
    if way == "accept":
        await step(patient, kept, "accept", {"revision": 1})
    else:
        await step(therapist, agreed, way)
    states = {item["id"]: item["state"] for item in (await patient.get("/plans"))["items"]}
    assert states == {
        agreed["id"]: "completed" if way == "complete" else "archived",
        kept["id"]: "active" if way == "accept" else "archived",
        other["id"]: "archived",
        shown["id"]: "archived",
        hidden["id"]: "draft",
    }
    left = {task["subject_id"] for task in (await therapist.get("/worklist"))["items"]}
    assert other["id"] not in left
    if way == "accept":
        assert agreed["id"] not in left
    refused = await step(patient, hidden, "propose", expect=409)
    assert (refused["code"], refused["allowed"]) == ("illegal-transition", ["update", "archive"])
    await step(patient, hidden, "archive")


@pytest.mark.thorough
async def test_only_a_plan_that_stands_has_a_next_version(world: World) -> None:
    therapist, patient, chart = await _two(world)
    stranger = world.chart_id(await world.patient_of(therapist))
    agreed = await active(therapist, patient, chart)
    body = {"patient_id": stranger, "title": "x", "aim": "y", "replaces_id": agreed["id"]}
    for wrong in (body, {**body, "patient_id": chart, "replaces_id": str(uuid4())}):
        await therapist.post("/plans", wrong, expect=404)
    for other in (
        await draft(therapist, chart),
        await proposed(therapist, chart),
        await step(patient, agreed, "complete"),
    ):
        refused = await therapist.post("/plans", {**body, "patient_id": chart, "replaces_id": other["id"]}, expect=409)
        assert refused["code"] == "illegal-transition"
        assert "replace" not in refused["allowed"]
    own = str(new_id())
    await therapist.post("/plans", {**body, "patient_id": chart, "id": own, "replaces_id": own}, expect=404)


@pytest.mark.thorough
async def test_of_two_next_versions_one_is_agreed(world: World) -> None:
    therapist, patient, chart = await _two(world)
    agreed = await active(therapist, patient, chart)
    sent = [await step(therapist, await following(therapist, agreed), "propose") for _ in range(2)]
    answers = await asyncio.gather(
        *(patient.send("POST", f"/plans/{one['id']}/accept", {"revision": 1}, match=one["version"]) for one in sent)
    )
    assert min(answer.status_code for answer in answers) == 200
    states = sorted(item["state"] for item in (await patient.get("/plans"))["items"])
    assert states == ["active", "archived", "archived"]


@pytest.mark.thorough
async def test_practices_of_a_strategy_are_listed_over_the_versions_of_its_plan(world: World) -> None:
    therapist, patient, chart = await _two(world, "clinician")
    plan, logged, last = await active(therapist, patient, chart), list[str](), ""
    for _ in range(3):
        [one] = (await patient.get(f"/plans/{plan['id']}"))["strategies"]
        logged.append((await practice(patient, one["id"]))["id"])
        last = one["id"]
        sent = await step(therapist, await following(therapist, plan), "propose")
        plan = await step(patient, sent, "accept", {"revision": sent["revision"]})
    other = await active(therapist, patient, chart)
    await practice(patient, (await patient.get(f"/plans/{other['id']}"))["strategies"][0]["id"])
    for person, only in ((patient, {}), (therapist, {"patient_id": chart}), (therapist, {})):
        found = (await person.get("/practices", params={**only, "strategy_id": last}))["items"]
        assert {item["id"] for item in found} == {*logged}
    assert len((await patient.get("/practices"))["items"]) == 4
