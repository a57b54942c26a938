"""Who is related to a thing, and who is not: every operation with an id, on real things of a real chart."""

import re
from typing import Any
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.access.operations import Relation
from integration_api.app import sealer_of
from tests.architecture.test_access import FIXED, ROUTES, UNKNOWN, body_of
from tests.architecture.test_privacy import session_body
from tests.support import Json, Person, World

WITH_ID = [route for route in ROUTES if "{" in route.path]
CHART_ROLES = {Relation.OWN, Relation.TEAM, Relation.AUTHOR}


async def one_of_everything(world: World) -> tuple[Person, Person, Json]:
    """A therapist, a patient, and by the names of path parameters the ids of one of each thing in the chart."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist, email="rowan@example.org")
    chart = world.chart_id(patient)
    [member] = (await therapist.get(f"/patients/{chart}/care-team"))["items"]
    course = await therapist.post("/courses", {"patient_id": chart})
    session = await therapist.post("/sessions", session_body(world, chart, course))
    sections = {"data": "d", "assessment": "a", "plan": "p"}
    note = await therapist.post("/notes", {"session_id": session["id"], "format": "dap", "sections": sections})
    await therapist.post(f"/notes/{note['id']}/sign", match=1, expect=200)
    entry = await patient.post("/reflections", {"kind": "text", "text": "t"})
    await patient.post(f"/reflections/{entry['id']}/submit", {"share": True}, match=1, expect=200)
    plan = await therapist.post("/plans", {"patient_id": chart, "title": "t", "aim": "a"})
    cue = {"category": "music", "title": "t", "if_cue": "if", "then_action": "then"}
    strategy = await therapist.post(f"/plans/{plan['id']}/strategies", cue, match=1)
    sent = await therapist.post(f"/plans/{plan['id']}/propose", match=2, expect=200)
    accepted = {"revision": sent["revision"]}
    await patient.post(f"/plans/{plan['id']}/accept", accepted, match=sent["version"], expect=200)
    used = {"strategy_id": strategy["id"], "used_at": world.api.clock().isoformat()}
    practice = await patient.post("/practices", used)
    await sealer_of(world.api.runtime).seal(world.clinic_id)
    return (
        therapist,
        patient,
        {
            "patient_id": chart,
            "member_id": member["id"],
            "course_id": course["id"],
            "session_id": session["id"],
            "note_id": note["id"],
            "reflection_id": entry["id"],
            "plan_id": plan["id"],
            "strategy_id": strategy["id"],
            "practice_id": practice["id"],
        },
    )


def address(path: str, things: Json) -> str:
    return re.sub(r"{(\w+)}", lambda found: str(things.get(found[1], UNKNOWN)), path)


async def strangers(world: World) -> dict[str, Person]:
    """Everybody who is not related to the chart, by what they are."""
    other = await World.build(world.api)
    elsewhere = await other.therapist()
    return {
        "therapist off the team": await world.therapist(),
        "prescriber off the team": await world.staff(Role.PRESCRIBER),
        "supervisor off the team": await world.staff(Role.SUPERVISOR),
        "another patient": await world.patient_of(await world.therapist()),
        "therapist of another clinic": elsewhere,
        "patient of another clinic": await other.patient_of(elsewhere),
    }


def is_of_the_chart(route: Any, person: Person) -> bool:
    """Whether this person's only way to the operation is through a chart."""
    return any(route.operation.who.get(role) in CHART_ROLES for role in person.actor.roles)


async def test_strangers_are_answered_as_if_nothing_were_there(world: World) -> None:
    """Byte for byte the answer for an unknown id, on every operation and every real thing."""
    _, _, things = await one_of_everything(world)
    cells = 0
    for name, person in (await strangers(world)).items():
        for route in WITH_ID:
            if not is_of_the_chart(route, person):
                continue
            method, body = next(iter(route.methods or ())), body_of(world.api, route.name)
            real, unknown = [
                await person.send(method, address(route.path, ids), body, match=1, headers=FIXED)
                for ids in (things, {})
            ]
            place = f"{route.name} for {name}: {real.status_code} {real.text}"
            assert real.status_code == 404, place
            assert real.content == unknown.content, place
            cells += 1
    assert cells > 150


async def test_lists_show_strangers_nothing(world: World) -> None:
    _, _, things = await one_of_everything(world)
    ids = set(things.values())
    for name, person in (await strangers(world)).items():
        for route in ROUTES:
            if "{" in route.path or "GET" not in (route.methods or ()) or not is_of_the_chart(route, person):
                continue
            for query in ({}, {"patient_id": things["patient_id"]}):
                answer = await person.send("GET", route.path, params=query)
                if answer.status_code == 422:
                    continue  # this list takes no patient
                assert answer.status_code == 200
                assert not ids & {item.get("id") for item in answer.json()["items"]}, f"{route.name} for {name}"


async def test_admins_and_auditors_get_nothing_clinical(world: World) -> None:
    therapist, _, things = await one_of_everything(world)
    clinical = [route for route in ROUTES if is_of_the_chart(route, therapist)]
    for person in (world.admin, await world.staff(Role.AUDITOR)):
        for route in clinical:
            if any(role in route.operation.who for role in person.actor.roles):
                continue  # people and care teams are an admin's business
            method, body = next(iter(route.methods or ())), body_of(world.api, route.name)
            answer = await person.send(method, address(route.path, things), body, match=1)
            assert answer.status_code == 403, route.name


@pytest.mark.parametrize("route", [r for r in WITH_ID if "GET" in (r.methods or ())], ids=lambda route: route.name)
async def test_the_team_reads_until_the_membership_ends(world: World, route: Any) -> None:
    therapist, patient, things = await one_of_everything(world)
    colleague = await world.therapist()
    body = {"account_id": colleague.id, "role": "therapist"}
    added = await therapist.post(f"/patients/{things['patient_id']}/care-team", body)
    path = address(route.path, things)
    if "account_id" in route.path:
        return
    allowed = [p for p in (therapist, colleague, patient) if set(p.actor.roles) & set(route.operation.who)]
    for person in allowed:
        assert (await person.send("GET", path)).status_code == 200
    await therapist.delete(f"/patients/{things['patient_id']}/care-team/{added['id']}", match=added["version"])
    assert (await colleague.send("GET", path)).status_code in (403, 404)
    assert UUID(things["patient_id"])
