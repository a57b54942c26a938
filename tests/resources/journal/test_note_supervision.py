"""Supervision: the account says who reads an author's drafts, and that a note needs a co-signature."""

import pytest

from integration_api.access.actor import Role
from tests.factories.notes import draft, own_supervisor_of, sections, sign, signed_note, supervise, supervisor_of
from tests.support import Person, World


async def _chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def test_the_account_says_that_a_note_needs_a_cosignature(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    supervisor = await own_supervisor_of(world, therapist, patient_id)
    for unasked in ({}, {"needs_cosign": False}):
        made = await draft(therapist, patient_id, needs_cosign=False)
        pending = await sign(therapist, made, **unasked)
        assert (pending["state"], pending["needs_cosign"]) == ("pending_cosign", True)
        await patient.get(f"/notes/{made['id']}", expect=404)
        path = f"/notes/{made['id']}/cosign"
        assert (await supervisor.post(path, expect=200, match=pending["version"]))["state"] == "signed"


async def test_without_a_supervisor_on_the_team_a_supervisee_cannot_sign(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    await supervise(world, therapist, await world.staff(Role.SUPERVISOR))
    made = await draft(therapist, patient_id)
    refused = await therapist.post(f"/notes/{made['id']}/sign", {"needs_cosign": False}, expect=409, match=1)
    assert refused["code"] == "no-supervisor"


async def test_a_supervisee_does_not_amend_alone(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    final = await signed_note(therapist, patient_id)
    offered = (await therapist.get(f"/notes/{final['id']}"))["allowed_actions"]
    supervisor = await own_supervisor_of(world, therapist, patient_id)
    seen = [await person.get(f"/notes/{final['id']}") for person in (therapist, supervisor)]
    assert [*offered] == ["add_addendum", "amend", "enter_in_error", "set_sharing"]
    assert [one["allowed_actions"] for one in seen] == [["enter_in_error", "set_sharing"], ["add_addendum"]]
    body = {"sections": sections(plan="x"), "reason": "y"}
    refused = await therapist.post(f"/notes/{final['id']}/amendments", body, expect=409, match=final["version"])
    assert refused["code"] == "cosigned-note"


@pytest.mark.thorough
async def test_a_supervisee_adds_by_a_note_that_is_cosigned(world: World) -> None:
    """An addendum would be final at once; a further note about the session waits like the first."""
    therapist, patient, patient_id = await _chart(world)
    final = await signed_note(therapist, patient_id)
    supervisor = await own_supervisor_of(world, therapist, patient_id)
    path = f"/notes/{final['id']}/addenda"
    assert (await therapist.post(path, {"text": "Also this."}, expect=409))["code"] == "cosigned-note"
    assert (await therapist.get(f"/notes/{final['id']}"))["addenda"] == []
    added = await signed_note(therapist, patient_id, session_id=final["session_id"])
    assert added["state"] == "pending_cosign"
    await patient.get(f"/notes/{added['id']}", expect=404)
    await supervisor.post(path, {"text": "Seen by me."})
    await supervise(world, therapist, None)
    await therapist.post(path, {"text": "On my own now."})


async def test_a_supervisor_of_the_team_reads_no_draft_of_others(world: World) -> None:
    """The author's own supervisor does, as long as the role of a supervisor is theirs."""
    therapist, _, patient_id = await _chart(world)
    another = await supervisor_of(world, therapist, patient_id)
    own = await own_supervisor_of(world, therapist, patient_id)
    path = f"/notes/{(await draft(therapist, patient_id))['id']}"
    await another.get(path, expect=404)
    assert (await another.get("/notes"))["items"] == []
    assert (await own.get(path))["allowed_actions"] == []
    account = await world.admin.get(f"/accounts/{own.id}")
    await world.admin.patch(f"/accounts/{own.id}", {"roles": ["therapist"]}, account["version"])
    await own.get(path, expect=404)


async def test_only_another_active_supervisor_of_the_clinic_can_be_named(world: World) -> None:
    therapist, patient, _ = await _chart(world)
    elsewhere = await (await World.build(world.api)).staff(Role.SUPERVISOR)
    gone, both = await world.staff(Role.SUPERVISOR), await world.staff(Role.THERAPIST, Role.SUPERVISOR)
    await world.admin.patch(f"/accounts/{gone.id}", {"state": "disabled"}, 1)
    facts = {"name": "Ann", "email": "ann@example.org", "roles": ["therapist"]}
    await world.admin.patch(f"/accounts/{both.id}", {"supervised_by": elsewhere.id}, 1, expect=404)
    for named in (therapist, patient, gone):
        body = {"supervised_by": named.id}
        for refused in (
            await world.admin.patch(f"/accounts/{both.id}", body, 1, expect=422),
            await world.admin.post("/accounts", {**facts, **body}, expect=422),
        ):
            assert [(e["field"], e["code"]) for e in refused["errors"]] == [("body.supervised_by", "not_a_supervisor")]
    await world.admin.patch(f"/accounts/{both.id}", {"supervised_by": both.id}, 1, expect=422)
    supervised = await world.admin.post("/accounts", {**facts, "supervised_by": both.id})
    assert supervised["supervised_by"] == both.id


async def test_nobody_ends_their_own_supervision(world: World) -> None:
    admin = await world.staff(Role.CLINIC_ADMIN, Role.THERAPIST)
    await supervise(world, admin, await world.staff(Role.SUPERVISOR))
    refused = await admin.patch(f"/accounts/{admin.id}", {"supervised_by": None}, 2, expect=403)
    assert refused["code"] == "not-your-own-roles"


async def test_a_patient_sees_the_credential_of_those_who_answer(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    facts = {"credential": "LPC", "licence_region": "US-OR", "licence_ends_on": "2027-06-30"}
    account = await world.admin.patch(f"/accounts/{therapist.id}", facts, 1)
    assert {name: account[name] for name in facts} == facts
    [member] = (await patient.get(f"/patients/{patient_id}/care-team"))["items"]
    assert {name: member[name] for name in facts} == facts
    await world.admin.patch(f"/accounts/{therapist.id}", {"licence_ends_on": "30 June"}, 2, expect=422)
