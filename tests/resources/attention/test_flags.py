"""Flags: raised by hand, taken on, worked on, and closed by a second person."""

from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories.care_teams import join
from tests.factories.feeds import seal
from tests.factories.flags import TEXT, by_hand, events, flag_tasks, flags, take
from tests.support import Api, Json, Person, World


async def team(world: World) -> tuple[Person, Person, Person, str]:
    """A therapist, a prescriber and a patient of one chart."""
    therapist, prescriber = await world.therapist(), await world.staff(Role.PRESCRIBER)
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    await join(therapist, chart, prescriber)
    return therapist, prescriber, patient, chart


async def test_nobody_without_a_token(api: Api) -> None:
    one = f"/flags/{uuid4()}"
    asked = [("GET", "/flags"), ("POST", "/flags"), ("GET", one), ("GET", f"{one}/events"), ("POST", f"{one}/remarks")]
    steps = ("acknowledge", "contact", "resolve", "dismiss", "review", "escalate")
    asked += [("POST", f"{one}/{step}") for step in steps]
    for method, path in [*asked, ("GET", "/safety-rules"), ("GET", "/clinic/flag-times")]:
        assert (await api.send(method, path)).status_code == 401


async def test_a_chart_that_is_not_theirs_has_no_flag(world: World) -> None:
    therapist, _, _, chart = await team(world)
    made = await by_hand(therapist, chart)
    other = await world.therapist()
    await other.get(f"/flags/{made['id']}", expect=404)
    await other.get(f"/flags/{made['id']}/events", expect=404)
    await take(other, made, "acknowledge", expect=404)
    await take(other, made, "contact", expect=404)
    await other.post(f"/flags/{made['id']}/remarks", {"text": TEXT}, expect=404)
    await by_hand(other, chart, expect=404)
    assert await flags(other) == []
    assert [one["id"] for one in await flags(therapist)] == [made["id"]]


async def test_a_patient_neither_sees_nor_closes_one(world: World) -> None:
    therapist, _, patient, chart = await team(world)
    made = await by_hand(therapist, chart)
    await patient.get("/flags", expect=403)
    await patient.get(f"/flags/{made['id']}", expect=403)
    for step in ("acknowledge", "contact", "resolve", "dismiss", "review", "escalate"):
        await take(patient, made, step, expect=403)
    assert (await world.admin.send("GET", "/flags")).status_code == 403


async def test_the_whole_life_of_a_high_flag(world: World) -> None:
    therapist, prescriber, _, chart = await team(world)
    made = await by_hand(therapist, chart, "high")
    assert (made["rule"], made["severity"], made["state"], made["origin"]) == ("hand", "high", "open", "by_hand")
    assert made["allowed_actions"] == ["acknowledge", "contact", "escalate"]
    assert await flag_tasks(prescriber) == [("flag_raised", "high")]
    taken = await take(prescriber, made, "acknowledge")
    assert (taken["state"], taken["acknowledged_by_id"]) == ("acknowledged", prescriber.id)
    assert (await flag_tasks(therapist), await flag_tasks(prescriber)) == ([], [("flag_to_follow", "high")])
    tried = await take(prescriber, taken, "contact", {"reached": "voicemail"})
    assert (tried["state"], tried["contacted_at"]) == ("in_progress", None)
    reached = await take(prescriber, tried, "contact", {"channel": "video"})
    assert reached["contacted_at"] is not None
    remark = await therapist.post(f"/flags/{made['id']}/remarks", {"text": TEXT})
    assert (remark["kind"], remark["text"], remark["by_id"]) == ("remark", TEXT, therapist.id)
    proposed = await take(prescriber, reached, "resolve")
    assert (proposed["state"], proposed["disposition"], proposed["closed_at"]) == (
        *("awaiting_review", "safe_to_continue"),
        None,
    )
    assert (await flag_tasks(therapist), await flag_tasks(prescriber)) == ([("flag_to_review", "high")], [])
    refused = await prescriber.send("POST", f"/flags/{made['id']}/review", {"agrees": True}, match=proposed["version"])
    assert (refused.status_code, refused.json()["code"]) == (409, "own-ending")
    closed = await take(therapist, proposed, "review")
    assert (closed["state"], closed["closed_by_id"], closed["allowed_actions"]) == ("resolved", therapist.id, [])
    assert (await flag_tasks(therapist), await flag_tasks(prescriber)) == ([], [])
    told = [(event["kind"], event["by_id"]) for event in await events(therapist, made)]
    assert told == [
        ("raised", therapist.id),
        ("acknowledged", prescriber.id),
        ("contact", prescriber.id),
        ("contact", prescriber.id),
        ("remark", therapist.id),
        ("proposed", prescriber.id),
        ("closed", therapist.id),
    ]
    assert [event["reached"] for event in await events(therapist, made)][2:4] == ["voicemail", "patient"]


async def test_a_second_person_gives_it_back(world: World) -> None:
    therapist, prescriber, _, chart = await team(world)
    taken = await take(therapist, await by_hand(therapist, chart, "critical"), "acknowledge")
    proposed = await take(therapist, taken, "dismiss")
    assert (proposed["state"], proposed["is_false"], proposed["disposition"]) == ("awaiting_review", True, None)
    back = await take(prescriber, proposed, "review", {"agrees": False, "text": TEXT})
    assert (back["state"], back["is_false"], back["proposed_at"]) == ("in_progress", None, None)
    assert (await flag_tasks(therapist), await flag_tasks(prescriber)) == ([("flag_to_follow", "critical")], [])
    again = await take(therapist, back, "dismiss")
    closed = await take(prescriber, again, "review")
    assert (closed["state"], closed["is_false"]) == ("false_positive", True)


