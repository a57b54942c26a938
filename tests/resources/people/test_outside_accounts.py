"""Accounts of therapists of other clinics: nothing of the clinic's own work waits for them or names them."""

from datetime import timedelta

from integration_api.access.actor import Role
from tests.factories import notes
from tests.factories.doses import dose
from tests.factories.leavers import Leaver
from tests.factories.readiness import ready_session
from tests.factories.roster import ALL_DAYS, shift
from tests.factories.split_care import outside_therapist
from tests.support import World


async def test_they_are_not_on_call(world: World) -> None:
    outside = await outside_therapist(world)
    body = {"account_id": outside.id, "rank": "primary", "first_on": "2026-11-20", **ALL_DAYS}
    refused = await world.admin.post("/shifts", body, expect=404)
    assert refused["errors"][0]["field"] == "body.account_id"


async def test_a_shift_of_somebody_who_went_outside_is_a_gap(world: World) -> None:
    officer = await world.staff(Role.AUDITOR)
    await shift(world.admin, officer)
    assert (await world.admin.get("/clinic/roster"))["on_call"] != []
    version = (await world.admin.get(f"/accounts/{officer.id}"))["version"]
    await world.admin.patch(f"/accounts/{officer.id}", {"roles": ["outside_therapist"]}, version)
    assert (await world.admin.get("/clinic/roster"))["on_call"] == []


async def test_they_witness_facilitate_and_take_part_in_nothing(world: World) -> None:
    therapist, outside = await world.therapist(), await outside_therapist(world)
    charts = [world.chart_id(await world.patient_of(therapist)) for _ in range(2)]
    made = await ready_session(therapist, charts[0])
    await dose(therapist, made, 404, wasted_mg=10, waste_witness_id=outside.id)
    start = (world.api.clock() + timedelta(days=1)).isoformat()
    facts = {"phase": "integration", "modality": "in_person", "planned_start_at": start}
    group = {**facts, "patient_ids": charts, "facilitator_ids": [outside.id]}
    refused = await therapist.post("/group-sessions", group, expect=404)
    assert refused["errors"][0]["field"] == "body.facilitator_ids"


async def test_a_member_of_a_care_team_does_not_go_outside(world: World) -> None:
    """Their drafts would be nobody's, and tasks would wait for an account that sees none."""
    leaver = await Leaver.of(world)
    left = await notes.draft(leaver.therapist, leaver.chart)
    await leaver.change(successor_id=leaver.successor.id)
    path = f"/accounts/{leaver.therapist.id}"
    version = (await world.admin.get(path))["version"]
    refused = await world.admin.send("PATCH", path, {"roles": ["outside_therapist"]}, match=version)
    assert (refused.status_code, refused.json()["code"]) == (409, "on-care-teams")
    await leaver.leave("removed")
    assert (await leaver.change(roles=["outside_therapist"]))["roles"] == ["outside_therapist"]
    assert (await leaver.successor.get(f"/notes/{left['id']}"))["id"] == left["id"]
    body = {"account_id": leaver.therapist.id, "role": "therapist"}
    await world.admin.post(f"/patients/{leaver.chart}/care-team", body, expect=422)
