"""What a patient sees of the notes about them."""

from datetime import datetime, timedelta

import pytest

from integration_api.access.actor import Role
from tests.factories.notes import draft, join, sign, signed_note, supervise, supervisor_of
from tests.support import Json, Person, World


async def _chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


def _withheld(world: World, reason: str = "danger_to_another", **ahead: float) -> Json:
    until = world.api.clock() + timedelta(**(ahead or {"days": 3}))
    return {"state": "withheld", "reason_code": reason, "until": until.isoformat()}


async def _timeline(person: Person, patient: Person) -> list[str]:
    page = await person.get(f"/patients/{patient.actor.patient_id}/timeline", params={"kind": "note"})
    return [item["id"] for item in page["items"]]


async def _unseen(patient: Person, note: Json) -> None:
    """Not for this patient, in any way."""
    missing = (await patient.send("GET", f"/notes/{note['id']}", headers={"X-Request-Id": "same"})).content
    unknown = await patient.send("GET", f"/notes/{note['session_id']}", headers={"X-Request-Id": "same"})
    assert missing == unknown.content
    await patient.get(f"/notes/{note['id']}/versions", expect=404)
    params: list[Json] = [
        {},
        {"patient_id": note["patient_id"]},
        {"session_id": note["session_id"]},
        {"state": note["state"]},
    ]
    for given in params:
        page = await patient.get("/notes", params=given)
        assert note["id"] not in [item["id"] for item in page["items"]]
    assert note["id"] not in await _timeline(patient, patient)


