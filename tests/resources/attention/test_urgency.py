"""A patient's writes reach somebody by their urgency."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from integration_api.access.actor import Role
from tests.factories import plans
from tests.factories.flags import events, flags, take
from tests.factories.reflections import draft, submitted
from tests.support import Json, Person, World


async def tasks(person: Person) -> list[Json]:
    found: list[Json] = (await person.get("/worklist"))["items"]
    return found


async def kinds(person: Person) -> list[tuple[str, str]]:
    return [(task["kind"], task["urgency"]) for task in await tasks(person)]


async def leave(world: World, person: Person, chart: str) -> None:
    members = (await world.admin.get(f"/patients/{chart}/care-team"))["items"]
    member = next(one for one in members if one["account_id"] == person.id)
    await world.admin.delete(f"/patients/{chart}/care-team/{member['id']}", member["version"])


@pytest.mark.parametrize(
    ("facts", "urgency", "wait"),
    [
        ({"safety": "not_safe"}, "critical", timedelta(minutes=15)),
        ({"safety": "not_sure"}, "high", timedelta(hours=1)),
        ({"contact_me": True}, "moderate", timedelta(hours=24)),
        ({"ratings": {"distress": 10}}, "moderate", timedelta(hours=24)),
    ],
    ids=str,
)
async def test_what_is_urgent_opens_at_once_though_it_is_read_later(
    world: World, facts: dict[str, Any], urgency: str, wait: timedelta
) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    release_at = world.api.clock() + timedelta(days=2)
    made = await submitted(patient, share=True, release_at=release_at.isoformat(), **facts)
    [task] = await tasks(therapist)
    raised = [(flag["id"], flag["source_id"]) for flag in await flags(therapist)]
    is_flag = "ratings" not in facts
    assert task["kind"] == ("flag_raised" if is_flag else "reflection_to_review")
    assert raised == ([(task["subject_id"], made["id"])] if is_flag else [])
    assert (task["subject_id"] == made["id"], task["urgency"]) == (not is_flag, urgency)
    assert datetime.fromisoformat(task["due_at"]) - datetime.fromisoformat(task["opened_at"]) == wait
    assert "Your care team is told now and means to answer by" in made["monitoring"]["text"]
    assert made["monitoring"]["told"] == "team"
    await therapist.get(f"/reflections/{made['id']}", expect=404)


async def test_a_private_entry_alerts_nobody_and_says_so(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await submitted(patient, safety="not_safe")
    assert "This entry itself alerts nobody" in made["monitoring"]["text"]
    assert await tasks(therapist) == []


async def test_the_most_urgent_comes_first_over_pages(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    asked: list[dict[str, Any]] = [{}, {"contact_me": True}, {"safety": "not_safe"}, {"safety": "not_sure"}, {}]
    for facts in asked:
        await submitted(patient, share=True, **facts)
    found: list[str] = []
    page = await therapist.get("/worklist", params={"limit": 2})
    while True:
        found += [task["urgency"] for task in page["items"]]
        if page["next_cursor"] is None:
            break
        page = await therapist.get("/worklist", params={"limit": 2, "cursor": page["next_cursor"]})
    assert found == ["critical", "high", "moderate", *["routine"] * 5]  # what is urgent is a flag, beside the review


async def test_an_edit_reopens_the_review_and_raises_what_waits(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await submitted(patient, share=True)
    path = f"/reflections/{made['id']}"
    await therapist.post(f"{path}/review", match=made["version"], expect=200)
    assert await tasks(therapist) == []
    edited = await patient.patch(path, {"text": "More."}, made["version"] + 1)
    assert await kinds(therapist) == [("reflection_to_review", "routine")]
    assert edited["monitoring"]["told"] == "team"
    assert edited["monitoring"]["reviewed_by"] is not None
    edited = await patient.patch(path, {"ratings": {"distress": 10}}, edited["version"])
    assert await kinds(therapist) == [("reflection_to_review", "moderate")]
    edited = await patient.patch(path, {"safety": "not_safe"}, edited["version"])
    wanted = [("flag_raised", "critical"), ("reflection_to_review", "moderate")]
    assert await kinds(therapist) == wanted
    await patient.patch(path, {"safety": "safe"}, edited["version"])
    assert await kinds(therapist) == wanted


async def test_a_worse_edit_raises_the_flag_again_and_a_better_one_changes_nothing(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await submitted(patient, share=True, safety="not_sure")
    [first] = await flags(therapist)
    taken = await take(therapist, first, "acknowledge")
    world.api.clock.advance(minutes=3)
    path = f"/reflections/{made['id']}"
    edited = await patient.patch(path, {"safety": "not_safe"}, made["version"])
    [again] = await flags(therapist)
    assert (again["id"], again["severity"], again["state"]) == (first["id"], "critical", "open")
    assert again["version"] == taken["version"] + 1
    assert again["acknowledged_at"] is None
    assert again["alerted_at"] > first["alerted_at"]
    assert ("flag_raised", "critical") in await kinds(therapist)
    assert "flag_to_follow" not in [kind for kind, _ in await kinds(therapist)]
    assert [event["kind"] for event in await events(therapist, again)] == ["raised", "acknowledged", "re_alerted"]
    for safety in ("not_sure", "safe"):
        edited = await patient.patch(path, {"safety": safety}, edited["version"])
        assert await flags(therapist) == [again]


async def test_a_call_for_help_is_taken_back_by_nobodys_click(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await submitted(patient, share=True, safety="not_safe")
    back = await patient.post(f"/reflections/{made['id']}/unshare", match=made["version"], expect=200)
    assert "your care team was told that you asked for help, and stays told" in back["monitoring"]["text"]
    assert await kinds(therapist) == [("flag_raised", "critical")]
    [flag] = await flags(therapist)
    assert (flag["state"], flag["source_id"]) == ("open", made["id"])


async def test_replies_practices_and_answers_to_plans_reach_the_team_and_say_so(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    made = await submitted(patient, share=True)
    await therapist.post(f"/reflections/{made['id']}/review", match=made["version"], expect=200)
    said = await therapist.post(f"/reflections/{made['id']}/replies", {"text": "Thank you."})
    assert said["monitoring"] is None
    said = await patient.post(f"/reflections/{made['id']}/replies", {"text": "One more thing."})
    assert said["monitoring"]["told"] == "team"
    plan = await plans.active(therapist, patient, chart)
    assert plan["monitoring"]["told"] == "team"
    strategy = (await patient.get(f"/plans/{plan['id']}"))["strategies"][0]["id"]
    for _ in range(2):
        assert (await plans.practice(patient, strategy))["monitoring"]["told"] == "team"
    wanted = ["reply_to_read", "plan_to_read", "practice_to_read"]
    assert sorted(await kinds(therapist)) == sorted((kind, "routine") for kind in wanted)
    for task in await tasks(therapist):
        answer = await therapist.send("POST", f"/worklist/{task['id']}/done")
        assert answer.status_code == 204
        assert (await therapist.send("POST", f"/worklist/{task['id']}/done")).status_code == 404
    assert await tasks(therapist) == []
    await plans.practice(patient, strategy)
    assert await kinds(therapist) == [("practice_to_read", "routine")]


@pytest.mark.thorough
async def test_whatever_a_patient_changes_in_a_plan_reaches_the_team_and_says_so(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    made = await patient.post("/plans", {"title": "Evenings", "aim": "Sleep", "is_shared": True})
    told = [made]
    path = f"/plans/{made['id']}"
    told.append(await patient.patch(path, {"title": "Nights"}, made["version"]))
    strategy = await plans.strategy(patient, made["id"], told[-1]["version"])
    told.append(strategy)
    one = f"{path}/strategies/{strategy['id']}"
    told.append(await patient.patch(one, {"title": "Out"}, strategy["plan_version"]))
    await settle_all(therapist, "plan_to_read")
    await patient.delete(one, told[-1]["plan_version"])
    await settle_all(therapist, "plan_to_read")
    plan = await plans.active(therapist, patient, chart)
    await settle_all(therapist, "plan_to_read")
    for step in ("pause", "resume", "complete", "archive"):
        plan = await plans.step(patient, plan, step)
        told.append(plan)
        await settle_all(therapist, "plan_to_read")
    assert {one["monitoring"]["told"] for one in told} == {"team"}
    assert (await patient.get(f"/plans/{plan['id']}"))["monitoring"] is None


async def test_the_medicines_that_a_patient_changes_reach_the_team_and_say_so(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    by_staff = await therapist.post("/medicines", {"patient_id": chart, "name": "Zinc", "kind": "prescribed"})
    assert (by_staff["monitoring"], await tasks(therapist)) == (None, [])
    made = await patient.post("/medicines", {"patient_id": chart, "name": "Zinc", "kind": "prescribed"})
    await settle_all(therapist, "medicines_to_read")
    changed = await patient.patch(f"/medicines/{made['id']}", {"dose": "10 mg"}, made["version"])
    assert {made["monitoring"]["told"], changed["monitoring"]["told"]} == {"team"}
    await settle_all(therapist, "medicines_to_read")
    gone = {"reason": "It was zinc for the plants."}
    await patient.post(f"/medicines/{made['id']}/withdraw", gone, match=changed["version"], expect=200)
    await settle_all(therapist, "medicines_to_read")


async def settle_all(person: Person, kind: str) -> None:
    """Exactly one task of this kind waits, and is marked done."""
    [task] = await tasks(person)
    assert (task["kind"], task["urgency"]) == (kind, "routine")
    assert (await person.send("POST", f"/worklist/{task['id']}/done")).status_code == 204


async def test_a_plan_that_is_declined_twice_waits_to_be_read(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    plan = await plans.proposed(therapist, world.chart_id(patient))
    plan = await plans.step(patient, plan, "decline")
    plan = await plans.step(patient, await plans.step(therapist, plan, "propose"), "decline")
    assert await kinds(therapist) == [("plan_to_read", "routine")]
    plan = await plans.step(patient, plan, "propose")
    assert plan["monitoring"]["told"] == "team"
    await plans.step(therapist, plan, "decline")
    assert await kinds(therapist) == []


async def test_a_review_is_settled_by_reviewing_alone(world: World) -> None:
    therapist, other = await world.therapist(), await world.therapist()
    patient = await world.patient_of(therapist)
    await submitted(patient, share=True)
    [task] = await tasks(therapist)
    answer = await therapist.send("POST", f"/worklist/{task['id']}/done")
    assert (answer.status_code, answer.json()["code"]) == (409, "settled-by-step")
    assert (await other.send("POST", f"/worklist/{task['id']}/done")).status_code == 404


async def test_where_nobody_is_on_the_team_it_falls_to_supervisors_then_to_the_owner(world: World) -> None:
    therapist, owner = await world.therapist(), await world.staff(Role.CLINIC_ADMIN)
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    await leave(world, therapist, chart)
    clinic = await world.admin.get("/clinic")
    refused = await world.admin.send("PATCH", "/clinic", {"owner_id": therapist.id}, match=clinic["version"])
    assert refused.status_code == 422
    await world.admin.patch("/clinic", {"owner_id": owner.id}, clinic["version"])
    made = await submitted(patient, share=True, safety="not_safe")
    assert made["monitoring"]["told"] == "owner"
    assert made["monitoring"]["reviewed_by"] is None
    assert "the owner of your clinic is told now that you wrote" in made["monitoring"]["text"]
    assert await kinds(owner) == [("flag_raised", "critical"), ("reflection_to_review", "routine")]
    assert await tasks(world.admin) == []
    await owner.get(f"/reflections/{made['id']}", expect=403)
    supervisor = await world.staff(Role.SUPERVISOR)
    told = await submitted(patient, share=True)
    assert told["monitoring"]["told"] == "supervisors"
    assert [task["subject_id"] for task in await tasks(supervisor)] == [told["id"]]
    await supervisor.get(f"/reflections/{told['id']}", expect=404)
    task = (await tasks(owner))[0]
    assert (await owner.send("POST", f"/worklist/{task['id']}/done")).status_code == 409
    joined = await world.therapist()
    await world.admin.post(f"/patients/{chart}/care-team", {"account_id": joined.id, "role": "therapist"})
    [flag] = await flags(joined)
    assert [task["subject_id"] for task in await tasks(joined)] == [flag["id"], made["id"], told["id"]]
    await take(joined, flag, "acknowledge")
    assert await kinds(owner) == [("reflection_to_review", "routine")]


async def test_a_supervisor_on_the_team_reads_and_reviews(world: World) -> None:
    therapist, supervisor = await world.therapist(), await world.staff(Role.SUPERVISOR)
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    await world.admin.post(f"/patients/{chart}/care-team", {"account_id": supervisor.id, "role": "supervisor"})
    await leave(world, therapist, chart)
    made = await submitted(patient, share=True)
    assert made["monitoring"]["told"] == "team"
    assert await kinds(supervisor) == [("reflection_to_review", "routine")]
    await supervisor.post(f"/reflections/{made['id']}/review", match=made["version"], expect=200)
    assert await tasks(supervisor) == []


async def test_a_draft_reaches_nobody(world: World) -> None:
    therapist = await world.therapist()
    await draft(await world.patient_of(therapist), safety="not_safe")
    assert await tasks(therapist) == []


@pytest.mark.thorough
async def test_what_waits_for_who_leaves_the_team_falls_to_those_who_stay_and_then_beyond(world: World) -> None:
    therapist, other = await world.therapist(), await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    supervisor = await world.staff(Role.SUPERVISOR)
    await patient.post("/help", expect=200)
    on_team = await world.staff(Role.SUPERVISOR)
    for person, role in ((other, "therapist"), (on_team, "supervisor")):
        await world.admin.post(f"/patients/{chart}/care-team", {"account_id": person.id, "role": role})
    assert await kinds(other) == [("flag_raised", "critical")]
    await leave(world, therapist, chart)
    assert await tasks(therapist) == []
    assert await kinds(other) == [("flag_raised", "critical")]
    await leave(world, other, chart)
    assert (await kinds(on_team), await tasks(supervisor)) == ([("flag_raised", "critical")], [])
    await leave(world, on_team, chart)
    assert await kinds(supervisor) == [("flag_raised", "critical")]
    [task] = await tasks(supervisor)
    assert (await supervisor.send("POST", f"/worklist/{task['id']}/done")).status_code == 409


async def test_what_waits_for_a_disabled_account_alone_falls_beyond_the_team(world: World) -> None:
    therapist, other, owner = await world.therapist(), await world.therapist(), await world.staff(Role.CLINIC_ADMIN)
    alone, shared = await world.patient_of(therapist), await world.patient_of(therapist)
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"owner_id": owner.id}, clinic["version"])
    chart = world.chart_id(shared)
    await world.admin.post(f"/patients/{chart}/care-team", {"account_id": other.id, "role": "therapist"})
    for patient in (alone, shared):
        await patient.post("/help", expect=200)
    await disable(world, therapist)
    assert [task["patient_id"] for task in await tasks(owner)] == [world.chart_id(alone)]
    assert [task["patient_id"] for task in await tasks(other)] == [chart]
    assert (await alone.post("/help", expect=200))["told"] == "owner"


async def disable(world: World, person: Person, expect: int = 200) -> Json:
    found = await world.admin.get(f"/accounts/{person.id}")
    answer = await world.admin.send("PATCH", f"/accounts/{person.id}", {"state": "disabled"}, match=found["version"])
    assert answer.status_code == expect, answer.text
    told: Json = answer.json()
    return told


async def test_the_owner_of_a_clinic_stays_an_active_admin(world: World) -> None:
    owner = await world.staff(Role.CLINIC_ADMIN)
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"owner_id": owner.id}, clinic["version"])
    assert (await disable(world, owner, expect=409))["code"] == "owner-of-clinic"
    found = await world.admin.get(f"/accounts/{owner.id}")
    path = f"/accounts/{owner.id}"
    refused = await world.admin.send("PATCH", path, {"roles": ["therapist"]}, match=found["version"])
    assert (refused.status_code, refused.json()["code"]) == (409, "owner-of-clinic")
    await world.admin.patch(path, {"roles": ["therapist", "clinic_admin"]}, found["version"])
