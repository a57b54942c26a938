"""Emergency access: a chart for a few hours, told to whom it concerns, and reviewed."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.resources.people.emergencies.rules import duration
from tests.factories import notes, reflections, sessions
from tests.support import Api, Json, Person, World

WHY = {"reason_code": "crisis_call", "reason": "They called, and nobody of their team was there."}


def opening(chart: str) -> str:
    return f"/patients/{chart}/emergency-access"


async def scene(world: World) -> tuple[Person, Person, Person, str]:
    """Their therapist, a therapist who is not, the patient, and the chart."""
    therapist, other = await world.therapist(), await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, other, patient, world.chart_id(patient)


def stale(person: Person) -> Person:
    """The same person, whose proof of who they are is six minutes old."""
    actor = replace(person.actor, proved_at=person.api.clock() - timedelta(minutes=6))
    return replace(person, actor=actor, token=person.api.runtime.tokens.issue(actor, person.api.clock()))


def later(world: World, *people: Person, **by: float) -> None:
    """Let time pass, and these people prove anew who they are."""
    world.api.clock.advance(**by)
    for person in people:
        person.actor = replace(person.actor, proved_at=world.api.clock())
        person.token = world.api.runtime.tokens.issue(person.actor, world.api.clock())


async def told(person: Person) -> list[tuple[str, str | None, str | None]]:
    items = (await person.get("/notices"))["items"]
    return [(item["event"], item["subject_id"], item["patient_id"]) for item in items]


async def test_nobody_without_a_token(api: Api, world: World) -> None:
    for method, path in (("POST", opening(str(new_id()))), ("GET", "/emergency-accesses")):
        assert (await api.send(method, path, json=WHY if method == "POST" else None)).status_code == 401


async def test_an_unknown_chart_and_one_of_another_clinic_answer_alike(world: World) -> None:
    other = await World.build(world.api)
    foreign = other.chart_id(await other.patient_of(await other.therapist()))
    therapist = await world.therapist()
    answers = [
        await therapist.send("POST", opening(chart), WHY, headers={"X-Request-Id": "same"})
        for chart in (foreign, str(new_id()))
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize(
    "role", [Role.CLINIC_ADMIN, Role.SUPERVISOR, Role.AUDITOR, Role.PRIVACY_OFFICER], ids=lambda role: role.value
)
async def test_only_clinicians_open_a_chart(world: World, role: Role) -> None:
    *_, chart = await scene(world)
    await (await world.staff(role)).post(opening(chart), WHY, expect=403)


async def test_a_chart_is_seen_for_four_hours_and_not_longer(world: World) -> None:
    therapist, other, _, chart = await scene(world)
    note = await notes.signed_note(therapist, chart)
    await other.get(f"/patients/{chart}", expect=404)
    made = await other.post(opening(chart), WHY)
    assert made["reason"] == WHY["reason"]
    assert await other.get(f"/notes/{note['id']}")
    assert [item["id"] for item in (await other.get("/patients"))["items"]] == [chart]
    later(world, other, hours=3, minutes=59)
    await other.get(f"/patients/{chart}")
    world.api.clock.advance(minutes=2)
    for path in (f"/patients/{chart}", f"/notes/{note['id']}", f"/patients/{chart}/timeline"):
        await other.get(path, expect=404)


async def test_the_clinic_decides_how_long_but_never_longer_than_a_day(world: World) -> None:
    _, other, _, chart = await scene(world)
    version = (await world.admin.get("/clinic"))["version"]
    await world.admin.patch("/clinic", {"policies": {"emergency_access_hours": 1}}, version)
    await other.post(opening(chart), WHY)
    world.api.clock.advance(minutes=61)
    await other.get(f"/patients/{chart}", expect=404)
    assert [duration(hours) for hours in (0, 4, 9_999)] == [timedelta(hours=n) for n in (0, 4, 24)]


async def test_what_the_team_does_can_be_done(world: World) -> None:
    _, other, _, chart = await scene(world)
    await other.post(opening(chart), WHY)
    await notes.signed_note(other, chart)
    await sessions.started_session(other, chart)


async def test_it_is_told_at_once_and_the_patient_sees_it(world: World) -> None:
    therapist, other, patient, chart = await scene(world)
    officer = await world.staff(Role.PRIVACY_OFFICER)
    made = await other.post(opening(chart), WHY)
    news = ("care_team.emergency_opened", made["id"], chart)
    assert await told(officer) == [news]
    assert await told(patient) == [news]
    assert await told(therapist) == []
    for person in (patient, therapist, world.admin):
        members = (await person.get(f"/patients/{chart}/care-team"))["items"]
        assert [(m["id"] == made["id"], m["basis"], m["ends_at"] is None) for m in members] == [
            (True, "emergency", False),
            (False, "team", True),
        ]
    later(world, patient, hours=9)
    assert len((await patient.get(f"/patients/{chart}/care-team"))["items"]) == 2  # also when it is over
    auditor = await world.staff(Role.AUDITOR)
    later(world, auditor)
    rows = (await auditor.get("/ledger", params={"patient_id": chart}))["items"]
    assert [row["actor_id"] for row in rows if row["event"] == news[0]] == [other.id]


async def test_it_opens_no_private_reflection_and_no_draft(world: World) -> None:
    therapist, other, patient, chart = await scene(world)
    private = await reflections.submitted(patient)
    shared = await reflections.submitted(patient, share=True)
    draft = await notes.draft(therapist, chart)
    await other.post(opening(chart), WHY)
    await other.get(f"/reflections/{private['id']}", expect=404)
    await other.get(f"/notes/{draft['id']}", expect=404)
    assert [item["id"] for item in (await other.get("/reflections"))["items"]] == [shared["id"]]
    assert (await other.get("/notes"))["items"] == []


async def test_it_gives_no_say_in_who_sees_the_chart(world: World) -> None:
    therapist, other, patient, chart = await scene(world)
    await other.post(opening(chart), WHY)
    [_, mine] = (await other.get(f"/patients/{chart}/care-team"))["items"]
    friend = {"account_id": (await world.therapist()).id, "role": "therapist"}
    own = {"account_id": other.id, "role": "therapist"}
    path = f"/patients/{chart}/care-team"
    refused = [
        await other.post(path, friend, expect=403),
        await other.post(path, own, expect=403),
        await other.delete(f"{path}/{mine['id']}", match=mine["version"], expect=403),
        await other.patch(f"/patients/{chart}", {"email": "mine@example.org"}, 1, expect=403),
        await other.post("/invitations", {"patient_id": chart}, expect=403),
        await other.post(f"/accounts/{patient.id}/password-reset", expect=403),
    ]
    assert {answer["code"] for answer in refused} == {"emergency-only"}
    await therapist.post(path, friend)
    await therapist.post(path, own)  # the team may keep who came in an emergency
    await other.get(f"/patients/{chart}")
    later(world, other, hours=5)
    await other.get(f"/patients/{chart}")


async def test_a_second_opening_is_told_again(world: World) -> None:
    _, other, patient, chart = await scene(world)
    first = await other.post(opening(chart), WHY)
    later(world, other, patient, hours=3)
    refused = await other.post(opening(chart), WHY, expect=409)
    assert (refused["code"], refused["ends_at"]) == ("emergency-opened", first["ends_at"])
    later(world, other, patient, hours=1, minutes=1)
    await other.get(f"/patients/{chart}", expect=404)
    second = await other.post(opening(chart), WHY)
    assert [subject for _, subject, _ in await told(patient)] == [second["id"], first["id"]]


async def test_of_two_opened_at_once_one_is_refused(world: World) -> None:
    _, other, _, chart = await scene(world)
    answers = await asyncio.gather(*(other.send("POST", opening(chart), WHY) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    officer = await world.staff(Role.PRIVACY_OFFICER)
    assert len((await officer.get("/emergency-accesses"))["items"]) == 1


async def test_a_review_that_finds_no_emergency_bars_another_until_an_officer_lifts_it(world: World) -> None:
    therapist, other, _, chart = await scene(world)
    officer = await world.staff(Role.PRIVACY_OFFICER)
    made = await other.post(opening(chart), WHY)
    path = f"/emergency-accesses/{made['id']}"
    assert (await officer.post(f"{path}/lift-bar", match=1, expect=409))["code"] == "no-bar"
    await officer.post(f"{path}/review", {"outcome": "not_justified"}, match=1, expect=200)
    assert (await other.post(opening(chart), WHY, expect=403))["code"] == "emergency-barred"
    await (await world.therapist()).post(opening(chart), WHY)  # a decision belongs to a person and a chart
    elsewhere = world.chart_id(await world.patient_of(therapist))
    await other.post(opening(elsewhere), WHY)
    await other.post(f"{path}/lift-bar", match=2, expect=403)
    await officer.post(f"{path}/lift-bar", match=1, expect=412)
    lifted = await officer.post(f"{path}/lift-bar", match=2, expect=200)
    assert (lifted["outcome"], lifted["bar_lifted_by_id"]) == ("not_justified", officer.id)
    assert (await officer.post(f"{path}/lift-bar", match=3, expect=409))["code"] == "no-bar"
    assert ("emergency.bar_lifted", made["id"], chart) in await told(other)
    await other.post(opening(chart), WHY)


async def test_a_review_of_an_earlier_emergency_ends_the_one_that_lasts(world: World) -> None:
    _, other, _, chart = await scene(world)
    officer = await world.staff(Role.PRIVACY_OFFICER)
    first = await other.post(opening(chart), WHY)
    later(world, other, officer, hours=5)
    await other.post(opening(chart), WHY)
    path = f"/emergency-accesses/{first['id']}/review"
    await officer.post(path, {"outcome": "not_justified"}, match=1, expect=200)
    await other.get(f"/patients/{chart}", expect=404)
    assert (await other.post(opening(chart), WHY, expect=403))["code"] == "emergency-barred"


async def test_nobody_lifts_their_own_bar(world: World) -> None:
    *_, chart = await scene(world)
    both, officer = await world.staff(Role.THERAPIST, Role.PRIVACY_OFFICER), await world.staff(Role.PRIVACY_OFFICER)
    made = await both.post(opening(chart), WHY)
    path = f"/emergency-accesses/{made['id']}"
    await officer.post(f"{path}/review", {"outcome": "not_justified"}, match=1, expect=200)
    assert (await both.post(f"{path}/lift-bar", match=2, expect=403))["code"] == "not-your-own-emergency"
    assert (await both.post(opening(chart), WHY, expect=403))["code"] == "emergency-barred"


async def test_who_is_on_the_team_needs_none_and_waits_for_nobody_else(world: World) -> None:
    therapist, other, patient, chart = await scene(world)
    assert (await therapist.post(opening(chart), WHY, expect=409))["code"] == "emergency-not-needed"
    await other.post(opening(chart), WHY)
    await reflections.submitted(patient, share=True)
    assert (await therapist.get("/worklist"))["waiting"] == 1
    assert (await other.get("/worklist"))["waiting"] == 0


async def test_it_needs_a_fresh_proof_and_a_reason(world: World) -> None:
    _, other, _, chart = await scene(world)
    assert (await stale(other).post(opening(chart), WHY, expect=403))["code"] == "step-up-required"
    bodies: list[Json] = [{"reason_code": "crisis_call"}, {**WHY, "reason": "  so   "}, {**WHY, "reason_code": "x"}]
    for body in bodies:
        await other.post(opening(chart), body, expect=422)
    await other.get(f"/patients/{chart}", expect=404)


async def test_a_privacy_officer_reviews_it_once(world: World) -> None:
    _, other, _, chart = await scene(world)
    officer = await world.staff(Role.PRIVACY_OFFICER)
    made = await other.post(opening(chart), WHY)
    [found] = (await officer.get("/emergency-accesses"))["items"]
    assert (found["id"], found["reason"], found["outcome"]) == (made["id"], WHY["reason"], None)
    path, body = f"/emergency-accesses/{made['id']}/review", {"outcome": "justified"}
    await officer.post(path, body, expect=428)
    await officer.post(path, body, match=9, expect=412)
    done = await officer.post(path, body, match=1, expect=200)
    assert (done["outcome"], done["reviewed_by_id"]) == ("justified", officer.id)
    assert (await officer.post(path, body, match=2, expect=409))["code"] == "already-reviewed"
    assert ("emergency.reviewed", made["id"], chart) in await told(other)
    await other.get(f"/patients/{chart}")  # what was an emergency goes on until its end
    await officer.get(f"/patients/{chart}", expect=403)


async def test_what_was_no_emergency_ends_with_the_review(world: World) -> None:
    _, other, _, chart = await scene(world)
    officer = await world.staff(Role.PRIVACY_OFFICER)
    made = await other.post(opening(chart), WHY)
    await officer.post(f"/emergency-accesses/{made['id']}/review", {"outcome": "not_justified"}, match=1, expect=200)
    await other.get(f"/patients/{chart}", expect=404)


async def test_nobody_reviews_their_own(world: World) -> None:
    *_, chart = await scene(world)
    both = await world.staff(Role.THERAPIST, Role.PRIVACY_OFFICER)
    made = await both.post(opening(chart), WHY)
    path, body = f"/emergency-accesses/{made['id']}/review", {"outcome": "justified"}
    assert (await both.post(path, body, match=1, expect=403))["code"] == "not-your-own-emergency"
    elsewhere = await (await World.build(world.api)).staff(Role.PRIVACY_OFFICER)
    await elsewhere.post(path, body, match=1, expect=404)
    assert (await elsewhere.get("/emergency-accesses"))["items"] == []


@pytest.mark.thorough
async def test_nobody_puts_themselves_on_a_care_team(world: World) -> None:
    """An admin who is also a clinician needs a second person; what an admin grants is told to the other admins."""
    *_, chart = await scene(world)
    path = f"/patients/{chart}/care-team"
    for role in (Role.THERAPIST, Role.PRESCRIBER, Role.SUPERVISOR):
        both = await world.staff(Role.CLINIC_ADMIN, role)
        body = {"account_id": both.id, "role": role.value}
        assert (await both.post(path, body, expect=403))["code"] == "not-your-own-grant"
        await both.get(f"/patients/{chart}/timeline", expect=404)
        added = await world.admin.post(path, body)
        await both.get(f"/patients/{chart}/timeline")
        assert ("care_team.added", added["id"], chart) in await told(world.admin)
        rows = (await (await world.staff(Role.AUDITOR)).get("/ledger", params={"patient_id": chart}))["items"]
        assert UUID(added["id"]) in [UUID(row["subject_id"]) for row in rows if row["event"] == "care_team.added"]


async def test_an_admin_who_invites_a_patient_does_so_in_the_open(world: World) -> None:
    """Whoever has the code can open the account, and be the patient."""
    therapist, officer = await world.therapist(), await world.staff(Role.PRIVACY_OFFICER)
    chart = await therapist.post("/patients", {"name": "Rowan Sample", "email": f"{new_id().hex}@example.org"})
    await therapist.post("/invitations", {"patient_id": chart["id"]})
    assert await told(officer) == []
    await world.admin.post("/invitations", {"patient_id": chart["id"]})
    assert await told(officer) == [("invitation.created", chart["id"], chart["id"])]


async def test_a_patient_s_password_is_reset_in_the_open(world: World) -> None:
    """Whoever has the code can be the patient, so whoever asked for it: patient and privacy officers are told."""
    therapist, _, patient, chart = await scene(world)
    officer = await world.staff(Role.PRIVACY_OFFICER)
    begun: list[tuple[str, str, str | None]] = []
    for person in (therapist, world.admin):
        reset = await person.post(f"/accounts/{patient.id}/password-reset")
        begun.insert(0, ("password.reset_begun", patient.id, chart))
        assert await told(officer) == begun
        assert ("password.reset_begun", reset["id"], None) in await told(patient)
    await world.admin.post(f"/accounts/{therapist.id}/password-reset")
    assert await told(officer) == begun  # of staff, who prove a second factor, the account alone is told
