"""The person who leaves: nothing becomes unreachable to the clinic, and nobody signs for another."""

from datetime import timedelta

import pytest

from integration_api.access.actor import Role
from tests.factories import care_teams
from tests.factories.attachments import attached
from tests.factories.leavers import WAYS, Leaver
from tests.factories.notes import draft, sections, sign, signed_note
from tests.support import Person, World

WHY = {"reason": "Its author left; nobody else was in the room."}
LATE = {"late_entry_reason": "Finished for a colleague who left."}


async def _kinds(person: Person) -> list[tuple[str, str]]:
    return [(task["kind"], task["subject_id"]) for task in (await person.get("/worklist"))["items"]]


@WAYS
async def test_a_successor_finishes_a_draft_under_their_own_name(world: World, way: str) -> None:
    leaver = await Leaver.of(world)
    made = await draft(leaver.therapist, leaver.chart)
    path, successor = f"/notes/{made['id']}", leaver.successor
    await leaver.change(successor_id=successor.id)
    await successor.get(path, expect=404)  # its author is still there
    await leaver.leave(way)
    seen = await successor.get(path)
    assert seen["allowed_actions"] == ["update", "sign", "set_sharing"]
    assert await _kinds(successor) == [("note_to_sign", made["id"])]
    assert (await successor.delete(path, 1, expect=403))["code"] == "not-the-author"
    saved = await successor.patch(path, {"sections": {"plan": "Seen to the end."}}, 1)
    refused = await successor.post(f"{path}/sign", expect=409, match=saved["version"])
    assert refused["code"] == "late-entry-reason-needed"
    signed = await sign(successor, saved, **LATE)
    assert (signed["state"], signed["is_late_entry"]) == ("signed", True)
    assert (signed["author_id"], signed["signature"]["account_id"]) == (leaver.therapist.id, successor.id)
    assert "in the place of its author" in signed["signature"]["attestation"]
    assert "amend" in signed["allowed_actions"]
    assert (await leaver.patient.get(path))["author_id"] == leaver.therapist.id
    assert await _kinds(successor) == []


@WAYS
async def test_a_successor_takes_a_file_out_of_a_draft_that_was_left(world: World, way: str) -> None:
    leaver = await Leaver.of(world)
    made = await draft(leaver.therapist, leaver.chart)
    one, two = [await attached(leaver.therapist, f"/notes/{made['id']}") for _ in range(2)]
    await leaver.change(successor_id=leaver.successor.id)
    await leaver.successor.delete(f"/attachments/{one['id']}", match=one["version"], expect=404)
    await leaver.leave(way)
    await leaver.successor.delete(f"/attachments/{one['id']}", match=one["version"])
    await leaver.successor.get(f"/attachments/{one['id']}", expect=404)
    await sign(leaver.successor, await leaver.successor.get(f"/notes/{made['id']}"), **LATE)
    refused = await leaver.successor.delete(f"/attachments/{two['id']}", match=two["version"], expect=409)
    assert refused["code"] == "note-signed"


@WAYS
async def test_a_successor_who_is_named_later_finds_the_draft(world: World, way: str) -> None:
    leaver = await Leaver.of(world)
    made = await draft(leaver.therapist, leaver.chart)
    await leaver.leave(way)
    await leaver.successor.get(f"/notes/{made['id']}", expect=404)
    assert await _kinds(leaver.supervisor) == [("note_to_sign", made["id"])]
    await leaver.change(successor_id=leaver.successor.id)
    assert await _kinds(leaver.successor) == [("note_to_sign", made["id"])]
    await sign(leaver.successor, await leaver.successor.get(f"/notes/{made['id']}"), **LATE)
    assert await _kinds(leaver.supervisor) == []


async def test_an_author_who_is_back_has_the_draft_alone(world: World) -> None:
    leaver = await Leaver.of(world)
    made = await draft(leaver.therapist, leaver.chart)
    await leaver.change(successor_id=leaver.successor.id)
    await leaver.leave("removed")
    await leaver.successor.get(f"/notes/{made['id']}")
    await care_teams.join(leaver.successor, leaver.chart, leaver.therapist)
    await leaver.successor.get(f"/notes/{made['id']}", expect=404)
    await sign(leaver.therapist, made)


