"""Amendment requests over HTTP: the patient asks, staff answer in writing and in time."""

from datetime import datetime, timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories.notes import draft, join, signed_note
from tests.support import Api, Json, Person, World

WORDS: Json = {"text": "It was my aunt, not my mother.", "reason": "My aunt raised me."}


async def asked(world: World) -> tuple[Person, Person, Json]:
    """A therapist, the patient, and the patient's request about a signed note."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    note = await signed_note(therapist, world.chart_id(patient))
    made: Json = await patient.post(f"/notes/{note['id']}/amendment-requests", WORDS)
    return therapist, patient, made


async def step(who: Person, made: Json, name: str, body: Json, expect: int = 200) -> Json:
    told: Json = await who.post(f"/amendment-requests/{made['id']}/{name}", body, match=made["version"], expect=expect)
    return told


async def tasks_of(who: Person, made: Json) -> list[Json]:
    found = await who.get("/worklist")
    return [task for task in found["items"] if task["subject_id"] == made["id"]]


async def told_of(patient: Person, made: Json) -> list[str]:
    found = await patient.get("/me/inbox")
    return [item["kind"] for item in found["items"] if item["subject_id"] == made["id"]]


async def test_nobody_without_a_token(api: Api) -> None:
    path = f"/amendment-requests/{new_id()}"
    assert (await api.send("GET", "/amendment-requests")).status_code == 401
    assert (await api.send("GET", path)).status_code == 401
    assert (await api.send("POST", f"/notes/{new_id()}/amendment-requests", json={})).status_code == 401
    for name in ("accept", "deny", "extend"):
        assert (await api.send("POST", f"{path}/{name}", json={})).status_code == 401


async def test_a_request_waits_sixty_days_for_the_team(world: World) -> None:
    therapist, patient, made = await asked(world)
    assert (made["state"], made["text"], made["reason"]) == ("open", WORDS["text"], WORDS["reason"])
    assert datetime.fromisoformat(made["due_at"]) - datetime.fromisoformat(made["created_at"]) == timedelta(days=60)
    assert made["monitoring"]["told"] == "team"
    assert made["monitoring"]["reviewed_by"] == made["due_at"]
    [task] = await tasks_of(therapist, made)
    assert (task["kind"], task["due_at"]) == ("amendment_request_to_answer", made["due_at"])
    shown = {**made, "monitoring": None}
    assert (await therapist.get(f"/amendment-requests?note_id={made['note_id']}"))["items"] == [shown]
    assert await patient.get(f"/amendment-requests/{made['id']}") == shown
    assert await told_of(patient, made) == []


async def test_a_denial_names_its_ground_and_the_rights(world: World) -> None:
    therapist, patient, made = await asked(world)
    answer = {"answer": "The note tells what was said.", "basis": "accurate_and_complete"}
    denied = await step(therapist, made, "deny", answer)
    assert (denied["state"], denied["answer"], denied["denial_basis"]) == ("denied", *answer.values())
    assert denied["answered_by_id"] == therapist.id
    assert "statement of disagreement" in denied["rights"]
    assert await patient.get(f"/amendment-requests/{made['id']}") == denied
    assert await tasks_of(therapist, made) == []
    assert await told_of(patient, made) == ["amendment_request_answered"]


async def test_an_acceptance_has_no_ground(world: World) -> None:
    therapist, patient, made = await asked(world)
    accepted = await step(therapist, made, "accept", {"answer": "You are right."})
    assert (accepted["state"], accepted["answer"]) == ("accepted", "You are right.")
    assert (accepted["denial_basis"], accepted["rights"]) == (None, None)
    assert await tasks_of(therapist, made) == []
    assert await told_of(patient, made) == ["amendment_request_answered"]


async def test_the_time_is_extended_once_with_a_reason(world: World) -> None:
    therapist, patient, made = await asked(world)
    await step(therapist, made, "extend", {}, expect=422)
    later = await step(therapist, made, "extend", {"reason": "Its author is away."})
    assert datetime.fromisoformat(later["due_at"]) - datetime.fromisoformat(made["due_at"]) == timedelta(days=30)
    assert (later["state"], later["extension_reason"]) == ("open", "Its author is away.")
    assert [task["due_at"] for task in await tasks_of(therapist, made)] == [later["due_at"]]
    assert await told_of(patient, made) == ["amendment_request_answered"]
    assert (await step(therapist, later, "extend", {"reason": "Again."}, expect=409))["code"] == "already-extended"


@pytest.mark.parametrize("again", ["accept", "deny", "extend"])
async def test_an_answer_stands(world: World, again: str) -> None:
    therapist, _, made = await asked(world)
    done = await step(therapist, made, "accept", {"answer": "You are right."})
    bodies: Json = {
        "accept": {"answer": "No."},
        "deny": {"answer": "No.", "basis": "not_created_here"},
        "extend": {"reason": "Later."},
    }
    assert (await step(therapist, done, again, bodies[again], expect=409))["code"] == "request-answered"
    assert await therapist.get(f"/amendment-requests/{made['id']}") == done


async def test_a_stale_version_is_refused(world: World) -> None:
    therapist, _, made = await asked(world)
    await step(therapist, made, "extend", {"reason": "Its author is away."})
    await step(therapist, made, "accept", {"answer": "You are right."}, expect=412)


@pytest.mark.thorough
async def test_a_patient_asks_and_does_not_answer(world: World) -> None:
    therapist, patient, made = await asked(world)
    await step(patient, made, "accept", {"answer": "I am right."}, expect=403)
    stranger = await world.therapist()
    other = await world.patient_of(therapist)
    for person in (stranger, other):
        await person.get(f"/amendment-requests/{made['id']}", expect=404)
        await person.post(f"/notes/{made['note_id']}/amendment-requests", WORDS, expect=404)
        assert (await person.get("/amendment-requests"))["items"] == []
    await step(stranger, made, "accept", {"answer": "x"}, expect=404)
    supervisor = await join(world, therapist, made["patient_id"], Role.SUPERVISOR)
    await step(supervisor, made, "accept", {"answer": "The patient is right."})


async def test_staff_write_down_what_a_patient_asks(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    note = await signed_note(therapist, world.chart_id(patient))
    made = await therapist.post(f"/notes/{note['id']}/amendment-requests", WORDS)
    assert (made["created_by_id"], made["monitoring"]) == (therapist.id, None)
    assert (await patient.get("/amendment-requests"))["items"] == [made]


async def test_only_about_a_note_that_is_signed_and_theirs_to_read(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    begun = await draft(therapist, world.chart_id(patient))
    path = f"/notes/{begun['id']}/amendment-requests"
    await patient.post(path, WORDS, expect=404)
    assert (await therapist.post(path, WORDS, expect=409))["code"] == "note-not-signed"
    note = await signed_note(therapist, world.chart_id(patient))
    until = (world.api.clock() + timedelta(days=5)).isoformat()
    withheld = {"state": "withheld", "reason_code": "danger_to_life", "until": until}
    await therapist.put(f"/notes/{note['id']}/sharing", withheld, match=note["version"])
    await patient.post(f"/notes/{note['id']}/amendment-requests", WORDS, expect=404)