@pytest.mark.parametrize("severity", ["moderate", "low"])
async def test_one_person_closes_what_is_not_high(world: World, severity: str) -> None:
    therapist, _, _, chart = await team(world)
    taken = await take(therapist, await by_hand(therapist, chart, severity), "acknowledge")
    assert (await take(therapist, taken, "resolve"))["state"] == "resolved"
    taken = await take(therapist, await by_hand(therapist, chart, severity), "acknowledge")
    assert (await take(therapist, taken, "dismiss"))["state"] == "false_positive"


async def test_a_clinic_of_one_sets_the_policy(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"flag_second_review": 0}}, clinic["version"])
    taken = await take(therapist, await by_hand(therapist, chart, "critical"), "acknowledge")
    assert (await take(therapist, taken, "resolve"))["state"] == "resolved"


async def test_steps_from_another_state_are_409_with_those_that_lead_on(world: World) -> None:
    therapist, prescriber, _, chart = await team(world)
    made = await by_hand(therapist, chart, "high")
    for step in ("resolve", "dismiss", "review"):
        bodies: dict[str, Json] = {
            "resolve": {"text": TEXT, "disposition": "other"},
            "dismiss": {"reason": TEXT},
            "review": {"agrees": True},
        }
        refused = await therapist.send("POST", f"/flags/{made['id']}/{step}", bodies[step], match=1)
        assert (refused.status_code, refused.json()["code"]) == (409, "illegal-transition")
        assert refused.json()["allowed"] == ["acknowledge", "contact", "escalate"]
    taken = await take(therapist, made, "acknowledge")
    await take(therapist, taken, "acknowledge", expect=409)
    await take(therapist, made, "escalate", expect=412)
    closed = await take(prescriber, await take(therapist, taken, "resolve"), "review")
    await take(therapist, closed, "contact", expect=409)
    remark = await therapist.post(f"/flags/{made['id']}/remarks", {"text": TEXT})
    assert remark["kind"] == "remark"


async def test_an_attempt_takes_a_flag_on(world: World) -> None:
    therapist, prescriber, _, chart = await team(world)
    made = await by_hand(prescriber, chart, "critical")
    tried = await take(therapist, made, "contact", {"reached": "none"})
    assert (tried["state"], tried["acknowledged_by_id"]) == ("in_progress", therapist.id)
    assert (await flag_tasks(therapist), await flag_tasks(prescriber)) == ([("flag_to_follow", "critical")], [])


async def test_danger_to_others_is_critical(world: World) -> None:
    therapist, _, _, chart = await team(world)
    made = await by_hand(therapist, chart, "critical", is_danger_to_others=True)
    assert (made["rule"], made["severity"]) == ("R33", "critical")
    await by_hand(therapist, chart, "low", is_danger_to_others=True, expect=422)


async def test_the_id_that_a_client_chooses_is_taken_once(world: World) -> None:
    therapist, _, _, chart = await team(world)
    chosen = str(new_id())
    assert (await by_hand(therapist, chart, id=chosen))["id"] == chosen
    assert (await flags(therapist))[0]["source_id"] == chosen
    body = {"patient_id": chart, "severity": "low", "text": TEXT, "id": chosen}
    assert (await therapist.send("POST", "/flags", body)).status_code == 409
    assert len(await flags(therapist)) == 1


async def test_tasks_of_flags_are_not_marked_done(world: World) -> None:
    therapist, _, _, chart = await team(world)
    await by_hand(therapist, chart, "low")
    [task] = (await therapist.get("/worklist"))["items"]
    refused = await therapist.send("POST", f"/worklist/{task['id']}/done")
    assert (refused.status_code, refused.json()["code"]) == (409, "settled-by-step")


async def test_lists_filter(world: World) -> None:
    therapist, _, _, chart = await team(world)
    first = await by_hand(therapist, chart, "low")
    await take(therapist, await take(therapist, first, "acknowledge"), "resolve")
    second = await by_hand(therapist, chart, "critical", is_danger_to_others=True)
    wanted: list[tuple[Json, list[str]]] = [
        ({"patient_id": chart}, [second["id"], first["id"]]),
        ({"unclosed": True}, [second["id"]]),
        ({"state": "resolved"}, [first["id"]]),
        ({"rule": "R33"}, [second["id"]]),
        ({"source_id": first["source_id"]}, [first["id"]]),
        ({"ids": f"{first['id']},{second['id']}"}, [second["id"], first["id"]]),
    ]
    for only, ids in wanted:
        assert [one["id"] for one in await flags(therapist, **only)] == ids


async def test_the_feed_tells_the_team_and_not_the_patient(world: World) -> None:
    therapist, _, patient, chart = await team(world)
    made = await by_hand(therapist, chart, "high")
    await seal(world)
    told = (await therapist.get("/changes", params={"limit": 100}))["items"]
    assert ("flag", made["id"]) in [(one["kind"], one["id"]) for one in told]
    theirs = (await patient.get("/changes", params={"limit": 100}))["items"]
    assert "flag" not in [one["kind"] for one in theirs]


async def test_the_rules_are_data(world: World) -> None:
    therapist = await world.therapist()
    rules = {rule["id"]: rule for rule in (await therapist.get("/safety-rules"))["items"]}
    assert {f"R{number:02}" for number in range(1, 37)} <= rules.keys()
    for rule in rules.values():
        assert rule["source"]
        assert rule["version"]
        assert (rule["status"] == "live") == (rule["note"] is None)
    assert (await world.admin.send("GET", "/safety-rules")).status_code == 200