@WAYS
async def test_a_supervisor_files_a_draft_unsigned_with_a_reason(world: World, way: str) -> None:
    leaver = await Leaver.of(world)
    made = await draft(leaver.therapist, leaver.chart)
    path, supervisor = f"/notes/{made['id']}", leaver.supervisor
    await supervisor.post(f"{path}/file-unsigned", WHY, match=1, expect=404)
    await leaver.leave(way)
    assert (await supervisor.get(path))["allowed_actions"] == ["set_sharing", "file_unsigned"]
    assert await _kinds(supervisor) == [("note_to_sign", made["id"])]
    for refused in ({}, {"reason": " "}):
        await supervisor.post(f"{path}/file-unsigned", refused, match=1, expect=422)
    await leaver.successor.post(f"{path}/file-unsigned", WHY, match=1, expect=403)
    await supervisor.post(f"{path}/sign", match=1, expect=403)
    filed = await supervisor.post(f"{path}/file-unsigned", WHY, match=1, expect=200)
    assert (filed["state"], filed["signature"], filed["content_version"]) == ("filed_unsigned", None, 0)
    assert (filed["filed"]["account_id"], filed["filed"]["reason"]) == (supervisor.id, WHY["reason"])
    assert (filed["author_id"], filed["allowed_actions"]) == (leaver.therapist.id, ["enter_in_error"])
    assert (await leaver.successor.get(path))["sections"] == made["sections"]
    await leaver.patient.get(path, expect=404)
    assert await _kinds(supervisor) == []


@WAYS
async def test_what_was_filed_in_the_wrong_chart_is_entered_in_error(world: World, way: str) -> None:
    """By a supervisor of the team with a reason, or by its author if they are back; by nobody else."""
    leaver = await Leaver.of(world)
    path = f"/notes/{(await draft(leaver.therapist, leaver.chart))['id']}"
    await leaver.leave(way)
    await leaver.supervisor.post(f"{path}/file-unsigned", WHY, match=1, expect=200)
    wrong = {"reason": "Written into the wrong chart."}
    for person in (leaver.successor, leaver.patient, world.admin):
        await person.post(f"{path}/enter-in-error", wrong, match=2, expect=403)
    await leaver.supervisor.post(f"{path}/enter-in-error", {"reason": " "}, match=2, expect=422)
    done = await leaver.supervisor.post(f"{path}/enter-in-error", wrong, match=2, expect=200)
    assert (done["state"], done["error_reason"]) == ("entered_in_error", wrong["reason"])
    assert (done["filed"]["reason"], done["signature"], done["allowed_actions"]) == (WHY["reason"], None, [])
    assert (await leaver.successor.get(path))["state"] == "entered_in_error"
    await leaver.patient.get(path, expect=404)
    refused = await leaver.supervisor.post(f"{path}/enter-in-error", wrong, match=3, expect=409)
    assert refused["code"] == "note-in-error"


async def test_while_its_author_is_there_nobody_files_a_draft(world: World) -> None:
    leaver = await Leaver.of(world)
    await leaver.change(supervised_by=leaver.supervisor.id)
    path = f"/notes/{(await draft(leaver.therapist, leaver.chart))['id']}"
    refused = await leaver.supervisor.post(f"{path}/file-unsigned", WHY, match=1, expect=403)
    assert refused["code"] == "not-the-author"
    refused = await leaver.supervisor.put(f"{path}/sharing", {"state": "shared"}, 1, expect=403)
    assert refused["code"] == "not-the-author"