async def test_a_patient_sees_a_note_once_it_is_signed(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    made = await draft(therapist, patient_id)
    await _unseen(patient, made)
    signed = await sign(therapist, made)
    seen = await patient.get(f"/notes/{made['id']}")
    assert seen == {**signed, "allowed_actions": ["add_disagreement"]}
    [item] = (await patient.get("/notes"))["items"]
    assert {**item, "addenda": [], "monitoring": None} == seen
    assert (await patient.get("/notes", params={"patient_id": patient_id}))["items"] == [item]


@pytest.mark.thorough
async def test_the_timeline_shows_the_notes_that_lists_show(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    colleague = await join(world, therapist, patient_id, Role.PRESCRIBER)
    supervisor = await supervisor_of(world, therapist, patient_id)
    gone = await draft(therapist, patient_id)
    await therapist.delete(f"/notes/{gone['id']}", 1)
    made, signed = await draft(therapist, patient_id), await signed_note(therapist, patient_id)
    await supervise(world, therapist, supervisor)
    for person, seen in ((therapist, [signed, made]), (supervisor, [signed, made]), (colleague, [signed])):
        assert await _timeline(person, patient) == [note["id"] for note in seen]
    [item] = (await patient.get(f"/patients/{patient_id}/timeline", params={"kind": "note"}))["items"]
    assert item == {
        "id": signed["id"],
        "kind": "note",
        "at": signed["created_at"],
        "state": "signed",
        "session_id": signed["session_id"],
        "detail": "dap",
        "title": next(iter(signed["sections"].values())),
        "is_disputed": False,
    }


async def test_a_patient_sees_no_note_of_another(world: World) -> None:
    therapist, patient, _ = await _chart(world)
    other = await world.patient_of(therapist)
    signed = await signed_note(therapist, world.chart_id(other))
    await _unseen(patient, signed)
    await other.get(f"/notes/{signed['id']}")


@pytest.mark.thorough
async def test_withholding_hides_a_note_until_it_ends(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    colleague = await join(world, therapist, patient_id, Role.PRESCRIBER)
    signed = await signed_note(therapist, patient_id)
    await colleague.post(f"/notes/{signed['id']}/addenda", {"text": "Also this."})
    body = _withheld(world, minutes=30)
    held = await therapist.put(f"/notes/{signed['id']}/sharing", body, signed["version"])
    assert (held["sharing"]["state"], held["sharing"]["reason_code"]) == ("withheld", "danger_to_another")
    assert datetime.fromisoformat(held["sharing"]["until"]) == datetime.fromisoformat(body["until"])
    assert (held["version"], held["sections"], held["content_sha256"]) == (
        3,
        signed["sections"],
        signed["content_sha256"],
    )
    await _unseen(patient, signed)
    assert (await colleague.get(f"/notes/{signed['id']}"))["sharing"] == held["sharing"]
    world.api.clock.advance(minutes=31)
    seen = await patient.get(f"/notes/{signed['id']}")
    assert seen["sharing"] == {"state": "shared", "reason_code": None, "until": None}
    assert [addendum["text"] for addendum in seen["addenda"]] == ["Also this."]
    assert len((await patient.get("/notes"))["items"]) == 1
    assert "danger" not in str(seen)


async def test_withholding_can_be_taken_back(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    signed = await signed_note(therapist, patient_id)
    path = f"/notes/{signed['id']}/sharing"
    await therapist.put(path, _withheld(world), 2)
    await _unseen(patient, signed)
    shared = await therapist.put(path, {"state": "shared"}, 3)
    assert shared["sharing"] == {"state": "shared", "reason_code": None, "until": None}
    await patient.get(f"/notes/{signed['id']}")


async def test_a_draft_withheld_before_signing_is_never_shown(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    supervisor = await supervisor_of(world, therapist, patient_id)
    made = await draft(therapist, patient_id)
    held = await therapist.put(f"/notes/{made['id']}/sharing", _withheld(world), 1)
    pending = await sign(therapist, held, needs_cosign=True)
    await supervisor.post(f"/notes/{made['id']}/cosign", expect=200, match=pending["version"])
    await _unseen(patient, await therapist.get(f"/notes/{made['id']}"))


async def test_an_amendment_of_a_withheld_note_stays_withheld(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    signed = await signed_note(therapist, patient_id)
    await therapist.put(f"/notes/{signed['id']}/sharing", _withheld(world), 2)
    body = {"sections": signed["sections"], "reason": "x"}
    amended = await therapist.post(f"/notes/{signed['id']}/amendments", body, expect=200, match=3)
    await _unseen(patient, amended)


@pytest.mark.parametrize("reason", ["danger_to_life", "requested_by_patient", "litigation", "other_legal"])
async def test_withholding_has_a_known_reason(world: World, reason: str) -> None:
    therapist, _, patient_id = await _chart(world)
    signed = await signed_note(therapist, patient_id)
    held = await therapist.put(f"/notes/{signed['id']}/sharing", _withheld(world, reason), 2)
    assert held["sharing"]["reason_code"] == reason


async def test_withholding_needs_a_reason_and_an_end_to_come(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    signed = await signed_note(therapist, patient_id)
    path = f"/notes/{signed['id']}/sharing"
    until = _withheld(world)["until"]
    past = _withheld(world, seconds=-1)["until"]
    refusals: list[tuple[Json, list[str]]] = [
        ({"state": "withheld"}, ["body.reason_code", "body.until"]),
        ({"state": "withheld", "reason_code": "litigation"}, ["body.until"]),
        ({"state": "withheld", "until": until}, ["body.reason_code"]),
        ({"state": "withheld", "reason_code": "litigation", "until": past}, ["body.until"]),
        ({"state": "withheld", "reason_code": "whim", "until": until}, ["body.reason_code"]),
        ({"state": "shared", "until": until}, ["body.until"]),
        ({"state": "hidden"}, ["body.state"]),
        ({}, ["body.state"]),
    ]
    for body, fields in refusals:
        refused = await therapist.put(path, body, 2, expect=422)
        assert [error["field"] for error in refused["errors"]] == fields
    await therapist.put(path, {"state": "shared"}, 1, expect=412)
    assert await therapist.get(f"/notes/{signed['id']}") == signed


async def test_only_the_author_decides_on_sharing(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    colleague = await join(world, therapist, patient_id, Role.PRESCRIBER)
    supervisor = await supervisor_of(world, therapist, patient_id)
    stranger = await world.therapist()
    signed = await signed_note(therapist, patient_id)
    path = f"/notes/{signed['id']}/sharing"
    assert (await colleague.put(path, _withheld(world), 2, expect=403))["code"] == "not-the-author"
    await supervisor.put(path, _withheld(world), 2, expect=403)
    await patient.put(path, _withheld(world), 2, expect=403)
    await stranger.put(path, _withheld(world), 2, expect=404)


async def test_each_look_and_each_change_is_in_the_ledger(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    signed = await signed_note(therapist, patient_id)
    await therapist.post(f"/notes/{signed['id']}/addenda", {"text": "x"})
    await patient.get(f"/notes/{signed['id']}")
    await patient.get("/notes")
    await patient.get(f"/notes/{signed['id']}/versions")
    driver = world.api.runtime.database.driver
    rows = await driver.read("SELECT event, actor_id FROM ledger WHERE event LIKE 'note.%' ORDER BY at, id", ())
    ids = {str(therapist.actor.id): "therapist", str(patient.actor.id): "patient"}
    ids |= {key.replace("-", ""): name for key, name in ids.items()}
    assert [(event, ids[str(actor)]) for event, actor in rows if str(actor) in ids] == [
        ("note.created", "therapist"),
        ("note.signed", "therapist"),
        ("note.addendum_added", "therapist"),
        ("note.read", "patient"),
        ("note.listed", "patient"),
        ("note.versions_listed", "patient"),
    ]


async def test_withholding_ends_within_the_clinics_policy(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    path = f"/notes/{(await signed_note(therapist, patient_id))['id']}/sharing"
    refused = await therapist.put(path, _withheld(world, days=366), 2, expect=422)
    assert [(e["field"], e["code"]) for e in refused["errors"]] == [("body.until", "too_far")]
    await world.admin.patch("/clinic", {"policies": {"withhold_days": 30}}, 1)
    await therapist.put(path, _withheld(world, days=31), 2, expect=422)
    await therapist.put(path, _withheld(world, days=29), 2)


@pytest.mark.thorough
async def test_withholding_is_put_up_for_review_ahead_of_its_end(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    colleague = await join(world, therapist, patient_id, Role.PRESCRIBER)
    note = await signed_note(therapist, patient_id)
    path = f"/notes/{note['id']}/sharing"

    async def tasks(person: Person) -> list[Json]:
        return [t for t in (await person.get("/worklist"))["items"] if t["kind"] == "withholding_to_review"]

    far = _withheld(world, days=20)
    await therapist.put(path, far, 2)
    assert await tasks(therapist) == []
    near = _withheld(world, days=10)
    await therapist.put(path, near, 3)
    for person in (therapist, colleague):
        [task] = await tasks(person)
        assert task["subject_id"] == note["id"]
        assert datetime.fromisoformat(task["due_at"]) == datetime.fromisoformat(near["until"])
    await therapist.put(path, far, 4)
    assert await tasks(therapist) == []
    await therapist.put(path, near, 5)
    await therapist.put(path, {"state": "shared"}, 6)
    assert await tasks(therapist) == await tasks(colleague) == []
