"""Signing and co-signing notes."""

import hashlib
import json
from datetime import datetime, timedelta

import pytest

from integration_api.access.actor import Role
from tests.factories.factors import proved_ago
from tests.factories.notes import draft, join, past_session, sections, sign, signed_note, supervise, supervisor_of
from tests.factories.sessions import completed_session
from tests.support import Json, Person, World


async def _chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def _tasks(person: Person) -> list[tuple[str, str]]:
    return [(task["kind"], task["subject_id"]) for task in (await person.get("/worklist"))["items"]]


def _recomputed(note: Json) -> str:
    """The hash of an answer's content, by the documented recipe and nothing of the product."""
    members = ("author_id", "format", "id", "patient_id", "sections", "session_id")
    text = json.dumps({name: note[name] for name in members}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


async def test_signing_freezes_content_under_the_author_as_they_are_now(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    made = await draft(therapist, patient_id, sections=sections(plan="Grün — “ok”\n\t🌱"))
    answer = await therapist.send("POST", f"/notes/{made['id']}/sign", match=1)
    signed = answer.json()
    assert (signed["state"], signed["version"], signed["content_version"]) == ("signed", 2, 1)
    assert signed["sections"] == made["sections"]
    assert signed["content_sha256"] == _recomputed(signed)
    signature = signed["signature"]
    assert (signature["account_id"], signature["name"], signature["credential"]) == (therapist.id, "Imani Vale", "LMFT")
    assert signature["attestation"]
    assert signed["created_at"] <= signature["at"] == signed["updated_at"]
    assert (signed["cosignature"], signed["is_late_entry"], signed["late_entry_reason"]) == (None, False, None)
    assert signed["allowed_actions"] == ["add_addendum", "amend", "enter_in_error", "set_sharing"]
    assert await therapist.get(f"/notes/{made['id']}") == signed
    await world.admin.patch(f"/accounts/{therapist.id}", {"name": "Imani Brook", "credential": None}, 1)
    assert (await patient.get(f"/notes/{made['id']}"))["signature"] == signature
    [version] = (await therapist.get(f"/notes/{made['id']}/versions"))["items"]
    assert (version["number"], version["reason"], version["sections"]) == (1, None, made["sections"])
    assert (version["content_sha256"], version["signature"]) == (signed["content_sha256"], signature)


async def test_a_retry_signs_once(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    made = await draft(therapist, patient_id)
    first = await therapist.send("POST", f"/notes/{made['id']}/sign", match=1, key="sign-1")
    again = await therapist.send("POST", f"/notes/{made['id']}/sign", match=1, key="sign-1")
    assert (again.status_code, again.content, again.headers["etag"]) == (200, first.content, first.headers["etag"])
    refused = await therapist.post(f"/notes/{made['id']}/sign", expect=409, match=2)
    assert refused["code"] == "note-signed"
    assert len((await therapist.get(f"/notes/{made['id']}/versions"))["items"]) == 1


async def test_signing_needs_every_section(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    made = await draft(therapist, patient_id, format="soap", sections={"objective": "x", "plan": " \n "})
    refused = await therapist.post(f"/notes/{made['id']}/sign", expect=409, match=1)
    assert (refused["code"], refused["missing"]) == ("sections-missing", ["subjective", "assessment", "plan"])
    assert await therapist.get(f"/notes/{made['id']}") == made
    assert (await therapist.get(f"/notes/{made['id']}/versions"))["items"] == []


async def test_only_the_author_signs(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    both = await world.staff(Role.THERAPIST, Role.SUPERVISOR)
    await therapist.post(f"/patients/{patient_id}/care-team", {"account_id": both.id, "role": "supervisor"})
    await supervise(world, therapist, both)
    made = await draft(therapist, patient_id)
    path = f"/notes/{made['id']}"
    for refused in (
        await both.post(f"{path}/sign", expect=403, match=1),
        await both.patch(path, {"needs_cosign": True}, 1, expect=403),
        await both.delete(path, 1, expect=403),
        await both.put(f"{path}/sharing", {"state": "shared"}, 1, expect=403),
    ):
        assert refused["code"] == "not-the-author"
    await patient.post(f"{path}/sign", expect=403, match=1)
    await world.admin.post(f"{path}/sign", expect=403, match=1)
    assert await therapist.get(path) == made


async def test_signing_settles_what_waits(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    supervisor = await supervisor_of(world, therapist, patient_id)
    made = await draft(therapist, patient_id)
    assert await _tasks(therapist) == [("note_to_sign", made["id"])]
    await sign(therapist, made)
    assert await _tasks(therapist) == await _tasks(supervisor) == []


async def test_a_late_entry_needs_a_reason_and_is_labelled(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    session_id = await past_session(therapist, patient_id, hours_ago=73)
    made = await draft(therapist, patient_id, session_id=session_id)
    path = f"/notes/{made['id']}/sign"
    refused = await therapist.post(path, expect=409, match=1)
    assert refused["code"] == "late-entry-reason-needed"
    for blank in ("", "  ", None):
        status = 409 if blank is None else 422
        await therapist.post(path, {"late_entry_reason": blank}, expect=status, match=1)
    signed = await sign(therapist, made, late_entry_reason="The power was out.")
    assert (signed["is_late_entry"], signed["late_entry_reason"]) == (True, "The power was out.")
    late_by = datetime.fromisoformat(signed["signature"]["at"]) - datetime.fromisoformat(signed["service_at"])
    assert timedelta(hours=73) <= late_by < timedelta(hours=74)


async def test_lateness_counts_from_when_the_session_really_ended(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    done = await completed_session(therapist, patient_id, planned_start_at="2026-01-05T15:00:00Z")
    signed = await sign(therapist, await draft(therapist, patient_id, session_id=done["id"]))
    assert (signed["is_late_entry"], signed["service_at"]) == (False, done["ended_at"])


async def test_late_follows_the_clinic_policy_and_the_clock(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    in_time, late = await draft(therapist, patient_id), await draft(therapist, patient_id)
    await world.admin.patch("/clinic", {"policies": {"late_entry_hours": 1}}, 1)
    refused = await therapist.post(f"/notes/{late['id']}/sign", expect=409, match=1)
    assert refused["code"] == "late-entry-reason-needed"
    await world.admin.patch("/clinic", {"policies": {"late_entry_hours": 2}}, 2)
    assert (await sign(therapist, in_time))["is_late_entry"] is False
    await world.admin.patch("/clinic", {"policies": {"late_entry_hours": 1}}, 3)
    session_id = await past_session(therapist, patient_id, hours_ago=0.5)
    made = await draft(therapist, patient_id, session_id=session_id)
    world.api.clock.advance(minutes=45)
    refused = await therapist.post(f"/notes/{made['id']}/sign", expect=409, match=1)
    assert refused["code"] == "late-entry-reason-needed"


async def test_a_reason_alone_makes_no_late_entry(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    signed = await sign(therapist, await draft(therapist, patient_id), late_entry_reason="Written the next morning.")
    assert (signed["is_late_entry"], signed["late_entry_reason"]) == (False, None)


async def test_a_trainees_note_waits_for_a_supervisor(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    supervisor = await supervisor_of(world, therapist, patient_id)
    colleague = await join(world, therapist, patient_id, Role.PRESCRIBER)
    made = await draft(therapist, patient_id, needs_cosign=True)
    path = f"/notes/{made['id']}"
    pending = await sign(therapist, made)
    assert (pending["state"], pending["content_version"], pending["version"]) == ("pending_cosign", 0, 2)
    assert (pending["content_sha256"], pending["cosignature"]) == (_recomputed(pending), None)
    assert pending["allowed_actions"] == ["set_sharing"]
    for person in (patient, colleague):
        await person.get(path, expect=404)
        assert (await person.get("/notes"))["items"] == []
    await colleague.post(f"{path}/addenda", {"text": "x"}, expect=404)
    assert (await _tasks(therapist), await _tasks(supervisor)) == ([], [("note_to_cosign", made["id"])])
    [task] = (await supervisor.get("/worklist"))["items"]
    due = datetime.fromisoformat(task["due_at"]) - datetime.fromisoformat(pending["signature"]["at"])
    assert due == timedelta(days=7)
    assert (await supervisor.get(path))["allowed_actions"] == ["cosign", "return"]
    final = await supervisor.post(f"{path}/cosign", expect=200, match=2)
    assert (final["state"], final["version"], final["content_version"]) == ("signed", 3, 1)
    cosignature = final["cosignature"]
    assert (cosignature["account_id"], cosignature["name"]) == (supervisor.id, "Noor Supervisor")
    assert (final["signature"], final["content_sha256"]) == (pending["signature"], pending["content_sha256"])
    assert await _tasks(therapist) == await _tasks(supervisor) == []
    seen = await patient.get(path)
    assert (seen["cosignature"], seen["sections"]) == (cosignature, made["sections"])
    [version] = (await colleague.get(f"{path}/versions"))["items"]
    assert (version["signature"], version["cosignature"]) == (final["signature"], cosignature)


async def test_a_note_that_waits_does_not_change(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    supervisor = await supervisor_of(world, therapist, patient_id)
    pending = await sign(therapist, await draft(therapist, patient_id), needs_cosign=True)
    path = f"/notes/{pending['id']}"
    answers = [
        ("note-signed", await therapist.patch(path, {"sections": {"plan": "x"}}, 2, expect=409)),
        ("note-signed", await therapist.delete(path, 2, expect=409)),
        ("note-signed", await therapist.post(f"{path}/sign", expect=409, match=2)),
        ("note-not-signed", await therapist.post(f"{path}/addenda", {"text": "x"}, expect=409)),
        ("note-not-signed", await supervisor.post(f"{path}/addenda", {"text": "x"}, expect=409)),
        (
            "note-not-signed",
            await therapist.post(f"{path}/amendments", {"sections": {}, "reason": "x"}, expect=409, match=2),
        ),
        ("note-not-signed", await therapist.post(f"{path}/enter-in-error", {"reason": "x"}, expect=409, match=2)),
    ]
    assert [answer["code"] for _, answer in answers] == [code for code, _ in answers]
    assert await therapist.get(path) == pending


@pytest.mark.thorough
async def test_a_returned_note_is_a_draft_again_and_keeps_the_reasons(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    supervisor = await supervisor_of(world, therapist, patient_id)
    pending = await sign(therapist, await draft(therapist, patient_id), needs_cosign=True)
    path = f"/notes/{pending['id']}"
    await supervisor.post(f"{path}/return", {"reason": "  "}, expect=422, match=2)
    await supervisor.post(f"{path}/return", expect=422, match=2)
    returned = await supervisor.post(f"{path}/return", {"reason": "Say more of the risk."}, expect=200, match=2)
    assert (returned["state"], returned["version"]) == ("draft", 3)
    assert (returned["content_sha256"], returned["signature"], returned["service_at"]) == (None, None, None)
    assert [(r["account_id"], r["reason"]) for r in returned["returns"]] == [(supervisor.id, "Say more of the risk.")]
    assert (await _tasks(therapist), await _tasks(supervisor)) == ([("note_to_sign", pending["id"])], [])
    await supervisor.get(path, expect=404)  # a draft again, of an author whom they do not supervise
    await supervise(world, therapist, supervisor)
    for step in ("cosign", "return"):
        refused = await supervisor.post(f"{path}/{step}", {"reason": "x"}, expect=409, match=3)
        assert refused["code"] == "note-not-waiting"
    for refused in (
        await therapist.post(f"{path}/sign", {"needs_cosign": False}, expect=409, match=3),
        await therapist.patch(path, {"needs_cosign": False}, 3, expect=409),
    ):
        assert refused["code"] == "cosign-needed"
    saved = await therapist.patch(path, {"sections": {"assessment": "No risk was voiced."}}, 3)
    pending = await sign(therapist, saved)
    assert (pending["state"], len(pending["returns"])) == ("pending_cosign", 1)
    await supervisor.post(f"{path}/return", {"reason": "And of the plan."}, expect=200, match=5)
    pending = await sign(therapist, await therapist.get(path))
    final = await supervisor.post(f"{path}/cosign", expect=200, match=pending["version"])
    assert [r["reason"] for r in final["returns"]] == ["Say more of the risk.", "And of the plan."]
    assert final["sections"]["assessment"] == "No risk was voiced."
    assert (await patient.get(path))["returns"] == []
    assert [item["returns"] for item in (await patient.get("/notes"))["items"]] == [[]]


async def test_nobody_cosigns_their_own_note(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    both = await world.staff(Role.THERAPIST, Role.SUPERVISOR)
    await therapist.post(f"/patients/{patient_id}/care-team", {"account_id": both.id, "role": "supervisor"})
    made = await draft(both, patient_id)
    refused = await both.post(f"/notes/{made['id']}/sign", {"needs_cosign": True}, expect=409, match=1)
    assert refused["code"] == "no-supervisor"
    supervisor = await supervisor_of(world, therapist, patient_id)
    await sign(both, made, needs_cosign=True)
    for step in ("cosign", "return"):
        refused = await both.post(f"/notes/{made['id']}/{step}", {"reason": "x"}, expect=403, match=2)
        assert refused["code"] == "own-note"
    assert (await _tasks(both), await _tasks(supervisor)) == ([], [("note_to_cosign", made["id"])])


async def test_only_a_supervisor_of_the_team_cosigns(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    both = await world.staff(Role.THERAPIST, Role.SUPERVISOR)
    stranger = await world.staff(Role.SUPERVISOR)
    await supervisor_of(world, therapist, patient_id)
    await therapist.post(f"/patients/{patient_id}/care-team", {"account_id": both.id, "role": "therapist"})
    pending = await sign(therapist, await draft(therapist, patient_id), needs_cosign=True)
    for person, status in ((therapist, 403), (patient, 403), (both, 404), (stranger, 404)):
        for step in ("cosign", "return"):
            await person.post(f"/notes/{pending['id']}/{step}", {"reason": "x"}, expect=status, match=2)
    assert await therapist.get(f"/notes/{pending['id']}") == pending


async def test_without_a_supervisor_on_the_team_nothing_waits_for_nobody(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    made = await draft(therapist, patient_id, needs_cosign=True)
    refused = await therapist.post(f"/notes/{made['id']}/sign", expect=409, match=1)
    assert refused["code"] == "no-supervisor"
    assert await therapist.get(f"/notes/{made['id']}") == made
    assert await _tasks(therapist) == [("note_to_sign", made["id"])]
    assert (await sign(therapist, made, needs_cosign=False))["state"] == "signed"


async def test_a_stale_supervisor_changes_nothing(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    supervisor = await supervisor_of(world, therapist, patient_id)
    pending = await sign(therapist, await draft(therapist, patient_id), needs_cosign=True)
    for step in ("cosign", "return"):
        await supervisor.post(f"/notes/{pending['id']}/{step}", {"reason": "x"}, expect=412, match=1)
        await supervisor.post(f"/notes/{pending['id']}/{step}", {"reason": "x"}, expect=428)
    signed = await signed_note(therapist, patient_id)
    refused = await supervisor.post(f"/notes/{signed['id']}/cosign", expect=409, match=2)
    assert (refused["code"], refused["allowed"]) == ("note-not-waiting", ["add_addendum"])


async def test_who_signs_has_proved_lately_who_they_are(world: World) -> None:
    """4:59 is fresh, 5:01 is not; for signing, co-signing and amending, and for nothing else about a note."""
    therapist, _, patient_id = await _chart(world)
    supervisor = await supervisor_of(world, therapist, patient_id)
    fresh, late = proved_ago(therapist, minutes=4, seconds=57), proved_ago(therapist, minutes=5, seconds=2)
    made = await draft(late, patient_id, needs_cosign=True)
    path = f"/notes/{made['id']}"
    assert (await late.post(f"{path}/sign", match=1, expect=403))["code"] == "step-up-required"
    signed = await fresh.post(f"{path}/sign", match=1, expect=200)
    tired = proved_ago(supervisor, minutes=6)
    assert (await tired.post(f"{path}/cosign", match=signed["version"], expect=403))["code"] == "step-up-required"
    await supervisor.post(f"{path}/cosign", match=signed["version"], expect=200)
    alone = await signed_note(therapist, patient_id)
    amendment = {"sections": sections(plan="p"), "reason": "r"}
    refused = await late.post(f"/notes/{alone['id']}/amendments", amendment, match=alone["version"], expect=403)
    assert refused["code"] == "step-up-required"
    await late.post(f"/notes/{alone['id']}/addenda", {"text": "t"})


async def test_a_clinic_can_do_without_a_fresh_proof(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    await world.admin.patch("/clinic", {"policies": {"sign_step_up": 0}}, 1)
    made = await draft(therapist, patient_id)
    await proved_ago(therapist, hours=3).post(f"/notes/{made['id']}/sign", match=1, expect=200)


async def test_what_is_not_one_s_own_needs_no_proof_to_be_404(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    made = await draft(therapist, patient_id)
    await proved_ago(await world.therapist(), hours=1).post(f"/notes/{made['id']}/sign", match=1, expect=404)