@pytest.mark.thorough
@WAYS
async def test_a_supervisor_sets_right_what_a_leaver_signed(world: World, way: str) -> None:
    leaver = await Leaver.of(world)
    wrong, held = [await signed_note(leaver.therapist, leaver.chart) for _ in range(2)]
    until = (world.api.clock() + timedelta(days=3)).isoformat()
    withheld = {"state": "withheld", "reason_code": "danger_to_another", "until": until}
    reason = {"reason": "Written into the wrong chart."}
    supervisor = leaver.supervisor
    for refused in (
        await supervisor.post(f"/notes/{wrong['id']}/enter-in-error", reason, match=2, expect=403),
        await supervisor.put(f"/notes/{held['id']}/sharing", withheld, 2, expect=403),
    ):
        assert refused["code"] == "not-the-author"
    await leaver.leave(way)
    for person in (leaver.successor, leaver.patient, world.admin):
        await person.post(f"/notes/{wrong['id']}/enter-in-error", reason, match=2, expect=403)
    shown = await supervisor.get(f"/notes/{wrong['id']}")
    assert shown["allowed_actions"] == ["add_addendum", "enter_in_error", "set_sharing"]
    body = {"sections": sections(plan="x"), "reason": "y"}
    await supervisor.post(f"/notes/{wrong['id']}/amendments", body, match=2, expect=403)
    await supervisor.post(f"/notes/{wrong['id']}/enter-in-error", reason, match=2, expect=200)
    await supervisor.put(f"/notes/{held['id']}/sharing", withheld, 2)
    for note in (wrong, held):
        await leaver.patient.get(f"/notes/{note['id']}", expect=404)


async def test_who_finished_a_note_does_not_cosign_it(world: World) -> None:
    leaver = await Leaver.of(world)
    both = await world.staff(Role.THERAPIST, Role.SUPERVISOR)
    body = {"account_id": both.id, "role": "supervisor"}
    await world.admin.post(f"/patients/{leaver.chart}/care-team", body)
    made = await draft(leaver.therapist, leaver.chart)
    await leaver.change(successor_id=both.id)
    await leaver.leave("disabled")
    pending = await sign(both, await both.get(f"/notes/{made['id']}"), needs_cosign=True, **LATE)
    refused = await both.post(f"/notes/{made['id']}/cosign", match=pending["version"], expect=403)
    assert refused["code"] == "own-note"
    await leaver.supervisor.post(f"/notes/{made['id']}/return", WHY, match=pending["version"], expect=200)
    assert ("note_to_sign", made["id"]) in await _kinds(both)


async def test_what_waits_for_a_supervisor_who_leaves_falls_to_others(world: World) -> None:
    leaver = await Leaver.of(world)
    pending = await signed_note(leaver.therapist, leaver.chart, needs_cosign=True)
    another = await world.staff(Role.SUPERVISOR)
    await world.admin.patch(f"/accounts/{leaver.supervisor.id}", {"state": "disabled"}, 1)
    assert await _kinds(another) == [("note_to_cosign", pending["id"])]
    await care_teams.join(leaver.therapist, leaver.chart, another)
    await another.post(f"/notes/{pending['id']}/cosign", match=pending["version"], expect=200)


@pytest.mark.parametrize("is_gone", [False, True])
async def test_an_admin_lists_what_somebody_leaves_open(world: World, is_gone: bool) -> None:
    leaver = await Leaver.of(world)
    made = await draft(leaver.therapist, leaver.chart)
    of_leaver = f"/accounts/{leaver.therapist.id}/worklist"
    assert (await world.admin.get(of_leaver, expect=409))["code"] == "not-handed-over"
    if is_gone:
        await leaver.leave("disabled")
    else:
        await leaver.change(successor_id=leaver.successor.id)
    listed = await world.admin.get(of_leaver)
    assert [(t["kind"], t["patient_id"], t["subject_id"]) for t in listed["items"]] == [
        ("note_to_sign", leaver.chart, made["id"])
    ]
    for person in (leaver.successor, leaver.supervisor):
        await person.get(of_leaver, expect=403)
    elsewhere = await World.build(world.api)
    await elsewhere.admin.get(of_leaver, expect=404)


async def test_only_another_clinician_of_the_clinic_can_succeed(world: World) -> None:
    leaver = await Leaver.of(world)
    elsewhere = await (await World.build(world.api)).therapist()
    await world.admin.patch(f"/accounts/{leaver.therapist.id}", {"successor_id": elsewhere.id}, 1, expect=404)
    for named in (leaver.therapist, leaver.patient, leaver.supervisor):
        body = {"successor_id": named.id}
        refused = await world.admin.patch(f"/accounts/{leaver.therapist.id}", body, 1, expect=422)
        assert [(e["field"], e["code"]) for e in refused["errors"]] == [("body.successor_id", "not_a_clinician")]
